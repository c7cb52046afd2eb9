// The data sets in data/: the bytes that PROVENANCE.md vouches for, and tasks as one expects them.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <variant>

#include "base/files.h"
#include "data_helpers.h"

namespace lrtune {
namespace {

const std::filesystem::path kData = std::filesystem::path(LRTUNE_SOURCE_DIR) / "data";

// The text between `before` and the next "`" after `from`; moves `from` past it.
std::string quoted_after(const std::string& text, std::string_view before, std::size_t& from) {
  const std::size_t start = text.find(before, from) + before.size();
  from = text.find('`', start);
  return text.substr(start, from - start);
}

TEST(Provenance, ShaSumsAreThoseOfTheFilesAndNoFileIsLeftOut) {
  const std::string page = read_file(kData / "PROVENANCE.md");
  std::size_t listed = 0;
  for (std::size_t at = 0; page.find("- file: `", at) != std::string::npos; ++listed) {
    const std::string file = quoted_after(page, "- file: `", at);
    EXPECT_EQ(quoted_after(page, "- sha256: `", at), sha256(read_file(kData / file))) << file;
  }
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kData)) files += entry.path().extension() == ".csv";
  EXPECT_EQ(listed, files);
  EXPECT_EQ(files, 5U);
}

Task load_checked_in(const std::string& file, const std::string& target) {
  DataConfig config;
  config.train = file;
  config.target = target;
  return load_task(config, kData);
}

TEST(CheckedInData, HaveTheSizesOfTheirPapers) {
  struct Expected {
    const char* file;
    const char* target;
    std::size_t rows, features, outputs;
    TaskKind kind;
  };
  for (const Expected& e : {Expected{"iris.csv", "species", 150, 4, 3, TaskKind::classification},
                            {"wine.csv", "cultivar", 178, 13, 3, TaskKind::classification},
                            {"breast_cancer.csv", "diagnosis", 569, 30, 2, TaskKind::classification},
                            {"digits.csv", "digit", 1797, 64, 10, TaskKind::classification},
                            {"diabetes.csv", "progression", 442, 10, 1, TaskKind::regression}}) {
    const DataSummary summary = load_checked_in(e.file, e.target).summary;
    EXPECT_EQ(summary.train_rows + summary.validation_rows, e.rows) << e.file;
    EXPECT_EQ(summary.features, e.features) << e.file;
    EXPECT_EQ(summary.outputs, e.outputs) << e.file;
    EXPECT_EQ(summary.kind, e.kind) << e.file;
  }
}

TEST(CheckedInData, IrisHasTenOfEachSpeciesToValidate) {
  const Task task = load_checked_in("iris.csv", "species");
  EXPECT_EQ(task.summary.classes, (std::vector<std::string>{"setosa", "versicolor", "virginica"}));
  for (std::int32_t label : {0, 1, 2})
    EXPECT_EQ(std::count(task.validation.labels.begin(), task.validation.labels.end(), label), 10);
}

TEST(CheckedInData, DigitsHasConstantPixelsAndOneNoticeOfThem) {
  const Task task = load_checked_in("digits.csv", "digit");
  EXPECT_EQ(std::ranges::count(task.notices, NoticeKind::constant_columns, &Notice::kind), 1);
  const auto notice = std::ranges::find(task.notices, NoticeKind::constant_columns, &Notice::kind);
  ASSERT_NE(notice, task.notices.end());
  const auto& names = std::get<std::vector<std::string>>(notice->facts.at(1).value);
  ASSERT_GT(names.size(), 2U);
  EXPECT_EQ(names[0], "pixel_0");
  EXPECT_EQ(names[1], "pixel_32");
}

}  // namespace
}  // namespace lrtune
