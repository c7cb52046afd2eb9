// Every rule against PyTorch's numbers in float64 (tests/vectors/optimizers.json): the template in double, and the
// kernels in float. Errors are measured against |w| + Σ|Δw|, the distance that the weight has come.
#include "reference/vectors.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <set>

#include "reference/real_optimizer.h"
#include "reference/update_lanes.h"
#include "train/isa.h"

namespace lrtune {
namespace {

using reference::Json;

struct Case {
  std::string name;
  RuleId rule;
  std::vector<double> parameters;
  std::vector<double> rates;                   // [step]
  std::vector<double> w0;                      // [weight]
  std::vector<std::vector<double>> gradients;  // [step][weight]
  std::vector<std::vector<double>> w;          // [step][weight] after the step
};

std::vector<Case> all_cases() {
  std::vector<Case> cases;
  const Json content = reference::read_vectors("optimizers.json");
  for (const Json& record : content.at("cases")) {
    const RuleId rule = rule_named(record.at("name").get<std::string>());
    cases.push_back({record.at("case"), rule,
                     reference::parameters_in_order(rules()[rule].card.card, record.at("settings")),
                     record.at("learning_rates"), record.at("w0"), record.at("gradients"), record.at("w")});
  }
  return cases;
}

// The largest error of path w(step, weight), in units of |w| + Σ|Δw|.
template <class Weight>
double largest_error(const Case& c, const Weight& weight) {
  double worst = 0;
  for (std::size_t p = 0; p < c.w0.size(); ++p) {
    double way = 0;
    for (std::size_t k = 0; k < c.w.size(); ++k) {
      way += std::fabs(c.w[k][p] - (k == 0 ? c.w0[p] : c.w[k - 1][p]));
      const double error = std::fabs(weight(k, p) - c.w[k][p]) / (std::fabs(c.w[k][p]) + way);
      worst = error <= worst ? worst : error;  // a NaN counts
    }
  }
  return worst;
}

TEST(OptimizerVectors, HoldEveryRuleOfTheRegistry) {
  std::set<RuleId> seen;
  for (const Case& c : all_cases()) seen.insert(c.rule);
  EXPECT_EQ(seen.size(), kRules);
}

TEST(OptimizerVectors, RulesInDoubleArePyTorchs) {
  for (const Case& c : all_cases()) {
    reference::RealOptimizer optimizer(c.rule, c.parameters, c.w0.size());
    std::vector<std::vector<double>> path;
    std::vector<double> w = c.w0;
    for (std::size_t k = 0; k < c.w.size(); ++k) {
      optimizer.update(w, c.gradients[k], c.rates[k]);
      path.push_back(w);
    }
    EXPECT_LE(largest_error(c, [&](std::size_t k, std::size_t p) { return path[k][p]; }), 1e-12) << c.name;
  }
}

std::vector<float> in_float(const std::vector<double>& values) {
  std::vector<float> result;
  for (const double value : values) result.push_back(static_cast<float>(value));
  return result;
}

// [step][weight], lane 0 of a cohort whose lanes are all this case; the others must have its bits.
std::vector<std::vector<float>> path_in_lanes(const Kernel& kernel, const Case& c) {
  const std::vector<LaneOptimizer> lanes(kLanes, {c.rule, c.parameters});
  reference::UpdateLanes cohort(kernel, lanes, in_float(c.w0));
  std::vector<std::vector<float>> path;
  for (std::size_t k = 0; k < c.w.size(); ++k) {
    const std::vector<double> rates(kLanes, c.rates[k]);
    cohort.update([&](std::size_t p, std::size_t) { return static_cast<float>(c.gradients[k][p]); }, rates);
    path.emplace_back();
    for (std::size_t p = 0; p < c.w0.size(); ++p) {
      path.back().push_back(cohort.w(p, 0));
      for (std::size_t t = 1; t < kLanes; ++t) EXPECT_EQ(cohort.w(p, t), cohort.w(p, 0)) << c.name;
    }
  }
  return path;
}

TEST(OptimizerVectors, KernelsInFloatArePyTorchsUpToFloatRounding) {
  double worst = 0;
  for (const Kernel* kernel : usable_kernels())
    for (const Case& c : all_cases()) {
      const auto path = path_in_lanes(*kernel, c);
      const auto weight = [&](std::size_t k, std::size_t p) { return static_cast<double>(path[k][p]); };
      EXPECT_LE(largest_error(c, weight), 2e-6) << kernel->name << ", " << c.name;
      worst = std::max(worst, largest_error(c, weight));
    }
  RecordProperty("largest_error", fmt::format("{:.2e}", worst));
}

TEST(OptimizerVectors, AllKernelsGiveTheSameBits) {
  for (const Case& c : all_cases()) {
    const auto expected = path_in_lanes(*usable_kernels().back(), c);
    for (const Kernel* kernel : usable_kernels()) {
      const auto path = path_in_lanes(*kernel, c);
      for (std::size_t k = 0; k < path.size(); ++k)
        EXPECT_EQ(std::memcmp(path[k].data(), expected[k].data(), path[k].size() * sizeof(float)), 0)
            << kernel->name << ", " << c.name << ", step " << k + 1;
    }
  }
}

}  // namespace
}  // namespace lrtune
