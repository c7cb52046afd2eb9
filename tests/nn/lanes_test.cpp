// base/lanes.h on every instruction set of this machine: each operation is IEEE's, bit for bit, also where fused and
// unfused results differ, and for NaN, ±0, ±inf and subnormal numbers.
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "base/random.h"
#include "nn/usable_lane_functions.h"

namespace lrtune {
namespace {

constexpr float kInf = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

// Equal bits; any NaN is as good as another (its sign and payload reach no result).
bool same(float a, float b) {
  return std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b) || (std::isnan(a) && std::isnan(b));
}

const std::vector<float>& special_values() {
  static const std::vector<float> kValues = [] {
    std::vector<float> values;
    for (const float v : {0.0F,
                          1.0F,
                          0x1.000002p+0F,
                          0x1.fffffep-1F,
                          0.5F,
                          1.5F,
                          2.5F,
                          3.0F,
                          0x1.555556p-2F,
                          1e-20F,
                          1e20F,
                          0x1p-126F,
                          0x1.fffffcp-127F,
                          0x1p-149F,
                          0x1.8p-140F,
                          8388607.5F,
                          0x1.fffffep+127F,
                          0x1p+64F,
                          0x1p-75F,
                          kInf,
                          kNan})
      for (const float sign : {1.0F, -1.0F}) values.push_back(std::copysign(v, sign));
    return values;
  }();
  return kValues;
}

struct Triples {
  std::vector<float> a, b, c;

  void add(float x, float y, float z) {
    a.push_back(x);
    b.push_back(y);
    c.push_back(z);
  }
  void pad() {
    while (a.size() % 16 != 0) add(1, 1, 1);
  }
};

// All triples of special values; random bits; random products with c near −a·b, where fusing shows.
const Triples& triples() {
  static const Triples kTriples = [] {
    Triples t;
    for (const float a : special_values())
      for (const float b : special_values())
        for (const float c : special_values()) t.add(a, b, c);
    for (std::uint64_t i = 0; i < 100000; ++i) {
      const PhiloxBlock block = random_block({1, 0}, Purpose::test, 7, i);
      t.add(std::bit_cast<float>(block[0]), std::bit_cast<float>(block[1]), std::bit_cast<float>(block[2]));
      const auto a = static_cast<float>(random_normal({2, 0}, Purpose::test, 7, i));
      const auto b = static_cast<float>(random_normal({3, 0}, Purpose::test, 7, i));
      t.add(a, b, -(a * b));
    }
    t.pad();
    return t;
  }();
  return kTriples;
}

template <class Expected>
void expect_same(const char* isa, const char* what, const std::vector<float>& result, const Expected& expected) {
  const Triples& t = triples();
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < result.size(); ++i)
    if (!same(result[i], expected(t.a[i], t.b[i], t.c[i])) && ++wrong <= 3)
      ADD_FAILURE() << isa << ' ' << what << '(' << t.a[i] << ", " << t.b[i] << ", " << t.c[i] << ") = " << result[i];
  EXPECT_EQ(wrong, 0U) << isa << ' ' << what;
}

TEST(Lanes, TheTriplesTellFusedFromUnfused) {
  const Triples& t = triples();
  std::size_t different = 0;
  for (std::size_t i = 0; i < t.a.size(); ++i) {
    const volatile float product = t.a[i] * t.b[i];
    if (!same(std::fma(t.a[i], t.b[i], t.c[i]), product + t.c[i])) ++different;
  }
  EXPECT_GT(different, 90000U);
}

TEST(Lanes, FusedMultiplyAddRoundsOnce) {
  const Triples& t = triples();
  std::vector<float> result(t.a.size());
  for (const LaneFunctions* lanes : usable_lane_functions()) {
    lanes->fma(t.a.data(), t.b.data(), t.c.data(), result.data(), result.size());
    expect_same(lanes->name, "fma", result, [](float a, float b, float c) { return std::fma(a, b, c); });
  }
}

TEST(Lanes, OperationsOnOneNumberAreIeees) {
  const Triples& t = triples();
  std::vector<float> result(t.a.size());
  for (const LaneFunctions* lanes : usable_lane_functions()) {
    const auto check = [&](const char* what, OneToOne f, auto expected) {
      f(t.a.data(), result.data(), result.size());
      expect_same(lanes->name, what, result, [&](float a, float, float) { return expected(a); });
    };
    check("sqrt", lanes->sqrt, [](float a) { return std::sqrt(a); });
    check("rint", lanes->rint, [](float a) { return std::nearbyint(a); });
    check("abs", lanes->abs, [](float a) { return std::fabs(a); });
    check("negate", lanes->negate, [](float a) { return -a; });
  }
}

TEST(Lanes, OperationsOnTwoNumbersAreIeees) {
  const Triples& t = triples();
  std::vector<float> result(t.a.size());
  for (const LaneFunctions* lanes : usable_lane_functions()) {
    const auto check = [&](const char* what, TwoToOne f, auto expected) {
      f(t.a.data(), t.b.data(), result.data(), result.size());
      expect_same(lanes->name, what, result, [&](float a, float b, float) { return expected(a, b); });
    };
    check("add", lanes->add, [](float a, float b) { return a + b; });
    check("subtract", lanes->subtract, [](float a, float b) { return a - b; });
    check("multiply", lanes->multiply, [](float a, float b) { return a * b; });
    check("divide", lanes->divide, [](float a, float b) { return a / b; });
    check("less", lanes->less, [](float a, float b) { return a < b ? 1.0F : 0.0F; });
    check("less_or_equal", lanes->less_or_equal, [](float a, float b) { return a <= b ? 1.0F : 0.0F; });
  }
}

TEST(Lanes, FlushTinyKeepsNanAndWhatIsNotTiny) {
  const Triples& t = triples();
  std::vector<float> result(t.a.size());
  for (const LaneFunctions* lanes : usable_lane_functions()) {
    lanes->flush_tiny(t.a.data(), result.data(), result.size());
    expect_same(lanes->name, "flush_tiny", result,
                [](float a, float, float) { return std::fabs(a) < 0x1p-56F ? 0.0F : a; });
  }
}

}  // namespace
}  // namespace lrtune
