#include "plan/planner.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "plan/fake_runs.h"
#include "plan/rates.h"
#include "plan/rungs.h"

namespace lrtune {
namespace {

const FakeLandscape kBowl = bowl(3e-3, 1.5, 0.1, 0.02, 7);

std::size_t count(const FakeStudy& study, Stage stage) {
  return static_cast<std::size_t>(std::ranges::count(study.entries.front().trials, stage, &Trial::stage));
}

TEST(Rates, AreShortDecimalsWithBothEnds) {
  const RateLattice lattice = rate_lattice(1e-6, 1, 4);
  ASSERT_EQ(lattice.intervals, 24U);
  EXPECT_EQ(lattice.rate(0), 1e-6);
  EXPECT_EQ(lattice.rate(1), 1.8e-6);
  EXPECT_EQ(lattice.rate(2), 3.2e-6);
  EXPECT_EQ(lattice.rate(3), 5.6e-6);
  EXPECT_EQ(lattice.rate(4), 1e-5);
  EXPECT_EQ(lattice.rate(24), 1);
  EXPECT_EQ(lattice.rate(26), 3.2);
  for (int i = 0; i <= 24; ++i) {
    EXPECT_EQ(lattice.rate(i), round_significant(lattice.rate(i), 2));
    EXPECT_NEAR(lattice.position(lattice.rate(i)), i, 0.1);
  }
}

TEST(Rates, IntervalsAreRoundedUp) {
  EXPECT_EQ(rate_lattice(1e-3, 2e-3, 4).intervals, 2U);  // 4·log10(2) = 1.2
  EXPECT_EQ(rate_lattice(1e-3, 1.1e-3, 1).intervals, 1U);
}

TEST(Rungs, KeepTheLeaderItsNeighboursTheSecondBestAndWhatFlowsFarEnough) {
  const std::vector<RungResult> results = {{1e-4, 2.0}, {1e-3, 1.9}, {1e-2, 1.5}, {0.1, 1.0}, {1, 1.2}, {10, 1.1}};
  // Half of 0.1·flow: down to 3e-3 at flow .06, to 5e-4 at flow .01.
  EXPECT_EQ(promoted(results, 0.06), (std::vector<double>{0.1, 1e-2, 1, 10}));
  EXPECT_EQ(promoted(results, 0.01), (std::vector<double>{0.1, 1e-2, 1, 10, 1e-3}));
  EXPECT_EQ(promoted(results, 1), (std::vector<double>{0.1, 1, 10}));
  EXPECT_EQ(promoted({{1e-3, 1.0}}, 0.1), std::vector<double>{1e-3});
}

TEST(Planner, StartsWithEveryCoarseRateOnTheFirstSeedUpToTheFirstRung) {
  const FakeStudy study = run_plan({}, {kBowl}, 1e-2);
  EXPECT_EQ(study.rounds.front().size(), 19U);
  for (const TrialRequest& r : study.rounds.front()) {
    EXPECT_EQ(r.stage, Stage::coarse);
    EXPECT_EQ(r.key.seed, 0U);
    EXPECT_EQ(r.updates, 7U);
  }
}

TEST(Planner, TrainsTheDefaultRateOnEverySeedIfTheBudgetAllows) {
  const auto seeds_at = [](double budget) {
    SearchConfig search;
    search.budget_runs = budget;
    const FakeStudy study = run_plan(search, {kBowl}, 1e-5);
    const auto& trials = study.entries.front().trials;
    return std::ranges::count_if(
        trials, [](const Trial& t) { return t.learning_rate == 1e-5 && t.status == TrialStatus::completed; });
  };
  EXPECT_EQ(seeds_at(24), 3);
  EXPECT_EQ(seeds_at(14), 1);
  EXPECT_EQ(seeds_at(4), 0);
}

TEST(Planner, GivesUpRatesThatCannotWinAtRungs) {
  const FakeStudy study = run_plan({}, {kBowl}, 1e-2);
  std::map<double, std::size_t> reached;  // of seed 0
  for (const Trial& t : study.entries.front().trials)
    if (t.seed == 0) reached[t.learning_rate] = std::max(reached[t.learning_rate], t.updates);
  EXPECT_EQ(reached.at(1e-6), 7U);
  EXPECT_EQ(reached.at(1), 7U);
  EXPECT_EQ(reached.at(2.2e-3), kFakeUpdates);
}

TEST(Planner, StartsAnewWhereRunsDoNotContinueAndPaysForIt) {
  const SearchConfig search;
  PlanContext context = fake_context(search);
  std::vector<Trial> trials = {fake_trial({Stage::coarse, {0, 1e-3, 0}, 25}, 1.0),
                               fake_trial({Stage::coarse, {0, 1e-3, 0}, 0}, 0.5)};
  EXPECT_EQ(full_runs(context, trials), 1);
  EXPECT_EQ(without_superseded(context, trials).size(), 1U);
  context.runs_continue = false;
  EXPECT_EQ(full_runs(context, trials), 1.25);
  EXPECT_EQ(without_superseded(context, trials).size(), 2U);
}

TEST(Planner, NeverAsksForTheSameTrialTwice) {
  const SearchConfig search;
  const PlanContext context = fake_context(search);
  const FakeStudy study = run_plan(search, {kBowl, with_cliff(bowl(2, 1, 0.1, 0.1, 3), 30)}, 1e-2);
  for (const EntryResults& entry : study.entries) {
    std::set<std::pair<double, std::size_t>> seen;
    for (const Trial& trial : without_superseded(context, entry.trials))
      EXPECT_TRUE(seen.insert({trial.learning_rate, trial.seed}).second);
  }
}

TEST(Planner, ConfirmsTheRecommendedRateOnEverySeed) {
  const SearchConfig search;
  const FakeStudy study = run_plan(search, {kBowl}, 1e-2);
  const Recommendation r = recommend_fake(search, study.entries.front());
  ASSERT_TRUE(r.learning_rate);
  EXPECT_EQ(*r.learning_rate, round_significant(*r.learning_rate, 2));
  EXPECT_GE(r.seeds, 3U);
  EXPECT_TRUE(r.objective);
}

TEST(Planner, ExtendsWhenTheBestRateLiesAtTheUpperEndAndStopsTwoDecadesBeyond) {
  const FakeStudy inside = run_plan({}, {kBowl}, 1e-2);
  EXPECT_EQ(count(inside, Stage::extend), 0U);
  const FakeStudy above = run_plan({}, {bowl(5, 1.5, 0.1, 0.02, 5)}, 1e-2);
  EXPECT_GT(count(above, Stage::extend), 0U);
  const FakeStudy endless = run_plan({}, {bowl(1e9, 0.02, 0.1, 0, 5)}, 1e-2);
  double highest = 0;
  for (const Trial& trial : endless.entries.front().trials) highest = std::fmax(highest, trial.learning_rate);
  EXPECT_EQ(highest, 100);
}

TEST(Planner, ExtendsDownwardNoFurtherThanTwoDecades) {
  const FakeStudy study = run_plan({}, {bowl(1e-12, 0.02, 0.1, 0, 5)}, 1e-2);
  double lowest = 1;
  for (const Trial& trial : study.entries.front().trials) lowest = std::fmin(lowest, trial.learning_rate);
  EXPECT_EQ(lowest, 1e-8);
}

TEST(Planner, DoesNotExtendWhenToldNotTo) {
  SearchConfig search;
  search.extend = false;
  EXPECT_EQ(count(run_plan(search, {bowl(5, 1.5, 0.1, 0.02, 5)}, 1e-2), Stage::extend), 0U);
}

TEST(Rates, EndsOfMoreDigitsAreRoundedInward) {
  const RateLattice lattice = rate_lattice(1.04e-3, 0.316, 3);
  EXPECT_EQ(lattice.rate(0), 1.1e-3);
  EXPECT_EQ(lattice.rate(static_cast<double>(lattice.intervals)), 0.31);
}

// Ends with any number of digits, from a hundredth of a decade to five decades apart; optima inside and outside.
SearchConfig random_search(std::uint64_t i) {
  const auto uniform = [&](std::uint32_t sub) { return random_uniform({11, 0}, Purpose::test, sub, i); };
  SearchConfig search;
  search.lowest_rate = std::pow(10, -6 + 5 * uniform(0));
  search.highest_rate = std::fmin(100, search.lowest_rate * std::pow(10, 0.1 + 4.9 * uniform(1)));
  search.coarse_per_decade = 1 + static_cast<std::size_t>(4 * uniform(2));
  search.budget_runs = 1 + 30 * uniform(3);
  search.seeds = 1 + static_cast<std::size_t>(3 * uniform(4));
  return search;
}

FakeLandscape random_bowl(const SearchConfig& search, std::uint64_t i) {
  const double place = 1.6 * random_uniform({11, 0}, Purpose::test, 5, i) - 0.3;
  return bowl(search.lowest_rate * std::pow(search.highest_rate / search.lowest_rate, place), 1, 0.1, 0.02,
              static_cast<std::uint32_t>(i));
}

TEST(Planner, StaysInsideAnyRangeThatIsNotToBeExtended) {
  for (std::uint64_t i = 0; i < 100; ++i) {
    SearchConfig search = random_search(i);
    search.extend = false;
    const FakeStudy study = run_plan(search, {random_bowl(search, i)}, 1e-2);
    const auto is_inside = [&](double rate) { return rate >= search.lowest_rate && rate <= search.highest_rate; };
    for (const Trial& trial : study.entries.front().trials) {
      EXPECT_NE(trial.stage, Stage::extend) << trial.learning_rate;
      EXPECT_TRUE(trial.stage == Stage::framework_default || is_inside(trial.learning_rate)) << trial.learning_rate;
    }
    const Recommendation r = recommend_fake(search, study.entries.front());
    ASSERT_TRUE(r.learning_rate);
    EXPECT_TRUE(is_inside(*r.learning_rate)) << *r.learning_rate;
    EXPECT_EQ(std::ranges::count(r.notices, NoticeKind::extended, &Notice::kind), 0);
  }
}

TEST(Planner, CallsNoRateInsideTheRangeAnExtensionAndNoneOutsideCoarse) {
  std::size_t extended = 0;
  for (std::uint64_t i = 0; i < 100; ++i) {
    const SearchConfig search = random_search(i);
    const FakeStudy study = run_plan(search, {random_bowl(search, i)}, 1e-2);
    for (const Trial& trial : study.entries.front().trials) {
      const bool inside = trial.learning_rate >= search.lowest_rate && trial.learning_rate <= search.highest_rate;
      EXPECT_TRUE(trial.stage != Stage::coarse || inside) << trial.learning_rate;
      EXPECT_TRUE(trial.stage != Stage::extend || !inside) << trial.learning_rate;
      extended += trial.stage == Stage::extend ? 1 : 0;
    }
  }
  EXPECT_GT(extended, 100U);
}

TEST(Planner, RecommendsNoRateOutsideTheRangeThoughTheDefaultRateLiesThere) {
  SearchConfig search;
  search.lowest_rate = 0.1;
  search.highest_rate = 1;
  search.extend = false;
  const FakeStudy study = run_plan(search, {bowl(3e-3, 0.3, 0.1, 0.01, 1)}, 3e-3);  // the default is the optimum
  const Recommendation r = recommend_fake(search, study.entries.front());
  EXPECT_GE(*r.learning_rate, 0.1);
  EXPECT_EQ(r.status, RateStatus::edge);
  EXPECT_EQ(default_rate_result(study.entries.front()).learning_rate, 3e-3);
}

TEST(Planner, IsAPureFunctionOfTheResultsWhateverTheirOrder) {
  const SearchConfig search;
  const PlanContext real = fake_context(search);
  FakeStudy study = run_plan(search, {kBowl}, 1e-2);
  std::vector<Trial>& trials = study.entries.front().trials;
  std::erase_if(trials, [](const Trial& t) { return t.stage == Stage::fine || t.stage == Stage::confirm; });
  const auto forward = next_trials(real, 0, study.entries.front());
  std::ranges::reverse(trials);
  const auto backward = next_trials(real, 0, study.entries.front());
  ASSERT_FALSE(forward.empty());
  ASSERT_EQ(forward.size(), backward.size());
  for (std::size_t i = 0; i < forward.size(); ++i) {
    EXPECT_EQ(forward[i].key.learning_rate, backward[i].key.learning_rate);
    EXPECT_EQ(forward[i].key.seed, backward[i].key.seed);
  }
}

TEST(Planner, AnEntryDoesNotDependOnItsNeighbours) {
  const FakeStudy alone = run_plan({}, {kBowl}, 1e-2);
  const FakeStudy together = run_plan({}, {bowl(1, 1, 0.3, 0.3, 2), kBowl}, 1e-2);
  EXPECT_EQ(alone.entries[0].trials, together.entries[1].trials);
}

TEST(Planner, KeepsToTheBudgetAndStillRecommends) {
  for (double budget : {4.0, 8.0, 12.0, 24.0, 60.0}) {
    SearchConfig search;
    search.budget_runs = budget;
    const FakeStudy study = run_plan(search, {kBowl}, 1e-2);
    EXPECT_LE(runs_of(search, study.entries.front()), budget);
    const Recommendation r = recommend_fake(search, study.entries.front());
    ASSERT_TRUE(r.learning_rate) << budget;
    EXPECT_NEAR(std::log10(*r.learning_rate / 3e-3), 0, budget < 12 ? 1.0 : 0.3) << budget;
  }
}

TEST(Planner, TheRecommendedRateIsConfirmedOnAllSeeds) {
  for (std::uint32_t key = 0; key < 40; ++key) {
    const FakeStudy study = run_plan({}, {bowl(3e-3, 0.5, 0.2, 0.1, key)}, 1e-2);
    EXPECT_GE(recommend_fake({}, study.entries.front()).seeds, SearchConfig{}.seeds) << key;
  }
}

TEST(Planner, ABadConfirmationMovesTheRate) {
  int confirmed = 0;
  int moved = 0;
  for (std::uint32_t key = 0; key < 10; ++key) {
    FakeStudy study = run_plan({}, {bowl(3e-3, 0.5, 0.2, 0.1, key)}, 1e-2);
    EntryResults& entry = study.entries.front();
    const Recommendation before = recommend_fake({}, entry);
    if (std::ranges::count(entry.trials, Stage::confirm, &Trial::stage) == 0) continue;
    ++confirmed;
    for (Trial& trial : entry.trials)
      if (trial.stage == Stage::confirm) trial.objective = 20 * *trial.objective;
    moved += *recommend_fake({}, entry).learning_rate != *before.learning_rate ? 1 : 0;
  }
  EXPECT_GE(confirmed, 5) << "of 10";
  EXPECT_GE(moved, confirmed - 1);
}

TEST(Planner, WhateverTheBudgetTheRecommendedRateHasBeenTrained) {
  for (double budget = 1; budget <= 60; ++budget)
    for (std::uint32_t key = 0; key < 3; ++key) {
      SearchConfig search;
      search.budget_runs = budget;
      const FakeStudy study = run_plan(search, {with_cliff(bowl(3e-2, 0.5, 0.2, 0.1, key), 0.05)}, 1e-3);
      EXPECT_LE(runs_of(search, study.entries.front()), budget);
      const Recommendation r = recommend_fake(search, study.entries.front());
      ASSERT_TRUE(r.learning_rate) << budget;
      EXPECT_GE(r.seeds, 1U) << budget;
      EXPECT_TRUE(r.objective) << budget;
    }
}

TEST(Planner, SaysWhenTheBudgetCutTheSearchShort) {
  const auto notice_at = [](double budget) {
    SearchConfig search;
    search.budget_runs = budget;
    const Recommendation r = recommend_fake(search, run_plan(search, {kBowl}, 1e-2).entries.front());
    return std::ranges::any_of(r.notices, [](const Notice& n) { return n.kind == NoticeKind::budget; });
  };
  for (double budget : {1.0, 4.0, 6.0}) EXPECT_TRUE(notice_at(budget)) << budget;
  for (double budget : {24.0, 500.0}) EXPECT_FALSE(notice_at(budget)) << budget;
}

TEST(Planner, ADivergedConfirmationMovesTheRateDown) {
  // The third seed fails from 2e-3 on, which the coarse stage (first seed) cannot know.
  const FakeLandscape treacherous = [](double rate, std::size_t seed) -> std::optional<double> {
    if (seed == 2 && rate >= 2e-3) return std::nullopt;
    return kBowl(rate, seed);
  };
  const FakeStudy study = run_plan({}, {treacherous}, 1e-4);
  const Recommendation r = recommend_fake({}, study.entries.front());
  ASSERT_TRUE(r.learning_rate);
  EXPECT_LT(*r.learning_rate, 2e-3);
  EXPECT_TRUE(r.objective) << "every seed of the recommended rate completes";
}

// The last seed fails from some rate on, and the budget may end with the confirmation that shows it.
TEST(Planner, NoRateAtWhichASeedDivergedIsAdvisedWhateverTheBudget) {
  for (std::size_t seeds = 3; seeds <= 8; ++seeds)
    for (double budget = 16; budget <= 24; ++budget)
      for (std::uint32_t key = 0; key < 8; key += 3) {
        SearchConfig search;
        search.seeds = seeds;
        search.budget_runs = budget;
        const double limit = 1e-3 * std::pow(2, key);
        const FakeLandscape wide = bowl(8e-3, 0.5, 0.2, 0.1, key);
        const FakeLandscape treacherous = [&](double rate, std::size_t seed) -> std::optional<double> {
          if (seed + 1 == seeds && rate >= limit) return std::nullopt;
          return wide(rate, seed);
        };
        const FakeStudy study = run_plan(search, {treacherous}, 1e-5);
        const Recommendation r = recommend_fake(search, study.entries.front());
        ASSERT_TRUE(r.learning_rate);
        const bool only_failed = std::ranges::none_of(study.entries.front().trials, [&](const Trial& t) {
          return t.objective && t.learning_rate < limit && t.stage != Stage::framework_default;
        });
        EXPECT_TRUE(r.objective || only_failed) << seeds << " seeds, budget " << budget << ", limit " << limit;
        EXPECT_TRUE(r.objective || r.status != RateStatus::ok) << "what has no loss is not ok";
      }
}

}  // namespace
}  // namespace lrtune
