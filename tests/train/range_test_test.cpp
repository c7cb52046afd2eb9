#include "train/range_test.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "optim/optimizer_cards.h"
#include "suggest/heuristics.h"
#include "train/isa.h"
#include "train/trials.h"

namespace lrtune {
namespace {

struct Fixture {
  Config config;
  Task task;

  explicit Fixture(const char* data = "moons") {
    data_of(config).format = DataFormat::synthetic;
    data_of(config).synthetic = {data, 100, 0.2, 3};
    model_of(config).hidden = {5};
    config.training.epochs = 4;
    config.training.batch_size = 8;
    for (const OptimizerCard& row : optimizer_cards())
      config.optimizers.push_back({std::string(row.card.name), std::string(row.card.name), default_settings(row.card)});
    task = load_task(data_of(config), ".");
  }
  Experiment experiment(const Kernel& kernel = *usable_kernels().front()) const {
    return make_experiment(config, task, kernel, 1);
  }
  std::vector<RangeRequest> all_entries(std::size_t seeds) const {
    std::vector<RangeRequest> requests;
    for (std::size_t entry = 0; entry < config.optimizers.size(); ++entry)
      for (std::size_t seed = 0; seed < seeds; ++seed) requests.push_back({entry, seed});
    return requests;
  }
};

RangeRun run_one(const Experiment& experiment, const RangeOptions& options, RangeRequest request = {0, 0}) {
  return range_tests(experiment, options, {&request, 1}, 1).front();
}

TEST(GrowingRate, MeetsBothEndsExactlyAndRises) {
  for (const RateGrowth growth : {RateGrowth::exponential, RateGrowth::linear})
    for (const std::size_t updates : {2U, 3U, 100U, 1000U}) {
      RangeOptions options;
      options.updates = updates;
      options.from = 3e-7;
      options.to = 7.3;
      options.growth = growth;
      EXPECT_EQ(growing_rate(options, 0), 3e-7);
      EXPECT_EQ(growing_rate(options, updates - 1), 7.3);
      for (std::size_t k = 1; k < updates; ++k) EXPECT_LT(growing_rate(options, k - 1), growing_rate(options, k));
    }
}

TEST(GrowingRate, GrowsByEqualFactorsOrByEqualSteps) {
  RangeOptions options;
  for (std::size_t k = 1; k < 100; ++k)
    EXPECT_NEAR(growing_rate(options, k) / growing_rate(options, k - 1), std::pow(1e8, 1.0 / 99), 1e-11);
  options.growth = RateGrowth::linear;
  for (std::size_t k = 1; k < 100; ++k)
    EXPECT_NEAR(growing_rate(options, k) - growing_rate(options, k - 1), (10 - 1e-7) / 99, 1e-12);
}

TEST(StopLimit, IsAMultipleOfTheBestWhereThatIsWellAboveZero) {
  EXPECT_DOUBLE_EQ(stop_limit(2.3, 0.5, 4), 2.0);
  EXPECT_DOUBLE_EQ(stop_limit(2.3, 2.3, 5), 11.5);
}

TEST(StopLimit, LeavesRoomAboveTheBestAtAndBelowZero) {
  EXPECT_DOUBLE_EQ(stop_limit(2, 0, 4), 0.06) << "3 % of the fall";
  EXPECT_DOUBLE_EQ(stop_limit(2, -1, 4), 2);
  EXPECT_DOUBLE_EQ(stop_limit(-1, -1, 4), 2);
  for (const double best : {1.0, 1e-3, 1e-9, 0.0, -1e-9, -1e-3, -1.0}) EXPECT_GT(stop_limit(2, best, 4), best);
}

TEST(StopLimit, MovesContinuouslyThroughZero) { EXPECT_NEAR(stop_limit(2, 1e-12, 4), stop_limit(2, -1e-12, 4), 1e-11); }

TEST(RangeTest, RecordsEveryUpdateWithItsRate) {
  const Fixture f;
  RangeOptions options;
  options.to = 1e-3;
  const RangeRun run = run_one(f.experiment(), options);
  EXPECT_EQ(run.status, RangeStatus::completed);
  EXPECT_FALSE(run.ended_at_update);
  ASSERT_EQ(run.curve.rate.size(), 100U);
  EXPECT_EQ(run.curve, make_curve(100, run.curve.rate, run.curve.loss, options.smoothing));
  for (std::size_t k = 0; k < 100; ++k) EXPECT_EQ(run.curve.rate[k], growing_rate(options, k));
}

TEST(RangeTest, SeesTheLossOfABatchBeforeItsUpdate) {
  const Fixture f;
  const Experiment experiment = f.experiment();
  const std::vector<TrialRequest> request = {{Stage::coarse, {0, 0.1, 2}}};
  const double first = train_trials(experiment, request, 1).front().curve.train_loss.front();
  EXPECT_EQ(run_one(experiment, {}, {0, 2}).curve.loss.front(), first) << "the first minibatch of that seed's trials";
}

TEST(RangeTest, SeesTheLossOfAWholeSetAfterTheUpdate) {
  const Fixture f;
  const Experiment experiment = f.experiment();
  RangeOptions options;
  options.loss = RangeLoss::validation;
  options.updates = 10;
  options.from = 0.1;
  options.to = 0.2;
  options.growth = RateGrowth::linear;
  const double after = run_one(experiment, options).curve.loss.front();
  Fixture looking;
  looking.config.training.looks_per_epoch = 10;  // a look after every update
  const std::vector<TrialRequest> request = {{Stage::coarse, {0, 0.1, 0}}};
  const Trial trial = train_trials(looking.experiment(), request, 1).front();
  EXPECT_EQ(after, trial.curve.validation_loss[1]);
  EXPECT_NE(after, trial.curve.validation_loss[0]);
  options.loss = RangeLoss::train;
  EXPECT_NE(run_one(experiment, options).curve.loss.front(), after);
}

TEST(RangeTest, GoesOnWithFreshPermutationsAfterAnEpoch) {
  const Fixture f;
  RangeOptions options;
  options.updates = 50;  // 10 an epoch, 40 in the config's four
  options.from = 1e-30;
  options.to = 1e-29;  // nothing is learned: the losses are those of the initial network
  const std::vector<double> losses = run_one(f.experiment(), options).curve.loss;
  ASSERT_EQ(losses.size(), 50U);
  const double first = std::accumulate(losses.begin(), losses.begin() + 10, 0.0);
  for (std::ptrdiff_t epoch = 1; epoch < 5; ++epoch) {
    const auto begin = losses.begin() + 10 * epoch;
    EXPECT_NEAR(std::accumulate(begin, begin + 10, 0.0), first, 1e-6) << "the same 80 rows";
    EXPECT_FALSE(std::equal(begin, begin + 10, losses.begin())) << "in another order";
  }
}

TEST(RangeTest, StopsWhereTheSmoothedLossPassesTheLimitAndNotBefore) {
  const Fixture f;
  std::size_t stopped = 0;
  for (const RangeRun& run : range_tests(f.experiment(), {}, f.all_entries(2), 1)) {
    if (run.status != RangeStatus::stopped) continue;
    ++stopped;
    const std::vector<double>& s = run.curve.smoothed;
    ASSERT_EQ(run.ended_at_update, s.size());
    double best = s.front();
    for (std::size_t k = 0; k < s.size(); ++k) {
      EXPECT_EQ(s[k] > stop_limit(s.front(), best, 4), k + 1 == s.size()) << k;
      best = std::min(best, s[k]);
    }
  }
  EXPECT_GE(stopped, 4U);
}

TEST(RangeTest, EndsBeforeALossThatIsNotFinite) {
  const Fixture f("noisy_regression");
  RangeOptions options;
  options.to = 1e6;
  options.smoothing = 0;
  options.stop_factor = 1e300;
  std::size_t ended = 0;
  for (const RangeRun& run : range_tests(f.experiment(), options, f.all_entries(1), 1)) {
    if (run.status == RangeStatus::non_finite) {
      ++ended;
      EXPECT_EQ(run.ended_at_update, run.curve.loss.size() + 1);
    }
    for (double loss : run.curve.loss) EXPECT_TRUE(std::isfinite(loss));
    for (double loss : run.curve.smoothed) EXPECT_TRUE(std::isfinite(loss));
  }
  EXPECT_GE(ended, 1U);
}

TEST(RangeTest, ThatEndsAtOnceIsTooShort) {
  const Fixture f("noisy_regression");
  RangeOptions options;
  options.from = 1e3;
  options.to = 1e6;
  const RangeRun run = run_one(f.experiment(), options);
  EXPECT_EQ(run.status, RangeStatus::too_short);
  ASSERT_TRUE(run.ended_at_update);
  EXPECT_LE(*run.ended_at_update, 12U);
}

TEST(RangeTest, IsTooShortExactlyWhereNoHeuristicCanAnswer) {
  const auto answers = [](std::size_t updates, std::size_t points) {
    std::vector<double> rates, losses;
    for (std::size_t k = 0; k < points; ++k) {
      rates.push_back(1e-3 * static_cast<double>(k + 1));
      losses.push_back(5 - 0.01 * static_cast<double>(k * k));
    }
    return std::ranges::any_of(suggest_all(make_curve(updates, rates, losses, 0)),
                               [](const Suggestion& s) { return s.learning_rate.has_value(); });
  };
  for (std::size_t updates = 10; updates < 500; ++updates) {
    EXPECT_FALSE(answers(updates, fewest_points(updates) - 1)) << updates;
    EXPECT_TRUE(answers(updates, fewest_points(updates))) << updates;
  }
}

TEST(RangeTest, LearnsOnTheWayWithEveryOptimizer) {
  const Fixture f;
  RangeOptions options;
  options.updates = 300;
  options.loss = RangeLoss::train;
  for (const RangeRun& run : range_tests(f.experiment(), options, f.all_entries(1), 1))
    EXPECT_LT(*std::ranges::min_element(run.curve.loss), 0.75 * run.curve.loss.front());
}

TEST(RangeTest, DoesNotDependOnThreadsKernelsNorTheRunsBesideIt) {
  const Fixture f;
  const std::vector<RangeRequest> requests = f.all_entries(3);
  for (const RangeLoss loss : {RangeLoss::batch, RangeLoss::validation}) {
    RangeOptions options;
    options.loss = loss;
    const std::vector<RangeRun> together = range_tests(f.experiment(), options, requests, 1);
    EXPECT_EQ(together, range_tests(f.experiment(), options, requests, 3));
    for (const Kernel* kernel : usable_kernels())
      EXPECT_EQ(together, range_tests(f.experiment(*kernel), options, requests, 2)) << kernel->name;
    for (std::size_t i = 0; i < requests.size(); i += 5)
      EXPECT_EQ(together[i], run_one(f.experiment(), options, requests[i])) << i;
  }
}

}  // namespace
}  // namespace lrtune
