#include "plan/recommend.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "plan/fake_runs.h"

namespace lrtune {
namespace {

Recommendation tune_fake(const FakeLandscape& landscape, const SearchConfig& search = {}) {
  return recommend_fake(search, run_plan(search, {landscape}, 1e-2).entries.front());
}

void expect_invariants(const Recommendation& r) {
  ASSERT_TRUE(r.learning_rate);
  if (r.interval) {
    EXPECT_LE((*r.interval)[0], *r.learning_rate);
    EXPECT_LE(*r.learning_rate, (*r.interval)[1]);
  }
  ASSERT_TRUE(r.plateau);
  EXPECT_LE(r.plateau->min, *r.learning_rate);
  EXPECT_LE(*r.learning_rate, r.plateau->max);
  ASSERT_TRUE(r.range);
  EXPECT_LE(r.range->min, *r.learning_rate);
  EXPECT_LE(*r.learning_rate, r.range->max);
}

TEST(Recommend, StaysBelowACliffThatFollowsTheOptimum) {
  for (std::uint32_t key = 0; key < 10; ++key) {
    const Recommendation r = tune_fake(with_cliff(bowl(3e-3, 0.3, 0.1, 0.05, key), 4e-3));
    expect_invariants(r);
    EXPECT_LE(*r.learning_rate, 4e-3);
    EXPECT_LE(r.range->max, 4e-3);
    EXPECT_TRUE(r.objective);
  }
}

TEST(Recommend, ReportsAFlatLandscapeByAWidePlateau) {
  int wide = 0;
  for (std::uint32_t key = 0; key < 40; ++key) {
    const Recommendation r = tune_fake(bowl(1e-3, 0, 0.1, 0.05, key));
    expect_invariants(r);
    wide += r.plateau->max >= 100 * r.plateau->min ? 1 : 0;
  }
  EXPECT_GE(wide, 34);
}

TEST(Recommend, ReportsAnOptimumBeyondReachAsEdge) {
  SearchConfig search;
  search.extend = false;
  const Recommendation r = tune_fake(bowl(3, 1.5, 0.1, 0.02, 4), search);
  expect_invariants(r);
  EXPECT_EQ(r.status, RateStatus::edge);
  EXPECT_EQ(r.notices.front().kind, NoticeKind::edge);
}

TEST(Recommend, ASingleRateIsNoEdge) {
  SearchConfig search;
  search.budget_runs = 1;
  const Recommendation r = tune_fake(bowl(3e-3, 1.5, 0.1, 0.02, 4), search);
  EXPECT_EQ(r.status, RateStatus::noisy);
  EXPECT_EQ(r.notices.front().option, "search.budget_runs");
}

TEST(Recommend, ReportsStuckWhenNothingLearns) {
  const Recommendation r = tune_fake([](double, std::size_t seed) {
    return std::optional(kFakeInitial * (1 + 0.1 * static_cast<double>(seed)) * 0.99);
  });
  expect_invariants(r);
  EXPECT_EQ(r.status, RateStatus::stuck);
}

// Noise: every rate improves on L(0), and none on the mean of the training rows.
TEST(Recommend, ReportsStuckWhenAConstantAnswerDoesAsWell) {
  const SearchConfig search;
  const FakeStudy study = run_plan(search, {bowl(3e-3, 1.5, 0.1, 0.02, 1)}, 1e-2);
  PlanContext context = fake_context(search);
  const Recommendation before = recommend(context, study.entries.front(), std::nullopt);
  EXPECT_NE(before.status, RateStatus::stuck);
  context.constant = before.objective->mean * 1.05;
  EXPECT_EQ(recommend(context, study.entries.front(), std::nullopt).status, before.status);
  context.constant = before.objective->mean;
  const Recommendation after = recommend(context, study.entries.front(), std::nullopt);
  EXPECT_EQ(after.status, RateStatus::stuck);
  EXPECT_EQ(after.notices.front().option, "data.target");
}

TEST(Recommend, GivesNoRateWhenEverythingDiverges) {
  const Recommendation r = tune_fake([](double, std::size_t) { return std::optional<double>(); });
  EXPECT_EQ(r.status, RateStatus::all_diverged);
  EXPECT_FALSE(r.learning_rate);
  EXPECT_FALSE(r.objective);
  ASSERT_EQ(r.notices.size(), 1U);
  EXPECT_EQ(r.notices.front().option, "search.range");
}

TEST(Recommend, OneSeedHasNoIntervalAndNoBoundAndSaysSo) {
  SearchConfig search;
  search.seeds = 1;
  const Recommendation r = tune_fake(bowl(3e-3, 1.5, 0.1, 0.02, 1), search);
  EXPECT_FALSE(r.interval);
  EXPECT_FALSE(r.regret_bound);
  EXPECT_EQ(r.status, RateStatus::noisy);
  ASSERT_TRUE(r.objective);
  EXPECT_FALSE(r.objective->standard_error);
}

TEST(Recommend, TheIntervalAndTheBoundGrowWithTheNoise) {
  SearchConfig search;
  search.tolerance = 1e-3;  // the whole budget is spent
  for (std::uint32_t key = 0; key < 5; ++key) {
    const Recommendation quiet = tune_fake(bowl(3e-3, 1.5, 0.1, 0.01, key), search);
    const Recommendation loud = tune_fake(bowl(3e-3, 1.5, 0.1, 0.2, key), search);
    ASSERT_TRUE(quiet.interval && loud.interval);
    EXPECT_LE((*quiet.interval)[1] / (*quiet.interval)[0], (*loud.interval)[1] / (*loud.interval)[0]);
    EXPECT_LT(*quiet.regret_bound, *loud.regret_bound);
  }
  EXPECT_EQ(tune_fake(bowl(3e-3, 1.5, 0.1, 0.01, 1)).status, RateStatus::ok);
}

TEST(Recommend, NoiseThatAllRatesOfASeedShareDoesNotMoveTheAdvice) {
  const Recommendation without = tune_fake(bowl(3e-3, 1.5, 0, 0, 1));
  const Recommendation with = tune_fake(bowl(3e-3, 1.5, 0.5, 0, 1));
  EXPECT_NEAR(std::log10(*without.learning_rate / *with.learning_rate), 0, 0.05);
}

TEST(Recommend, GivesTheLossInTheSubjectsUnitsToo) {
  const SearchConfig search;
  const FakeStudy study = run_plan(search, {bowl(3e-3, 1.5, 0.1, 0.02, 1)}, 1e-2);
  const Recommendation r = recommend(fake_context(search), study.entries.front(), 9.0);
  ASSERT_TRUE(r.objective && r.objective_in_target_units);
  EXPECT_DOUBLE_EQ(r.objective_in_target_units->mean, 9 * r.objective->mean);
  EXPECT_DOUBLE_EQ(*r.objective_in_target_units->standard_error, 9 * *r.objective->standard_error);
}

TEST(Classify, TellsSlowFromStuckByTheSideOfTheRecommendation) {
  std::vector<Trial> trials = {
      fake_trial({Stage::coarse, {0, 1e-6, 0}}, 2.29), fake_trial({Stage::coarse, {0, 1e-3, 0}}, 0.2),
      fake_trial({Stage::coarse, {0, 1, 0}}, 2.25), fake_trial({Stage::coarse, {0, 10, 0}}, {})};
  Recommendation r;
  r.learning_rate = 1e-3;
  classify(trials, objective_named("final_validation_loss"), r);
  EXPECT_EQ(trials[0].trial_class, TrialClass::slow);
  EXPECT_EQ(trials[1].trial_class, TrialClass::learned);
  EXPECT_EQ(trials[2].trial_class, TrialClass::stuck);
  EXPECT_FALSE(trials[3].trial_class);
}

Entry entry_with(const std::string& label, double rate, std::vector<double> objectives) {
  Entry entry;
  entry.label = label;
  entry.recommendation.learning_rate = rate;
  std::vector<double> values;
  for (std::size_t seed = 0; seed < objectives.size(); ++seed)
    entry.trials.push_back(fake_trial({Stage::confirm, {0, rate, seed}}, objectives[seed]));
  double sum = 0;
  for (double value : objectives) sum += value;
  entry.recommendation.objective = Estimate{sum / static_cast<double>(objectives.size()), 0.01};
  return entry;
}

TEST(Overall, NamesTheBestAndThoseThatChanceCouldExplain) {
  const std::vector<Entry> entries = {entry_with("far", 0.1, {0.50, 0.52, 0.51}),
                                      entry_with("best", 0.1, {0.20, 0.22, 0.18}),
                                      entry_with("near", 0.1, {0.21, 0.19, 0.23})};
  const auto overall = recommend_overall(entries);
  ASSERT_TRUE(overall);
  EXPECT_EQ(overall->label, "best");
  EXPECT_EQ(overall->not_told_apart, std::vector<std::string>{"near"});
}

TEST(Overall, IsAbsentWithoutAnyRate) {
  Entry entry;
  entry.label = "sgd";
  EXPECT_FALSE(recommend_overall(std::vector<Entry>{entry}));
}

}  // namespace
}  // namespace lrtune
