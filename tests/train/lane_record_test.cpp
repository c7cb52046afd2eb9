#include "train/lane_record.h"

#include <gtest/gtest.h>

#include <limits>

namespace lrtune {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

struct Lane {
  LaneRecord lane{0.1};
  Schedule schedule{TrainingConfig{}, 100, 10};

  void look(std::size_t step, double loss, bool last = false) { lane.look({step, 0, loss, 0.5}, last, schedule); }
  std::vector<std::size_t> steps() const {
    std::vector<std::size_t> found;
    for (const Look& look : lane.looks()) found.push_back(look.step);
    return found;
  }
};

TEST(LaneRecord, LooksHoldTheMeanMinibatchLossSinceTheLookBefore) {
  Lane run;
  run.look(0, 2.0);
  run.lane.minibatch(1, 3.0);
  run.lane.minibatch(2, 1.0);
  run.look(2, 1.5);
  run.lane.minibatch(3, 0.5);
  run.look(3, 1.0, true);
  ASSERT_EQ(run.steps(), (std::vector<std::size_t>{0, 2, 3}));
  EXPECT_EQ(run.lane.looks()[0].train_loss, 3.0) << "of the first minibatch";
  EXPECT_EQ(run.lane.looks()[1].train_loss, 2.0);
  EXPECT_EQ(run.lane.looks()[2].train_loss, 0.5);
  EXPECT_EQ(run.lane.looks()[1].validation_loss, 1.5);
  EXPECT_EQ(run.lane.looks()[1].validation_error, 0.5);
  EXPECT_TRUE(run.lane.running());
}

TEST(LaneRecord, EndsAtTheUpdateWhoseMinibatchLossIsNotFinite) {
  Lane run;
  run.look(0, 2.0);
  run.lane.minibatch(1, 3.0);
  run.lane.minibatch(2, kNan);
  EXPECT_FALSE(run.lane.running());
  run.lane.minibatch(3, 1.0);
  run.look(4, 1.0, true);
  EXPECT_EQ(run.steps(), (std::vector<std::size_t>{0, 2})) << "nothing is added to what has ended";
}

TEST(LaneRecord, KeepsNothingOfTheFirstLookIfTheFirstMinibatchBlewUp) {
  Lane run;
  run.look(0, 2.0);
  run.lane.minibatch(1, kNan);
  EXPECT_FALSE(run.lane.running());
  EXPECT_EQ(run.steps(), (std::vector<std::size_t>{1}));
}

// With looks at every update, the same shows at the look behind it.
TEST(LaneRecord, KeepsNothingOfTheFirstLookIfTheFirstUpdateBlewUp) {
  Lane run;
  run.look(0, 2.0);
  run.lane.minibatch(1, 3.0);
  run.look(1, kNan);
  EXPECT_FALSE(run.lane.running());
  EXPECT_EQ(run.steps(), (std::vector<std::size_t>{1}));
}

TEST(LaneRecord, EndsWhereTheLooksSayThatItDiverged) {
  Lane run;
  run.look(0, 1.0);
  run.lane.minibatch(1, 1.0);
  run.look(1, 5.0);
  run.look(2, 5.0);
  EXPECT_TRUE(run.lane.running());
  run.look(3, 5.0);
  EXPECT_FALSE(run.lane.running());
}

TEST(LaneRecord, GoesOnWhileOnlyLooksWithinAnEpochAreHigh) {
  Lane run;
  run.look(0, 1.0);
  for (std::size_t step = 1; step < 9; ++step) run.lane.look({step, 0, 5.0, 0.5, step == 4}, false, run.schedule);
  EXPECT_TRUE(run.lane.running());
  EXPECT_EQ(run.lane.looks().size(), 9U);
}

TEST(LaneRecord, CutsTheRateOfAPlateauAtItsLooks) {
  TrainingConfig training;
  training.schedule = {"plateau", {{"factor", 0.5}, {"patience", 0}, {"threshold", 0}, {"cooldown", 0}, {"min_lr", 0}}};
  const Schedule schedule(training, 100, 10);
  LaneRecord lane(0.1);
  lane.look({0, 0, 1.0}, false, schedule);
  lane.look({10, 0, 1.0}, false, schedule);
  EXPECT_EQ(lane.plateau().factor, 1) << "the first look after update 0 is the best so far";
  lane.look({20, 0, 1.0}, false, schedule);
  EXPECT_EQ(lane.plateau().factor, 0.5);
}

}  // namespace
}  // namespace lrtune
