#include <gtest/gtest.h>

#include <cmath>

#include "stats/objective.h"
#include "stats/smooth.h"
#include "stats/summary.h"

namespace lrtune {
namespace {

TEST(Estimate, GivesMeanAndStandardError) {
  const std::vector<double> values = {1, 2, 3, 4};
  const Estimate e = estimate(values);
  EXPECT_DOUBLE_EQ(e.mean, 2.5);
  EXPECT_DOUBLE_EQ(*e.standard_error, std::sqrt(5.0 / 3 / 4));
  EXPECT_FALSE(estimate(std::vector<double>{7}).standard_error);
}

TEST(StudentT, MatchesPublishedQuantiles) {
  // NIST/SEMATECH e-Handbook, table 1.3.6.7.2.
  EXPECT_NEAR(student_t_975(1), 12.706, 1e-3);
  EXPECT_NEAR(student_t_975(10), 2.228, 1e-3);
  EXPECT_NEAR(student_t_975(31), 2.040, 1e-3);
  EXPECT_NEAR(student_t_975(60), 2.000, 1e-3);
  EXPECT_NEAR(student_t_975(100), 1.984, 1e-3);
}

TEST(TailMean, AveragesTheLastFifthOfTheLooksAfterTheFirst) {
  const std::vector<double> eleven = {100, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11};  // 10 looks after update 0: the last two
  EXPECT_DOUBLE_EQ(tail_mean(eleven), 10);
  EXPECT_DOUBLE_EQ(tail_mean(std::vector<double>{5, 3}), 3);
  EXPECT_DOUBLE_EQ(tail_mean(std::vector<double>{5}), 5);
}

TEST(Objectives, ReadTheirOwnSeries) {
  const Curve curve{{0, 10, 20}, {3, 2, 1}, {3.5, 1.5, 2.5}, {0.9, 0.4, 0.3}};
  const auto value = [&](const char* name) {
    const ObjectiveRow& row = objective_named(name);
    return row.reduce(curve.*row.series);
  };
  EXPECT_EQ(value("final_validation_loss"), 2.5);
  EXPECT_EQ(value("best_validation_loss"), 1.5);
  EXPECT_EQ(value("final_train_loss"), 1);
  EXPECT_EQ(value("final_validation_error"), 0.3);
}

TEST(Smoothed, KeepsALineAndPullsTowardsTheMiddleOfAKink) {
  std::vector<CurvePoint> line;
  std::vector<CurvePoint> kink;
  for (int i = -20; i <= 20; ++i) {
    line.push_back({0.1 * i, 3 + 0.5 * 0.1 * i});
    kink.push_back({0.1 * i, std::fabs(0.1 * i)});
  }
  EXPECT_NEAR(smoothed(line, 0.03, 0.15), 3 + 0.5 * 0.03, 1e-6);
  EXPECT_GT(smoothed(kink, 0, 0.15), 0.1);  // E|X| = .8·.15
}

TEST(Smoothed, ADenselySampledStretchPullsNoHarderThanACoarseOne) {
  // The same slope that levels off, sampled evenly and with many more points on the right.
  std::vector<CurvePoint> even;
  std::vector<CurvePoint> uneven;
  for (int i = -40; i <= 40; ++i) {
    const CurvePoint point{0.05 * i, std::atan(0.1 * i)};
    even.push_back(point);
    if (i >= 0 || i % 4 == 0) uneven.push_back(point);
  }
  EXPECT_NEAR(smoothed(even, 0, 0.3), smoothed(uneven, 0, 0.3), 0.02);
}

TEST(Smoothed, IsLowestAtTheLowestOfPointsFarApart) {
  const std::vector<CurvePoint> sparse = {{-6, 2}, {-3, 1}, {0, 2}};
  for (double x : {-5.0, -4.0, -3.3, -2.7, -1.0}) EXPECT_GT(smoothed(sparse, x, 0.15), smoothed(sparse, -3, 0.15));
}

TEST(Smoothed, OnePointIsItsOwnCurve) { EXPECT_EQ(smoothed(std::vector<CurvePoint>{{1, 2}}, 1, 0.15), 2); }

}  // namespace
}  // namespace lrtune
