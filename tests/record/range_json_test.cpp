#include "record/range_json.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/check.h"
#include "base/files.h"
#include "config/schema_check.h"
#include "record/example.h"

namespace lrtune {
namespace {

RangeRun example_run(RangeStatus status) {
  RangeRun run;
  run.seed = 1;
  run.status = status;
  if (status != RangeStatus::completed) run.ended_at_update = 3;
  run.curve = {100, {1e-7, 1.2e-7, 0.1}, {2.5, -1, 1e300}, {2.5, 0.75, 3e299}};
  run.suggestions = {{0.1, std::nullopt, "at update 3"},
                     {std::nullopt, std::nullopt, "too few \"points\""},
                     {0.1, 1e-7, "from here to there"}};
  return run;
}

RangeStudy example_range() {
  const Study study = full_study();
  RangeStudy range;
  range.head = study.head;
  range.options.growth = RateGrowth::linear;
  range.options.loss = RangeLoss::validation;
  range.heuristics = {"steep", "shy", "cycle"};
  RangeEntry entry{"heavy", "momentum", {{"momentum", 0.99}}, {}, {}};
  for (const RangeStatus status :
       {RangeStatus::completed, RangeStatus::stopped, RangeStatus::non_finite, RangeStatus::too_short})
    entry.runs.push_back(example_run(status));
  entry.agreements = {{0.1, std::nullopt, 0, 0}, {std::nullopt, std::nullopt, std::nullopt, 4}, {0.1, 1e-7, 0, 0}};
  range.optimizers = {entry};
  return range;
}

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
            R"("steep":{"abstained":0,"learning_rate":0.1,"spread_decades":0.0}})");
  EXPECT_EQ(entry.at("runs").at(1).at("suggestions").at("shy").dump(),
            R"({"learning_rate":null,"why":"too few \"points\""})");
  EXPECT_EQ(entry.at("runs").at(2).at("status"), "non_finite");
  EXPECT_TRUE(entry.at("runs").at(0).at("ended_at_update").is_null());
  EXPECT_EQ(json.at("range").at("loss"), "validation");
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
