#include "stats/running_mean.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace lrtune {
namespace {

TEST(RunningMean, OfAConstantIsThatConstant) {
  for (double beta : {0.0, 0.5, 0.98, 0.999})
    for (double mean : running_means(std::vector<double>(200, -3.7), beta)) EXPECT_NEAR(mean, -3.7, 1e-12) << beta;
}

TEST(RunningMean, WeighsThePastByPowersOfBeta) {
  const std::vector<double> means = running_means(std::vector<double>{1, 2, 4}, 0.5);
  EXPECT_DOUBLE_EQ(means[0], 1);
  EXPECT_DOUBLE_EQ(means[1], (0.5 * 1 + 2) / 1.5);
  EXPECT_DOUBLE_EQ(means[2], (0.25 * 1 + 0.5 * 2 + 4) / 1.75);
}

TEST(RunningMean, WithoutSmoothingIsTheNumberItself) {
  EXPECT_EQ(running_means(std::vector<double>{3, -1, 0.5}, 0), (std::vector<double>{3, -1, 0.5}));
}

TEST(RunningMean, WithOnePowerTooManyStartsTooLow) {
  EXPECT_DOUBLE_EQ(running_means(std::vector<double>{1, 1}, 0.98, 2)[0], 0.02 / (1 - 0.98 * 0.98));
}

TEST(RunningMean, StaysNotFiniteOnceItIs) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(std::isfinite(running_means(std::vector<double>{1, nan, 1, 1}, 0.9).back()));
}

}  // namespace
}  // namespace lrtune
