#include "sweep/sweep.h"

#include <gtest/gtest.h>

#include <set>

#include "plan/fake_runs.h"

namespace lrtune {
namespace {

Config two_optimizers() {
  Config config;
  config.optimizers = {{"sgd", "sgd", {{"weight_decay", 0}}}, {"lion", "lion", {}}};
  return config;
}

// Trials of a landscape per entry, through the same interface as the built-in runner.
Runner fake_runner(std::vector<FakeLandscape> landscapes) {
  return {.train =
              [landscapes](std::span<const TrialRequest> requests, const TrialSink& sink) {
                for (std::size_t i = 0; i < requests.size(); ++i) {
                  const TrialRequest& r = requests[i];
                  sink(i, fake_trial(r, landscapes[r.key.entry](r.key.learning_rate, r.key.seed)));
                }
              },
          .updates = kFakeUpdates,
          .default_rates = {1e-2, 1e-4}};
}

TEST(Sweep, RecommendsEveryEntryAndTheBestOfThem) {
  const Study study =
      sweep(two_optimizers(), {}, fake_runner({bowl(0.3, 1.5, 0.1, 0.02, 1), bowl(3e-4, 1.5, 0.1, 0.02, 1)}), {});
  ASSERT_EQ(study.optimizers.size(), 2U);
  EXPECT_NEAR(std::log10(*study.optimizers[0].recommendation.learning_rate / 0.3), 0, 0.15);
  EXPECT_NEAR(std::log10(*study.optimizers[1].recommendation.learning_rate / 3e-4), 0, 0.15);
  EXPECT_EQ(study.optimizers[0].framework_default.learning_rate, 1e-2);
  EXPECT_EQ(study.optimizers[1].framework_default.learning_rate, 1e-4);
  EXPECT_TRUE(study.optimizers[1].framework_default.objective);
  ASSERT_TRUE(study.recommendation);
  EXPECT_EQ(study.recommendation->objective.mean, std::min(study.optimizers[0].recommendation.objective->mean,
                                                           study.optimizers[1].recommendation.objective->mean));
}

TEST(Sweep, CountsWhatItSpent) {
  const Study study =
      sweep(two_optimizers(), {},
            fake_runner({bowl(0.3, 1.5, 0.1, 0.02, 1), with_cliff(bowl(3e-4, 1.5, 0.1, 0.02, 1), 1e-2)}), {});
  for (const Entry& entry : study.optimizers) {
    double updates = 0;
    for (const Trial& trial : entry.trials) updates += static_cast<double>(trial.updates);
    EXPECT_EQ(entry.cost.trials, entry.trials.size());
    EXPECT_DOUBLE_EQ(entry.cost.full_runs, updates / kFakeUpdates);
  }
  EXPECT_LT(study.optimizers[1].cost.full_runs, static_cast<double>(study.optimizers[1].cost.trials));
}

TEST(Sweep, MeasuresStabilityAtTheRecommendedRatesOnceAllIsDecided) {
  const std::vector<FakeLandscape> landscapes = {with_cliff(bowl(0.3, 1.5, 0.1, 0.02, 1), 0.5),
                                                 [](double, std::size_t) { return std::nullopt; }};
  Runner runner = fake_runner(landscapes);
  const Study without = sweep(two_optimizers(), {}, runner, {});
  EXPECT_FALSE(without.optimizers[0].stability);
  std::vector<std::optional<double>> asked;
  runner.stability = [&](std::size_t seed, std::span<const std::optional<double>> rates, const TrialsFinished&) {
    EXPECT_EQ(seed, 0U);
    asked.assign(rates.begin(), rates.end());
    std::vector<Stability> measured(rates.size());
    measured[0].start.edge = 0.7;
    return measured;
  };
  Study study = sweep(two_optimizers(), {}, runner, {});
  EXPECT_EQ(asked, (std::vector{study.optimizers[0].recommendation.learning_rate, std::optional<double>()}));
  ASSERT_TRUE(study.optimizers[0].stability && study.optimizers[1].stability);
  EXPECT_EQ(study.optimizers[0].stability->start.edge, 0.7);
  for (const Entry& entry : study.optimizers) {
    double lowest = 1e9;
    for (const Trial& trial : entry.trials)
      if (trial.status == TrialStatus::diverged) lowest = std::min(lowest, trial.learning_rate);
    EXPECT_EQ(entry.stability->lowest_diverged, lowest) << entry.label;
  }
  for (Entry& entry : study.optimizers) entry.stability.reset();
  EXPECT_EQ(study, without);
  Config off = two_optimizers();
  off.search.sharpness = false;
  EXPECT_FALSE(sweep(off, {}, runner, {}).optimizers[0].stability);
}

TEST(Sweep, OfAStoppedRunIsNotCompleteAndSaysSo) {
  const std::vector<FakeLandscape> landscapes = {bowl(0.3, 1.5, 0.1, 0.02, 1), bowl(3e-4, 1.5, 0.1, 0.02, 1)};
  const Runner whole = fake_runner(landscapes);
  for (std::size_t most : {0U, 1U, 20U, 38U}) {
    std::size_t delivered = 0;
    Runner runner = whole;
    runner.stability = [](std::size_t, std::span<const std::optional<double>>,
                          const TrialsFinished&) -> std::vector<Stability> {
      ADD_FAILURE() << "asked after the stop";
      return {};
    };
    runner.train = [&](std::span<const TrialRequest> requests, const TrialSink& sink) {
      whole.train(requests, [&](std::size_t index, Trial trial) {
        if (delivered++ < most) sink(index, std::move(trial));
      });
    };
    const Study study = sweep(two_optimizers(), {}, runner, {});
    EXPECT_FALSE(study.complete);
    EXPECT_EQ(study.optimizers[0].trials.size() + study.optimizers[1].trials.size(), most);
    for (const Entry& entry : study.optimizers) {
      ASSERT_FALSE(entry.recommendation.notices.empty());
      EXPECT_EQ(entry.recommendation.notices.back(),
                (Notice{NoticeKind::interrupted, {{"trials", entry.trials.size()}}, "--resume"}));
      EXPECT_NE(entry.recommendation.status, RateStatus::all_diverged);
    }
  }
}

TEST(Sweep, StoppedWhileItMeasuresStabilityIsNotComplete) {
  Runner runner = fake_runner({bowl(0.3, 1.5, 0.1, 0.02, 1), bowl(3e-4, 1.5, 0.1, 0.02, 1)});
  runner.stability = [](std::size_t, std::span<const std::optional<double>>, const TrialsFinished&) {
    return std::vector<Stability>{};
  };
  const Study study = sweep(two_optimizers(), {}, runner, {});
  EXPECT_FALSE(study.complete);
  EXPECT_TRUE(study.optimizers[0].recommendation.learning_rate);
}

TEST(Remembering, TrainsOnlyWhatIsNotKnownAndEndsInTheSameStudy) {
  const std::vector<FakeLandscape> landscapes = {bowl(0.3, 1.5, 0.1, 0.02, 1), bowl(3e-4, 1.5, 0.1, 0.02, 1)};
  Runner runner = fake_runner(landscapes);
  KnownTrials all;
  runner.train = remembering(runner.train, {}, [&](const TrialRequest& r, const Trial& trial) {
    all.insert({{r.key, r.updates}, trial});
  });
  const Study study = sweep(two_optimizers(), {}, runner, {});
  ASSERT_GT(all.size(), 30U);
  for (std::size_t keep : {std::size_t{0}, std::size_t{17}, all.size()}) {
    KnownTrials known(all.begin(), std::next(all.begin(), static_cast<std::ptrdiff_t>(keep)));
    std::size_t trained = 0;
    Runner again = fake_runner(landscapes);
    again.train = remembering(again.train, known, [&](const TrialRequest&, const Trial&) { ++trained; });
    EXPECT_EQ(sweep(two_optimizers(), {}, again, {}), study);
    EXPECT_EQ(trained, all.size() - keep);
  }
}

TEST(Sweep, ReportsProgressForEveryTrial) {
  std::size_t planned = 0;
  std::size_t trials = 0;
  const SweepProgress progress{[&](std::size_t n) { planned += n; }, {}};
  const Study study =
      sweep(two_optimizers(), {}, fake_runner({bowl(0.3, 1.5, 0.1, 0.02, 1), bowl(1, 1, 0, 0, 1)}), progress);
  for (const Entry& entry : study.optimizers) trials += entry.trials.size();
  EXPECT_EQ(planned, trials);
}

}  // namespace
}  // namespace lrtune
