// Golden files: the text is what a stranger reads. A changed line is a changed golden text, seen in the commit.
#include <gtest/gtest.h>

#include <string>
#include <tuple>
#include <utility>

#include "lrtune/report.h"

namespace lrtune {
namespace {

Entry entry(const std::string& label, double rate, double loss, RateStatus status) {
  Entry e;
  e.label = e.name = label;
  e.recommendation.learning_rate = rate;
  e.recommendation.interval = RateInterval{rate / 2, rate * 2};
  e.recommendation.plateau = RateRange{rate / 2, rate * 2};
  e.recommendation.regret_bound = 0.031;
  e.recommendation.objective = Estimate{loss, loss / 20};
  e.recommendation.validation_error = Estimate{0.025, 0.001};
  e.recommendation.seeds = 3;
  e.recommendation.status = status;
  e.framework_default = {1e-3, Estimate{2 * loss, {}}, false};
  e.cost = {60, 51.5};
  return e;
}

Study example() {
  Study study;
  study.head.subject.data = DataSummary{TaskKind::classification, 1438, 359, 64, 10, {}, {}, {}};
  study.head.subject.notices = {
      {.kind = NoticeKind::constant_columns, .text = "pixel_0 is constant", .remedy = "leave it out"}};
  study.optimizers = {entry("adam", 0.004, 0.0812345, RateStatus::ok), entry("heavy", 0.03, 0.09, RateStatus::noisy)};
  study.objective = "final_validation_loss";
  for (const auto& [stage, rate, status] :
       {std::tuple{Stage::coarse, 1.0, TrialStatus::completed}, std::tuple{Stage::extend, 3.16, TrialStatus::completed},
        std::tuple{Stage::extend, 10.0, TrialStatus::completed}, std::tuple{Stage::extend, 31.6, TrialStatus::diverged},
        std::tuple{Stage::extend, 100.0, TrialStatus::diverged}}) {
    Trial trial;
    trial.stage = stage;
    trial.learning_rate = rate;
    trial.status = status;
    study.optimizers[0].trials.push_back(trial);
  }
  study.optimizers[1].recommendation.notices = {{NoticeKind::noisy, {{"seeds", 1U}}, "search.seeds", "3"}};
  Entry dead;
  dead.label = dead.name = "lion";
  dead.recommendation.status = RateStatus::all_diverged;
  dead.recommendation.notices = {{NoticeKind::all_diverged, {}, "search.range"}};
  dead.framework_default = {1e-4, {}, true};
  study.optimizers.push_back(dead);
  study.recommendation = Overall{"adam", 0.004, {0.0812345, 0.0040617}, {"heavy"}, RateStatus::ok};
  study.head.run.threads = 2;
  study.head.run.isa = "avx2";
  study.head.run.wall_seconds = 1.25;
  return study;
}

TrialRun trial_run() {
  TrialRun run;
  run.label = run.name = "adam";
  run.trial.learning_rate = 0.01;
  run.trial.seed = 4;
  run.trial.curve = {{0, 50}, {2.5, 0.75}, {2.4, 0.5}, {0.9, 0.125}};
  run.trial.objective = 0.5;
  run.trial.validation_error = 0.125;
  return run;
}

TEST(Summary, IsATableWithTheRecommendationBelow) {
  EXPECT_EQ(summary(example()),
            "1438 training rows, 359 validation rows, 64 features, 10 classes\n"
            "\n"
            "optimizer   rate        plateau     expected loss  at most above best  default rate's loss  status\n"
            "adam       0.004  0.002 … 0.008  0.08123 ± 0.0041               3.1 %        0.001: +100 %  ok\n"
            "heavy       0.03   0.015 … 0.06     0.09 ± 0.0045               3.1 %        0.001: +100 %  noisy\n"
            "lion           –              –                 –                   –      0.0001 diverges  all_diverged\n"
            "\n"
            "Recommended: adam at 0.004, expected loss 0.08123 ± 0.0041.\n"
            "On these seeds it cannot be distinguished from heavy.\n"
            "120 trials, the work of 103 full runs, in 1.2 s on 2 threads (avx2)\n");
}

TEST(Summary, TellsWhatAConstantAnswerScores) {
  Study study = example();
  EXPECT_EQ(summary(study).find("constant answer"), std::string::npos) << "older results have none";
  study.head.subject.data->constant = ConstantAnswer{2.30312, 0.8992};
  EXPECT_NE(summary(study).find("heavy.\nA constant answer scores 2.303 (error 89.92 %).\n120 trials"),
            std::string::npos)
      << summary(study);
  study.objective = "final_validation_error";
  EXPECT_NE(summary(study).find("\nA constant answer scores 0.8992.\n"), std::string::npos);
  study.objective = "final_validation_loss";
  study.head.subject.data->constant = ConstantAnswer{1.5, {}};
  EXPECT_NE(summary(study).find("\nA constant answer scores 1.5.\n"), std::string::npos);
}

TEST(Summary, SaysWhenThereIsNothingToRecommend) {
  Study study = example();
  study.recommendation.reset();
  EXPECT_NE(summary(study).find("No optimizer has a learning rate at which every seed completed."), std::string::npos);
}

TEST(Summary, NamesTheObjectiveAndADefaultRateThatWasNotRun) {
  Study study = example();
  study.objective = "final_validation_error";
  study.optimizers[0].framework_default = {1e-3, {}, false};
  const std::string text = summary(study);
  EXPECT_NE(text.find("expected error"), std::string::npos);
  EXPECT_NE(text.find("default rate's error"), std::string::npos);
  EXPECT_EQ(text.find("loss"), std::string::npos);
  EXPECT_NE(text.find("0.001 not run"), std::string::npos);
}

TEST(Summary, HasNoErrorColumnWhereNothingHasErrors) {
  Study study = example();
  for (Entry& e : study.optimizers) e.recommendation.validation_error.reset();
  EXPECT_EQ(summary(study).find("error"), std::string::npos);
}

TEST(Summary, OfASaturatedTaskTellsTheDefaultRatesLossInsteadOfARatio) {
  Study study = example();
  study.optimizers[0].recommendation.objective = Estimate{0.0016, 0.0008};
  EXPECT_NE(summary(study).find("  0.001: 0.1625  ok\n"), std::string::npos) << summary(study);
  study.optimizers[0].recommendation.objective = Estimate{0, 0};
  EXPECT_NE(summary(study).find("  0.001: 0.1625  ok\n"), std::string::npos) << summary(study);
}

TEST(Summary, OfARegressionHasTheLossInTheTargetsUnitsToo) {
  Study study = example();
  study.optimizers.erase(study.optimizers.begin() + 1);
  for (Entry& e : study.optimizers) {
    e.recommendation.validation_error.reset();
    if (e.recommendation.objective) e.recommendation.objective_in_target_units = Estimate{3253.21, 18.05};
  }
  EXPECT_NE(
      summary(study).find(
          "optimizer   rate        plateau     expected loss  target units²  at most above best  default rate's loss  "
          "status\n"
          "adam       0.004  0.002 … 0.008  0.08123 ± 0.0041      3253 ± 18               3.1 %        0.001: +100 %  "
          "ok\n"
          "lion           –              –                 –              –                   –      0.0001 diverges  "
          "all_diverged\n"),
      std::string::npos)
      << summary(study);
}

TEST(Summary, OfABaselineLeavesOutWhatABaselineDoesNotHave) {
  Study study = example();
  study.head.run = {};
  for (Entry& e : study.optimizers) e.trials.clear();
  const std::string text = summary(study);
  EXPECT_EQ(text.find("threads"), std::string::npos) << text;
  EXPECT_TRUE(text.ends_with("\n120 trials, the work of 103 full runs\n")) << text;
}

TEST(Notices, NameTheEntryAndTheRemedy) {
  EXPECT_EQ(notices(example()),
            "data: pixel_0 is constant; leave it out\n"
            "heavy: noisy: one seed says nothing about chance, so there is no bound; set search.seeds to 3 or more\n"
            "lion: all_diverged: every trial diverged; lower search.range, or set training.clip_norm\n");
}

TEST(Notices, ThatEntriesShareAreToldOnce) {
  Study study = example();
  study.optimizers[0].recommendation.notices = study.optimizers[1].recommendation.notices;
  EXPECT_NE(notices(study).find("adam, heavy: noisy: one seed"), std::string::npos);
  study.optimizers[0].recommendation.notices[0].facts = {{"trained_seeds", 1U}, {"seeds", 2U}};
  EXPECT_NE(notices(study).find("adam: noisy: the rate was trained on only 1 of 2 seeds"), std::string::npos);
  EXPECT_NE(notices(study).find("heavy: noisy: one seed"), std::string::npos);
}

TEST(TrialSummary, ShowsTheCurveAndHowItEnded) {
  EXPECT_EQ(summary(trial_run()),
            "update  train loss  validation loss    error\n"
            "     0         2.5              2.4  90.00 %\n"
            "    50        0.75              0.5  12.50 %\n"
            "\n"
            "adam at 0.01, seed 4: completed, objective 0.5, validation accuracy 87.50 %\n");
}

TEST(TrialSummary, ShowsTheSharpnessAndThePredictedEdgesWhereThereAreAny) {
  const auto stability_summary = [](const Stability& stability) {
    TrialRun run = trial_run();
    run.stability = stability;
    const std::string text = summary(run);
    return text.substr(text.find("start: "));
  };
  Stability stability;
  stability.start = {Sharpness{0.65072, 20, true}, std::nullopt, std::nullopt};
  EXPECT_EQ(stability_summary(stability), "start: sharpness λ = 0.6507\n");
  stability.end = StabilityPoint{Sharpness{-0.5, 8, true}, Sharpness{13.444, 9, true}, 2.826};
  EXPECT_EQ(stability_summary(stability),
            "start: sharpness λ = 0.6507\n"
            "end: sharpness λ = -0.5, preconditioned 13.44; stability limit on a quadratic of this curvature: 2.83\n");
  EXPECT_EQ(stability_summary({}), "start: sharpness –\n");
}

TEST(Summary, NamesEveryStatus) {
  for (const auto& [status, name] : {std::pair{RateStatus::ok, "ok"},
                                     {RateStatus::noisy, "noisy"},
                                     {RateStatus::flat, "flat"},
                                     {RateStatus::edge, "edge"},
                                     {RateStatus::stuck, "stuck"},
                                     {RateStatus::all_diverged, "all_diverged"}}) {
    Study study = example();
    study.optimizers = {entry("adam", 0.004, 0.08, status)};
    const std::string text = summary(study);
    EXPECT_NE(text.find(std::string("0.001: +100 %  ") + name + "\n"), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace lrtune
