// What each heuristic makes of curves whose answer is known beforehand, and when it abstains.
#include "suggest/heuristics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>

#include "suggest/fastai_minimum.h"
#include "suggest/fastai_slide.h"
#include "suggest/fastai_steep.h"
#include "suggest/fastai_valley.h"
#include "suggest/kept_curve.h"
#include "suggest/lightning.h"
#include "suggest/pytorch_lr_finder.h"
#include "suggest/smith.h"
#include "suggest/steepest.h"

namespace lrtune {
namespace {

using Losses = std::vector<double>;

// 100 rates from 1e-7 to 10 (as many as there are losses), so that a rate tells its place.
double rate_at(std::size_t k) { return 1e-7 * std::pow(1e8, static_cast<double>(k) / 99); }

LossCurve curve_of(const Losses& losses, double smoothing = 0) {
  std::vector<double> rates;
  for (std::size_t k = 0; k < losses.size(); ++k) rates.push_back(rate_at(k));
  return make_curve(100, rates, losses, smoothing);
}

// A loss that is `high` before place `from`, falls in a straight line to `low` at `to`, and stays.
Losses fall(double high, double low, std::size_t from, std::size_t to) {
  Losses losses;
  for (std::size_t k = 0; k < 100; ++k) {
    const double share = k <= from ? 0 : k >= to ? 1 : static_cast<double>(k - from) / static_cast<double>(to - from);
    losses.push_back(high + (low - high) * share);
  }
  return losses;
}

Losses shifted(Losses losses, double by) {
  for (double& loss : losses) loss += by;
  return losses;
}

TEST(Heuristics, HaveNamesAndFormulasOfTheirOwn) {
  std::set<std::string_view> names;
  for (const HeuristicRow& row : heuristics()) {
    EXPECT_TRUE(names.insert(row.card.name).second) << row.card.name;
    EXPECT_FALSE(row.card.summary.empty()) << row.card.name;
  }
  EXPECT_EQ(names.size(), 9U);
}

TEST(Heuristics, AbstainWithASentenceWhereThereIsNothingToRead) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const Losses& losses :
       {Losses{}, Losses{1}, Losses(9, 1.0), Losses(100, 0.0), Losses(100, -2.5), Losses(100, nan)})
    for (const HeuristicRow& row : heuristics()) {
      const Suggestion suggestion = row.suggest(curve_of(losses, 0.98));
      EXPECT_FALSE(suggestion.learning_rate) << row.card.name << ": " << losses.size();
      EXPECT_FALSE(suggestion.lowest_rate) << row.card.name;
      EXPECT_FALSE(suggestion.why.empty()) << row.card.name;
    }
}

TEST(Heuristics, NeverSuggestARateThatIsNotOne) {
  for (const double last : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(),
                            -std::numeric_limits<double>::infinity(), 1e308, -1e308})
    for (std::size_t at = 0; at < 100; at += 9) {
      Losses losses = fall(2, 1, 40, 60);
      losses[at] = last;
      for (const HeuristicRow& row : heuristics()) {
        const double rate = row.suggest(curve_of(losses, 0.9)).learning_rate.value_or(1);
        EXPECT_TRUE(std::isfinite(rate) && rate > 0) << row.card.name << " at " << at;
      }
    }
}

TEST(Heuristics, DoNotCareForAConstantAddedToTheLoss) {
  const Losses losses = fall(2, 1, 40, 60);
  for (const HeuristicRow& row : heuristics()) {
    if (row.card.name.starts_with("lightning")) continue;  // its mean of a constant is not that constant
    const auto above = row.suggest(curve_of(losses, 0.5)).learning_rate;
    const auto below = row.suggest(curve_of(shifted(losses, -4), 0.5)).learning_rate;
    ASSERT_EQ(above.has_value(), below.has_value()) << row.card.name;
    if (!above || row.card.name == "fastai_valley") continue;  // which counts equal losses by their last bit
    EXPECT_NEAR(std::log10(*above), std::log10(*below), 0.1) << row.card.name;
  }
}

// `fall` with the steepest place at 45, between two larger steps.
Losses steepest_at_45() {
  Losses losses = fall(2, 1, 40, 60);
  for (std::size_t k = 45; k < 100; ++k) losses[k] -= k == 45 ? 0.2 : 0.4;
  return losses;
}

TEST(Steepest, FindsTheSteepestPlace) { EXPECT_EQ(*steepest(curve_of(steepest_at_45())).learning_rate, rate_at(45)); }

