#include "stats/noise.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"

namespace lrtune {
namespace {

double z(std::size_t i) { return random_normal({7, 0}, Purpose::test, 3, i); }

// Places 0.1 apart × blocks, with a standard deviation by place and one of the blocks.
std::vector<Observation> grid(std::size_t places, std::size_t blocks, const std::vector<double>& own, double common) {
  std::vector<Observation> all;
  for (std::size_t b = 0; b < blocks; ++b)
    for (std::size_t p = 0; p < places; ++p)
      all.push_back({p, 0.3 * static_cast<double>(p) + common * z(b) + own[p] * z(1000 + b * places + p), b});
  return all;
}

TEST(Noise, OfManyObservationsIsThatOfTheirPlaceAndOfTheirBlocks) {
  const std::vector<double> x = {0, 1, 2, 3};
  const Noise noise = estimate_noise(x, grid(4, 400, {0.05, 0.05, 0.2, 0.4}, 0.3), 0.1);
  EXPECT_NEAR(std::sqrt(noise.variance[0]), 0.05, 0.015);
  EXPECT_NEAR(std::sqrt(noise.variance[2]), 0.2, 0.03);
  EXPECT_NEAR(std::sqrt(noise.variance[3]), 0.4, 0.04);
  EXPECT_NEAR(std::sqrt(noise.block_variance), 0.3, 0.03);
  EXPECT_NEAR(noise.degrees, 4 + 3 * 399, 1) << "of 1600 observations, 403 parameters are fitted";
}

TEST(Noise, OfNearPlacesIsPooled) {
  const std::vector<double> x = {0, 0.01, 5};
  const Noise noise = estimate_noise(x, grid(3, 200, {0.1, 0.3, 0.1}, 0), 0.2);
  EXPECT_NEAR(noise.variance[0], noise.variance[1], 1e-3 * noise.variance[0]);
  EXPECT_LT(noise.variance[2], 0.6 * noise.variance[0]);
}

TEST(Noise, WithoutRepetitionIsThePriorAlone) {
  const Noise noise = estimate_noise(std::vector<double>{0, 1}, std::vector<Observation>{{0, 1, 0}, {1, 5, 0}}, 0.2);
  EXPECT_EQ(noise.variance, (std::vector<double>{0.02, 0.02}));
  EXPECT_EQ(noise.block_variance, 0.02);
  EXPECT_EQ(noise.degrees, 4);
}

// One place on two blocks and one block on two places say nothing of the noise: whatever they are, they fit.
TEST(Noise, OfWhatFitsWhateverItIsIsThePriorAlone) {
  const std::vector<Observation> all = {{0, 1, 0}, {0, 9, 1}, {1, 5, 1}};
  EXPECT_EQ(estimate_noise(std::vector<double>{0, 1}, all, 0.2).degrees, 4);
}

}  // namespace
}  // namespace lrtune
