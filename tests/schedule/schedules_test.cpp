// What holds for every row of the table, and values of each formula worked out by hand.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>

#include "base/math.h"
#include "base/require.h"
#include "schedule/make_schedule.h"

namespace lrtune {
namespace {

using testing_schedule::factors;
using testing_schedule::find_row;
using testing_schedule::make_schedule;

constexpr std::size_t kTotals[] = {1, 2, 3, 7, 10, 40, 1000};

// Settings at the ends of each parameter's bounds, one parameter at a time; the defaults come first.
std::vector<std::vector<Setting>> settings_to_try(const Card& card) {
  std::vector<std::vector<Setting>> list = {{}};
  for (const Parameter& parameter : card.parameters)
    for (const double value : {parameter.bounds.min, parameter.bounds.min + 1e-3, parameter.bounds.max - 1e-3,
                               parameter.bounds.max, 1e6, 1.0, 2.0, 3.0})
      if (contains(parameter.bounds, value) && (parameter.kind == ParameterKind::real || value == std::floor(value)))
        list.push_back({{std::string(parameter.name), value}});
  return list;
}

TEST(Schedules, TableHoldsTheScheduleNamesOfTrainingMd) {
  std::vector<std::string_view> names;
  for (const ScheduleRow& row : schedules()) names.push_back(row.card.name);
  const std::vector<std::string_view> expected = {
      "constant", "step",      "exponential", "inverse_time", "linear", "linear_then_constant",
      "cosine",   "one_cycle", "triangular",  "plateau"};
  EXPECT_EQ(names, expected);
}

TEST(Schedules, NamesAreUniqueAndDefaultsWithinBounds) {
  std::set<std::string_view> names;
  for (const ScheduleRow& row : schedules()) {
    EXPECT_TRUE(names.insert(row.card.name).second) << row.card.name;
    EXPECT_FALSE(row.card.summary.empty() || row.card.source.empty()) << row.card.name;
    std::set<std::string_view> parameters;
    for (const Parameter& parameter : row.card.parameters) {
      EXPECT_TRUE(parameters.insert(parameter.name).second) << row.card.name << ' ' << parameter.name;
      EXPECT_TRUE(contains(parameter.bounds, parameter.default_value)) << row.card.name << ' ' << parameter.name;
      EXPECT_FALSE(parameter.summary.empty()) << row.card.name << ' ' << parameter.name;
    }
  }
}

TEST(Schedules, FactorsStayBetweenZeroAndOne) {
  for (const ScheduleRow& row : schedules())
    for (const std::vector<Setting>& settings : settings_to_try(row.card))
      for (const std::size_t total : kTotals)
        for (const std::size_t updates_per_epoch : {std::size_t{1}, std::size_t{3}, total}) {
          const Schedule schedule =
              make_schedule(row.card.name, settings, {.total = total, .updates_per_epoch = updates_per_epoch});
          for (const double factor : factors(schedule, total))
            ASSERT_TRUE(factor >= 0 && factor <= 1) << row.card.name << (settings.empty() ? "" : " " + settings[0].name)
                                                    << ", T = " << total << ": " << factor;
        }
}

TEST(Schedules, WarmUpIsARampInFrontOfEveryRow) {
  constexpr std::size_t kUpdatesPerEpoch = 5, kWarmup = 3 * kUpdatesPerEpoch;
  for (const ScheduleRow& row : schedules())
    for (const std::size_t rest : {5U, 10U, 60U}) {
      const Schedule warmed = make_schedule(
          row.card.name, {},
          {.total = kWarmup + rest, .updates_per_epoch = kUpdatesPerEpoch, .warmup_epochs = 3, .warmup_start = 0.25});
      const Schedule plain = make_schedule(row.card.name, {}, {.total = rest, .updates_per_epoch = kUpdatesPerEpoch});
      const PlateauState state;
      for (std::size_t k = 0; k < kWarmup; ++k)
        EXPECT_EQ(warmed.factor(k, state), 0.25 + 0.75 * static_cast<double>(k) / 15) << row.card.name;
      for (std::size_t k = 0; k < rest; ++k)
        EXPECT_EQ(warmed.factor(kWarmup + k, state), plain.factor(k, state)) << row.card.name << ", k = " << k;
    }
}

TEST(Schedules, WarmUpMayTakeTheWholeRun) {
  for (const ScheduleRow& row : schedules()) {
    const Schedule schedule = make_schedule(row.card.name, {}, {.total = 4, .warmup_epochs = 4});
    EXPECT_EQ(factors(schedule, 4), (std::vector<double>{0, 0.25, 0.5, 0.75})) << row.card.name;
  }
}

TEST(Schedules, OnlyPlateauChangesItsStateAtALook) {
  for (const ScheduleRow& row : schedules()) EXPECT_EQ(row.look != nullptr, row.card.name == "plateau");
  const Schedule schedule = make_schedule("cosine", {}, {.total = 10});
  PlateauState state;
  schedule.look(state, 5, 1.5, 0.1);
  EXPECT_EQ(state.best, std::numeric_limits<double>::infinity());
}

TEST(Schedules, UnresolvedSettingsAreABug) {
  TrainingConfig config;
  config.schedule.name = "step";
  const auto make = [&config] { return Schedule(config, 10, 1); };
#ifdef NDEBUG
  EXPECT_THROW(make(), Bug);
#else
  EXPECT_DEATH(make(), "settings");
#endif
}

TEST(Constant, IsOne) { EXPECT_EQ(factors(make_schedule("constant", {}, {}), 3), (std::vector<double>{1, 1, 1})); }

TEST(Step, CutsEveryFewEpochs) {
  const Schedule schedule =
      make_schedule("step", {{"every_epochs", 2}, {"gamma", 0.5}}, {.total = 18, .updates_per_epoch = 3});
  const std::vector<double> expected = {1,   1,   1,   1,    1,    1,    0.5,  0.5,  0.5,
                                        0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25};
  EXPECT_EQ(factors(schedule, 18), expected);
}

TEST(Exponential, IsAPowerOfGamma) {
  const Schedule schedule = make_schedule("exponential", {{"gamma", 0.5}}, {.total = 22, .updates_per_epoch = 2});
  EXPECT_EQ(schedule.factor(0, {}), 1);
  EXPECT_EQ(schedule.factor(1, {}), 1);
  EXPECT_EQ(schedule.factor(2, {}), 0.5);
  EXPECT_EQ(schedule.factor(21, {}), 0x1p-10);
}

TEST(Exponential, IsMultipliedOutInTheOrderOfRepeatedSquaring) {
  const double g = 0.95, g2 = g * g, g4 = g2 * g2, g8 = g4 * g4;
  EXPECT_EQ(make_schedule("exponential", {}, {.total = 20}).factor(13, {}), g * g4 * g8);
}

TEST(InverseTime, FallsWithTheEpoch) {
  const Schedule schedule = make_schedule("inverse_time", {{"decay", 0.25}}, {.total = 26, .updates_per_epoch = 2});
  EXPECT_EQ(schedule.factor(1, {}), 1);
  EXPECT_EQ(schedule.factor(8, {}), 0.5);
  EXPECT_EQ(schedule.factor(25, {}), 0.25);
}

TEST(Linear, EndsOneStepAboveItsEnd) {
  const Schedule schedule = make_schedule("linear", {{"end", 0.5}}, {.total = 4});
  EXPECT_EQ(factors(schedule, 4), (std::vector<double>{1, 0.875, 0.75, 0.625}));
}

TEST(LinearThenConstant, StaysAtItsEnd) {
  const Schedule schedule =
      make_schedule("linear_then_constant", {{"epochs", 2}, {"end", 0.5}}, {.total = 7, .updates_per_epoch = 2});
  EXPECT_EQ(factors(schedule, 7), (std::vector<double>{1, 0.875, 0.75, 0.625, 0.5, 0.5, 0.5}));
}

TEST(LinearThenConstant, IsCutOffByAShortRun) {
  const Schedule schedule = make_schedule("linear_then_constant", {{"epochs", 4}, {"end", 0.5}}, {.total = 2});
  EXPECT_EQ(factors(schedule, 2), (std::vector<double>{1, 0.875}));
}

TEST(Cosine, RestartsAtOneAndIsHalfwayInTheMiddleOfACycle) {
  const Schedule schedule = make_schedule("cosine", {{"floor", 0.25}, {"cycles", 3}}, {.total = 30});
  for (const std::size_t start : {0U, 10U, 20U}) {
    EXPECT_EQ(schedule.factor(start, {}), 1);
    EXPECT_NEAR(schedule.factor(start + 5, {}), 0.625, 1e-15);
    EXPECT_NEAR(schedule.factor(start + 9, {}), 0.25 + 0.375 * (1 - std::cos(math::kPi / 10)), 1e-15);
  }
}

TEST(OneCycle, StartsAtOneOverDivPeaksAtOneAndEndsAtItsLastFactor) {
  const Schedule schedule = make_schedule("one_cycle", {}, {.total = 10});
  EXPECT_NEAR(schedule.factor(0, {}), 1.0 / 25, 0x1p-53);  // made as 1 − (1 − 1/25), as in PyTorch
  EXPECT_EQ(schedule.factor(2, {}), 1);                    // .3 · 10 − 1
  EXPECT_DOUBLE_EQ(schedule.factor(9, {}), 1.0 / 25 / 1e4);
}

TEST(OneCycle, WithAnEmptyFirstPhaseStartsAtThePeak) {
  const Schedule schedule = make_schedule("one_cycle", {{"peak_at", 0.125}}, {.total = 8});
  EXPECT_EQ(schedule.factor(0, {}), 1);
  EXPECT_LT(schedule.factor(1, {}), 1);
}

TEST(OneCycle, OfASingleUpdateIsAtItsLastFactorAsInPyTorch) {
  EXPECT_DOUBLE_EQ(make_schedule("one_cycle", {}, {}).factor(0, {}), 1.0 / 25 / 1e4);
}

TEST(Triangular, RisesFromFloorToOneAndBack) {
  const Schedule schedule = make_schedule("triangular", {{"cycles", 2}, {"floor", 0.5}}, {.total = 8});
  EXPECT_EQ(factors(schedule, 8), (std::vector<double>{0.5, 0.75, 1, 0.75, 0.5, 0.75, 1, 0.75}));
}

}  // namespace
}  // namespace lrtune
