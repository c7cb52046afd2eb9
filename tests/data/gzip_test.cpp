#include "data/gzip.h"

#include <gtest/gtest.h>

#include "data_helpers.h"

namespace lrtune {
namespace {

TEST(Gzip, UnpacksMoreThanOneBuffer) {
  std::string text;
  for (int i = 0; i < 200000; ++i) text += std::to_string(i * 7919 % 10007);
  EXPECT_EQ(gunzip(gzipped(text), "f", text.size()), text);
}

TEST(Gzip, LimitHoldsForAFileThatUnpacksToAThousandTimesItsSize) {
  const std::string bomb = gzipped(std::string(10'000'000, 'a'));
  ASSERT_LT(bomb.size(), 20000U);
  try {
    gunzip(bomb, "bomb.gz", 9'999'999);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.problems().at(0).where, "bomb.gz");
    EXPECT_EQ(problem_what(error.problems().at(0)), "unpacks to more than 10.0 MB");
  }
  EXPECT_EQ(gunzip(bomb, "bomb.gz", 10'000'000).size(), 10'000'000U);
}

}  // namespace
}  // namespace lrtune
