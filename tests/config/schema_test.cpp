#include <gtest/gtest.h>

#include <filesystem>

#include "base/files.h"
#include "base/json.h"
#include "config/config_json.h"
#include "config/reading.h"
#include "config/schema_check.h"
#include "data/synthetic.h"

namespace lrtune {
namespace {

const std::filesystem::path kSource = LRTUNE_SOURCE_DIR;

// The text without its comments.
std::string plain_json(const std::string& text, const std::string& where) {
  std::vector<Problem> problems;
  return write_json(parse_json(text, where, JsonComments::allowed, problems), 0);
}

TEST(ConfigSchema, IsTheCommittedOne) {
  EXPECT_EQ(read_file(kSource / "docs/schemas/config.schema.json"), config_schema())
      << "if the change is meant: lrtune schema config > docs/schemas/config.schema.json";
}

TEST(ConfigSchema, AcceptsEveryExampleAndItsResolvedForm) {
  for (const auto& file : std::filesystem::directory_iterator(kSource / "configs")) {
    if (file.path().extension() != ".json") continue;
    const std::string text = read_file(file.path());
    const std::string where = file.path().filename().string();
    EXPECT_EQ(misfit(config_schema(), plain_json(text, where)), "") << where;
    const Config config = read_config(text, where, kSource / "configs");
    EXPECT_EQ(misfit(config_schema(), config_to_json(config)), "") << where;
  }
}

TEST(ConfigSchema, AcceptsResolvedConfigurationsOfEveryFormat) {
  for (const char* text : {
           R"({"data": {"train": "a.csv", "target": 3}})",
           R"({"data": {"train": "a.csv", "target": "y", "validation": "b.csv"}, "training": {"weight_decay": 0.1}})",
           R"({"data": {"train": {"images": "i", "labels": "l"}, "max_rows": 7}, "model": {"hidden": []}})",
           R"({"data": {"format": "synthetic"}, "training": {"schedule": "plateau"}, "search": {"budget_runs": 3}})",
       }) {
    EXPECT_EQ(misfit(config_schema(), text), "") << text;
    EXPECT_EQ(misfit(config_schema(), config_to_json(read(text))), "") << text;
  }
  for (const Card& card : synthetic_cards())
    EXPECT_EQ(misfit(config_schema(), R"({"data": {"synthetic": ")" + std::string(card.name) + "\"}}"), "");
}

TEST(ConfigSchema, RejectsWhatTheReaderRejects) {
  for (const std::string& text : {
           std::string("{}"),
           std::string("[]"),
           std::string(R"({"data": {"train": "a.csv"}})"),
           std::string(R"({"data": {"train": {"images": "i"}}})"),
           std::string(R"({"data": {"synthetic": "moon"}})"),
           std::string(R"({"data": {"synthetic": {"name": "moons", "rows": 1}}})"),
           with(R"("modle": {})"),
           with(R"("training": {"epochz": 5})"),
           with(R"("training": {"epochs": 0})"),
           with(R"("training": {"epochs": 2.5})"),
           with(R"("training": {"epochs": null})"),
           with(R"("training": {"clip_norm": 0})"),
           with(R"("training": {"schedule": {"name": "cosine", "gamma": 1}})"),
           with(R"("training": {"loss": "hinge"})"),
           with(R"("search": {"range": [0, 1]})"),
           with(R"("search": {"range": [0.1]})"),
           with(R"("search": {"range": [0.1, 1000]})"),
           with(R"("model": {"hidden": [0]})"),
           with(R"("optimizers": [])"),
           with(R"("optimizers": ["adamv"])"),
           with(R"("optimizers": [{"name": "sgd", "momentum": 0.9}])"),
           with(R"("optimizers": [{"name": "momentum", "momentum": 1}])"),
           with(R"("optimizers": [{"name": "rmsprop", "centered": 1}])"),
           with_data(R"("delimiter": ";;")"),
           with_data(R"("kind": "both")"),
           with_data(R"("validation_fraction": 1)"),
       }) {
    EXPECT_NE(complaint(text), "") << text;
    EXPECT_NE(misfit(config_schema(), text), "") << text;
  }
}

}  // namespace
}  // namespace lrtune
