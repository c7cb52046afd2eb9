// exp: x = n·ln 2 + r, |r| ≤ ½ ln 2; e^r by its Taylor polynomial of degree 13 (remainder below 5e-18), times 2^n.
// log: x = 2^n·m, m in [√½, √2); ln m = 2·artanh(s), s = (m − 1)/(m + 1), by the series Σ s^(2i+1)/(2i+1) up to s^21
//      (|s| ≤ .172: remainder below 2e-18); its leading term is corrected by the rounding error of the division.
// cos: x = n·π/2 + r with π/2 in three parts (Cody and Waite), then the Taylor polynomial of sin or cos on |r| ≤ π/4.
#include "base/math.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace lrtune::math {
namespace {

constexpr double kLog2E = 1.442695040888963407359924681001892137;
// ln 2 and π/2 split so that n·high is exact for |n| < 2^20: the high part has 32 bits.
constexpr double kLn2High = 0x1.62e42feep-1;
constexpr double kLn2Low = 0x1.a39ef35793c76p-33;
constexpr double kHalfPiHigh = 0x1.921fb544p+0;
constexpr double kHalfPiMiddle = 0x1.0b4611a6p-34;
constexpr double kHalfPiLow = 0x1.3198a2e037073p-69;

// coefficients[0] + coefficients[1]·x + …, by Horner's rule.
template <std::size_t N>
double polynomial(double x, const std::array<double, N>& coefficients) {
  double sum = coefficients[N - 1];
  for (std::size_t i = N - 1; i > 0; --i) sum = std::fma(sum, x, coefficients[i - 1]);
  return sum;
}

// 1/0!, 1/1!, …: the Taylor coefficients of exp; `step` 2 with alternating signs gives those of cos and sin.
template <std::size_t N>
constexpr std::array<double, N> inverse_factorials(std::size_t first, std::size_t step, double sign) {
  std::array<double, N> c{};
  for (std::size_t i = 0; i < N; ++i) {
    double factorial = 1;
    for (std::size_t j = 2; j <= first + step * i; ++j) factorial *= static_cast<double>(j);
    c[i] = 1 / factorial;
    if (i % 2 == 1) c[i] *= sign;
  }
  return c;
}

constexpr auto kExp = inverse_factorials<12>(2, 1, 1.0);  // e^r = 1 + r + r²·P(r)
constexpr auto kCos = inverse_factorials<9>(0, 2, -1.0);  // cos r = P(r²)
constexpr auto kSin = inverse_factorials<9>(1, 2, -1.0);  // sin r = r·P(r²)

double power_of_two(int n) { return std::bit_cast<double>(static_cast<std::uint64_t>(n + 1023) << 52U); }

}  // namespace

double exp(double x) {
  if (x != x) return x;
  if (x < -708) return 0;
  if (x > 709.782712893383973096) return std::numeric_limits<double>::infinity();
  const double n = std::rint(x * kLog2E);
  const double high = std::fma(-n, kLn2High, x);
  const double low = n * kLn2Low;
  const double r = high - low;
  const double r_error = (high - r) - low;
  const double tail = std::fma(r * r, polynomial(r, kExp), r_error);
  const double value = 1 + (r + tail);
  const int exponent = static_cast<int>(n);
  return value * power_of_two(exponent / 2) * power_of_two(exponent - exponent / 2);
}

double log(double x) {
  if (x != x || x == std::numeric_limits<double>::infinity()) return x;
  if (x == 0) return -std::numeric_limits<double>::infinity();
  if (x < 0) return std::numeric_limits<double>::quiet_NaN();
  double n = 0;
  if (x < std::numeric_limits<double>::min()) {
    x *= 0x1p54;
    n = -54;
  }
  const auto bits = std::bit_cast<std::uint64_t>(x);
  n += static_cast<double>(static_cast<int>(bits >> 52U) - 1023);
  double m = std::bit_cast<double>((bits & 0xFFFFFFFFFFFFFU) | 0x3FF0000000000000U);
  if (m > 1.414213562373095) {
    m *= 0.5;
    n += 1;
  }
  const double f = m - 1;
  const double divisor = 2 + f;
  const double s = f / divisor;
  const double s_error = std::fma(-s, divisor, f) / divisor;
  const double q = s * s;
  constexpr std::array<double, 10> kOdd = {1.0 / 3,  1.0 / 5,  1.0 / 7,  1.0 / 9,  1.0 / 11,
                                           1.0 / 13, 1.0 / 15, 1.0 / 17, 1.0 / 19, 1.0 / 21};
  const double tail = std::fma(s * q, polynomial(q, kOdd), std::fma(n, 0.5 * kLn2Low, s_error));
  return std::fma(n, kLn2High, 2 * (s + tail));
}

double log10(double x) { return log(x) / kLn10; }

double pow(double base, double exponent) { return exp(exponent * log(base)); }

double cos(double x) {
  const double n = std::rint(x / (kPi / 2));
  const double r = std::fma(-n, kHalfPiLow, std::fma(-n, kHalfPiMiddle, std::fma(-n, kHalfPiHigh, x)));
  const double q = r * r;
  switch (static_cast<std::int64_t>(n) & 3) {
    case 0:
      return polynomial(q, kCos);
    case 1:
      return -r * polynomial(q, kSin);
    case 2:
      return -polynomial(q, kCos);
    default:
      return r * polynomial(q, kSin);
  }
}

}  // namespace lrtune::math
