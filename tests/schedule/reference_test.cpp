// Every schedule against PyTorch's, from tests/vectors/ (scripts/make_vectors.py says how they were made).
// Within 1e-12 of each rate.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "schedule/make_schedule.h"

namespace lrtune {
namespace {

using nlohmann::json;
using testing_schedule::Length;
using testing_schedule::make_schedule;

json read_vectors(const std::string& name) {
  std::ifstream file(std::string(LRTUNE_SOURCE_DIR) + "/tests/vectors/" + name);
  json content = json::parse(file);
  EXPECT_EQ(content.at("generator"), "scripts/make_vectors.py");
  return content;
}

// The named numbers of a record as settings.
std::vector<Setting> settings_of(const json& record, const std::vector<std::string>& names) {
  std::vector<Setting> settings;
  for (const std::string& name : names) settings.push_back({name, record.at(name).get<double>()});
  return settings;
}

void expect_rate(double rate, double expected) { EXPECT_NEAR(rate, expected, 1e-12 * expected); }

void expect_rates(const Schedule& schedule, const json& record, std::size_t count) {
  const double highest = record.at("learning_rate");
  const std::vector<double> rates = record.at("rates");
  ASSERT_GE(rates.size(), count);
  ASSERT_GT(count, 0U);
  for (std::size_t k = 0; k < count; ++k) {
    SCOPED_TRACE(testing::Message() << "k = " << k);
    expect_rate(highest * schedule.factor(k, PlateauState{}), rates[k]);
  }
}

// Compares a row of the table with every record of one list; one update per epoch.
void expect_list(const std::string& list, std::string_view schedule, const std::vector<std::string>& settings) {
  const json content = read_vectors("one_cycle.json");
  ASSERT_FALSE(content.at(list).empty());
  for (const json& record : content.at(list)) {
    const std::size_t total = record.value("total", record.at("rates").size());
    SCOPED_TRACE(testing::Message() << list << ", T = " << total);
    expect_rates(make_schedule(schedule, settings_of(record, settings), {.total = total}), record, total);
  }
}

TEST(Reference, OneCycleIsPyTorchs) { expect_list("one_cycle", "one_cycle", {"peak_at", "div", "final_div"}); }

TEST(Reference, CosineIsPyTorchs) {
  expect_list("cosine", "cosine", {"floor"});
  expect_list("cosine_cycles", "cosine", {"floor", "cycles"});
}

TEST(Reference, StepIsPyTorchs) { expect_list("step", "step", {"every_epochs", "gamma"}); }

TEST(Reference, ExponentialIsPyTorchs) { expect_list("exponential", "exponential", {"gamma"}); }

TEST(Reference, TriangularIsPyTorchs) { expect_list("triangular", "triangular", {"cycles", "floor"}); }

TEST(Reference, LinearIsPyTorchs) {
  expect_list("linear", "linear", {"end"});
  const json content = read_vectors("one_cycle.json");
  for (const json& record : content.at("linear")) {
    const std::size_t count = record.at("rates").size();
    const std::vector<Setting> settings = {{"epochs", record.at("total")}, {"end", record.at("end")}};
    expect_rates(make_schedule("linear_then_constant", settings, {.total = count}), record, count);
  }
}

TEST(Reference, WarmUpIsPyTorchs) {
  const json content = read_vectors("one_cycle.json");
  ASSERT_FALSE(content.at("warmup").empty());
  for (const json& record : content.at("warmup")) {
    const std::size_t count = record.at("rates").size();
    const Length run = {.total = count, .warmup_epochs = record.at("total"), .warmup_start = record.at("start")};
    expect_rates(make_schedule("constant", {}, run), record, count);
  }
}

TEST(Reference, PlateauIsPyTorchs) {
  const json content = read_vectors("plateau.json");
  ASSERT_FALSE(content.at("cases").empty());
  for (const json& record : content.at("cases")) {
    SCOPED_TRACE(record.at("case").get<std::string>());
    const std::vector<double> losses = record.at("losses");
    const std::vector<double> rates = record.at("rates");
    const double rate = record.at("learning_rate");
    const Schedule schedule = make_schedule(
        "plateau", settings_of(record.at("settings"), {"factor", "patience", "threshold", "cooldown", "min_lr"}),
        {.total = losses.size()});
    PlateauState state;
    for (std::size_t i = 0; i < losses.size(); ++i) {
      SCOPED_TRACE(testing::Message() << "look " << i);
      schedule.look(state, i + 1, losses[i], rate);
      expect_rate(rate * schedule.factor(i, state), rates[i]);
    }
  }
}

}  // namespace
}  // namespace lrtune
