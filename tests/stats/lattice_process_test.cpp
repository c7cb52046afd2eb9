#include "stats/lattice_process.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/random.h"

namespace lrtune {
namespace {

double z(std::size_t i) { return random_normal({11, 0}, Purpose::test, 4, i); }
double bowl(double x) { return 0.5 * (x - 1) * (x - 1); }

const std::vector<double> kPlaces = {0, 0.3, 0.6, 0.9, 1.2, 1.5, 1.8};

// Every place on that many blocks.
std::vector<Observation> observed(std::size_t blocks, double own, double common, std::size_t key = 0) {
  std::vector<Observation> all;
  for (std::size_t b = 0; b < blocks; ++b)
    for (std::size_t p = 0; p < kPlaces.size(); ++p)
      all.push_back({p, bowl(kPlaces[p]) + common * z(key + b) + own * z(key + 500 + b * 7 + p), b});
  return all;
}

LatticeProcess process_of(const std::vector<Observation>& all) {
  return LatticeProcess(kPlaces, all, {}, estimate_noise(kPlaces, all, 0.2));
}

TEST(LatticeProcess, FollowsTheCurveBetweenThePlacesToo) {
  const std::vector<double> x = {0.15, 0.75, 1.0, 1.65};
  const auto moments = process_of(observed(20, 0.05, 0)).at(x);
  for (std::size_t i = 0; i < x.size(); ++i) EXPECT_NEAR(moments.mean[i], bowl(x[i]), 0.03) << x[i];
}

TEST(LatticeProcess, TakesWhatABlockHasInCommonForNothing) {
  const auto quiet = process_of(observed(6, 0.02, 0)).at(std::vector<double>{0, 1.2});
  const auto shifted = process_of(observed(6, 0.02, 1)).at(std::vector<double>{0, 1.2});
  EXPECT_NEAR(shifted.mean[0] - shifted.mean[1], quiet.mean[0] - quiet.mean[1], 0.02);
}

TEST(LatticeProcess, KnowsLessFarFromWhatWasObserved) {
  const auto moments = process_of(observed(3, 0.05, 0)).at(std::vector<double>{0.9, 2.2, 3.5});
  EXPECT_LT(moments.deviation[0], 0.05);
  EXPECT_GT(moments.deviation[1], 2 * moments.deviation[0]);
  EXPECT_GT(moments.deviation[2], moments.deviation[1]);
}

// The more blocks there are, the less is left to doubt.
TEST(LatticeProcess, DropsNothing) {
  double before = 1;
  for (std::size_t blocks : {2U, 8U, 32U, 128U}) {
    const double now = process_of(observed(blocks, 0.1, 0.1)).at(std::vector<double>{0.9}).deviation[0];
    const auto difference = process_of(observed(blocks, 0.1, 0)).draws(std::vector<double>{0.6, 1.2}, 400);
    const double truth = bowl(0.6) - bowl(1.2);
    double squares = 0;
    for (const auto& g : difference) squares += (g[0] - g[1] - truth) * (g[0] - g[1] - truth);
    EXPECT_LT(now, before);
    before = now;
    EXPECT_LT(std::sqrt(squares / 400), 0.5 / std::sqrt(static_cast<double>(blocks)));
  }
}

TEST(LatticeProcess, DrawsHaveItsMomentsAndAreTheSameEveryTime) {
  const std::vector<double> x = {0.3, 0.45, 1.9};
  const LatticeProcess process = process_of(observed(12, 0.1, 0.1));
  const auto draws = process.draws(x, 2000);
  EXPECT_EQ(draws, process.draws(x, 2000));
  const auto moments = process.at(x);
  for (std::size_t i = 0; i < x.size(); ++i) {
    double sum = 0, squares = 0;
    for (const auto& g : draws) {
      sum += g[i];
      squares += g[i] * g[i];
    }
    const double mean = sum / 2000;
    EXPECT_NEAR(mean, moments.mean[i], 4 * moments.deviation[i] / std::sqrt(2000.0));
    EXPECT_NEAR(std::sqrt(squares / 2000 - mean * mean) / moments.deviation[i], 1.03, 0.1);
  }
}

TEST(LatticeProcess, NearPlacesAreDrawnAlike) {
  const auto draws = process_of(observed(3, 0.2, 0)).draws(std::vector<double>{0.900, 0.901, 0.902, 0.903}, 100);
  for (const auto& g : draws) EXPECT_NEAR(g[0], g[3], 0.02);
}

TEST(LatticeProcess, HintsCountAsTheirVarianceSays) {
  const std::vector<double> x = {0, 1};
  const std::vector<Observation> all = {{0, 0.0, 0}, {0, 0.0, 1}};
  const auto at = [&](double variance) {
    const std::vector<Hint> hints = {{1, 1.0, variance}};
    return LatticeProcess(x, all, hints, estimate_noise(x, all, 0.2)).at(std::vector<double>{1});
  };
  EXPECT_NEAR(at(1e-4).mean[0], 1, 0.02);
  EXPECT_LT(at(1e-4).deviation[0], 0.02);
  EXPECT_LT(at(1.0).mean[0], 0.9);
  EXPECT_GT(at(1.0).deviation[0], 0.1);
}

// What it calls 95 % certain of the difference of two places happens in about 95 %.
TEST(LatticeProcess, IsAsSureAsItIsRight) {
  int inside = 0;
  for (std::size_t trial = 0; trial < 100; ++trial) {
    const auto draws = process_of(observed(3, 0.15, 0.2, 1000 * trial)).draws(std::vector<double>{0.3, 0.9}, 200);
    std::vector<double> differences;
    for (const auto& g : draws) differences.push_back(g[0] - g[1]);
    std::ranges::sort(differences);
    const double truth = bowl(0.3) - bowl(0.9);
    inside += differences[5] <= truth && truth <= differences[194] ? 1 : 0;
  }
  EXPECT_GE(inside, 88);
}

}  // namespace
}  // namespace lrtune
