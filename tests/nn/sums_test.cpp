#include "nn/sums.h"

#include <gtest/gtest.h>

namespace lrtune {
namespace {

// Terms of sizes so different that another order of adding rounds otherwise.
TEST(Sums, PartialsAreAddedInTheTreeOfTheContract) {
  double partials[kPartials][2];
  for (std::size_t p = 0; p < kPartials; ++p) {
    partials[p][0] = (p % 3 == 0 ? 1 : -1) * 0x1.921fb54442d18p+0 * static_cast<double>(1ULL << (p * 7 % 16 * 3));
    partials[p][1] = static_cast<double>(p);
  }
  double left_to_right = 0;
  for (const auto& partial : partials) left_to_right += partial[0];
  const auto at = [&](std::size_t p) { return partials[p][0]; };
  const auto four = [&](std::size_t p) { return (at(p) + at(p + 8)) + (at(p + 4) + at(p + 12)); };
  const double tree = (four(0) + four(2)) + (four(1) + four(3));
  ASSERT_NE(tree, left_to_right);
  add_partials(partials);
  EXPECT_EQ(partials[0][0], tree);
  EXPECT_EQ(partials[0][1], 120);
}

}  // namespace
}  // namespace lrtune