TEST(Steepest, LooksNeitherAtTheFirstTenthNorBehindTheMinimum) {
  Losses losses = steepest_at_45();
  losses[3] = 50;
  losses[80] = 50;  // and down again
  EXPECT_EQ(*steepest(curve_of(losses)).learning_rate, rate_at(45));
}

TEST(Steepest, AbstainsWhereTheLossOnlyRises) {
  EXPECT_EQ(steepest(curve_of(fall(1, 2, 20, 99))).why, "the smoothed loss is lowest at the first rate considered");
}

TEST(FastaiSteep, TrimsATenthAndFivePoints) {
  Losses losses;
  for (std::size_t k = 0; k < 100; ++k) losses.push_back(2 - 0.001 * static_cast<double>(k));
  losses[8] = 80;                                            // the mean falls from place 8 on, ever slower
  for (std::size_t k = 95; k < 100; ++k) losses[k] = -1000;  // as steep a fall as can be, but out
  EXPECT_EQ(*fastai_steep(curve_of(losses)).learning_rate, rate_at(10));
}

TEST(FastaiMinimum, IsATenthOfTheFirstLowestPlace) {
  Losses losses(100, 2.0);
  for (std::size_t k = 0; k < 100; ++k) losses[k] = std::fabs(static_cast<double>(k) - 50);
  const Suggestion suggestion = fastai_minimum(curve_of(losses));
  EXPECT_GT(*suggestion.learning_rate, rate_at(50) / 10) << "smoothing by .98 lags behind";
  EXPECT_TRUE(suggestion.why.starts_with("a tenth of where the smoothed loss is lowest: at update ")) << suggestion.why;
}

TEST(FastaiMinimum, CutsAtTheFirstLossThatIsNotFinite) {
  Losses losses = fall(2, 1, 40, 60);
  losses[50] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_NEAR(*fastai_minimum(curve_of(losses)).learning_rate, rate_at(49) / 10, 1e-9);
}

TEST(FastaiValley, AbstainsWithoutALeftEdge) {
  const Suggestion suggestion = fastai_valley(curve_of(fall(3, 1, 0, 99)));
  EXPECT_EQ(suggestion.why, "the loss falls from the first rate on, so the valley has no left end");
}

TEST(FastaiValley, GoesAThirdAndHalfAThirdIntoTheLongestFall) {
  // Rising to place 39, falling to the end: after smoothing one valley that begins somewhere after 39.
  Losses losses;
  for (std::size_t k = 0; k < 100; ++k)
    losses.push_back(k < 40 ? 1 + 0.01 * static_cast<double>(k) : 1.4 - 0.05 * (static_cast<double>(k) - 39));
  const KeptCurve kept = fastai_curve(curve_of(losses));
  std::size_t top = 0;
  for (std::size_t k = 1; k < kept.loss.size(); ++k)
    if (kept.loss[k] > kept.loss[top]) top = k;
  const std::size_t length = kept.loss.size() - top;  // all of them from the top on
  const std::size_t place = top - 1 + length / 3 + length / 6;
  EXPECT_EQ(fastai_valley(curve_of(losses)).learning_rate, kept.rate[place]);
}

TEST(FastaiSlide, AbstainsOnFewPoints) {
  Losses falling;
  for (std::size_t k = 0; k < 30; ++k) falling.push_back(2 - 0.01 * static_cast<double>(k));
  EXPECT_EQ(fastai_slide(curve_of(falling)).why, "15 of the curve's points are left after trimming; it needs 16");
  falling.push_back(1);
  EXPECT_TRUE(fastai_slide(curve_of(falling)).learning_rate);
}

TEST(FastaiSlide, StaysAtItsStartWhereSlopesAgreeAtOnce) {
  EXPECT_NEAR(*fastai_slide(curve_of(fall(1.001, 1, 40, 60))).learning_rate, rate_at(94 - 15), 1e-9);
}

TEST(FastaiSlide, EndsAtTheLeftWhereSlopesNeverAgree) {
  Losses losses;  // slopes change by more than .005 in 15 updates, everywhere
  for (std::size_t k = 0; k < 100; ++k) losses.push_back(0.5 * static_cast<double>(k) * static_cast<double>(k));
  EXPECT_NEAR(*fastai_slide(curve_of(losses)).learning_rate, rate_at(10), 1e-12);
}

