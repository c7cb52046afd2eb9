// A resolved configuration, written and read again, is the same one; over every row of every registry.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "base/files.h"
#include "base/json.h"
#include "config/config_json.h"
#include "config/fields.h"
#include "config/reading.h"
#include "data/synthetic.h"
#include "nn/nn_cards.h"
#include "optim/optimizer_cards.h"
#include "schedule/schedule.h"
#include "stats/objective.h"

namespace lrtune {
namespace {

void expect_same_after_writing(const Config& config) {
  const std::string text = config_to_json(config);
  ASSERT_EQ(complaint(text), "") << text;
  const Config again = read(text);
  EXPECT_EQ(again, config) << text;
  EXPECT_EQ(config_to_json(again), text);
  EXPECT_EQ(config_id(again), config_id(config));
}

// Any value of the parameter but its default.
double other_value(const Parameter& p) {
  if (p.kind == ParameterKind::boolean) return 1 - p.default_value;
  if (p.kind == ParameterKind::integer) return p.default_value + 1;
  const double high = std::isfinite(p.bounds.max) ? p.bounds.max : p.default_value + 1;
  return p.default_value + (high - p.default_value) / 3;
}

std::string with_other_values(const Card& card) {
  std::string out = R"({"name": ")" + std::string(card.name) + "\"";
  for (const Parameter& p : card.parameters) {
    const double value = contains(p.bounds, other_value(p)) ? other_value(p) : p.default_value;
    out += ", \"" + std::string(p.name) + "\": ";
    out += p.kind == ParameterKind::boolean ? (value != 0 ? "true" : "false") : fmt::format("{}", value);
  }
  return out + "}";
}

TEST(RoundTrip, KeepsTheDefaults) { expect_same_after_writing(read(with(""))); }

TEST(RoundTrip, KeepsEveryOptimizerAndItsParameters) {
  std::string list;
  for (const OptimizerCard& row : optimizer_cards()) {
    const std::string entry = with_other_values(row.card);
    list += (list.empty() ? "" : ", ") + entry + ", \"" + std::string(row.card.name) + "\"";
  }
  const std::string text = with("\"optimizers\": [" + list + "]");
  ASSERT_EQ(complaint(text), "") << text;
  expect_same_after_writing(read(text));
  const Config decayed = read(text, {"training.weight_decay=0.125"});
  expect_same_after_writing(decayed);
}

TEST(RoundTrip, KeepsEveryScheduleAndItsParameters) {
  for (const ScheduleRow& row : schedules()) {
    const std::string text = with(R"("training": {"schedule": )" + with_other_values(row.card) + "}");
    ASSERT_EQ(complaint(text), "") << text;
    expect_same_after_writing(read(text));
  }
}

TEST(RoundTrip, KeepsEverySyntheticSet) {
  for (const Card& card : synthetic_cards()) {
    const std::string text = R"({"data": {"synthetic": )" + with_other_values(card) + "}}";
    ASSERT_EQ(complaint(text), "") << text;
    expect_same_after_writing(read(text));
  }
}

TEST(RoundTrip, KeepsEveryNameOfEveryField) {
  for (const Field& field : fields()) {
    if (field.names == nullptr || field.key == "format") continue;
    for (const std::string_view name : field.names()) {
      if (name == "mse" || name == "auto") continue;
      const std::string set = fmt::format("{}.{}={}", field.section, field.key, name);
      ASSERT_EQ(complaint(with(""), {set}), "");
      expect_same_after_writing(read(with(""), {set}));
    }
  }
}

TEST(RoundTrip, KeepsEveryFormatOfData) {
  for (const char* text :
       {R"({"data": {"train": "a.csv.gz", "target": 3, "validation": "b.csv", "delimiter": "\t", "max_rows": 5}})",
        R"({"data": {"train": "ä.csv", "target": "größe", "validation_fraction": 0.33, "kind": "regression",
                        "ignore": ["a", "b"], "one_hot": ["c"], "header": "present", "missing": "drop"}})",
        R"({"data": {"train": {"images": "i", "labels": "l"}, "max_rows": 7}})",
        R"({"data": {"train": {"images": "i", "labels": "l"}, "validation": {"images": "i2", "labels": "l2"}}})",
        R"({"data": {"format": "synthetic"}, "model": {"hidden": []}})",
        R"({"data": {"synthetic": "blobs"}, "search": {"range": [1.23e-5, 0.1], "budget_runs": 3.5}})"}) {
    ASSERT_EQ(complaint(text), "") << text;
    expect_same_after_writing(read(text));
  }
}

