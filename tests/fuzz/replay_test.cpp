// Every file of the committed corpora, through the target it was found with; and what the targets themselves must find.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include "fuzz/promises.h"
#include "lrtune/error.h"

namespace lrtune::fuzz {
namespace {

const std::filesystem::path kCorpus = std::filesystem::path(LRTUNE_SOURCE_DIR) / "tests/fuzz/corpus";

std::string contents_of(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  EXPECT_TRUE(stream) << path;
  return {std::istreambuf_iterator<char>(stream), {}};
}

class Corpus : public testing::TestWithParam<Target> {};

TEST_P(Corpus, KeepsEveryPromise) {
  const Target& target = GetParam();
  const std::filesystem::path folder = kCorpus / target.name;
  ASSERT_TRUE(std::filesystem::is_directory(folder)) << folder;
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    ++files;
    EXPECT_NO_THROW(run_target(target, contents_of(entry.path()))) << entry.path();
  }
  EXPECT_GT(files, 0U) << folder << " is empty";
}

INSTANTIATE_TEST_SUITE_P(Fuzz, Corpus, testing::ValuesIn(kTargets),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(FuzzTargets, EveryCorpusHasATarget) {
  for (const auto& entry : std::filesystem::directory_iterator(kCorpus))
    EXPECT_NE(find_target(entry.path().filename().string()), nullptr) << entry.path();
}

TEST(FuzzTargets, FindAnErrorThatCannotBeShown) {
  EXPECT_FALSE(accepts([] { throw Error(ProblemKind::file_empty, "f.csv"); }));
  EXPECT_TRUE(accepts([] {}));
  for (const char* where : {"a \x1b[31m", "line\nbreak", "\xff is no UTF-8"})
    EXPECT_THROW(accepts([&] { throw Error(ProblemKind::file_empty, where); }), std::logic_error) << where;
  EXPECT_THROW(accepts([] { throw Error(static_cast<ProblemKind>(-1), ""); }), std::logic_error) << "no words";
  EXPECT_THROW(accepts([] { throw Error(std::vector<Problem>{}); }), std::logic_error);
  EXPECT_THROW(accepts([] { throw std::out_of_range("x"); }), std::out_of_range);
}

TEST(FuzzTargets, FindMemoryBeyondTheBound) {
  const auto hungry = [](std::string_view bytes) {
    static std::vector<char> memory;  // one on the stack may be optimized away
    memory.assign(100 * bytes.size(), 'x');
    memory = std::vector<char>();
  };
  const std::string input(1000, 'x');
  EXPECT_NO_THROW(run_target({"hungry", hungry, 1000, 100}, input));
  EXPECT_THROW(run_target({"hungry", hungry, 0, 99}, input), std::logic_error);
}

}  // namespace
}  // namespace lrtune::fuzz
