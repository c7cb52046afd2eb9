#include "record/range_json.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/require.h"
#include "config/schema_check.h"
#include "lrtune/error.h"
#include "record/example.h"

namespace lrtune {
namespace {

template <class Change>
std::string changed(Change change) {
  auto json = nlohmann::ordered_json::parse(range_to_json(example_range()));
  change(json);
  return json.dump();
}

TEST(RangeJson, FitsItsSchema) {
  EXPECT_EQ(misfit(range_result_schema(), range_to_json(example_range())), "");
  RangeStudy bare = example_range();
  bare.optimizers.clear();
  EXPECT_EQ(misfit(range_result_schema(), range_to_json(bare)), "");
}

TEST(RangeJson, DoesNotFitTheSchemaWithAFieldGoneOrAdded) {
  EXPECT_NE(misfit(range_result_schema(), changed([](auto& json) { json.erase("range"); })), "");
  EXPECT_NE(misfit(range_result_schema(), changed([](auto& json) { json["more"] = 1; })), "");
  EXPECT_NE(misfit(range_result_schema(), changed([](auto& json) { json["range"]["growth"] = "?"; })), "");
  EXPECT_NE(misfit(range_result_schema(), changed([](auto& json) { json["data"].erase("sha256"); })), "");
  EXPECT_NE(misfit(range_result_schema(), changed([](auto& json) { json["optimizers"][0]["runs"][0].erase("curve"); })),
            "");
  EXPECT_NE(misfit(range_result_schema(),
                   changed([](auto& json) { json["optimizers"][0]["suggestions"]["shy"]["learning_rate"] = -1; })),
            "");
}

TEST(RangeSchema, IsTheCommittedOne) {
  EXPECT_EQ(read_file(std::filesystem::path(LRTUNE_SOURCE_DIR) / "docs/schemas/range.schema.json"),
            range_result_schema())
      << "if the change is meant: lrtune schema range > docs/schemas/range.schema.json";
}

TEST(RangeJson, NamesWhatEachHeuristicSaysAndLeavesOutWhatThereIsNot) {
  const auto json = nlohmann::json::parse(range_to_json(example_range()));
  const auto& entry = json.at("optimizers").at(0);
  EXPECT_EQ(entry.at("suggestions").dump(),
            R"({"cycle":{"abstained":0,"learning_rate":0.1,"lowest_rate":1e-07,"spread_decades":0.0},)"
            R"("shy":{"abstained":4,"learning_rate":null,"spread_decades":null},)"
            R"("steep":{"abstained":0,"learning_rate":0.1,"spread_decades":0.5}})");
  EXPECT_EQ(entry.at("runs").at(1).at("suggestions").at("shy").dump(),
            R"({"learning_rate":null,"why":"too few \"points\""})");
  EXPECT_EQ(entry.at("runs").at(2).at("status"), "non_finite");
  EXPECT_TRUE(entry.at("runs").at(0).at("ended_at_update").is_null());
  EXPECT_EQ(json.at("range").at("loss"), "validation");
}

std::string complaint(const std::string& text) {
  try {
    range_from_json(text, "r.json");
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

TEST(RangeJson, ReadsBackAsTheSameStudy) {
  RangeStudy bare = example_range();
  bare.head.run.isa.reset();
  bare.heuristics.clear();
  bare.optimizers.clear();
  for (const RangeStudy& study : {example_range(), bare}) {
    const std::string text = range_to_json(study);
    EXPECT_EQ(range_from_json(text, "r.json"), study) << text;
  }
}

TEST(RangeJson, ReadsAFileWhoseHeuristicsAreInAnotherOrder) {
  RangeStudy expected = example_range();
  expected.heuristics = {"cycle", "shy", "steep"};
  std::swap(expected.optimizers[0].agreements[0], expected.optimizers[0].agreements[2]);
  for (RangeRun& run : expected.optimizers[0].runs) std::swap(run.suggestions[0], run.suggestions[2]);
  const std::string text = changed([](auto& json) {
    auto& suggestions = json["optimizers"][0]["suggestions"];
    suggestions = {{"cycle", suggestions["cycle"]}, {"shy", suggestions["shy"]}, {"steep", suggestions["steep"]}};
  });
  EXPECT_EQ(range_from_json(text, "r.json"), expected);  // the runs have theirs in the old order
}

TEST(BadRangeResult, IsToldWithFileAndPath) {
  EXPECT_EQ(complaint(changed([](auto& json) { json["schema_version"] = 2; })),
            "r.json: /schema_version: version 2 is unknown; this lrtune reads versions up to 1");
  EXPECT_EQ(complaint(changed([](auto& json) { json["range"]["smoothing"] = 1; })),
            "r.json: /range/smoothing: must be a number of at least 0 and below 1, not 1");
  EXPECT_EQ(complaint(changed([](auto& json) { json["range"]["updates"] = 1; })),
            "r.json: /range/updates: must be a whole number of at least 2, not 1");
  EXPECT_EQ(complaint(changed([](auto& json) { json["optimizers"][0]["runs"][1]["curve"]["loss"] = {1}; })),
            "r.json: /optimizers/0/runs/1/curve: has lists of different lengths");
  EXPECT_EQ(complaint(changed([](auto& json) { json["optimizers"][0]["runs"][1]["suggestions"].erase("shy"); })),
            "r.json: /optimizers/0/runs/1/suggestions: does not name the heuristics of the first optimizer");
  EXPECT_EQ(complaint(changed([](auto& json) {
              auto& suggestions = json["optimizers"][0]["runs"][1]["suggestions"];
              suggestions["bold"] = suggestions["shy"];
              suggestions.erase("shy");
            })),
            "r.json: /optimizers/0/runs/1/suggestions: has no \"shy\"");
  EXPECT_EQ(complaint(changed([](auto& json) { json["optimizers"][0]["runs"][0]["suggestions"]["shy"]["why"] = ""; })),
            "r.json: /optimizers/0/runs/0/suggestions/shy/why: must not be empty");
}

TEST(RangeJson, NeverHoldsWhatIsNotFinite) {
  RangeStudy study = example_range();
  study.optimizers[0].runs[0].curve.loss[1] = std::numeric_limits<double>::quiet_NaN();
#ifdef NDEBUG
  EXPECT_THROW(range_to_json(study), Bug);
#else
  EXPECT_DEATH(range_to_json(study), "isfinite");
#endif
}

}  // namespace
}  // namespace lrtune
