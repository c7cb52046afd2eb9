// The contract of docs/determinism.md for the engine: the same bits from every instruction set and compiler, and lanes
// that never talk.
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "nn/nn_cards.h"
#include "reference/workload.h"
#include "train/isa.h"

namespace lrtune {
namespace {

using reference::Table;

constexpr std::size_t kRows = 7;
constexpr std::size_t kSteps = 20;
constexpr std::size_t kValidationRows = 81;

// One trial as the user sees it.
struct Trial {
  LaneOptimizer optimizer;
  double learning_rate;
};

// What came of it; bits, so that a NaN equals itself.
struct Outcome {
  std::vector<std::uint32_t> parameters;
  std::vector<std::uint64_t> losses;  // of the minibatches, then of the validation set

  friend bool operator==(const Outcome&, const Outcome&) = default;
};

bool finite(const Outcome& outcome) {
  const auto all = [](std::uint64_t bits) { return std::isfinite(std::bit_cast<double>(bits)); };
  return std::ranges::all_of(outcome.losses, all);
}

struct Task {
  Network network;
  std::optional<double> clip_norm;
};

Task make_task(ActivationId activation, Loss loss, std::optional<double> clip_norm = std::nullopt) {
  const std::vector<std::size_t> sizes{19, 13, 6, 3};
  return {reference::make_network(sizes, activation, loss), clip_norm};
}

std::vector<Outcome> train(const Kernel& kernel, const Task& task, const std::vector<Trial>& trials) {
  static const Table table(task.network, kRows * kSteps + kValidationRows, 77);  // of the one shape in this file
  std::vector<LaneOptimizer> lanes;
  std::vector<double> rates;
  for (const Trial& trial : trials) {
    lanes.push_back(trial.optimizer);
    rates.push_back(trial.learning_rate);
  }
  const std::vector<float> initial = initial_parameters(task.network.shapes, "kaiming_uniform", RandomKey{1, 2});
  Cohort cohort(kernel, task.network, lanes, initial, kRows, task.clip_norm);
  std::vector<Outcome> outcomes(trials.size());
  const auto note = [&](const PerLane& losses) {
    for (std::size_t t = 0; t < trials.size(); ++t)
      outcomes[t].losses.push_back(std::bit_cast<std::uint64_t>(losses[t]));
  };
  for (std::size_t k = 0; k < kSteps; ++k) note(cohort.train(table.block(k * kRows, kRows), rates));
  const Cohort::Evaluation evaluation = cohort.evaluate(table.block(kSteps * kRows, kValidationRows));
  note(evaluation.loss);
  note(evaluation.error);
  for (std::size_t t = 0; t < trials.size(); ++t)
    for (const float w : cohort.parameters(t)) outcomes[t].parameters.push_back(std::bit_cast<std::uint32_t>(w));
  return outcomes;
}

// A full cohort, sorted by rule: every rule at its own rate, some twice with another.
std::vector<Trial> one_of_each_rule() {
  std::vector<Trial> trials;
  for (std::size_t t = 0; t < kLanes; ++t) {
    const RuleId rule = t * kRules / kLanes;
    trials.push_back({reference::default_lane(rule), rules()[rule].card.default_rate / static_cast<double>(1 + t % 3)});
  }
  return trials;
}

template <class Act>
void for_each_task(const Act& act) {
  for (ActivationId activation = 0; activation < activation_cards().size(); ++activation)
    for (const Loss loss : {Loss::cross_entropy, Loss::mse})
      for (const std::optional<double> clip_norm : {std::optional<double>(), std::optional<double>(0.5)}) {
        SCOPED_TRACE(testing::Message() << activation_cards()[activation].name << ", "
                                        << loss_cards()[static_cast<std::size_t>(loss)].name
                                        << (clip_norm ? ", clipped" : ""));
        act(make_task(activation, loss, clip_norm));
      }
}

TEST(Determinism, AllKernelsGiveTheSameBits) {
  for_each_task([](const Task& task) {
    const std::vector<Outcome> expected = train(*usable_kernels().back(), task, one_of_each_rule());
    for (const Outcome& outcome : expected) EXPECT_TRUE(finite(outcome));
    for (const Kernel* kernel : usable_kernels())
      EXPECT_TRUE(train(*kernel, task, one_of_each_rule()) == expected) << kernel->name;
  });
}

// 64-bit FNV-1a of every parameter and every loss.
std::uint64_t hash(const std::vector<Outcome>& outcomes, std::uint64_t state) {
  const auto add = [&state](std::uint64_t word, unsigned bits) {
    for (unsigned shift = 0; shift < bits; shift += 8) state = (state ^ ((word >> shift) & 0xFFU)) * 0x100000001b3;
  };
  for (const Outcome& outcome : outcomes) {
    for (const std::uint32_t word : outcome.parameters) add(word, 32);
    for (const std::uint64_t word : outcome.losses) add(word, 64);
  }
  return state;
}

// The constant was made by GCC 12 at -O3 and holds for Clang 14 and for every instruction set. It may change only with
// a change of the arithmetic that is meant, and then every result of lrtune changes.
TEST(Determinism, TheBitsAreThoseOfEveryCompiler) {
  for (const Kernel* kernel : usable_kernels()) {
    std::uint64_t state = 0xcbf29ce484222325;
    for_each_task([&](const Task& task) { state = hash(train(*kernel, task, one_of_each_rule()), state); });
    EXPECT_EQ(state, 0xffe9b79abeacbe24U) << kernel->name;
  }
}

TEST(Determinism, ALaneAmongOthersIsThatTrialAlone) {
  for_each_task([](const Task& task) {
    const std::vector<Trial> trials = one_of_each_rule();
    const std::vector<Outcome> together = train(chosen_kernel(), task, trials);
    for (std::size_t t = 0; t < trials.size(); ++t)
      EXPECT_TRUE(train(chosen_kernel(), task, {trials[t]})[0] == together[t]) << "lane " << t;
  });
}

TEST(Determinism, ATrialIsTheSameAtEveryPlaceAndInEveryCompany) {
  for (const Kernel* kernel : usable_kernels())
    for (const std::string_view name : {"nesterov", "amsgrad"}) {
      const RuleId rule = rule_named(name);
      const Task s = make_task(4, Loss::cross_entropy);
      const Trial trial{reference::default_lane(rule), 0.02};
      const Outcome alone = train(*kernel, s, {trial})[0];
      for (const std::size_t lanes : {2U, 5U, 9U, 16U})
        for (std::size_t place = 0; place < lanes; ++place) {
          // Rules before it in the registry on its left, after it on its right: groups begin and end inside vectors.
          std::vector<Trial> trials(lanes, {reference::default_lane(rule - 1), 0.01});
          for (std::size_t t = place + 1; t < lanes; ++t) trials[t].optimizer = reference::default_lane(rule + 1);
          trials[place] = trial;
          EXPECT_TRUE(train(*kernel, s, trials)[place] == alone)
              << kernel->name << ", " << name << " at " << place << " of " << lanes;
        }
    }
}

TEST(Determinism, ADivergingLaneChangesNoOther) {
  for (const Kernel* kernel : usable_kernels())
    for_each_task([&](const Task& task) {
      std::vector<Trial> trials = one_of_each_rule();
      const std::vector<Outcome> calm = train(*kernel, task, trials);
      for (const std::size_t place : {0U, 3U, 7U, 8U, 15U}) {
        std::vector<Trial> wild = trials;
        wild[place].learning_rate = 1e6;
        std::vector<Outcome> outcomes = train(*kernel, task, wild);
        EXPECT_FALSE(outcomes[place] == calm[place]);
        outcomes[place] = calm[place];
        EXPECT_TRUE(outcomes == calm) << kernel->name << ", place " << place;
      }
    });
}

TEST(Determinism, ALaneFullOfNanChangesNoOther) {
  const Task s = make_task(0, Loss::mse);
  for (const Kernel* kernel : usable_kernels())
    for (const RuleId rule : {rule_named("sgd"), rule_named("adam")}) {
      std::vector<Trial> trials(kLanes, {reference::default_lane(rule), 1e-3});
      const std::vector<Outcome> calm = train(*kernel, s, trials);
      for (std::size_t place = 0; place < kLanes; ++place) {
        std::vector<Trial> wild = trials;
        wild[place].learning_rate = std::numeric_limits<double>::infinity();
        std::vector<Outcome> outcomes = train(*kernel, s, wild);
        EXPECT_FALSE(finite(outcomes[place]));
        outcomes[place] = calm[place];
        EXPECT_TRUE(outcomes == calm) << kernel->name << ", place " << place;
      }
    }
}

// Rates are shuffled within each rule, as lanes stay sorted by rule.
TEST(Determinism, PermutingLanesPermutesResults) {
  for_each_task([](const Task& task) {
    std::vector<Trial> trials;
    for (std::size_t t = 0; t < kLanes; ++t)
      trials.push_back({reference::default_lane(rule_named(t < 5    ? "sgd"
                                                           : t < 11 ? "rmsprop"
                                                                    : "lion")),
                        1e-3 * static_cast<double>(1 + t)});
    const std::vector<Outcome> before = train(chosen_kernel(), task, trials);
    const std::vector<std::size_t> order{4, 2, 0, 1, 3, 10, 6, 9, 5, 8, 7, 15, 11, 14, 12, 13};
    std::vector<Trial> permuted;
    for (const std::size_t t : order) permuted.push_back(trials[t]);
    const std::vector<Outcome> after = train(chosen_kernel(), task, permuted);
    for (std::size_t t = 0; t < kLanes; ++t) {
      EXPECT_TRUE(after[t] == before[order[t]]) << "lane " << t;
      EXPECT_FALSE(after[t] == before[t] && order[t] != t) << "rates make no difference";
    }
  });
}

// A row's place in the blocks of an evaluation is part of the sum; what stood before in the cohort's memory is not.
TEST(Determinism, EvaluationLeavesNoTrace) {
  const Task s = make_task(4, Loss::cross_entropy);
  const Table table(s.network, 200, 5);
  const std::vector<float> initial = initial_parameters(s.network.shapes, "pytorch", RandomKey{1, 2});
  const LaneOptimizer lane = reference::default_lane(rule_named("adam"));
  const std::vector<double> rates{0.01};
  Cohort looked(chosen_kernel(), s.network, std::span(&lane, 1), initial, kRows, std::nullopt);
  Cohort not_looked(chosen_kernel(), s.network, std::span(&lane, 1), initial, kRows, std::nullopt);
  for (std::size_t k = 0; k < 5; ++k) {
    const double first = looked.evaluate(table.block(0, 200)).loss[0];
    EXPECT_EQ(looked.evaluate(table.block(0, 200)).loss[0], first);
    looked.train(table.block(k * kRows, kRows), rates);
    not_looked.train(table.block(k * kRows, kRows), rates);
  }
  EXPECT_EQ(looked.parameters(0), not_looked.parameters(0));
}

}  // namespace
}  // namespace lrtune
