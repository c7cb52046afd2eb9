// reduce-on-plateau's rule, case by case; its sequences against PyTorch are in reference_test.cpp.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "schedule/make_schedule.h"

namespace lrtune {
namespace {

using testing_schedule::make_schedule;

constexpr double kInf = std::numeric_limits<double>::infinity();

// The factor after each of the looks at updates 1, 2, …
std::vector<double> after_looks(const Schedule& schedule, const std::vector<double>& losses, double rate) {
  std::vector<double> result;
  PlateauState state;
  for (const double loss : losses) {
    schedule.look(state, result.size() + 1, loss, rate);
    result.push_back(schedule.factor(result.size(), state));
  }
  return result;
}

TEST(Plateau, CutsAfterOneLookMoreThanItsPatience) {
  const Schedule schedule = make_schedule("plateau", {{"factor", 0.5}, {"patience", 2}}, {.total = 20});
  EXPECT_EQ(after_looks(schedule, {1, 1, 1, 1, 1, 1, 1}, 0.25), (std::vector<double>{1, 1, 1, 0.5, 0.5, 0.5, 0.25}));
}

TEST(Plateau, AFallByExactlyTheThresholdIsNoImprovement) {
  const Schedule schedule =
      make_schedule("plateau", {{"factor", 0.5}, {"patience", 0}, {"threshold", 0.25}}, {.total = 20});
  EXPECT_EQ(after_looks(schedule, {1, 0.75}, 0.25).back(), 0.5);
  EXPECT_EQ(after_looks(schedule, {1, std::nextafter(0.75, 0)}, 0.25).back(), 1);
}

TEST(Plateau, DoesNotCountLooksDuringCooldown) {
  const Schedule schedule =
      make_schedule("plateau", {{"factor", 0.5}, {"patience", 0}, {"cooldown", 2}}, {.total = 20});
  EXPECT_EQ(after_looks(schedule, {1, 1, 1, 1, 1}, 0.25), (std::vector<double>{1, 0.5, 0.5, 0.5, 0.25}));
}

TEST(Plateau, StopsAtTheLowestRate) {
  const Schedule schedule =
      make_schedule("plateau", {{"factor", 0.5}, {"patience", 0}, {"min_lr", 0.1875}}, {.total = 20});
  EXPECT_EQ(after_looks(schedule, {1, 1, 1, 1}, 0.5), (std::vector<double>{1, 0.5, 0.375, 0.375}));
  EXPECT_EQ(after_looks(schedule, {1, 1}, 0.125), (std::vector<double>{1, 1}));  // already below: never raised
}

TEST(Plateau, DoesNotApplyCutsSmallerThanItsEps) {
  const Schedule schedule = make_schedule("plateau", {{"factor", 0.5}, {"patience", 0}}, {.total = 20});
  EXPECT_EQ(after_looks(schedule, {1, 1, 1}, 3e-8), (std::vector<double>{1, 0.5, 0.5}));
}

TEST(Plateau, TakesALossThatIsNotFiniteForABadLook) {
  const Schedule schedule = make_schedule("plateau", {{"factor", 0.5}, {"patience", 1}}, {.total = 20});
  for (const double bad : {std::nan(""), kInf, -kInf})
    EXPECT_EQ(after_looks(schedule, {bad, bad, 1, 2, 0.5, bad, bad}, 0.25),
              (std::vector<double>{1, 0.5, 0.5, 0.5, 0.5, 0.5, 0.25}))
        << bad;
}

TEST(Plateau, DoesNotCountLooksUntilAfterTheWarmUp) {
  const Schedule schedule = make_schedule("plateau", {{"factor", 0.5}, {"patience", 0}},
                                          {.total = 20, .updates_per_epoch = 2, .warmup_epochs = 2});
  PlateauState state;
  for (const std::size_t updates_done : {1U, 2U, 4U}) schedule.look(state, updates_done, 0.1, 0.25);
  EXPECT_EQ(state.best, kInf);
  schedule.look(state, 6, 1, 0.25);
  EXPECT_EQ(state.best, 1);
  schedule.look(state, 8, 1, 0.25);
  EXPECT_EQ(schedule.factor(8, state), 0.5);
}

}  // namespace
}  // namespace lrtune
