// What must hold for every activation, loss and initialisation of the catalogues, in the whole engine.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "reference/reference_trial.h"
#include "reference/workload.h"
#include "train/isa.h"

namespace lrtune {
namespace {

TEST(Networks, CardsHaveUniqueNamesAndSummaries) {
  for (const std::span<const Card> cards : {activation_cards(), init_cards(), loss_cards()}) {
    std::set<std::string_view> names;
    EXPECT_FALSE(cards.empty());
    for (const Card& card : cards) {
      EXPECT_TRUE(names.insert(card.name).second) << card.name;
      EXPECT_FALSE(card.summary.empty()) << card.name;
    }
  }
}

// 16 rates from 1e-3 to 1: some lane must learn rows by heart.
TEST(Networks, EveryCombinationLearnsAtSomeRate) {
  const std::vector<std::size_t> sizes{5, 12, 9, 3};
  for (ActivationId activation = 0; activation < activation_cards().size(); ++activation)
    for (const Loss loss : {Loss::cross_entropy, Loss::mse})
      for (const Card& init : init_cards()) {
        const Network network = reference::make_network(sizes, activation, loss);
        const reference::Table table(network, 12, 3);
        const std::vector<LaneOptimizer> lanes(kLanes, reference::default_lane(rule_named("momentum")));
        std::vector<double> rates;
        for (std::size_t t = 0; t < kLanes; ++t) rates.push_back(1e-3 * std::pow(10, 3 * static_cast<double>(t) / 15));
        Cohort cohort(chosen_kernel(), network, lanes, initial_parameters(network.shapes, init.name, RandomKey{4, 0}),
                      12, std::nullopt);
        const PerLane before = cohort.evaluate(table.block(0, 12)).loss;
        for (int k = 0; k < 200; ++k) cohort.train(table.block(0, 12), rates);
        const PerLane after = cohort.evaluate(table.block(0, 12)).loss;
        double best = before[0];
        for (const double value : after)
          if (value < best) best = value;
        EXPECT_LT(best, 0.7 * before[0]) << activation_cards()[activation].name << ", " << init.name;
      }
}

// A network 1-1-1 whose weights are 1 and biases 0, mse against 0, one update of sgd at rate ½: the output bias becomes
// −value(z), and the hidden bias −value(z)·slope(z).
struct Unit {
  float value;
  float value_times_slope;
};

Unit unit(const Kernel& kernel, ActivationId activation, float z) {
  const std::vector<std::size_t> sizes{1, 1, 1};
  const Network network = reference::make_network(sizes, activation, Loss::mse);
  const std::vector<float> initial{1, 0, 1, 0};
  const LaneOptimizer lane = reference::default_lane(rule_named("sgd"));
  Cohort cohort(kernel, network, std::span(&lane, 1), initial, 1, std::nullopt);
  const float target = 0;
  const double rate = 0.5;
  cohort.train({1, &z, nullptr, &target}, std::span(&rate, 1));
  const std::vector<float> w = cohort.parameters(0);
  return {-w[3], -w[1]};
}

TEST(Networks, ActivationsAreWhatTheirNamesSay) {
  for (const Kernel* kernel : usable_kernels())
    for (ActivationId id = 0; id < activation_cards().size(); ++id) {
      const reference::ExactActivation exact = reference::exact_activation(id);
      for (int i = -400; i <= 400; ++i) {
        const float z = 0.025F * static_cast<float>(i);
        const Unit u = unit(*kernel, id, z);
        const auto x = static_cast<double>(z);
        EXPECT_NEAR(static_cast<double>(u.value), exact.value(x), 1e-6 * (1 + std::fabs(x))) << exact.name << ' ' << z;
        EXPECT_NEAR(static_cast<double>(u.value_times_slope), exact.value(x) * exact.slope(x),
                    2e-6 * (1 + std::fabs(x)))
            << exact.name << ' ' << z;
      }
    }
}

TEST(Networks, ANanInTheDataIsSeenInTheLoss) {
  const std::vector<std::size_t> sizes{3, 4, 3};
  for (const Kernel* kernel : usable_kernels())
    for (ActivationId activation = 0; activation < activation_cards().size(); ++activation)
      for (const Loss loss : {Loss::cross_entropy, Loss::mse}) {
        const Network network = reference::make_network(sizes, activation, loss);
        reference::Table table(network, 20, 3);
        table.features[17 * 3 + 1] = std::numeric_limits<float>::quiet_NaN();
        const LaneOptimizer lane = reference::default_lane(0);
        Cohort cohort(*kernel, network, std::span(&lane, 1),
                      initial_parameters(network.shapes, "kaiming_normal", RandomKey{4, 0}), 20, std::nullopt);
        const double rate = 0.1;
        EXPECT_TRUE(std::isnan(cohort.evaluate(table.block(0, 20)).loss[0])) << activation_cards()[activation].name;
        EXPECT_FALSE(std::isnan(cohort.evaluate(table.block(0, 17)).loss[0])) << activation_cards()[activation].name;
        EXPECT_TRUE(std::isnan(cohort.train(table.block(0, 20), std::span(&rate, 1))[0]));
        for (const float w : cohort.parameters(0)) EXPECT_TRUE(std::isnan(w)) << activation_cards()[activation].name;
      }
}

// With NaN among the outputs no class is predicted: the row is wrong. Equal outputs: the first class.
TEST(Networks, TiesGoToTheFirstClassAndNanToNone) {
  const std::vector<std::size_t> sizes{2, 3};
  const Network network = reference::make_network(sizes, 0, Loss::cross_entropy);
  const std::vector<float> zeros(9, 0.0F);
  const std::vector<float> features{1, 1, std::numeric_limits<float>::quiet_NaN(), 1};
  const LaneOptimizer lane = reference::default_lane(0);
  for (const Kernel* kernel : usable_kernels()) {
    Cohort cohort(*kernel, network, std::span(&lane, 1), zeros, 1, std::nullopt);
    for (const std::int32_t label : {0, 1, 2}) {
      const Cohort::Evaluation tie = cohort.evaluate({1, features.data(), &label, nullptr});
      EXPECT_EQ(tie.error[0], label == 0 ? 0 : 1) << kernel->name;
      EXPECT_NEAR(tie.loss[0], std::log(3.0), 1e-7);
      EXPECT_EQ(cohort.evaluate({1, features.data() + 2, &label, nullptr}).error[0], 1) << kernel->name;
    }
  }
}

}  // namespace
}  // namespace lrtune
