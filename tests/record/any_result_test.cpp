#include "record/any_result.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/files.h"
#include "config/schema_check.h"
#include "lrtune/error.h"
#include "record/baseline_json.h"
#include "record/check_json.h"
#include "record/coverage.h"
#include "record/example.h"
#include "record/range_json.h"
#include "record/study_json.h"
#include "record/trial_run_json.h"

namespace lrtune {
namespace {

std::string complaint(const std::string& text) {
  try {
    result_from_json(text, "r.json");
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

TrialRun bare_trial_run() {
  TrialRun run = full_trial_run();
  run.head.run.isa.reset();
  run.head.subject.data->target_mean.reset();
  run.head.subject.data->target_sd.reset();
  run.trial = example_trial(Stage::confirm, TrialStatus::diverged);
  run.stability.reset();
  return run;
}

CheckReport bare_check() {
  CheckReport report = full_check();
  report.labels.assign(1, {});
  report.labels[0].label = "sgd";
  report.obstacles.clear();
  report.differences.clear();
  return report;
}

TEST(AnyResult, IsWhatItsKeysSay) {
  EXPECT_EQ(result_from_json(study_to_json(full_study()), "r.json"), AnyResult(full_study()));
  EXPECT_EQ(result_from_json(range_to_json(example_range()), "r.json"), AnyResult(example_range()));
  EXPECT_EQ(result_from_json(trial_run_to_json(full_trial_run()), "r.json"), AnyResult(full_trial_run()));
  EXPECT_EQ(result_from_json(check_to_json(full_check(), "0.1.0", 3), "r.json"), AnyResult(full_check()));
  EXPECT_TRUE(std::holds_alternative<Study>(result_from_json(baseline_to_json(full_study(), {0.1, {}, {}, {}}), "b")));
}

TEST(AnyResult, OfNoKindIsToldInOneLine) {
  EXPECT_EQ(complaint("[]"), "r.json: is not a result of lrtune; expected a JSON object with \"schema_version\"");
  EXPECT_EQ(complaint("{\"data\": {}}"),
            "r.json: is not a result of lrtune; expected a JSON object with \"schema_version\"");
  EXPECT_EQ(complaint("{\"schema_version\": 1, \"more\": 1}"),
            "r.json: is not a result of lrtune; name a file that lrtune tune, range, train or check has written");
}

TEST(AnyResult, OfALaterVersionIsRefusedInOneLine) {
  for (std::string text : {study_to_json(full_study()), range_to_json(example_range()),
                           trial_run_to_json(full_trial_run()), check_to_json(full_check(), "0.1.0", 3)}) {
    auto json = nlohmann::ordered_json::parse(text);
    json["schema_version"] = 7;
    EXPECT_EQ(complaint(json.dump()),
              "r.json: /schema_version: version 7 is unknown; this lrtune reads versions up to 1");
  }
}

TEST(AnyResult, MayHaveKeysThatAreNotKnown) {
  auto json = nlohmann::ordered_json::parse(trial_run_to_json(full_trial_run()));
  json["trial"]["more"] = json["more"] = "later";
  EXPECT_EQ(result_from_json(json.dump(), "r.json"), AnyResult(full_trial_run()));
}

TEST(TrialRunJson, ReadsBackAsTheSame) {
  for (const TrialRun& run : {full_trial_run(), bare_trial_run()}) {
    const std::string text = trial_run_to_json(run);
    EXPECT_EQ(trial_run_from_json(text, "r.json"), run) << text;
    EXPECT_EQ(misfit(train_schema(), text), "");
  }
}

TEST(CheckJson, ReadsBackAsTheSame) {
  for (const CheckReport& report : {full_check(), bare_check()}) {
    const std::string text = check_to_json(report, "0.1.0", 4);
    EXPECT_EQ(check_report_from_json(text, "r.json"), report) << text;
    EXPECT_EQ(misfit(check_schema(), text), "");
  }
}

TEST(CheckJson, IsToldWithFileAndPathWhereItIsWrong) {
  auto json = nlohmann::ordered_json::parse(check_to_json(full_check(), "0.1.0", 3));
  json["optimizers"][0]["status"]["now"] = "good";
  EXPECT_EQ(complaint(json.dump()),
            "r.json: /optimizers/0/status/now: unknown \"good\"; one of: ok, noisy, flat, edge, unstable, stuck, "
            "all_diverged");
  json["exit_code"] = 1;
  EXPECT_EQ(complaint(json.dump()), "r.json: /exit_code: must be one of 0, 3, 4, 5, not 1");
}

TEST(TrainSchema, IsTheCommittedOne) {
  EXPECT_EQ(read_file(std::filesystem::path(LRTUNE_SOURCE_DIR) / "docs/schemas/train.schema.json"), train_schema())
      << "if the change is meant: lrtune schema train > docs/schemas/train.schema.json";
}

// What a round trip of an example would not show to be lost.
TEST(Examples, SetEveryField) {
  EXPECT_EQ(unset(result_schema(), {baseline_to_json(full_study(), {0.1, 0.2, 0.3, 0.4}), study_to_json(full_study()),
                                    study_to_json(bare_study())}),
            "");
  EXPECT_EQ(unset(train_schema(), {trial_run_to_json(full_trial_run()), trial_run_to_json(bare_trial_run()),
                                   study_to_json(bare_study())}),
            "");
  EXPECT_EQ(unset(range_result_schema(), {range_to_json(example_range()), study_to_json(bare_study())}), "");
  EXPECT_EQ(unset(check_schema(), {check_to_json(full_check(), "0.1.0", 3)}), "");
}

TEST(Examples, WithAFieldThatIsNotSetAreSeen) {
  CheckReport report = full_check();
  report.compared = 0;
  report.labels[0].status_now = RateStatus::ok;
  EXPECT_EQ(unset(check_schema(), {check_to_json(report, "0.1.0", 3)}), "/compared /optimizers/*/status/now ");
}

}  // namespace
}  // namespace lrtune
