// Memory is bounded by the file's size, also for files larger than a fuzzer makes: inputs that would need much more
// than they hold if a reader trusted them, or did for each byte what it does once.
#include "fuzz/memory.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "data/gzip.h"
#include "data/loaders.h"
#include "fuzz/promises.h"
#include "lrtune/error.h"

namespace lrtune::fuzz {
namespace {

constexpr std::size_t kBytes = 300'000;

// Before the parts comes `out`.
std::string repeated(std::string_view part, std::string out = {}) {
  while (out.size() < kBytes) out += part;
  return out;
}

// Most memory per byte of input, while the reader either accepts it or says an Error that can be shown.
std::size_t memory_per_byte(std::string_view target, const std::string& input) {
  start_counting();
  EXPECT_NO_THROW(find_target(target)->run(input));
  return most_allocated() / input.size();
}

// Options of the CSV target: the target is "y", "c" is one_hot.
std::string csv(std::string_view file) { return std::string("\0\x18\0", 3).append(file); }

TEST(Memory, OfJsonIsBoundedByTheFile) {
  std::string deep = "{";
  for (int i = 0; i < 60; ++i) deep += fmt::format("\"{}\": {{", std::string(75, 'k'));
  const std::string hidden = R"({"data": {"train": "t.csv", "target": "y"}, "model": {"hidden": [)";
  for (const std::string_view target : {"config", "result"}) {
    EXPECT_LE(memory_per_byte(target, repeated("[")), 100U) << target;
    EXPECT_LE(memory_per_byte(target, repeated("1,", "[") + "1]"), 100U) << target;
    EXPECT_LE(memory_per_byte(target, repeated("\"a\":1,", "{") + "\"a\":1}"), 100U) << target;
    EXPECT_LE(memory_per_byte(target, repeated("\"a\":1,", deep) + "\"a\":1}" + std::string(61, '}')), 100U) << target;
    EXPECT_LE(memory_per_byte(target, repeated("a", "\"") + "\""), 100U) << target;
    EXPECT_LE(memory_per_byte(target, repeated("-1,", hidden) + "1]}}"), 100U) << target;
  }
}

TEST(Memory, OfCsvIsBoundedByTheFile) {
  std::string classes = "y,c\n";
  for (int i = 0; i < 20'000; ++i) classes += fmt::format("{},{}\n", i % 2, i);
  EXPECT_LE(memory_per_byte("csv", csv(classes)), 200U) << "20000 rows of 20000 one_hot values";
  EXPECT_LE(memory_per_byte("csv", csv(repeated(","))), 200U);
  EXPECT_LE(memory_per_byte("csv", csv(repeated("a,"))), 200U);
  EXPECT_LE(memory_per_byte("csv", csv(repeated("1,\n", "y,c\n"))), 200U);
  EXPECT_LE(memory_per_byte("csv", csv(repeated("1,a,2\n0,b,3\n", "y,c,d\n"))), 200U);
}

TEST(Memory, OfIdxIsNotWhatItsHeaderPromises) {
  const std::string four_billion = "\xff\xff\xff\xff";
  const std::string images = std::string("\0\0\x08\x03", 4) + four_billion + four_billion + four_billion + "abc";
  const std::string labels = std::string("\0\0\x08\x01", 4) + four_billion + "a";
  const std::vector<Source> sources = {{"images", images}, {"labels", labels}};
  start_counting();
  EXPECT_THROW(load_idx(sources, {}, std::nullopt), Error);
  EXPECT_LT(most_allocated(), 10'000U);
}

TEST(Memory, OfGzipIsBoundedByTheLimitAndByWhatDeflateCanPack) {
  // Stored blocks (RFC 1951, 3.2.4) promise 65535 bytes each; here the first is all there is of 30000.
  const std::string header("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10);
  std::string promises = header;
  for (int i = 0; i < 30'000; ++i) promises += std::string("\0\xff\xff\0\0", 5);
  start_counting();
  EXPECT_THROW(gunzip(promises, "f.gz", std::uint64_t{1} << 40U), Error);
  EXPECT_LT(most_allocated(), 1'000'000U);

  // A stored block of 65535 bytes, eight times: a string that grows by doubling, and one buffer.
  std::string members;
  for (int i = 0; i < 8; ++i) {
    members += header + std::string("\1\xff\xff\0\0", 5) + std::string(65535, 'a');
    members += std::string("\272\056\165\043\377\377\0\0", 8);
  }
  start_counting();
  try {
    EXPECT_EQ(gunzip(members, "f.gz", std::uint64_t{1} << 40U).size(), 8U * 65535);
  } catch (const Error& error) {
    ADD_FAILURE() << error.what();
  }
  EXPECT_LT(most_allocated(), 3U * 8 * 65535 + 300'000);
}

}  // namespace
}  // namespace lrtune::fuzz
