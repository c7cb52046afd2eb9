// Largest errors of nn/lane_math.h and of gelu against long double, over dense sweeps, and equal bits from every
// instruction set. The bounds are the errors measured with
// sweeps ten times as dense, rounded up; docs/determinism.md repeats them.
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

#include "nn/usable_lane_functions.h"

namespace lrtune {
namespace {

constexpr float kInf = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

// Every `stride`-th float between from and to (same sign, from nearer to 0), both ends included.
std::vector<float> floats_between(float from, float to, std::uint32_t stride) {
  std::vector<float> values;
  for (auto b = std::bit_cast<std::uint32_t>(from); b < std::bit_cast<std::uint32_t>(to); b += stride)
    values.push_back(std::bit_cast<float>(b));
  while (values.size() % 16 != 0 || values.back() != to) values.push_back(to);
  return values;
}

std::vector<float> results_of(OneToOne f, const std::vector<float>& x) {
  std::vector<float> result(x.size());
  f(x.data(), result.data(), x.size());
  return result;
}

// The fastest instruction set computes; SameBits… makes it stand for all.
const LaneFunctions& functions() { return *usable_lane_functions().front(); }

// Error in units of the last place of the float nearest to the exact value.
double ulps(float value, long double exact) {
  const float nearest = std::fabs(static_cast<float>(exact));
  const float ulp = nearest < 0x1p-126F ? 0x1p-149F : std::nextafter(nearest, kInf) - nearest;
  return static_cast<double>(std::fabs(static_cast<long double>(value) - exact) / static_cast<long double>(ulp));
}

// At most `limit`, and not so far below it that the limit says nothing.
void expect_measured(double error, double limit) {
  EXPECT_LE(error, limit);
  EXPECT_GE(error, 0.8 * limit) << "the stated bound has become too loose";
}

template <class Exact>
double largest_ulps(OneToOne f, const Exact& exact, const std::vector<float>& x) {
  const std::vector<float> y = results_of(f, x);
  double worst = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double error = ulps(y[i], exact(static_cast<long double>(x[i])));
    worst = error <= worst ? worst : error;
  }
  return worst;
}

TEST(LaneMath, ExpOfNegativeError) {
  const auto exact = [](long double x) { return std::exp(x); };
  const double worst = largest_ulps(functions().exp_of_negative, exact, floats_between(-0x1p-60F, -87.0F, 509));
  expect_measured(worst, 1.06);
}

TEST(LaneMath, LogOfPositiveError) {
  const auto exact = [](long double x) { return std::log(x); };
  const double near_one = largest_ulps(functions().log_of_positive, exact, floats_between(0.5F, 2.0F, 23));
  expect_measured(near_one, 0.96);
  const double anywhere =
      largest_ulps(functions().log_of_positive, exact, floats_between(0x1p-126F, 0x1.fffffep+127F, 2503));
  expect_measured(anywhere, 0.87);
}

TEST(LaneMath, TanhError) {
  const auto exact = [](long double x) { return std::tanh(x); };
  expect_measured(largest_ulps(functions().tanh, exact, floats_between(0x1p-100F, 30.0F, 701)), 2.5);
}

TEST(LaneMath, SigmoidError) {
  const auto exact = [](long double x) { return 1 / (1 + std::exp(-x)); };
  expect_measured(largest_ulps(functions().sigmoid, exact, floats_between(0x1p-60F, 100.0F, 509)), 1.5);
  expect_measured(largest_ulps(functions().sigmoid, exact, floats_between(-0x1p-60F, -87.0F, 509)), 2.65);
}

long double exact_cdf(long double z) { return std::erfc(-z / std::sqrt(2.0L)) / 2; }
long double exact_density(long double z) { return std::exp(-z * z / 2) / std::sqrt(2 * std::acos(-1.0L)); }

// In ulps wherever the value is not flushed to 0 (|z·Φ(z)| ≥ 2^-56: z ≥ −8.2).
TEST(LaneMath, GeluError) {
  const auto exact = [](long double z) { return z * exact_cdf(z); };
  expect_measured(largest_ulps(functions().gelu, exact, floats_between(0x1p-55F, 1e4F, 701)), 7.4);
  expect_measured(largest_ulps(functions().gelu, exact, floats_between(-0x1p-55F, -8.2F, 701)), 7.0);
}

// The slope crosses 0 at z = −0.75, so its error is an absolute one, in units of 2^-24; in the tail also a relative
// one.
TEST(LaneMath, GeluSlopeError) {
  for (const bool tail : {false, true}) {
    double worst = 0;
    for (const float sign : {1.0F, -1.0F}) {
      const std::vector<float> z =
          tail ? floats_between(-2.0F, -8.0F, 53) : floats_between(std::copysign(0x1p-55F, sign), sign * 20.0F, 1709);
      const std::vector<float> y = results_of(functions().gelu_slope, z);
      for (std::size_t i = 0; i < z.size(); ++i) {
        const long double exact = exact_cdf(z[i]) + static_cast<long double>(z[i]) * exact_density(z[i]);
        const long double error = std::fabs(static_cast<long double>(y[i]) - exact);
        worst = std::max(worst, static_cast<double>(tail ? error / std::fabs(exact) : error) * 0x1p+24);
      }
    }
    expect_measured(worst, tail ? 4.75 : 4.3);
  }
}

float at(OneToOne f, float x) { return results_of(f, std::vector<float>(16, x))[0]; }

TEST(LaneMath, NanStaysNan) {
  for (const LaneFunctions* lanes : usable_lane_functions())
    for (const OneToOne f : {lanes->exp_of_negative, lanes->log_of_positive, lanes->tanh, lanes->sigmoid, lanes->gelu,
                             lanes->gelu_slope, lanes->flush_tiny}) {
      EXPECT_TRUE(std::isnan(at(f, kNan))) << lanes->name;
      EXPECT_TRUE(std::isnan(at(f, -kNan))) << lanes->name;
    }
}

TEST(LaneMath, EdgesAreTheLimits) {
  for (const LaneFunctions* lanes : usable_lane_functions()) {
    SCOPED_TRACE(lanes->name);
    EXPECT_EQ(at(lanes->exp_of_negative, 0), 1);
    EXPECT_EQ(at(lanes->exp_of_negative, -0.0F), 1);
    EXPECT_EQ(at(lanes->exp_of_negative, -87.001F), 0);
    EXPECT_GE(at(lanes->exp_of_negative, -87.0F), 0x1p-126F) << "subnormal";
    EXPECT_EQ(at(lanes->exp_of_negative, -1e30F), 0);
    EXPECT_EQ(at(lanes->exp_of_negative, -kInf), 0);
    EXPECT_EQ(at(lanes->log_of_positive, 1), 0);
    EXPECT_EQ(at(lanes->log_of_positive, kInf), kInf);
    EXPECT_NEAR(at(lanes->log_of_positive, 0x1.fffffep+127F), 88.7228394F, 1e-5F);
    EXPECT_EQ(std::bit_cast<std::uint32_t>(at(lanes->tanh, -0.0F)), 0x80000000U);
    EXPECT_EQ(std::bit_cast<std::uint32_t>(at(lanes->tanh, 0.0F)), 0U);
    EXPECT_EQ(at(lanes->sigmoid, 0), 0.5F);
    EXPECT_EQ(at(lanes->gelu, 0), 0);
    EXPECT_EQ(at(lanes->gelu, -0.0F), 0);
    EXPECT_EQ(at(lanes->gelu_slope, 0), 0.5F);
  }
}

// Up to infinity: a trial whose units have run far out is saturated, not broken.
TEST(LaneMath, SaturatesHoweverLargeTheArgument) {
  for (const LaneFunctions* lanes : usable_lane_functions())
    for (const float x : {20.0F, 50.0F, 100.0F, 1e4F, 1e8F, 1e12F, 1e19F, 1.9e19F, 1e30F, 0x1.fffffep+127F, kInf}) {
      SCOPED_TRACE(testing::Message() << lanes->name << ", " << x);
      EXPECT_EQ(at(lanes->tanh, x), 1);
      EXPECT_EQ(at(lanes->tanh, -x), -1);
      EXPECT_EQ(at(lanes->sigmoid, x), 1);
      EXPECT_LT(at(lanes->sigmoid, -x), 1e-8F);
      EXPECT_GE(at(lanes->sigmoid, -x), 0);
      EXPECT_EQ(at(lanes->gelu, x), x);
      if (x < kInf) {  // at infinity ∞·0, as in PyTorch
        EXPECT_EQ(at(lanes->gelu, -x), 0);
        EXPECT_EQ(at(lanes->gelu_slope, x), 1);
        EXPECT_EQ(at(lanes->gelu_slope, -x), 0);
      }
    }
}

TEST(LaneMath, AllInstructionSetsGiveTheSameBits) {
  std::vector<float> x;
  for (const float sign : {1.0F, -1.0F})
    for (const float v : floats_between(0x1p-149F, 0x1.fffffep+127F, 10007)) x.push_back(sign * v);
  const LaneFunctions* scalar = usable_lane_functions().back();
  for (const LaneFunctions* lanes : usable_lane_functions()) {
    const auto check = [&](const char* what, OneToOne f, OneToOne expected, const std::vector<float>& values) {
      const std::vector<float> a = results_of(f, values);
      const std::vector<float> b = results_of(expected, values);
      EXPECT_EQ(std::memcmp(a.data(), b.data(), a.size() * sizeof(float)), 0) << lanes->name << ' ' << what;
    };
    std::vector<float> negative;
    std::vector<float> positive;
    for (const float v : x) (v < 0 ? negative : positive).push_back(v);
    check("exp_of_negative", lanes->exp_of_negative, scalar->exp_of_negative, negative);
    check("log_of_positive", lanes->log_of_positive, scalar->log_of_positive, positive);
    check("tanh", lanes->tanh, scalar->tanh, x);
    check("sigmoid", lanes->sigmoid, scalar->sigmoid, x);
    check("gelu", lanes->gelu, scalar->gelu, x);
    check("gelu_slope", lanes->gelu_slope, scalar->gelu_slope, x);
  }
}

}  // namespace
}  // namespace lrtune
