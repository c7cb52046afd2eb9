// Both layouts give a trial the same bits: every optimizer, activation and loss, with and without clipping, odd shapes.
#include <gtest/gtest.h>

#include "base/random.h"
#include "nn/init.h"
#include "nn/nn_cards.h"
#include "train/cohort.h"
#include "train/isa.h"
#include "train/solo.h"

namespace lrtune {
namespace {

struct Problem {
  Network network;
  std::vector<float> features;
  std::vector<std::int32_t> labels;
  std::vector<float> targets;
  std::size_t rows;

  Problem(std::vector<std::size_t> units, ActivationId activation, Loss loss, std::size_t batch) : rows(batch) {
    for (std::size_t l = 1; l < units.size(); ++l) network.shapes.push_back({units[l - 1], units[l]});
    network.activation = activation;
    network.loss = loss;
    const auto draw = [](std::uint32_t sub, std::size_t i) {
      return static_cast<float>(random_normal({5, 0}, Purpose::test, sub, i));
    };
    for (std::size_t i = 0; i < rows * units.front(); ++i) features.push_back(i % 11 == 0 ? -0.0F : draw(0, i));
    for (std::size_t b = 0; b < rows; ++b) labels.push_back(static_cast<std::int32_t>((b * 7 + 3) % units.back()));
    for (std::size_t i = 0; i < rows * units.back(); ++i) targets.push_back(draw(1, i));
  }
  RowBlock block() const {
    const bool classes = network.loss == Loss::cross_entropy;
    return {rows, features.data(), classes ? labels.data() : nullptr, classes ? nullptr : targets.data()};
  }
};

LaneOptimizer default_lane(RuleId rule) {
  LaneOptimizer lane{rule, {}};
  for (const Parameter& p : rules()[rule].card.card.parameters) lane.parameters.push_back(p.default_value);
  return lane;
}

void expect_same_bits(const Problem& problem, const LaneOptimizer& optimizer, const Kernel& kernel,
                      std::optional<double> clip) {
  const auto initial = initial_parameters(problem.network.shapes, "pytorch", {3, 1});
  Cohort cohort(kernel, problem.network, {&optimizer, 1}, initial, problem.rows, clip);
  Solo solo(kernel, problem.network, optimizer, initial, problem.rows, clip);
  for (int step = 0; step < 12; ++step) {
    const std::vector<double> rate = {0.01 * (step + 1)};
    ASSERT_EQ(cohort.train(problem.block(), rate)[0], solo.train(problem.block(), rate)[0]) << step;
  }
  ASSERT_EQ(cohort.parameters(0), solo.parameters(0));
  const auto a = cohort.evaluate(problem.block());
  const auto b = solo.evaluate(problem.block());
  EXPECT_EQ(a.loss[0], b.loss[0]);
  EXPECT_EQ(a.error[0], b.error[0]);
}

TEST(Layouts, GiveTheSameBitsForEveryOptimizer) {
  const Problem problem({9, 21, 5}, 0, Loss::cross_entropy, 23);
  for (const Kernel* kernel : usable_kernels())
    for (RuleId rule = 0; rule < kRules; ++rule) expect_same_bits(problem, default_lane(rule), *kernel, {});
}

TEST(Layouts, GiveTheSameBitsForEveryActivationAndLossClippedOrNot) {
  for (ActivationId activation = 0; activation < activation_cards().size(); ++activation)
    for (Loss loss : {Loss::cross_entropy, Loss::mse})
      for (std::optional<double> clip : {std::optional<double>(), std::optional<double>(0.05)})
        for (const Kernel* kernel : usable_kernels())
          expect_same_bits(Problem({7, 17, 33, 3}, activation, loss, 19), default_lane(1), *kernel, clip);
}

TEST(Layouts, GiveTheSameBitsForOddShapes) {
  for (const std::vector<std::size_t>& units :
       {std::vector<std::size_t>{1, 1}, {3, 2}, {40, 1}, {5, 16, 16, 2}, {37, 70, 130, 11}})
    for (std::size_t rows : {1U, 15U, 16U, 17U, 70U}) {
      SCOPED_TRACE(units.front());
      expect_same_bits(Problem(units, 2, units.back() > 1 ? Loss::cross_entropy : Loss::mse, rows), default_lane(6),
                       *usable_kernels().front(), {});
    }
}

bool prefers_solo(const char* isa, const std::vector<std::size_t>& units, std::size_t rows, std::size_t trials) {
  const Problem problem(units, 0, Loss::cross_entropy, 4);
  Kernel kernel = *usable_kernels().front();
  kernel.width = isa == std::string_view("avx512") ? 16 : 8;
  return solo_is_cheaper(kernel, problem.network, rows, trials);
}

TEST(Layouts, SoloIsChosenForFewTrialsAndForLargeNetworks) {
  for (const char* isa : {"avx512", "avx2"}) {
    EXPECT_TRUE(prefers_solo(isa, {784, 512, 512, 10}, 128, 1));
    EXPECT_TRUE(prefers_solo(isa, {784, 512, 512, 10}, 128, kLanes));
    EXPECT_TRUE(prefers_solo(isa, {64, 32, 10}, 32, 4));
    EXPECT_FALSE(prefers_solo(isa, {64, 32, 10}, 32, kLanes));
    EXPECT_TRUE(prefers_solo(isa, {4, 16, 3}, 16, 1));
    EXPECT_FALSE(prefers_solo(isa, {4, 16, 3}, 16, 8));
  }
}

TEST(Layouts, NarrowVectorsChooseSoloSooner) {
  EXPECT_FALSE(prefers_solo("avx512", {64, 64, 10}, 64, kLanes));
  EXPECT_TRUE(prefers_solo("avx2", {64, 64, 10}, 64, kLanes));
}

}  // namespace
}  // namespace lrtune
