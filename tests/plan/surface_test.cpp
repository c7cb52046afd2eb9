// What counts in the pick, and how much.
#include "plan/surface.h"

#include <gtest/gtest.h>

#include "plan/fake_runs.h"

namespace lrtune {
namespace {

void add(std::vector<Trial>& trials, Stage stage, double rate, std::vector<std::optional<double>> objectives) {
  for (std::size_t seed = 0; seed < objectives.size(); ++seed)
    trials.push_back(fake_trial({stage, {0, rate, seed}}, objectives[seed]));
}

std::vector<RatePoint> points_of(const std::vector<Trial>& trials) {
  return rate_points(trials, objective_named("final_validation_loss"));
}

Advice advise_on(const std::vector<Trial>& trials) {
  return *advise(points_of(trials), rate_lattice(1e-6, 1, 12), [](double) { return true; });
}

// A shallow valley around 0.01, equally good on both sides.
std::vector<Trial> valley() {
  std::vector<Trial> trials;
  add(trials, Stage::coarse, 0.001, {0.30, 0.33, 0.36});
  add(trials, Stage::coarse, 0.0046, {0.20, 0.22, 0.24});
  add(trials, Stage::coarse, 0.022, {0.18, 0.20, 0.22});
  return trials;
}

TEST(Surface, ADivergedSeedCountsAgainstARateWhereOthersCompleted) {
  std::vector<Trial> without = valley();
  add(without, Stage::fine, 0.1, {0.17, 0.19});
  std::vector<Trial> with = valley();
  add(with, Stage::fine, 0.1, {0.17, 0.19, std::nullopt});
  const RatePoint edge = points_of(with).back();
  EXPECT_TRUE(edge.completed() && edge.failed());
  EXPECT_GT(advise_on(without).rate, 0.04);
  EXPECT_LT(advise_on(with).rate, 0.0182);
}

TEST(Surface, WhereAllSeedsDivergedThereIsALimitAndNoValue) {
  std::vector<Trial> trials = valley();
  const double before = advise_on(trials).rate;
  add(trials, Stage::fine, 1, {std::nullopt, std::nullopt});
  EXPECT_FALSE(points_of(trials).back().completed());
  EXPECT_EQ(advise_on(trials).rate, before);
}

// Seed 1 looks bad at the high rates, and only there; the default rate, far below what was searched, tells that the
// seed itself is as good as any.
TEST(Surface, TheDefaultRateTellsOfItsSeedsButNothingThereIsAdvised) {
  std::vector<Trial> trials;
  for (double rate : {0.01, 0.022, 0.046, 0.1}) add(trials, Stage::coarse, rate, {0.2});
  add(trials, Stage::coarse, 0.22, {0.19});
  for (double rate : {0.1, 0.22}) trials.push_back(fake_trial({Stage::fine, {0, rate, 1}}, 0.8));
  const double without = advise_on(trials).rate;
  add(trials, Stage::framework_default, 1e-4, {0.25, 0.25});
  const Advice with = advise_on(trials);
  EXPECT_LT(with.rate, without);
  EXPECT_GE((*with.interval)[0], 0.01);
  EXPECT_FALSE(points_of(trials).front().can_be_advised());
}

TEST(Surface, NothingAtACliffIsAdvisedWhileThereIsARateBelow) {
  std::vector<Trial> trials = valley();
  add(trials, Stage::confirm, 0.1, {0.01, 0.01, std::nullopt});
  const RateLattice lattice = rate_lattice(1e-6, 1, 12);
  EXPECT_FALSE(advise(points_of(trials), lattice, [](double rate) { return rate == 0.1; }));
  EXPECT_LT(advise_on(trials).rate, 0.1);
  std::vector<Trial> alone;
  add(alone, Stage::coarse, 0.1, {0.01, 0.01, std::nullopt});
  EXPECT_EQ(advise(points_of(alone), lattice, [](double) { return true; })->rate, 0.1) << "there is none below";
}

// 0.02 decade below 0.11 is 0.105, which two digits round to 0.11 again.
TEST(Surface, TheIntervalEndsBeforeAFailedRateAlsoWhenRounded) {
  std::vector<Trial> trials;
  for (double rate : {0.01, 0.018, 0.033, 0.06}) add(trials, Stage::coarse, rate, {0.2, 0.22, 0.24});
  add(trials, Stage::fine, 0.12, {0.2, 0.22, 0.24});
  add(trials, Stage::fine, 0.11, {0.2, 0.22, std::nullopt});
  const Advice advice = *advise(points_of(trials), rate_lattice(1e-6, 1, 24), [](double) { return true; });
  EXPECT_LT((*advice.interval)[1], 0.11);
  EXPECT_GE((*advice.interval)[1], advice.rate);
}

}  // namespace
}  // namespace lrtune
