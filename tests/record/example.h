// example.h: hand-written results of every kind, with every optional there or absent.
#pragma once

#include <string>

#include "lrtune/check.h"
#include "lrtune/range.h"
#include "lrtune/study.h"
#include "lrtune/trial_run.h"

namespace lrtune {

inline Trial example_trial(Stage stage, TrialStatus status) {
  Trial trial;
  trial.stage = stage;
  trial.learning_rate = 3.16e-3;
  trial.seed = 2;
  trial.status = status;
  trial.updates = 40;
  trial.curve = {{0, 20, 40}, {1.1, 0.5, 0.1 + 0.2}, {1.0986122886681098, 0.6, 1e-300}, {0.66, 0.1, 0}};
  if (status == TrialStatus::completed) {
    trial.trial_class = TrialClass::slow;
    trial.objective = 0.25;
    trial.validation_error = 0.125;
    trial.recovered = true;
  } else {
    trial.ended_at_step = 33;
  }
  return trial;
}

// Everything that can be there, is.
inline Study full_study() {
  Study study;
  study.head.tool_version = "0.1.0";
  study.head.config_json =
      "{\n  \"data\": {\n    \"train\": \"ä.csv\",\n    \"target\": 4\n  },\n  \"search\": {\n    \"objective\": "
      "\"final_train_loss\"\n  },\n  \"list\": [1e-06, 1.0]\n}\n";
  study.objective = "final_train_loss";
  study.head.config_id = std::string(64, 'a');
  study.head.subject = {std::string(64, 'b'),
                        DataSummary{TaskKind::regression,
                                    120,
                                    30,
                                    4,
                                    1,
                                    {},
                                    12.5,
                                    3.25,
                                    {"a", "b", "c=x", "c=y"},
                                    {1, 2, 3, 4.5},
                                    {0.5, 0, 1, 2},
                                    {{"c", {"x", "y"}}},
                                    ConstantAnswer{1.25, 0.5}},
                        {{NoticeKind::other, {{"text", "ä"}}, "data.kind", "regression", "a \"guess\"\n", "ok"}}};
  study.recommendation = Overall{"adam", 0.0032, {0.1, 0.01}, {"nadam", "lion"}, RateStatus::noisy};
  Entry entry;
  entry.label = "rmsprop(centered=true)";
  entry.name = "rmsprop";
  entry.hyperparameters = {{"alpha", 0.99}, {"eps", 1e-8}, {"centered", 1}};
  entry.recommendation = {
      0.0032,
      RateInterval{0.0022, 0.0045},
      0.031,
      RateRange{0.0026, 0.0038},
      RateRange{1e-4, 0.0089},
      0.75,
      Estimate{0.1, 0.01},
      Estimate{1.5, 0.2},
      Estimate{0.03, 0.001},
      3,
      RateStatus::edge,
      {{NoticeKind::edge, {{"end", "low"}, {"tried", 1e-6}}, "search.extend", "true"},
       {NoticeKind::constant_columns, {{"constant", 2U}, {"columns", std::vector<std::string>{"a", "b"}}}}}};
  entry.framework_default = {0.001, Estimate{0.2, 0.02}, false};
  entry.cost = {61, 11.4};
  entry.stability = Stability{{Sharpness{3.5, 12, true}, Sharpness{2.5, 7, true}, 0.57},
                              StabilityPoint{Sharpness{-0.25, 40, true}, Sharpness{9, 5, true}, 4.2},
                              0.316,
                              1.75};
  for (const Stage stage : {Stage::coarse, Stage::extend, Stage::fine, Stage::confirm, Stage::framework_default})
    for (const TrialStatus status : {TrialStatus::completed, TrialStatus::diverged, TrialStatus::pruned})
      entry.trials.push_back(example_trial(stage, status));
  study.optimizers.push_back(entry);
  study.head.run = {"2026-01-02T03:04:05Z", 1.25, 2, "avx2", "host", "cpu", "g++ 12"};
  return study;
}

// Everything that can be absent, is.
inline Study bare_study() {
  Study study;
  study.head.tool_version = "0.1.0";
  study.complete = false;
  study.head.config_json = "{}\n";
  DataSummary& data = study.head.subject.data.emplace();
  data.outputs = 3;
  data.classes = {"setosa", "versicolor", "virginica"};
  Entry entry;
  entry.label = entry.name = "sgd";
  entry.recommendation.status = RateStatus::all_diverged;
  entry.framework_default.learning_rate = 0.01;
  entry.framework_default.diverged = true;
  study.optimizers.push_back(entry);
  return study;
}

inline RangeRun example_run(RangeStatus status) {
  RangeRun run;
  run.seed = 1;
  run.status = status;
  if (status != RangeStatus::completed) run.ended_at_update = 3;
  run.curve = {77, {1e-7, 1.2e-7, 0.1}, {2.5, -1, 1e300}, {2.5, 0.75, 3e299}};
  run.suggestions = {{0.1, std::nullopt, "at update 3"},
                     {std::nullopt, std::nullopt, "too few \"points\""},
                     {0.1, 1e-7, "from here to there"}};
  return run;
}

inline RangeStudy example_range() {
  const Study study = full_study();
  RangeStudy range;
  range.head = study.head;
  range.options = {77, 1e-6, 3, RateGrowth::linear, RangeLoss::validation, 0.9, 3};
  range.heuristics = {"steep", "shy", "cycle"};
  RangeEntry entry{"heavy", "momentum", {{"momentum", 0.99}}, {}, {}};
  for (const RangeStatus status :
       {RangeStatus::completed, RangeStatus::stopped, RangeStatus::non_finite, RangeStatus::too_short})
    entry.runs.push_back(example_run(status));
  entry.agreements = {{0.1, std::nullopt, 0.5, 0}, {std::nullopt, std::nullopt, std::nullopt, 4}, {0.1, 1e-7, 0, 0}};
  range.optimizers = {entry};
  return range;
}

// Everything that can be there, is.
inline TrialRun full_trial_run() {
  const Study study = full_study();
  TrialRun run;
  run.head = study.head;
  run.label = "heavy";
  run.name = "momentum";
  run.hyperparameters = {{"momentum", 0.99}};
  run.trial = study.optimizers[0].trials[3];
  run.stability = study.optimizers[0].stability;
  return run;
}

// Every field differs from its default.
inline CheckReport full_check() {
  CheckReport report;
  report.baseline = "b.json";
  report.result = "r.json";
  report.tolerances = {0.25, 0.001, 0.05, 4};
  report.exact = true;
  report.verdict = Verdict::regression;
  report.compared = 2;
  report.obstacles = {NoBaseline{"b.json"},
                      OtherSchema{Compared::result, 2, 1},
                      Incomplete{Compared::result},
                      OtherData{"aa", "bb"},
                      MissingLabel{"adam"},
                      ExtraLabel{"lion"},
                      OtherConfig{{"momentum", "0.9", "0.99", "heavy"}}};
  report.differences = {{"/data/train_rows", "120", "121", {}}, {"/optimizers/0/cost", "1", "2", "sgd"}};
  report.labels = {{"sgd",
                    0.1,
                    0.2,
                    0.301,
                    true,
                    Estimate{0.5, 0.01},
                    Estimate{0.6, 0.02},
                    0.1,
                    0.05,
                    RateStatus::flat,
                    RateStatus::edge,
                    Verdict::regression,
                    {Reason::loss_worse, Reason::status_worse}}};
  return report;
}

}  // namespace lrtune
