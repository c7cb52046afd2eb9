// Landscapes with a known answer, of six kinds, through the whole planner at its default budget: the advice is right if
// it lies within half a fine step of the planted rate, or if its status says what is wrong with the landscape.
#include <gtest/gtest.h>

#include <algorithm>

#include "plan/fake_runs.h"
#include "plan/rates.h"

namespace lrtune {
namespace {

constexpr double kHalfStep = 0.5 / 12 + 1e-3;  // decade; rounding to two digits moves a rate by up to .02

struct Score {
  int right = 0;
  int total = 0;
  void add(bool is_right) {
    right += is_right ? 1 : 0;
    ++total;
  }
};

Recommendation tune_fake(const FakeLandscape& landscape, const SearchConfig& search = {}) {
  const Recommendation r = recommend_fake(search, run_plan(search, {landscape}, 1e-5).entries.front());
  if (r.learning_rate) {
    EXPECT_TRUE(!r.interval || ((*r.interval)[0] <= *r.learning_rate && *r.learning_rate <= (*r.interval)[1]));
    EXPECT_TRUE(r.range && r.range->min <= *r.learning_rate && *r.learning_rate <= r.range->max);
    EXPECT_GE(r.seeds, 1U);
  }
  return r;
}

double decades_off(const Recommendation& r, double rate) { return std::fabs(std::log10(*r.learning_rate / rate)); }

// Rates of the lattice that may be advised, over five decades.
Score known_optima() {
  const RateLattice lattice = rate_lattice(1e-6, 1, SearchConfig{}.fine_per_decade);
  Score score;
  for (std::uint32_t key = 0; key < 100; ++key) {
    const double best = lattice.rate(8 + key % 56);
    SearchConfig search;
    search.tolerance = 0.002;  // not content with what is nearly as good
    const Recommendation r = tune_fake(bowl(best, 1.5 + 0.05 * (key % 20), 0.1, 0.005, key), search);
    score.add(decades_off(r, best) <= kHalfStep);
  }
  return score;
}

// The loss falls up to a cliff: what is right is below it, but no more than a coarse step below its half.
Score cliffs() {
  Score score;
  for (std::uint32_t key = 0; key < 30; ++key) {
    const double best = 3.2e-3 * std::pow(10, 0.05 * (key % 10));
    const Recommendation r = tune_fake(with_cliff(bowl(best, 1, 0.1, 0.005, key), 1.3 * best));
    const double cliff = 1.3 * best;
    score.add(*r.learning_rate <= cliff && *r.learning_rate >= cliff / 2 / std::pow(10, 1.0 / 3));
  }
  return score;
}

Score with_status(RateStatus status, int count, const std::function<FakeLandscape(std::uint32_t)>& make,
                  const SearchConfig& search = {}) {
  Score score;
  for (std::uint32_t key = 0; key < static_cast<std::uint32_t>(count); ++key)
    score.add(tune_fake(make(key), search).status == status);
  return score;
}

// Any rate will do: that is good news, told by a wide plateau.
Score flat() {
  Score score;
  for (std::uint32_t key = 0; key < 20; ++key) {
    const Recommendation r = tune_fake(bowl(1e-3, 0, 0.1, 0.02, key));
    score.add(r.status <= RateStatus::noisy && r.plateau->max >= 100 * r.plateau->min);
  }
  return score;
}

Score noise() {
  Score score;
  for (std::uint32_t key = 0; key < 30; ++key) {
    const Recommendation r = tune_fake(bowl(3.2e-3, 1.5, 0.1, 0.3, key));
    const double x = decades_off(r, 3.2e-3);
    score.add(r.status == RateStatus::noisy || std::exp(1.5 * x * x) - 1 <= SearchConfig{}.tolerance);
  }
  return score;
}

TEST(Planted, AtLeast95PercentOfAllLandscapesAreAnsweredRightly) {
  SearchConfig fixed_range;
  fixed_range.extend = false;
  const std::pair<const char*, Score> scores[] = {
      {"known optimum", known_optima()},
      {"cliff", cliffs()},
      {"noise", noise()},
      {"flat", flat()},
      {"edge",
       with_status(
           RateStatus::edge, 30, [](std::uint32_t key) { return bowl(5 + key, 1, 0.1, 0.01, key); }, fixed_range)},
      {"stuck", with_status(RateStatus::stuck, 10,
                            [](std::uint32_t) -> FakeLandscape {
                              return [](double, std::size_t seed) {
                                return std::optional(kFakeInitial * (1 + 0.1 * static_cast<double>(seed)) * 0.99);
                              };
                            })},
      {"all diverged", with_status(RateStatus::all_diverged, 10,
                                   [](std::uint32_t) -> FakeLandscape {
                                     return [](double, std::size_t) { return std::optional<double>(); };
                                   })},
  };
  Score all;
  for (const auto& [name, score] : scores) {
    RecordProperty(name, score.right);
    EXPECT_GE(score.right, score.total * 8 / 10) << name << ": " << score.right << " of " << score.total;
    all.right += score.right;
    all.total += score.total;
  }
  EXPECT_GE(all.total, 200);
  EXPECT_GE(all.right, all.total * 95 / 100) << all.right << " of " << all.total;
}

// What the bound promises, by the planted curve itself: a rate called ok is within the tolerance.
TEST(Planted, WhatIsCalledOkIsWithinTheTolerance) {
  int ok = 0;
  int right = 0;
  for (std::uint32_t key = 0; key < 100; ++key) {
    const double best = std::pow(10, -5.3 + 0.047 * key);
    const double curvature = 0.5 + 0.05 * (key % 40);
    const Recommendation r = tune_fake(bowl(best, curvature, 0.1, 0.05, key));
    if (r.status != RateStatus::ok) continue;
    ++ok;
    const double x = decades_off(r, best);
    const double share = (0.1 * std::exp(curvature * x * x) - 0.1) / (0.1 + 0.01 * kFakeInitial);
    right += share <= SearchConfig{}.tolerance ? 1 : 0;
    EXPECT_LE(share, 2 * SearchConfig{}.tolerance) << key;
  }
  EXPECT_GE(ok, 50);
  EXPECT_GE(right, ok * 95 / 100) << "of " << ok;
}

// Anywhere between the rates of the lattice: within one fine step.
TEST(Planted, OptimaBetweenTheRatesOfTheLatticeAreFoundToOneStep) {
  Score score;
  for (std::uint32_t key = 0; key < 100; ++key) {
    const double best = std::pow(10, -5.3 + 0.047 * key);
    SearchConfig search;
    search.tolerance = 0.005;
    score.add(decades_off(tune_fake(bowl(best, 1.5, 0.1, 0.02, key), search), best) <= 2 * kHalfStep);
  }
  EXPECT_GE(score.right, 95) << "of " << score.total;
}

}  // namespace
}  // namespace lrtune
