// Largest errors of base/math.h against the C library's long double, over dense sweeps.
#include "base/math.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace lrtune {
namespace {

// Error in units of the last place of the exact value.
double ulps(double value, long double exact) {
  const double nearest = static_cast<double>(exact);
  const double ulp = std::nextafter(std::fabs(nearest), std::numeric_limits<double>::infinity()) - std::fabs(nearest);
  return static_cast<double>(std::fabs(static_cast<long double>(value) - exact) / static_cast<long double>(ulp));
}

template <class Own, class Exact>
double largest_error(Own own, Exact exact, double from, double to, int points) {
  double worst = 0;
  for (int i = 0; i <= points; ++i) {
    const double x = from + (to - from) * (i + 0.37) / (points + 1);
    worst = std::max(worst, ulps(own(x), exact(static_cast<long double>(x))));
  }
  return worst;
}

TEST(Math, ExpIsWithinOneUlp) {
  const auto exact = [](long double x) { return std::exp(x); };
  EXPECT_LT(largest_error(math::exp, exact, -700, 700, 400000), 0.9);
  EXPECT_LT(largest_error(math::exp, exact, -1, 1, 400000), 0.9);
}

TEST(Math, LogIsWithinTwoUlps) {
  const auto exact = [](long double x) { return std::log(x); };
  EXPECT_LT(largest_error(math::log, exact, 1e-6, 1e6, 400000), 1.6);
  EXPECT_LT(largest_error(math::log, exact, 0.5, 2, 400000), 1.6);
  EXPECT_LT(largest_error(math::log, exact, 0.999, 1.001, 400000), 1.6);
}

TEST(Math, CosIsAccurateToAnUlpOfOne) {
  double worst = 0;
  for (int i = 0; i <= 400000; ++i) {
    const double x = -50 + 100 * (i + 0.37) / 400001;
    worst = std::max(worst, std::fabs(math::cos(x) - std::cos(x)));
  }
  EXPECT_LT(worst, 2.3e-16);
}

TEST(Math, EdgesAreWhatIeeeArithmeticWouldWant) {
  const double inf = std::numeric_limits<double>::infinity();
  EXPECT_EQ(math::exp(0), 1);
  EXPECT_EQ(math::exp(-inf), 0);
  EXPECT_EQ(math::exp(inf), inf);
  EXPECT_TRUE(std::isnan(math::exp(std::nan(""))));
  EXPECT_EQ(math::log(1), 0);
  EXPECT_EQ(math::log(0), -inf);
  EXPECT_EQ(math::log(inf), inf);
  EXPECT_TRUE(std::isnan(math::log(-1)));
  EXPECT_EQ(math::log(0x1p-1074), std::log(0x1p-1074));
  EXPECT_EQ(math::cos(0), 1);
}

TEST(Math, PowersOfTenAreExactAfterRoundingToThreeDigits) {
  EXPECT_NEAR(math::pow(10, -6), 1e-6, 1e-20);
  EXPECT_NEAR(math::pow(0.1, 3), 1e-3, 1e-17);
}

}  // namespace
}  // namespace lrtune
