#include "record/study_json.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/require.h"
#include "config/schema_check.h"
#include "lrtune/error.h"
#include "record/baseline_json.h"
#include "record/example.h"

namespace lrtune {
namespace {

std::string complaint(const std::string& text) {
  try {
    study_from_json(text, "r.json");
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

// The full study's file with one change to it.
template <class Change>
std::string changed(Change change) {
  auto json = nlohmann::ordered_json::parse(study_to_json(full_study()));
  change(json);
  return json.dump();
}

TEST(StudyJson, ReadsBackAsTheSameStudy) {
  for (const Study& study : {full_study(), bare_study()}) {
    const std::string text = study_to_json(study);
    const Study again = study_from_json(text, "r.json");
    EXPECT_EQ(again, study) << text;
    EXPECT_EQ(study_to_json(again), text);
  }
}

TEST(StudyJson, NoticesOfOtherVersionsKeepTheWordsTheyCameWith) {
  const auto read = [](const char* notice) {
    const std::string text = changed(
        [&](auto& json) { json["data"]["notices"] = nlohmann::ordered_json::parse(fmt::format("[{}]", notice)); });
    return study_from_json(text, "r.json").head.subject.notices.at(0);
  };
  EXPECT_EQ(read(R"({"kind": "flat", "text": "all alike", "remedy": "take any"})"),
            (Notice{.kind = NoticeKind::flat, .text = "all alike", .remedy = "take any"}));
  EXPECT_EQ(read(R"({"kind": "comet", "facts": {"tails": 2}, "option": "search.sky", "value": null,
                     "text": "it passed", "remedy": "look up"})"),
            (Notice{NoticeKind::other, {{"tails", 2U}}, "search.sky", "", "it passed", "look up"}));
  EXPECT_EQ(read(R"({"kind": "budget", "facts": {"full_runs": 12.0}, "option": "search.budget_runs", "value": null,
                     "text": "the search was shortened to fit 12 full runs", "remedy": "raise search.budget_runs"})"),
            (Notice{NoticeKind::budget, {{"full_runs", 12.0}}, "search.budget_runs"}));
}

TEST(StudyJson, ReadsBackEveryNumberOfDoubleExactly) {
  Study study = full_study();
  auto& losses = study.optimizers[0].trials[0].curve.train_loss;
  for (const double value : {std::numeric_limits<double>::max(), std::numeric_limits<double>::denorm_min(), 1.0 / 3}) {
    losses = {value, -value, std::nextafter(value, 0.0)};
    EXPECT_EQ(study_from_json(study_to_json(study), "r.json"), study);
  }
}

TEST(StudyJson, FitsItsSchema) {
  EXPECT_EQ(misfit(result_schema(), study_to_json(full_study())), "");
  EXPECT_EQ(misfit(result_schema(), study_to_json(bare_study())), "");
  const auto baseline = [](nlohmann::ordered_json& json) {
    json.erase("run");
    json["optimizers"][0].erase("trials");
  };
  EXPECT_EQ(misfit(result_schema(), changed(baseline)), "");
}

TEST(StudyJson, DoesNotFitTheSchemaWithAFieldGoneOrAdded) {
  EXPECT_NE(misfit(result_schema(), changed([](auto& json) { json.erase("config_id"); })), "");
  EXPECT_NE(misfit(result_schema(), changed([](auto& json) { json["more"] = 1; })), "");
  EXPECT_NE(
      misfit(result_schema(), changed([](auto& json) { json["optimizers"][0]["recommendation"]["status"] = "?"; })),
      "");
  EXPECT_NE(misfit(result_schema(), changed([](auto& json) { json["optimizers"][0]["trials"][0].erase("curve"); })),
            "");
}

TEST(ResultSchema, IsThatOfABaselineToo) {
  EXPECT_EQ(misfit(result_schema(), baseline_to_json(full_study(), {})), "");
  const std::string text = baseline_to_json(full_study(), {0.25, 0, 0.05, 4});
  EXPECT_EQ(misfit(result_schema(), text), "");
  auto json = nlohmann::ordered_json::parse(text);
  json["tolerances"]["loss_se"] = -1;
  EXPECT_NE(misfit(result_schema(), json.dump()), "");
  json["tolerances"] = {{"rate", 1}};
  EXPECT_NE(misfit(result_schema(), json.dump()), "");
}

TEST(Tolerances, BetweenZeroAndOneAndAboveReadBackAsTheSame) {
  const ToleranceSettings settings{0.25, 0, 0.05, 4};
  EXPECT_EQ(tolerances_from_json(baseline_to_json(full_study(), settings), "b.json"), settings);
}

TEST(ByteDifferences, PassOverAnOptimizerThatIsGoneAndGoOnWithTheNext) {
  Study study = full_study();
  study.optimizers.push_back(bare_study().optimizers[0]);
  const std::string before = study_to_json(study);
  study.optimizers.erase(study.optimizers.begin());
  study.optimizers[0].cost.trials = 7;
  const std::vector<Difference> expected = {{"/optimizers/1/cost/trials", "0", "7", "sgd"}};
  EXPECT_EQ(byte_differences(before, study_to_json(study)), expected);
}

TEST(ResultSchema, IsTheCommittedOne) {
  EXPECT_EQ(read_file(std::filesystem::path(LRTUNE_SOURCE_DIR) / "docs/schemas/result.schema.json"), result_schema())
      << "if the change is meant: lrtune schema result > docs/schemas/result.schema.json";
}

TEST(StudyJson, WritesEachListOfNumbersOnOneLine) {
  const std::string text = study_to_json(full_study());
  EXPECT_NE(text.find("\n      \"step\": [0, 20, 40],\n"), std::string::npos) << text;
  EXPECT_NE(text.find("\n    \"interval\": [0.0022, 0.0045],\n"), std::string::npos) << text;
  EXPECT_TRUE(text.starts_with("{\n \"schema_version\": 1,\n \"tool\": {\n"));
  EXPECT_TRUE(text.ends_with("}\n"));
}

TEST(StudyJson, LeavesOutWhatOnlyRegressionHas) {
  const std::string text = study_to_json(bare_study());
  EXPECT_EQ(text.find("target"), std::string::npos) << text;
  EXPECT_NE(text.find("\"classes\": 3"), std::string::npos);
  EXPECT_NE(study_to_json(full_study()).find("\"classes\": null"), std::string::npos);
  EXPECT_NE(study_to_json(full_study()).find("\"stage\": \"default\""), std::string::npos);
}

TEST(StudyJson, ReadsABaselineWithoutTrialsAndRun) {
  Study expected = full_study();
  expected.head.run = {};
  expected.optimizers[0].trials.clear();
  const std::string text = changed([](auto& json) {
    json.erase("run");
    json["optimizers"][0].erase("trials");
    json["not_known_to_this_version"] = 3;
  });
  EXPECT_EQ(study_from_json(text, "r.json"), expected);
}

TEST(StudyJson, ReadsAResultFromBeforeStabilityWasMeasured) {
  Study expected = full_study();
  expected.optimizers[0].stability.reset();
  EXPECT_EQ(study_from_json(changed([](auto& json) { json["optimizers"][0].erase("stability"); }), "r.json"), expected);
  EXPECT_EQ(study_to_json(expected).find("stability"), std::string::npos);
}

TEST(StudyJson, ReadsStabilityWithEverythingInItAbsent) {
  Study study = full_study();
  study.optimizers[0].stability = Stability{};
  EXPECT_EQ(study_from_json(study_to_json(study), "r.json"), study);
  EXPECT_EQ(misfit(result_schema(), study_to_json(study)), "");
}

TEST(StudyJson, NeverHoldsWhatIsNotFinite) {
  for (const double bad : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    Study study = full_study();
    study.optimizers[0].trials[0].curve.validation_loss[1] = bad;
#ifdef NDEBUG
    EXPECT_THROW(study_to_json(study), Bug);
#else
    EXPECT_DEATH(study_to_json(study), "isfinite");
#endif
  }
}

TEST(StudyJson, SurvivesTextThatIsNotUtf8) {
  Study study = bare_study();
  study.head.subject.data->classes[0] = "b\xE4r";
  EXPECT_EQ(study_from_json(study_to_json(study), "r.json").head.subject.data->classes[0], "b\xEF\xBF\xBDr");
}

TEST(BadResult, IsToldWithFileAndPath) {
  using Json = nlohmann::ordered_json;
  EXPECT_EQ(complaint(""), "r.json: is empty; expected JSON, starting with {");
  EXPECT_EQ(complaint("{\"schema_version\": 1,"),
            "r.json: line 1, column 22: unexpected end of the file; expected a key in double quotes");
  EXPECT_EQ(complaint("{ // no\n}"),
            "r.json: line 1, column 3: unexpected \"/\"; comments are not allowed in this file");
  EXPECT_EQ(complaint("[]"), "r.json: is not a result of lrtune; expected a JSON object with \"schema_version\"");
  EXPECT_EQ(complaint("{\"data\": {}}"),
            "r.json: is not a result of lrtune; expected a JSON object with \"schema_version\"");
  EXPECT_EQ(complaint("{\"schema_version\": 2}"),
            "r.json: /schema_version: version 2 is unknown; this lrtune reads versions up to 1");
  EXPECT_EQ(complaint("{\"schema_version\": 1, \"a\": 1, \"a\": 2}"),
            "r.json: /a: appears twice (both on line 1); remove one of the two");
  EXPECT_EQ(complaint(changed([](Json& json) { json["optimizers"][0]["label"] = "a\x1b[31m"; })),
            "r.json: /optimizers/0/label: \"a\\x1b[31m\" cannot be a label; use one line of text");
  EXPECT_EQ(complaint(changed([](Json& json) { json["optimizers"][0].erase("label"); })),
            "r.json: /optimizers/0: has no \"label\"");
  EXPECT_EQ(complaint(changed([](Json& json) { json["optimizers"] = 3; })),
            "r.json: /optimizers: must be a list, not 3");
  EXPECT_EQ(complaint(changed([](Json& json) { json["data"]["train_rows"] = -1; })),
            "r.json: /data/train_rows: must be a whole number of at least 0, not -1");
  EXPECT_EQ(complaint(changed([](Json& json) { json["recommendation"]["learning_rate"] = -0.5; })),
            "r.json: /recommendation/learning_rate: must be a rate above 0, not -0.5");
  EXPECT_EQ(
      complaint(changed([](Json& json) { json["recommendation"]["status"] = "okay"; })),
      "r.json: /recommendation/status: unknown \"okay\"; one of: ok, noisy, flat, edge, unstable, stuck, all_diverged");
  EXPECT_EQ(complaint(changed([](Json& json) { json["optimizers"][0]["recommendation"]["interval"] = {1}; })),
            "r.json: /optimizers/0/recommendation/interval: must be a list of 2 rates, not of 1");
  EXPECT_EQ(complaint(changed([](Json& json) {
              json["optimizers"][0]["trials"][0]["curve"]["step"] = {0, 1};
            })),
            "r.json: /optimizers/0/trials/0/curve: has lists of different lengths");
  EXPECT_EQ(complaint(changed([](Json& json) { json["optimizers"].push_back(json["optimizers"][0]); })),
            "r.json: /optimizers/1/label: label \"rmsprop(centered=true)\" is already used by /optimizers/0");
  EXPECT_EQ(complaint(changed([](Json& json) { json["config"] = "x"; })),
            "r.json: /config: must be an object, not \"x\"");
}

TEST(BadResult, CutAnywhereIsAnErrorAndNothingElse) {
  const std::string text = study_to_json(full_study());
  for (std::size_t length = 0; length + 2 < text.size(); length += 7)
    EXPECT_NE(complaint(text.substr(0, length)), "") << length;
}

}  // namespace
}  // namespace lrtune
