// The verdict, as a table: one thing is changed in a result, and what comes of it.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "check/example.h"

namespace lrtune {
namespace {

using Reasons = std::vector<Reason>;

// The check of "sgd" after a change of its recommendations before and now.
LabelCheck after(const std::function<void(Recommendation& before, Recommendation& now)>& change,
                 const Tolerances& tolerances = kTolerances) {
  Study before = two_entries();
  Study now = two_entries();
  change(before.optimizers[0].recommendation, now.optimizers[0].recommendation);
  return compare(before, now, tolerances).at(0);
}

TEST(Check, PassesWhatIsTheSame) {
  const CheckReport report = check(two_entries(), two_entries(), kTolerances, {});
  EXPECT_EQ(report.verdict, Verdict::pass);
  EXPECT_EQ(report.compared, 2U);
  for (const LabelCheck& c : report.labels) EXPECT_EQ(c.reasons, Reasons{}) << c.label;
}

TEST(Check, LetsARateMoveWithinTheTolerance) {
  for (double factor : {1.0, 1.5, 1 / 1.5}) {
    const LabelCheck c = after([&](Recommendation& before, Recommendation& now) {
      before.interval.reset();
      now.learning_rate = 0.1 * factor;
    });
    EXPECT_EQ(c.verdict, Verdict::pass) << factor;
    EXPECT_NEAR(*c.decades, std::log10(factor), 1e-12);
  }
}

TEST(Check, RefusesARateBeyondTheToleranceEitherWay) {
  for (double factor : {1.8, 1 / 1.8}) {
    const LabelCheck c = after([&](Recommendation& before, Recommendation& now) {
      before.interval = RateInterval{0.09, 0.11};
      now.learning_rate = 0.1 * factor;
    });
    EXPECT_EQ(c.verdict, Verdict::regression);
    EXPECT_EQ(c.reasons, Reasons{Reason::rate_moved}) << factor;
  }
}

// All places of a step of two rates of a lattice of 12 a decade, which is what the default tolerance lets pass; each of
// three steps is refused.
TEST(Check, TakesTheRoundingOfRatesToTwoDigitsIntoAccount) {
  const Tolerances usual = resolve({}, 3);
  constexpr std::array kRates = {0.1, 0.12, 0.15, 0.18, 0.22, 0.26, 0.32, 0.38, 0.46, 0.56, 0.68, 0.83};
  const auto verdict_of = [&](double from, double to) {
    return after(
               [&](Recommendation& before, Recommendation& now) {
                 before.interval.reset();
                 before.learning_rate = from;
                 now.learning_rate = to;
               },
               usual)
        .verdict;
  };
  for (std::size_t i = 0; i < kRates.size(); ++i) {
    const auto rate_after = [&](std::size_t steps) {
      return kRates[(i + steps) % kRates.size()] * (i + steps >= kRates.size() ? 10 : 1);
    };
    EXPECT_EQ(verdict_of(kRates[i], rate_after(2)), Verdict::pass) << kRates[i];
    EXPECT_EQ(verdict_of(rate_after(2), kRates[i]), Verdict::pass) << kRates[i];
    EXPECT_EQ(verdict_of(kRates[i], rate_after(3)), Verdict::regression) << kRates[i];
    EXPECT_EQ(verdict_of(rate_after(3), kRates[i]), Verdict::regression) << kRates[i];
  }
}

TEST(Check, AToleranceOfZeroAsksForTheSameRate) {
  const Tolerances none{.rate_decades = 0};
  for (double now : {0.099, 0.1, 0.11}) {
    const LabelCheck c = after(
        [&](Recommendation& before, Recommendation& after_it) {
          before.interval.reset();
          after_it.learning_rate = now;
        },
        none);
    EXPECT_EQ(c.verdict, now == 0.1 ? Verdict::pass : Verdict::regression) << now;
  }
}

TEST(Check, NumbersThatOverflowStayFinite) {
  const Tolerances wide{.rate_decades = 1, .loss_absolute = 0, .loss_relative = 1e308, .loss_se = 1e308};
  const LabelCheck c = after(
      [](Recommendation& before, Recommendation& now) {
        before.objective = Estimate{-1e308, 1e200};
        now.objective = Estimate{1e308, 1e200};
      },
      wide);
  EXPECT_TRUE(std::isfinite(*c.loss_allowed));
  EXPECT_TRUE(std::isfinite(*c.loss_change));
}

TEST(Check, TakesAStepOfExactlyTheToleranceAsWithin) {
  const Tolerances one_decade{.rate_decades = 1};
  const auto moved_to = [&](double rate) {
    return after(
        [&](Recommendation& before, Recommendation& now) {
          before.interval.reset();
          now.learning_rate = rate;
        },
        one_decade);
  };
  EXPECT_EQ(moved_to(1).verdict, Verdict::pass);
  EXPECT_EQ(moved_to(0.01).verdict, Verdict::pass);
  EXPECT_EQ(moved_to(1.1).verdict, Verdict::pass) << "0.104 is 0.1, and 1.05 is 1.1";
  EXPECT_EQ(moved_to(1.2).verdict, Verdict::regression);
}

TEST(Check, LetsARateMoveAnywhereInsideTheIntervalOfTheBaseline) {
  const auto moved_to = [](double rate) {
    return after([&](Recommendation& before, Recommendation& now) {
      before.interval = RateInterval{0.01, 10};
      now.interval = RateInterval{rate, rate};
      now.learning_rate = rate;
    });
  };
  for (double rate : {0.01, 1.0, 10.0}) {
    EXPECT_EQ(moved_to(rate).verdict, Verdict::pass) << rate;
    EXPECT_TRUE(moved_to(rate).inside_interval);
  }
  EXPECT_EQ(moved_to(11).reasons, Reasons{Reason::rate_moved});
  EXPECT_FALSE(moved_to(11).inside_interval);
}

TEST(Check, LosingARateIsARegression) {
  const LabelCheck c = after([](Recommendation&, Recommendation& now) {
    now = {};
    now.status = RateStatus::all_diverged;
  });
  EXPECT_EQ(c.verdict, Verdict::regression);
  EXPECT_EQ(c.reasons, (Reasons{Reason::rate_lost, Reason::status_worse}));
  EXPECT_EQ(c.decades, std::nullopt);
}

TEST(Check, GainingARateLeavesNothingToCompare) {
  Study before = two_entries();
  before.optimizers[0] = dead_entry("sgd");
  const CheckReport report = check(before, two_entries(), kTolerances, {});
  EXPECT_EQ(report.labels[0].verdict, Verdict::inconclusive);
  EXPECT_EQ(report.labels[0].reasons, Reasons{Reason::no_rate});
  EXPECT_EQ(report.verdict, Verdict::pass) << "adam was compared";
  EXPECT_EQ(report.compared, 1U);
}

struct LossCase {
  const char* what;
  Tolerances tolerances;
  Estimate before;
  Estimate now;
  bool passes;
};

TEST(Check, AllowsTheLossTheLargestOfThreeTolerances) {
  constexpr LossCase kCases[] = {
      {"better", {1, 0, 0, 0}, {0.5, {}}, {0.4, {}}, true},
      {"the same", {1, 0, 0, 0}, {0.5, {}}, {0.5, {}}, true},
      {"worse at all", {1, 0, 0, 0}, {0.5, {}}, {0.5000001, {}}, false},
      {"within absolute", {1, 0.125, 0, 0}, {0.5, {}}, {0.625, {}}, true},
      {"beyond absolute", {1, 0.125, 0, 0}, {0.5, {}}, {0.626, {}}, false},
      {"within relative", {1, 0, 0.25, 0}, {0.5, {}}, {0.625, {}}, true},
      {"beyond relative", {1, 0, 0.25, 0}, {0.5, {}}, {0.626, {}}, false},
      {"relative to a negative loss", {1, 0, 0.25, 0}, {-0.5, {}}, {-0.375, {}}, true},
      {"within errors in quadrature", {1, 0, 0, 2}, {0.5, 0.03}, {0.599, 0.04}, true},
      {"beyond errors in quadrature", {1, 0, 0, 2}, {0.5, 0.03}, {0.601, 0.04}, false},
      {"an error that is absent is 0", {1, 0, 0, 2}, {0.5, {}}, {0.579, 0.04}, true},
      {"and is not more", {1, 0, 0, 2}, {0.5, 0.04}, {0.581, {}}, false},
      {"the largest counts", {1, 0.01, 0.5, 1}, {0.5, 0.01}, {0.74, 0.01}, true},
  };
  for (const LossCase& c : kCases) {
    const LabelCheck found = after(
        [&](Recommendation& before, Recommendation& now) {
          before.objective = c.before;
          now.objective = c.now;
        },
        c.tolerances);
    EXPECT_EQ(found.reasons, c.passes ? Reasons{} : Reasons{Reason::loss_worse}) << c.what;
    EXPECT_EQ(found.verdict, c.passes ? Verdict::pass : Verdict::regression) << c.what;
  }
}

TEST(Check, ALossThatIsGoneIsARegression) {
  const LabelCheck c = after([](Recommendation&, Recommendation& now) { now.objective.reset(); });
  EXPECT_EQ(c.reasons, Reasons{Reason::loss_lost});
  const LabelCheck new_one = after([](Recommendation& before, Recommendation&) { before.objective.reset(); });
  EXPECT_EQ(new_one.verdict, Verdict::pass) << "a baseline without a loss asks for none";
}

TEST(Check, EveryStatusIsWorseThanThoseBeforeItInTheOrder) {
  constexpr RateStatus kOrder[] = {RateStatus::ok,   RateStatus::noisy, RateStatus::flat,
                                   RateStatus::edge, RateStatus::stuck, RateStatus::all_diverged};
  for (RateStatus old : kOrder)
    for (RateStatus fresh : kOrder) {
      const LabelCheck c = after([&](Recommendation& before, Recommendation& now) {
        before.status = old;
        now.status = fresh;
      });
      EXPECT_EQ(c.reasons, fresh > old ? Reasons{Reason::status_worse} : Reasons{});
    }
}

TEST(Check, TellsAllReasonsAtOnce) {
  const LabelCheck c = after([](Recommendation& before, Recommendation& now) {
    before.interval.reset();
    now.learning_rate = 1;
    now.objective = Estimate{5, 0.1};
    now.status = RateStatus::stuck;
  });
  EXPECT_EQ(c.reasons, (Reasons{Reason::rate_moved, Reason::loss_worse, Reason::status_worse}));
}

TEST(Check, ComparingNothingIsNoPass) {
  Study dead = two_entries();
  for (Entry& entry : dead.optimizers) entry = dead_entry(entry.label);
  const CheckReport report = check(dead, two_entries(), kTolerances, {});
  EXPECT_EQ(report.verdict, Verdict::inconclusive);
  EXPECT_EQ(report.compared, 0U);
  EXPECT_EQ(check({}, {}, kTolerances, {}).verdict, Verdict::inconclusive);
  EXPECT_EQ(check({}, {}, kTolerances, {}, std::vector<Difference>{}).verdict, Verdict::inconclusive);
}

TEST(Check, ExactlyTheSameIsJudgedByTheFilesAlone) {
  Study worse = two_entries();
  worse.optimizers[0].recommendation.learning_rate = 5;
  EXPECT_EQ(check(two_entries(), worse, kTolerances, {}, std::vector<Difference>{}).verdict, Verdict::pass)
      << "what the tolerances would say does not count";
  const std::vector<Difference> differences = {{"/optimizers/1/cost/trials", "5", "6", "adam"}};
  const CheckReport report = check(two_entries(), two_entries(), kTolerances, {}, differences);
  EXPECT_EQ(report.verdict, Verdict::regression);
  EXPECT_EQ(report.labels[0].verdict, Verdict::pass);
  EXPECT_EQ(report.labels[1].reasons, Reasons{Reason::differs});
  const std::vector<Difference> outside = {{"/data/train_rows", "5", "6"}};
  EXPECT_EQ(check(two_entries(), two_entries(), kTolerances, {}, outside).verdict, Verdict::regression);
}

TEST(Check, WithAnObstacleNothingIsCompared) {
  const CheckReport report =
      check(two_entries(), two_entries(), kTolerances, {OtherConfig{{"training.epochs", "20", "30"}}});
  EXPECT_EQ(report.verdict, Verdict::not_comparable);
  EXPECT_TRUE(report.labels.empty());
}

TEST(Check, OnOtherDataTheFiguresAreThereAndNotJudged) {
  const Obstacle data = OtherData{"a", "b"};
  Study now = two_entries();
  now.optimizers[0].recommendation.learning_rate = 50;
  const std::vector<Difference> differences = {{"/optimizers/0/cost/trials", "5", "6", "sgd"}};
  for (const auto& exact : {std::optional<std::vector<Difference>>{}, std::optional(differences)}) {
    const CheckReport report = check(two_entries(), now, kTolerances, {data}, exact);
    EXPECT_EQ(report.verdict, Verdict::not_comparable);
    EXPECT_EQ(report.compared, 0U);
    EXPECT_TRUE(report.differences.empty());
    ASSERT_EQ(report.labels.size(), 2U);
    EXPECT_EQ(report.labels[0].rate_now, 50);
    for (const LabelCheck& c : report.labels) {
      EXPECT_EQ(c.verdict, Verdict::not_comparable);
      EXPECT_TRUE(c.reasons.empty());
    }
  }
  const Obstacle missing = MissingLabel{"adam"};
  EXPECT_TRUE(check(two_entries(), now, kTolerances, {data, missing}).labels.empty()) << "not the data alone";
}

TEST(Obstacles, AreFoundOneByOne) {
  const auto found = [](const std::function<void(Study & before, Study & now)>& change, ExtraLabels extra) {
    Study before = two_entries();
    Study now = two_entries();
    change(before, now);
    std::vector<ObstacleKind> kinds;
    for (const Obstacle& o : obstacles(before, now, {}, extra)) kinds.push_back(kind_of(o));
    return kinds;
  };
  using Kinds = std::vector<ObstacleKind>;
  const auto nothing = [](Study&, Study&) {};
  EXPECT_EQ(found(nothing, ExtraLabels::refused), Kinds{});
  EXPECT_EQ(found([](Study& before, Study&) { before.complete = false; }, ExtraLabels::refused),
            Kinds{ObstacleKind::incomplete});
  EXPECT_EQ(found([](Study&, Study& now) { now.complete = false; }, ExtraLabels::refused),
            Kinds{ObstacleKind::incomplete});
  EXPECT_EQ(found([](Study&, Study& now) { now.head.subject.fingerprint = "other"; }, ExtraLabels::refused),
            Kinds{ObstacleKind::data});
  const auto missing = [](Study&, Study& now) { now.optimizers.pop_back(); };
  EXPECT_EQ(found(missing, ExtraLabels::refused), Kinds{ObstacleKind::missing_label});
  EXPECT_EQ(found(missing, ExtraLabels::allowed), Kinds{ObstacleKind::missing_label}) << "only new ones are allowed";
  const auto extra = [](Study&, Study& now) { now.optimizers.push_back(rated_entry("lion", 1, 1)); };
  EXPECT_EQ(found(extra, ExtraLabels::refused), Kinds{ObstacleKind::extra_label});
  EXPECT_EQ(found(extra, ExtraLabels::allowed), Kinds{});
  EXPECT_EQ(obstacles(two_entries(), two_entries(), {{"training.epochs", "20", "30"}}, ExtraLabels::allowed),
            (std::vector<Obstacle>{OtherConfig{{"training.epochs", "20", "30"}}}));
}

TEST(Tolerances, OfTheCommandLineWinOverThoseOfTheBaseline) {
  const ToleranceSettings line{.rate_decades = 0.5};
  const ToleranceSettings stored{.rate_decades = 0.1, .loss_absolute = 1, .loss_relative = 0.5, .loss_se = 7};
  EXPECT_EQ(resolve(merge(line, stored), 3), (Tolerances{0.5, 1, 0.5, 7}));
  EXPECT_EQ(resolve({}, 4), (Tolerances{0.125, 0, 0.02, 3})) << "half the distance of two coarse rates";
}

}  // namespace
}  // namespace lrtune
