// example.h: hand-written Studies, with every optional there or absent.
#pragma once

#include <string>

#include "lrtune/study.h"

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
    trial.validation_error = 0;
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
  study.head.subject = {
      std::string(64, 'b'),
      DataSummary{TaskKind::regression, 120, 30, 4, 1, {}, 12.5, 3.25},
      {{.kind = NoticeKind::other, .facts = {{"text", "ä"}}, .text = "a \"guess\"\n", .remedy = "ok"}}};
  study.recommendation = Overall{"adam", 0.0032, {0.1, 0.01}, {"nadam", "lion"}, RateStatus::noisy};
  Entry entry;
  entry.label = "rmsprop(centered=true)";
  entry.name = "rmsprop";
  entry.hyperparameters = {{"alpha", 0.99}, {"eps", 1e-8}, {"centered", 1}};
  entry.recommendation = {
      0.0032,
      RateInterval{0.0022, 0.0045},
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
  entry.stability = Stability{{Sharpness{3.5, 12, true}, std::nullopt, 0.57},
                              StabilityPoint{Sharpness{-0.25, 40, false}, Sharpness{9, 5, true}, 4.2},
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

}  // namespace lrtune
