#include "stats/judge.h"

#include <gtest/gtest.h>

#include <array>
#include <limits>

namespace lrtune {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr std::size_t kUpdates = 60;  // of a whole run; a look every ten

// Looks with these validation losses, one every ten updates, from update 0 on.
std::vector<Look> looks_with(const std::vector<double>& losses) {
  std::vector<Look> looks;
  for (double loss : losses) looks.push_back({10 * looks.size(), 1.0, loss, 0.25});
  return looks;
}

Trial judge(const std::vector<Look>& looks, std::size_t stop = 0) {
  return judged({Stage::fine, {3, 0.1, 2}, stop}, looks, kUpdates, objective_named("final_validation_loss"));
}

TEST(Judged, CompletesAWholeRunWithItsCurveAndObjective) {
  std::vector<Look> looks = looks_with({2, 1.8, 1.6, 1.5, 1.4, 1.3, 1.2});
  looks[0].train_loss = 3;
  const Trial trial = judge(looks);
  EXPECT_EQ(trial.status, TrialStatus::completed);
  EXPECT_EQ(trial.stage, Stage::fine);
  EXPECT_EQ(trial.learning_rate, 0.1);
  EXPECT_EQ(trial.seed, 2U);
  EXPECT_EQ(trial.updates, kUpdates);
  EXPECT_FALSE(trial.ended_at_step);
  EXPECT_FALSE(trial.recovered);
  EXPECT_EQ(trial.curve.step, (std::vector<std::size_t>{0, 10, 20, 30, 40, 50, 60}));
  EXPECT_EQ(trial.curve.train_loss.front(), 3);
  EXPECT_EQ(trial.curve.validation_loss, (std::vector<double>{2, 1.8, 1.6, 1.5, 1.4, 1.3, 1.2}));
  EXPECT_EQ(trial.objective, 1.2);
  EXPECT_EQ(trial.validation_error, 0.25);
}

TEST(Judged, HasNoErrorWhereLooksHaveNone) {
  std::vector<Look> looks = looks_with({2, 1, 1, 1, 1, 1, 1});
  for (Look& look : looks) look.validation_error.reset();
  const Trial trial = judge(looks);
  EXPECT_TRUE(trial.curve.validation_error.empty());
  EXPECT_FALSE(trial.validation_error);
  EXPECT_EQ(trial.objective, 1);
}

TEST(Judged, PrunesATrialThatWasToStopBefore) {
  const Trial trial = judge(looks_with({2, 1}), 10);
  EXPECT_EQ(trial.status, TrialStatus::pruned);
  EXPECT_EQ(trial.ended_at_step, 10U);
  EXPECT_EQ(trial.updates, 10U);
  EXPECT_FALSE(trial.objective);
  EXPECT_EQ(judge(looks_with({2, 1, 1, 1, 1, 1, 1}), kUpdates).status, TrialStatus::completed) << "that is its end";
}

TEST(Judged, DivergesAtTheFirstLookThatIsNotFinite) {
  for (double bad : {kNan, kInf}) {
    const Trial trial = judge(looks_with({2, 1, bad, 1}));
    EXPECT_EQ(trial.status, TrialStatus::diverged);
    EXPECT_EQ(trial.ended_at_step, 20U);
    EXPECT_EQ(trial.updates, 20U);
    EXPECT_EQ(trial.curve.step, (std::vector<std::size_t>{0, 10})) << "what comes after has no say";
    EXPECT_FALSE(trial.objective);
    EXPECT_FALSE(trial.validation_error);
  }
  std::vector<Look> looks = looks_with({2, 1, 1});
  looks[1].train_loss = kNan;
  EXPECT_EQ(judge(looks).ended_at_step, 10U);
}

TEST(Judged, HasAnEmptyCurveIfNotEvenTheFirstLookIsFinite) {
  const Trial trial = judge({{1, kNan, kNan}});
  EXPECT_EQ(trial.status, TrialStatus::diverged);
  EXPECT_EQ(trial.ended_at_step, 1U);
  EXPECT_EQ(trial.curve, Curve{});
}

TEST(Judged, DivergesAfterThreeRunningEndsOfEpochsAboveFourTimesTheStart) {
  const Trial trial = judge(looks_with({1, 4.1, 4.1, 4.0, 5, 5}));
  EXPECT_EQ(trial.status, TrialStatus::completed) << "4.0 is not above, and two are not three";
  EXPECT_TRUE(trial.recovered);
  const Trial diverged = judge(looks_with({1, 4.1, 4.0, 5, 5, 5, 1}));
  EXPECT_EQ(diverged.status, TrialStatus::diverged);
  EXPECT_EQ(diverged.ended_at_step, 50U);
  EXPECT_EQ(diverged.curve.step.back(), 50U) << "a high look is still a finite one";
  EXPECT_FALSE(diverged.recovered);
}

TEST(Judged, DivergesIfTheLastLookOfAWholeRunIsAboveFourTimesTheStart) {
  EXPECT_EQ(judge(looks_with({1, 1, 1, 1, 1, 1, 4.1})).status, TrialStatus::diverged);
  EXPECT_EQ(judge(looks_with({1, 1, 1, 1, 1, 1, 4.0})).status, TrialStatus::completed);
  EXPECT_EQ(judge(looks_with({1, 4.1}), 10).status, TrialStatus::pruned) << "it may recover";
}

TEST(Judged, SaysWhenATrialRecovered) {
  const Trial trial = judge(looks_with({1, 4.1, 0.5, 0.5, 0.5, 0.5, 0.5}));
  EXPECT_EQ(trial.status, TrialStatus::completed);
  EXPECT_TRUE(trial.recovered);
}

// The same training with looks within its epochs: those at the ends of epochs decide.
TEST(Judged, LooksWithinAnEpochHaveNoSayUnlessTheyAreNotFinite) {
  const auto with_more = [](const std::vector<double>& ends, double within) {
    std::vector<Look> looks;
    for (const Look& end : looks_with(ends)) {
      if (end.step > 0)
        for (std::size_t before : {6U, 4U, 2U}) looks.push_back({end.step - before, 1.0, within, 0.25, false});
      looks.push_back(end);
    }
    return looks;
  };
  for (double within : {0.5, 40.0}) {
    const Trial calm = judge(with_more({1, 1, 1, 1, 1, 1, 1}, within));
    EXPECT_EQ(calm.status, TrialStatus::completed) << within;
    EXPECT_FALSE(calm.recovered) << within;
    EXPECT_EQ(calm.curve.step.size(), 25U) << "the curve has them all";
    const Trial recovered = judge(with_more({1, 5, 5, 1, 5, 5, 1}, within));
    EXPECT_EQ(recovered.status, TrialStatus::completed) << within;
    EXPECT_TRUE(recovered.recovered) << within;
    const Trial diverged = judge(with_more({1, 1, 5, 5, 5, 1, 1}, within));
    EXPECT_EQ(diverged.status, TrialStatus::diverged) << within;
    EXPECT_EQ(diverged.ended_at_step, 40U) << within;
    EXPECT_EQ(judge(with_more({1, 1, 1, 1, 1, 1, 5}, within)).status, TrialStatus::diverged) << within;
  }
  EXPECT_EQ(judge(with_more({1, 1, 1}, kNan)).ended_at_step, 4U);
}

TEST(Judged, TheLastLookOfAWholeRunCountsWhereverItIs) {
  std::vector<Look> looks = looks_with({1, 1, 1, 1, 1, 1, 5});
  looks.back().ends_epoch = false;
  EXPECT_EQ(judge(looks).status, TrialStatus::diverged);
}

// A runner asks look by look, and must come to the same end as a judgement of all looks.
TEST(EndsDiverged, LookByLookIsWhatJudgedSees) {
  constexpr std::size_t kKinds = 5;
  const std::array<Look, kKinds> kinds = {
      {{0, 1, 1}, {0, 1, 3.9}, {0, 1, 4.1}, {0, 1, 4.1, {}, false}, {0, 1, kNan, {}, false}}};
  for (std::size_t code = 0; code < kKinds * kKinds * kKinds * kKinds * kKinds * kKinds; ++code) {
    std::vector<Look> looks = {kinds[0]};
    for (std::size_t rest = code, i = 1; i <= 6; ++i, rest /= kKinds) {
      looks.push_back(kinds[rest % kKinds]);
      looks.back().step = 10 * i;
    }
    std::optional<std::size_t> ended;
    for (std::size_t n = 1; n <= looks.size() && !ended; ++n)
      if (ends_diverged(std::span(looks).first(n), looks[n - 1].step == kUpdates)) ended = looks[n - 1].step;
    const Trial trial = judge(looks);
    EXPECT_EQ(trial.status == TrialStatus::diverged, ended.has_value()) << code;
    EXPECT_EQ(trial.ended_at_step, ended) << code;
  }
}

}  // namespace
}  // namespace lrtune
