// A report told in each format, to the letter.
#include "lrtune/report.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "check/example.h"
#include "config/schema_check.h"
#include "record/check_json.h"
#include "record/obstacle_row.h"

namespace lrtune {
namespace {

CheckReport named(CheckReport report) {
  report.baseline = "base,1.json";
  report.result = "new.json";
  return report;
}

// One that passes, one that is worse in every way, one with nothing to compare.
CheckReport mixed() {
  Study before = two_entries();
  before.optimizers.push_back(dead_entry("lion"));
  Study now = before;
  Recommendation& worse = now.optimizers[1].recommendation;
  worse.learning_rate = 0.1;
  worse.objective = Estimate{0.6, 0.004};
  worse.status = RateStatus::edge;
  return named(check(before, now, kTolerances, {}));
}

CheckReport blocked() {
  return named(
      check(two_entries(), two_entries(), kTolerances,
            {OtherConfig{{"training.epochs", "20", "30"}}, OtherConfig{{"momentum", "0.9", "0.99", "heavy"}},
             OtherData{"0123456789abcdef", "fedcba9876543210"}, Incomplete{Compared::result},
             OtherSchema{Compared::baseline, 2, 1}, NoBaseline{"b.json"}, MissingLabel{"adam"}, ExtraLabel{"<lion>"}}));
}

CheckReport exact() {
  std::vector<Difference> differences = {{"/data/train_rows", "5", "6"}};
  for (int i = 0; i < 11; ++i) differences.push_back({"/optimizers/1/cost/trials", "5", "6", "adam"});
  return named(check(two_entries(), two_entries(), kTolerances, {}, differences));
}

// The figures of both, where only the data differ.
CheckReport on_other_data() {
  Study now = two_entries();
  now.optimizers[1].recommendation.learning_rate = 0.1;
  return named(check(two_entries(), now, kTolerances, {OtherData{"0123456789abcdef", "fedcba9876543210"}}));
}

TEST(CheckFormats, TellFiguresOnOtherDataWithoutJudgingThem) {
  const CheckReport report = on_other_data();
  EXPECT_EQ(summary(report),
            "optimizer  rate before  now  decades  loss before          now  change  status  verdict\n"
            "sgd                0.1  0.1        0  0.5 ± 0.003  0.5 ± 0.003       0  ok      not compared\n"
            "adam              0.01  0.1    +1.00  0.4 ± 0.003  0.4 ± 0.003       0  ok      not compared\n"
            "\n"
            "the data differ: their SHA-256 was 0123456789ab… in the baseline and is now fedcba987654…\n"
            "not comparable: 1 obstacle; the figures are for information\n");
  const std::string junit = check_junit(report);
  EXPECT_NE(junit.find("tests=\"3\" failures=\"0\" errors=\"1\" skipped=\"2\""), std::string::npos) << junit;
  EXPECT_NE(junit.find("<skipped message=\"not compared: rate 0.01, now 0.1; loss 0.4 ± 0.003, now 0.4 ± 0.003; status "
                       "ok\"/>"),
            std::string::npos)
      << junit;
  EXPECT_NE(check_markdown(report).find("| 0 | ok | **not compared** |\n"), std::string::npos);
  EXPECT_EQ(check_annotations(report),
            "::error file=base%2C1.json,title=lrtune check%2C comparable%3A data::not comparable: the data differ: "
            "their SHA-256 was 0123456789ab… in the baseline and is now fedcba987654…\n");
  const auto json = nlohmann::json::parse(check_to_json(report, "1.2.3", 5));
  EXPECT_EQ(json.at("optimizers").at(1).at("verdict"), "not_comparable");
  EXPECT_EQ(json.at("optimizers").at(1).at("learning_rate").at("now"), 0.1);
}

TEST(CheckSummary, HasALinePerOptimizerAndTheVerdictBelow) {
  EXPECT_EQ(
      summary(mixed()),
      "optimizer  rate before  now  decades  loss before          now  change  status        verdict\n"
      "sgd                0.1  0.1        0  0.5 ± 0.003  0.5 ± 0.003       0  ok            pass\n"
      "adam              0.01  0.1    +1.00  0.4 ± 0.003  0.6 ± 0.004   +50 %  ok → edge     regression: the rate is 1 "
      "decades higher (allowed: 0.2); the loss is worse by 0.2 (allowed: 0.015); the status is worse: edge, was ok\n"
      "lion                 –    –        –            –            –       –  all_diverged  inconclusive: the "
      "baseline has no rate\n"
      "\n"
      "regression: 1 of 2 optimizers got worse; rate within 0.2 decades before rounding, or in its interval or "
      "plateau; loss "
      "within 2 % or 3 standard errors\n");
}

TEST(CheckSummary, TellsEveryObstacle) {
  EXPECT_EQ(summary(blocked()),
            "the config differs: training.epochs was 20 in the baseline and is now 30\n"
            "the config differs: heavy: momentum was 0.9 in the baseline and is now 0.99\n"
            "the data differ: their SHA-256 was 0123456789ab… in the baseline and is now fedcba987654…\n"
            "the result is incomplete: its search was interrupted\n"
            "another version of the file format: the baseline has 2, and this lrtune compares 1; replace it with "
            "--update and --config CONFIG or a RESULT\n"
            "there is no baseline at b.json; make one with --update and --config CONFIG or a RESULT\n"
            "missing optimizer: adam is in the baseline only\n"
            "new optimizer: <lion> is not in the baseline; add --allow-new to ignore it\n"
            "not comparable: 8 obstacles\n");
}

TEST(CheckSummary, SaysWhatDiffersFirst) {
  const std::string text = summary(exact());
  EXPECT_NE(text.find("\ndiffers first at /data/train_rows: 5, now 6\n"
                      "             and adam: /optimizers/1/cost/trials: 5, now 6\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("             and 2 more\nregression: 12 differences, in 1 of 2 optimizers; to the byte\n"),
            std::string::npos)
      << text;
}

TEST(CheckSummary, SaysWhyNothingWasCompared) {
  Study dead = two_entries();
  dead.optimizers = {dead_entry("sgd")};
  const CheckReport report = named(check(dead, dead, kTolerances, {}));
  EXPECT_TRUE(
      summary(report).ends_with("\ninconclusive: nothing was compared; no optimizer of the baseline has a rate\n"));
  EXPECT_NE(check_junit(report).find("<error message=\"no optimizer of the baseline has a rate\"/>"), std::string::npos)
      << "skipped cases alone would look green";
}

TEST(CheckSummary, NamesAnAbsoluteToleranceAndTheOneOptimizer) {
  Study one = two_entries();
  one.optimizers.pop_back();
  const CheckReport report = named(check(one, one, {0.25, 0.01, 0.05, 2}, {}));
  EXPECT_TRUE(
      summary(report).ends_with("\npass: 1 optimizer compared; rate within 0.25 decades before rounding, or in its "
                                "interval or plateau; loss within 5 %, 0.01 or 2 standard errors\n"));
}

TEST(CheckJunit, HasACasePerOptimizer) {
  EXPECT_EQ(check_junit(mixed()),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<testsuites>\n"
            "  <testsuite name=\"lrtune check base,1.json\" tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\">\n"
            "    <testcase classname=\"base,1.json\" name=\"sgd\"/>\n"
            "    <testcase classname=\"base,1.json\" name=\"adam\">\n"
            "      <failure message=\"the rate is 1 decades higher (allowed: 0.2); the loss is worse by 0.2 (allowed: "
            "0.015); the status is worse: edge, was ok\"/>\n"
            "    </testcase>\n"
            "    <testcase classname=\"base,1.json\" name=\"lion\">\n"
            "      <skipped message=\"the baseline has no rate\"/>\n"
            "    </testcase>\n"
            "  </testsuite>\n"
            "</testsuites>\n");
}

TEST(CheckJunit, EscapesWhatXmlDoesNotTake) {
  const std::string text = check_junit(blocked());
  EXPECT_NE(text.find("errors=\"8\""), std::string::npos) << text;
  EXPECT_NE(text.find("new optimizer: &lt;lion&gt; is not"), std::string::npos) << text;
  Study study = two_entries();
  study.optimizers[0].label = "a&\"b\"\x01\xEF\xBF\xBF\xEF\xBF\xBD";
  EXPECT_NE(check_junit(check(study, study, kTolerances, {})).find("name=\"a&amp;&quot;b&quot;  \xEF\xBF\xBD\""),
            std::string::npos);
}

TEST(CheckMarkdown, IsATable) {
  EXPECT_EQ(
      check_markdown(mixed()),
      "### lrtune check: regression\n"
      "\n"
      "Baseline base,1.json, result new.json.\n"
      "\n"
      "| optimizer | rate before | now | decades | loss before | now | change | status | verdict |\n"
      "|---|--:|--:|--:|--:|--:|--:|---|---|\n"
      "| sgd | 0.1 | 0.1 | 0 | 0.5 ± 0.003 | 0.5 ± 0.003 | 0 | ok | pass |\n"
      "| adam | 0.01 | 0.1 | +1.00 | 0.4 ± 0.003 | 0.6 ± 0.004 | +50 % | ok → edge | **regression**: the rate is 1 "
      "decades higher (allowed: 0.2); the loss is worse by 0.2 (allowed: 0.015); the status is worse: edge, was ok |\n"
      "| lion | – | – | – | – | – | – | all\\_diverged | **inconclusive**: the baseline has no rate |\n"
      "\n"
      "regression: 1 of 2 optimizers got worse; rate within 0.2 decades before rounding, or in its interval or "
      "plateau; loss "
      "within 2 % or 3 standard errors\n");
  EXPECT_NE(check_markdown(blocked()).find("\n- missing optimizer: adam is in the baseline only\n"), std::string::npos);
  EXPECT_NE(check_markdown(exact()).find("\n- differs first at /data/train\\_rows: 5, now 6\n"), std::string::npos);
}

TEST(CheckAnnotations, AreOnePerOptimizerThatDoesNotPass) {
  EXPECT_EQ(check_annotations(mixed()),
            "::error file=base%2C1.json,title=lrtune check%2C adam::regression: the rate is 1 decades higher (allowed: "
            "0.2); the loss is worse by 0.2 (allowed: 0.015); the status is worse: edge, was ok\n"
            "::warning file=base%2C1.json,title=lrtune check%2C lion::inconclusive: the baseline has no rate\n");
  EXPECT_EQ(check_annotations(named(check(two_entries(), two_entries(), kTolerances, {}))), "");
  EXPECT_NE(
      check_annotations(exact()).find("title=lrtune check%2C the same bytes::regression: /data/train_rows: 5, now "
                                      "6\n"),
      std::string::npos);
}

TEST(CheckJson, HasWhatTheSummaryHas) {
  using nlohmann::json;
  const json report = json::parse(check_to_json(mixed(), "1.2.3", 3));
  EXPECT_EQ(report.at("verdict"), "regression");
  EXPECT_EQ(report.at("exit_code"), 3);
  EXPECT_EQ(report.at("compared"), 2);
  EXPECT_EQ(report.at("baseline"), "base,1.json");
  EXPECT_EQ(report.at("tolerances").at("rate_decades"), 0.2);
  const json& adam = report.at("optimizers").at(1);
  EXPECT_EQ(adam.at("label"), "adam");
  EXPECT_EQ(adam.at("reasons"), (json{"rate_moved", "loss_worse", "status_worse"}));
  EXPECT_EQ(adam.at("learning_rate").at("before"), 0.01);
  EXPECT_NEAR(adam.at("learning_rate").at("decades"), 1, 1e-12);
  EXPECT_EQ(adam.at("learning_rate").at("inside_interval"), false);
  EXPECT_NEAR(adam.at("objective").at("allowed"), 0.015, 1e-12);
  EXPECT_EQ(adam.at("status").at("now"), "edge");
  EXPECT_TRUE(report.at("optimizers").at(2).at("learning_rate").at("now").is_null());
  const json other = json::parse(check_to_json(blocked(), "1.2.3", 5));
  EXPECT_EQ(other.at("verdict"), "not_comparable");
  EXPECT_EQ(
      other.at("obstacles").at(0),
      (json{{"label", nullptr}, {"where", "training.epochs"}, {"before", "20"}, {"now", "30"}, {"kind", "config"}}));
  EXPECT_EQ(json::parse(check_to_json(exact(), "1.2.3", 3)).at("differences").size(), 12U);
}

TEST(CheckJson, ObstaclesComeBackFromTheirRows) {
  for (const Obstacle& obstacle : blocked().obstacles) EXPECT_EQ(obstacle_of(row_of(obstacle)), obstacle);
}

TEST(CheckJson, FitsItsSchema) {
  for (const CheckReport& report : {mixed(), blocked(), exact(), on_other_data()})
    EXPECT_EQ(misfit(check_schema(), check_to_json(report, "1.2.3", 3)), "");
  auto json = nlohmann::json::parse(check_to_json(mixed(), "1.2.3", 3));
  json["optimizers"][1]["reasons"][0] = "?";
  EXPECT_NE(misfit(check_schema(), json.dump()), "");
  json["optimizers"][1]["reasons"] = nlohmann::json::array();
  EXPECT_EQ(misfit(check_schema(), json.dump()), "");
  json["tolerances"].erase("loss_se");
  json["tolerances"]["loss"] = 1;
  EXPECT_NE(misfit(check_schema(), json.dump()), "");
}

TEST(CheckSchema, IsTheCommittedOne) {
  EXPECT_EQ(read_file(std::filesystem::path(LRTUNE_SOURCE_DIR) / "docs/schemas/check.schema.json"), check_schema())
      << "if the change is meant: lrtune schema check > docs/schemas/check.schema.json";
}

}  // namespace
}  // namespace lrtune