TEST(ConfigId, LeavesTheDatasPathsOutAndNothingElse) {
  const std::string id = config_id(read(with("")));
  EXPECT_EQ(id.size(), 64U);
  EXPECT_EQ(config_id(read(with(""), {"data.train=elsewhere.csv"})), id);
  EXPECT_NE(config_id(read(with(""), {"data.target=other"})), id);
  EXPECT_NE(config_id(read(with(""), {"training.epochs=21"})), id);
  EXPECT_EQ(config_id(read(with(R"("training": {"epochs": 20})"))), id);
}

TEST(ConfigId, IsNotChangedByWhatIsSetToItsDefault) {
  EXPECT_EQ(config_id(read(with(R"("training": {"schedule": {"name": "exponential"}})"))),
            config_id(read(with(R"("training": {"schedule": "exponential"})"))));
  const std::string adam = with(R"("optimizers": ["adam"])");
  EXPECT_EQ(config_id(read(with(R"("optimizers": [{"name": "adam", "beta1": 0.9}])"))), config_id(read(adam)));
  EXPECT_NE(config_id(read(with(R"("optimizers": [{"name": "adam", "beta1": 0.8, "label": "adam"}])"))),
            config_id(read(adam)));
  EXPECT_NE(config_id(read(with(R"("optimizers": [{"name": "adam", "label": "other"}])"))), config_id(read(adam)));
}

TEST(ConfigId, ChangesWithEveryFieldThatIsSetOtherwise) {
  const std::string id = config_id(read(with("")));
  for (const char* set :
       {"data.kind=regression", "data.stratify=false", "data.max_rows=5", "data.validation=v.csv", "data.delimiter=;",
        "model.hidden=[]", "training.schedule=cosine", "training.clip_norm=1", "search.range=[1e-5,1]",
        "search.budget_runs=null", "search.seed=1", "search.sharpness=false"})
    EXPECT_NE(config_id(read(with(""), {set})), id) << set;
}

// The results in tests/upgrades hold the ids that version 0.1.0 gave, of optimizers with every parameter.
TEST(ConfigId, OfVersion010IsStillKnown) {
  std::size_t compared = 0;
  for (const auto& file : std::filesystem::directory_iterator(LRTUNE_SOURCE_DIR "/tests/upgrades/0.1.0")) {
    if (!file.path().string().ends_with(".result.json")) continue;
    const Json result = parse_json(read_file(file.path()), "r.json");
    const Config config = read_config(write_json(result["config"], 0), "r.json", "");
    const auto id = result["config_id"].get<std::string>();
    EXPECT_EQ(older_config_ids(config), std::vector<std::string>{id})
        << file << ": a field or parameter that was added since belongs into kAddedLater of config/id.cpp";
    EXPECT_NE(config_id(config), id);
    ++compared;
  }
  EXPECT_GE(compared, 5U);
}

// model.init was kaiming_uniform by default in version 0.1.0: a config that leaves it out is another one now.
TEST(ConfigId, OfVersion010IsOfItsInitWhereNoneIsNamed) {
  const Json result = parse_json(read_file(LRTUNE_SOURCE_DIR "/tests/upgrades/0.1.0/classes.result.json"), "r.json");
  const std::string text = read_file(LRTUNE_SOURCE_DIR "/tests/upgrades/0.1.0/classes.json");
  const Config today = read_config(text, "c.json", "");
  const std::vector<std::string> then = {"model.init=kaiming_uniform"};
  const Config as_then = read_config(text, "c.json", "", then);
  const std::vector<std::string> id = {result["config_id"].get<std::string>()};
  EXPECT_EQ(model_of(today).init, "pytorch");
  EXPECT_NE(older_config_ids(today), id);
  EXPECT_EQ(older_config_ids(as_then), id);
  EXPECT_NE(config_id(as_then), config_id(today));
}

TEST(ConfigToJson, WritesWhatCanBeReadByPeople) {
  const std::string text = config_to_json(read(with(R"("optimizers": [{"name": "rmsprop", "centered": true}])")));
  EXPECT_NE(text.find(R"(    "range": [1e-06, 1.0],)"), std::string::npos) << text;
  EXPECT_NE(text.find(R"(      "centered": true,)"), std::string::npos) << text;
  EXPECT_NE(text.find(R"(    "clip_norm": null,)"), std::string::npos) << text;
}

}  // namespace
}  // namespace lrtune