TEST(Lightning, OfTodayPrefersTinyRates) {
  Losses losses = fall(2, 1, 40, 60);
  losses[20] -= 0.2;  // noise far to the left
  EXPECT_LT(*lightning(curve_of(losses)).learning_rate, rate_at(25));
  EXPECT_GT(*lightning_old(curve_of(losses)).learning_rate, rate_at(39));
}

TEST(Lightning, NeedsTwoPointsAfterTrimming) {
  Losses losses = {9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 3, 2};
  EXPECT_EQ(lightning_old(curve_of(losses)).why, "1 of the curve's points are left after trimming; it needs 2");
  losses.push_back(1);
  EXPECT_TRUE(lightning_old(curve_of(losses)).learning_rate);
}

TEST(PytorchLrFinder, TrimsTenAndFive) {
  Losses losses(16, 3.0);
  losses[10] = 1;
  EXPECT_FALSE(pytorch_lr_finder(curve_of(losses)).learning_rate);
  losses.push_back(1);  // two points are left: 10 and 11
  losses[11] = 0;
  EXPECT_NEAR(*pytorch_lr_finder(curve_of(losses)).learning_rate, rate_at(10), 1e-12);
}

TEST(Smith, SpansTheFall) {
  Losses losses = fall(2, 1, 40, 60);
  for (std::size_t k = 75; k < 100; ++k) losses[k] += 0.1 * static_cast<double>(k - 74);
  const Suggestion suggestion = smith(curve_of(losses));
  EXPECT_NEAR(*suggestion.lowest_rate, rate_at(42), 1e-9) << "a tenth of the fall";
  EXPECT_NEAR(*suggestion.learning_rate, rate_at(60), 1e-9) << "the first lowest place";
}

TEST(Smith, EndsWhereTheLossTurnsRagged) {
  Losses losses = fall(2, 1, 40, 60);
  losses[51] += 0.3;
  const Suggestion suggestion = smith(curve_of(losses));
  EXPECT_NEAR(*suggestion.learning_rate, rate_at(50), 1e-9);
  EXPECT_NE(suggestion.why.find("turns ragged"), std::string::npos) << suggestion.why;
}

RangeRun run_with(std::optional<double> rate) {
  RangeRun run;
  run.suggestions.assign(heuristics().size(), {rate, std::nullopt, "because"});
  return run;
}

TEST(Agreement, IsMedianSpreadAndAbstentions) {
  const std::vector<RangeRun> runs = {run_with(0.1), run_with(std::nullopt), run_with(0.001), run_with(0.04)};
  const Agreement agreement = agreements(runs).front();
  EXPECT_EQ(agreement.learning_rate, 0.04);
  EXPECT_EQ(agreement.spread_decades, 2);
  EXPECT_EQ(agreement.abstained, 1U);
  EXPECT_FALSE(agreement.lowest_rate);
}

TEST(Agreement, OfTwoIsTheirGeometricMean) {
  const std::vector<RangeRun> runs = {run_with(0.1), run_with(0.001)};
  EXPECT_EQ(agreements(runs).front().learning_rate, 0.01);
}

TEST(Agreement, OfOneHasNoSpreadAndOfNoneNoRate) {
  const Agreement one = agreements(std::vector<RangeRun>{run_with(0.0123456)}).front();
  EXPECT_EQ(one.learning_rate, 0.0123);
  EXPECT_FALSE(one.spread_decades);
  const Agreement none = agreements(std::vector<RangeRun>{run_with(std::nullopt)}).front();
  EXPECT_FALSE(none.learning_rate);
  EXPECT_EQ(none.abstained, 1U);
}

TEST(Argmin, IsTheFirstOfSeveral) { EXPECT_EQ(argmin(std::vector<double>{3, 1, 2, 1}), 1U); }

TEST(Gradient, IsExactOnParabolasAtUnevenPlaces) {
  const std::vector<double> x = {0.1, 0.2, 0.5, 1, 3};
  std::vector<double> y;
  for (double place : x) y.push_back(3 * place * place - place);
  const std::vector<double> slopes = gradient(y, x);
  for (std::size_t i = 1; i + 1 < x.size(); ++i) EXPECT_NEAR(slopes[i], 6 * x[i] - 1, 1e-12);
  EXPECT_NEAR(slopes.front(), (y[1] - y[0]) / (x[1] - x[0]), 1e-15);
}

}  // namespace
}  // namespace lrtune
