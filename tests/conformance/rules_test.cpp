// What must hold for every update rule of the registry; no rule is named here. Rules run in the kernels, on gradients
// that the test gives.
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <set>

#include "base/random.h"
#include "reference/update_lanes.h"
#include "reference/vectors.h"
#include "train/isa.h"

namespace lrtune {
namespace {

using reference::UpdateLanes;

constexpr std::string_view kDecay = "weight_decay";

// The defaults, with one parameter set to `value`.
std::vector<double> defaults_with(const Card& card, std::string_view name, double value) {
  std::vector<double> values = reference::default_parameters(card);
  for (std::size_t i = 0; i < values.size(); ++i)
    if (card.parameters[i].name == name) values[i] = value;
  return values;
}

// Lanes that try the rule's parameters, without weight decay: the defaults, then each parameter near the ends of its
// bounds.
std::vector<LaneOptimizer> variants(RuleId rule) {
  const Card& card = rules()[rule].card.card;
  std::vector<LaneOptimizer> lanes{{rule, defaults_with(card, kDecay, 0)}};
  for (const Parameter& p : card.parameters) {
    if (p.name == kDecay) continue;
    for (const double value : {p.bounds.min, p.bounds.min_open ? 1e-3 : 0.5, p.bounds.max_open ? 0.9999 : 1.0})
      if (contains(p.bounds, value) && (p.kind == ParameterKind::real || value == std::floor(value))) {
        LaneOptimizer lane{rule, defaults_with(card, p.name, value)};
        for (std::size_t i = 0; i < lane.parameters.size(); ++i)
          if (card.parameters[i].name == kDecay) lane.parameters[i] = 0;
        lanes.push_back(lane);
      }
  }
  return lanes;
}

template <class Act>
void for_each_rule(const Act& act) {
  for (RuleId rule = 0; rule < kRules; ++rule) {
    SCOPED_TRACE(rules()[rule].card.card.name);
    act(rule);
  }
}

const std::vector<float>& start() {
  static const std::vector<float> kStart{1.0F, -0.75F, 1e-3F, -20.0F, 0.0F, 3.0F};
  return kStart;
}

TEST(Rules, CardsAreCompleteAndDefaultsWithinBounds) {
  std::set<std::string_view> names;
  EXPECT_EQ(rules().size(), optimizer_cards().size());
  for_each_rule([&](RuleId rule) {
    const OptimizerCard& card = rules()[rule].card;
    EXPECT_TRUE(names.insert(card.card.name).second);
    EXPECT_EQ(rule_named(card.card.name), rule);
    EXPECT_EQ(optimizer_cards()[rule].card.name, card.card.name);
    EXPECT_FALSE(card.card.summary.empty() || card.card.source.empty());
    EXPECT_GT(card.default_rate, 0);
    std::set<std::string_view> parameters;
    for (const Parameter& p : card.card.parameters) {
      EXPECT_TRUE(parameters.insert(p.name).second) << p.name;
      EXPECT_TRUE(contains(p.bounds, p.default_value)) << p.name;
      EXPECT_FALSE(p.summary.empty()) << p.name;
      if (p.kind == ParameterKind::boolean) {
        EXPECT_TRUE(p.default_value == 0 || p.default_value == 1) << p.name;
      }
    }
    EXPECT_TRUE(parameters.contains(kDecay));
    EXPECT_LE(rules()[rule].slots, kMostSlots);
    EXPECT_LE(rules()[rule].scalars, kMostScalars);
    EXPECT_TRUE(std::isfinite(rules()[rule].initial_slot(reference::default_parameters(card.card))));
  });
}

TEST(Rules, ZeroGradientsLeaveTheWeightsAlone) {
  for (const Kernel* kernel : usable_kernels())
    for_each_rule([&](RuleId rule) {
      const std::vector<LaneOptimizer> lanes = variants(rule);
      ASSERT_LE(lanes.size(), kLanes);
      UpdateLanes cohort(*kernel, lanes, start());
      const std::vector<double> rates(lanes.size(), 10);
      for (int k = 0; k < 50; ++k) cohort.update([](std::size_t, std::size_t) { return 0.0F; }, rates);
      for (std::size_t t = 0; t < lanes.size(); ++t)
        for (std::size_t p = 0; p < start().size(); ++p) {
          EXPECT_EQ(cohort.w(p, t), start()[p]) << kernel->name << ", variant " << t;
          for (std::size_t s = 0; s < rules()[rule].slots; ++s) EXPECT_TRUE(std::isfinite(cohort.slot(s, p, t)));
        }
    });
}

TEST(Rules, WeightDecayAloneShrinksTheWeights) {
  for_each_rule([](RuleId rule) {
    const Card& card = rules()[rule].card.card;
    const LaneOptimizer lane{rule, defaults_with(card, kDecay, 0.1)};
    UpdateLanes cohort(chosen_kernel(), {lane}, start());
    const std::vector<double> rates{rules()[rule].card.default_rate};
    for (int k = 0; k < 5; ++k) cohort.update([](std::size_t, std::size_t) { return 0.0F; }, rates);
    for (std::size_t p = 0; p < start().size(); ++p) {
      if (start()[p] == 0) {
        EXPECT_EQ(cohort.w(p, 0), 0);
      } else if (std::fabs(start()[p]) > 0.1F) {  // smaller ones may be stepped over
        EXPECT_LT(std::fabs(cohort.w(p, 0)), std::fabs(start()[p]));
        EXPECT_GT(cohort.w(p, 0) * start()[p], 0);
      }
    }
  });
}

// f = ½·Σ λ_p·w_p², λ from 0.1 to 3; 16 rates from 1e-4 to 100, one a lane.
TEST(Rules, ABowlGetsLowerAtSomeRate) {
  for_each_rule([](RuleId rule) {
    const auto curvature = [](std::size_t p) { return 0.1F + 0.58F * static_cast<float>(p); };
    const std::vector<float> w0{1.0F, -0.8F, 0.6F, -1.2F, 0.9F, 1.1F};
    const LaneOptimizer lane{rule, reference::default_parameters(rules()[rule].card.card)};
    UpdateLanes cohort(chosen_kernel(), std::vector<LaneOptimizer>(kLanes, lane), w0);
    const auto height = [&](std::size_t t) {
      double sum = 0;
      for (std::size_t p = 0; p < w0.size(); ++p)
        sum += 0.5 * static_cast<double>(curvature(p) * cohort.w(p, t) * cohort.w(p, t));
      return sum;
    };
    std::vector<double> rates;
    for (std::size_t t = 0; t < kLanes; ++t) rates.push_back(1e-4 * std::pow(10, 6 * static_cast<double>(t) / 15));
    const double before = height(0);
    for (int k = 0; k < 300; ++k)
      cohort.update([&](std::size_t p, std::size_t t) { return curvature(p) * cohort.w(p, t); }, rates);
    double best = before;
    for (std::size_t t = 0; t < kLanes; ++t) best = std::min(best, height(t));
    EXPECT_LT(best, 0.02 * before);
  });
}

// A gradient for the tests of single lanes: any sign, now and then 0, of many sizes.
float any_gradient(std::size_t k, std::size_t p, std::size_t t) {
  const PhiloxBlock block =
      random_block({static_cast<std::uint32_t>(t), 0}, Purpose::test, static_cast<std::uint32_t>(p), k);
  if (block[0] % 8 == 0) return 0;
  return (block[1] % 2 == 0 ? 1.0F : -1.0F) *
         static_cast<float>(std::ldexp(1 + block[2] * 0x1p-32, -int(block[3] % 20)));
}

// Weights and slots of lane t after some updates, where lane t is `place` of the cohort.
std::vector<std::uint32_t> bits_after(const Kernel& kernel, const std::vector<LaneOptimizer>& lanes,
                                      std::span<const std::size_t> gradient_of, std::size_t place) {
  UpdateLanes cohort(kernel, lanes, start());
  std::vector<double> rates;
  for (const std::size_t g : gradient_of) rates.push_back(0.01 * static_cast<double>(1 + g));
  for (std::size_t k = 0; k < 12; ++k)
    cohort.update([&](std::size_t p, std::size_t t) { return any_gradient(k, p, gradient_of[t]); }, rates);
  std::vector<std::uint32_t> bits;
  for (std::size_t p = 0; p < start().size(); ++p) {
    bits.push_back(std::bit_cast<std::uint32_t>(cohort.w(p, place)));
    for (std::size_t s = 0; s < rules()[lanes[place].rule].slots; ++s)
      bits.push_back(std::bit_cast<std::uint32_t>(cohort.slot(s, p, place)));
  }
  return bits;
}

// Every pair of rules shares a vector, parted at every fourth place and beside the vector's ends.
TEST(Rules, TwoRulesInOneVectorGiveEachLaneItsOwnBits) {
  for (const Kernel* kernel : usable_kernels()) {
    std::vector<std::vector<std::vector<std::uint32_t>>> alone(kRules);
    for (RuleId rule = 0; rule < kRules; ++rule)
      for (std::size_t t = 0; t < kLanes; ++t) {
        const LaneOptimizer lane{rule, reference::default_parameters(rules()[rule].card.card)};
        alone[rule].push_back(bits_after(*kernel, {lane}, std::span(&t, 1), 0));
      }
    std::vector<std::size_t> numbers;
    for (std::size_t t = 0; t < kLanes; ++t) numbers.push_back(t);
    for (RuleId a = 0; a < kRules; ++a)
      for (RuleId b = a + 1; b < kRules; ++b) {
        const std::size_t parting = 1 + (a * 7 + b * 3) % (kLanes - 1);
        std::vector<LaneOptimizer> lanes;
        for (std::size_t t = 0; t < kLanes; ++t) {
          const RuleId rule = t < parting ? a : b;
          lanes.push_back({rule, reference::default_parameters(rules()[rule].card.card)});
        }
        for (const std::size_t t : {std::size_t{0}, parting - 1, parting, kLanes - 1})
          EXPECT_EQ(bits_after(*kernel, lanes, numbers, t), alone[lanes[t].rule][t])
              << kernel->name << ": " << rules()[a].card.card.name << " and " << rules()[b].card.card.name
              << " parted at " << parting << ", lane " << t;
      }
  }
}

bool subnormal(float value) { return std::fpclassify(value) == FP_SUBNORMAL; }

// A unit that dies leaves decaying state behind: it must become 0 before it becomes subnormal.
TEST(Rules, StateOfADeadUnitNeverBecomesSubnormal) {
  for_each_rule([](RuleId rule) {
    const std::vector<LaneOptimizer> lanes = variants(rule);
    const std::vector<float> sizes{1.0F, -30.0F, 1e-3F, 1e-8F, -1e-12F, 0x1p-55F};
    UpdateLanes cohort(chosen_kernel(), lanes, start());
    const std::vector<double> rates(lanes.size(), rules()[rule].card.default_rate);
    for (std::size_t k = 0; k < 3010; ++k) {
      cohort.update([&](std::size_t p, std::size_t) { return k < 10 ? sizes[p] : 0.0F; }, rates);
      for (std::size_t t = 0; t < lanes.size(); ++t)
        for (std::size_t p = 0; p < sizes.size(); ++p) {
          ASSERT_FALSE(subnormal(cohort.w(p, t))) << "variant " << t << ", update " << k;
          for (std::size_t s = 0; s < rules()[rule].slots; ++s)
            ASSERT_FALSE(subnormal(cohort.slot(s, p, t))) << "slot " << s << ", variant " << t << ", update " << k;
        }
    }
  });
}

// A diverged lane must be seen.
TEST(Rules, ANanGradientMakesTheWeightNan) {
  for (const Kernel* kernel : usable_kernels())
    for_each_rule([&](RuleId rule) {
      const std::vector<LaneOptimizer> lanes = variants(rule);
      UpdateLanes cohort(*kernel, lanes, start());
      const std::vector<double> rates(lanes.size(), 0.01);
      const auto ordinary = [](std::size_t p, std::size_t t) { return any_gradient(0, p, t); };
      cohort.update(ordinary, rates);
      cohort.update([](std::size_t p, std::size_t) { return p == 2 ? std::numeric_limits<float>::quiet_NaN() : 0.5F; },
                    rates);
      cohort.update(ordinary, rates);
      for (std::size_t t = 0; t < lanes.size(); ++t)
        for (std::size_t p = 0; p < start().size(); ++p)
          EXPECT_EQ(std::isnan(cohort.w(p, t)), p == 2) << kernel->name << ", variant " << t << ", weight " << p;
    });
}

}  // namespace
}  // namespace lrtune
