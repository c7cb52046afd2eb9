#include "base/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace lrtune {
namespace {

// Random123's kat_vectors for philox4x32, 10 rounds (D. E. Shaw Research).
TEST(Philox, GivesThePublishedKnownAnswers) {
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}), (PhiloxBlock{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}),
            (PhiloxBlock{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (PhiloxBlock{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Random, UniformHasTheMomentsOfTheUnitInterval) {
  double sum = 0;
  double squares = 0;
  constexpr int kDraws = 100000;
  for (int i = 0; i < kDraws; ++i) {
    const double u = random_uniform({7, 1}, Purpose::test, 0, static_cast<std::uint64_t>(i));
    ASSERT_GT(u, 0);
    ASSERT_LT(u, 1);
    sum += u;
    squares += u * u;
  }
  EXPECT_NEAR(sum / kDraws, 0.5, 4 * std::sqrt(1.0 / 12 / kDraws));
  EXPECT_NEAR(squares / kDraws, 1.0 / 3, 4 * std::sqrt(4.0 / 45 / kDraws));
}

TEST(Random, NormalHasMeanZeroVarianceOneAndKurtosisThree) {
  double sum = 0;
  double squares = 0;
  double fourths = 0;
  constexpr int kDraws = 100000;
  for (int i = 0; i < kDraws; ++i) {
    const double z = random_normal({7, 1}, Purpose::test, 3, static_cast<std::uint64_t>(i));
    sum += z;
    squares += z * z;
    fourths += z * z * z * z;
  }
  EXPECT_NEAR(sum / kDraws, 0, 4 / std::sqrt(kDraws));
  EXPECT_NEAR(squares / kDraws, 1, 4 * std::sqrt(2.0 / kDraws));
  EXPECT_NEAR(fourths / kDraws, 3, 4 * std::sqrt(96.0 / kDraws));
}

TEST(Random, PermutationHoldsEveryIndexOnceAndDependsOnEveryKeyWord) {
  const auto order = random_permutation(1000, {1, 2}, Purpose::minibatch_order, 3);
  auto sorted = order;
  std::ranges::sort(sorted);
  for (std::uint32_t i = 0; i < 1000; ++i) ASSERT_EQ(sorted[i], i);
  EXPECT_EQ(order, random_permutation(1000, {1, 2}, Purpose::minibatch_order, 3));
  EXPECT_NE(order, random_permutation(1000, {2, 2}, Purpose::minibatch_order, 3));
  EXPECT_NE(order, random_permutation(1000, {1, 3}, Purpose::minibatch_order, 3));
  EXPECT_NE(order, random_permutation(1000, {1, 2}, Purpose::split, 3));
  EXPECT_NE(order, random_permutation(1000, {1, 2}, Purpose::minibatch_order, 4));
}

TEST(Random, PermutationPutsEveryElementEverywhereEquallyOften) {
  constexpr std::size_t kN = 8;
  constexpr std::uint32_t kRuns = 16000;
  std::vector<int> count(kN * kN);
  for (std::uint32_t run = 0; run < kRuns; ++run) {
    const auto order = random_permutation(kN, {11, 0}, Purpose::test, run);
    for (std::size_t i = 0; i < kN; ++i) ++count[i * kN + order[i]];
  }
  double chi_square = 0;
  const double expected = static_cast<double>(kRuns) / kN;
  for (int c : count) chi_square += (c - expected) * (c - expected) / expected;
  EXPECT_LT(chi_square, 85.35);  // 99.9 % quantile of chi-square with (8 − 1)² = 49 degrees of freedom
}

}  // namespace
}  // namespace lrtune
