#include "train/lane_record.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace lrtune {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

struct Lane {
  LaneRecord lane{TrialRequest{Stage::fine, 0, 0.1, 2}};
  Schedule schedule{TrainingConfig{}, 100, 10};

  void look(std::size_t step, double loss, bool last = false) {
    lane.look({.step = step, .loss = loss, .error = 0.5, .has_error = true, .last = last}, schedule);
  }
  Trial finish() { return lane.finish(objective_named("final_validation_loss"), 100); }
};

TEST(LaneRecord, CompletesWithItsCurveAndObjective) {
  Lane run;
  run.look(0, 2.0);
  run.lane.minibatch(1, 3.0);
  run.lane.minibatch(2, 1.0);
  run.look(2, 1.5, true);
  const Trial trial = run.finish();
  EXPECT_EQ(trial.status, TrialStatus::completed);
  EXPECT_EQ(trial.stage, Stage::fine);
  EXPECT_EQ(trial.seed, 2U);
  EXPECT_EQ(trial.curve.step, (std::vector<std::size_t>{0, 2}));
  EXPECT_EQ(trial.curve.train_loss, (std::vector<double>{3.0, 2.0}));  // the first minibatch; the mean since
  EXPECT_EQ(trial.curve.validation_loss, (std::vector<double>{2.0, 1.5}));
  EXPECT_EQ(trial.objective, 1.5);
  EXPECT_EQ(trial.validation_error, 0.5);
  EXPECT_EQ(trial.updates, 100U);
  EXPECT_FALSE(trial.ended_at_step);
  EXPECT_FALSE(trial.recovered);
}

TEST(LaneRecord, DivergesAtTheUpdateWhoseMinibatchLossIsNotFinite) {
  Lane run;
  run.look(0, 2.0);
  run.lane.minibatch(1, 3.0);
  run.lane.minibatch(2, kNan);
  EXPECT_FALSE(run.lane.running());
  run.lane.minibatch(3, 1.0);
  run.look(4, 1.0, true);
  const Trial trial = run.finish();
  EXPECT_EQ(trial.status, TrialStatus::diverged);
  EXPECT_EQ(trial.ended_at_step, 2U);
  EXPECT_EQ(trial.updates, 2U);
  EXPECT_EQ(trial.curve.step, (std::vector<std::size_t>{0}));
  EXPECT_FALSE(trial.objective);
  EXPECT_FALSE(trial.validation_error);
}

TEST(LaneRecord, EndsItsCurveAtTheLastFiniteLook) {
  Lane run;
  run.look(0, 2.0);
  run.lane.minibatch(1, 3.0);
  run.look(1, 1.0);
  run.look(2, std::numeric_limits<double>::infinity());
  const Trial trial = run.finish();
  EXPECT_EQ(trial.ended_at_step, 2U);
  EXPECT_EQ(trial.curve.step.back(), 1U);
}

TEST(LaneRecord, HoldsNoNumberThatIsNotFiniteEvenIfTheFirstMinibatchBlewUp) {
  Lane run;
  run.look(0, 2.0);
  run.lane.minibatch(1, kNan);
  EXPECT_TRUE(run.finish().curve.step.empty());
}

TEST(LaneRecord, DivergesAfterThreeLooksRunningAboveFourTimesTheStart) {
  Lane run;
  run.look(0, 1.0);
  run.lane.minibatch(1, 1.0);
  run.look(1, 4.1);
  run.look(2, 4.1);
  run.look(3, 4.0);  // not above
  run.look(4, 5.0);
  run.look(5, 5.0);
  EXPECT_TRUE(run.lane.running());
  run.look(6, 5.0);
  const Trial trial = run.finish();
  EXPECT_EQ(trial.status, TrialStatus::diverged);
  EXPECT_EQ(trial.ended_at_step, 6U);
  EXPECT_EQ(trial.curve.step.back(), 6U);
}

TEST(LaneRecord, DivergesWhenTheLastLookIsAboveFourTimesTheStart) {
  Lane run;
  run.look(0, 1.0);
  run.lane.minibatch(1, 1.0);
  run.look(1, 4.1, true);
  EXPECT_EQ(run.finish().status, TrialStatus::diverged);
}

TEST(LaneRecord, SaysWhenATrialRecovered) {
  Lane run;
  run.look(0, 1.0);
  run.lane.minibatch(1, 1.0);
  run.look(1, 4.1);
  run.look(2, 0.5, true);
  const Trial trial = run.finish();
  EXPECT_EQ(trial.status, TrialStatus::completed);
  EXPECT_TRUE(trial.recovered);
}

}  // namespace
}  // namespace lrtune
