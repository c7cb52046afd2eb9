// The tables of docs/formats.md and docs/check.md, against what is written: each field is in its table, and each row of
// a table is a field.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>

#include "base/files.h"
#include "record/check_json.h"
#include "record/range_json.h"
#include "record/study_json.h"
#include "record/trial_run_json.h"

namespace lrtune {
namespace {

using Json = nlohmann::json;

struct Row {
  std::vector<std::string> names;  // of the first cell, in backticks
  std::string text;
};

std::vector<std::string> quoted(const std::string& text) {
  static const std::regex kQuoted("`([a-z_0-9.]+)`");
  std::vector<std::string> found;
  for (std::sregex_iterator match(text.begin(), text.end(), kQuoted); match != std::sregex_iterator(); ++match)
    found.push_back((*match)[1]);
  return found;
}

// The rows of the first table below the line that begins so.
std::vector<Row> table(const std::string& page, const std::string& beginning) {
  std::istringstream lines(read_file(std::filesystem::path(LRTUNE_SOURCE_DIR) / "docs" / page));
  std::vector<Row> rows;
  bool below = false;
  for (std::string line; std::getline(lines, line);) {
    below = below || line.starts_with(beginning);
    if (below && line.starts_with("|"))
      rows.push_back({quoted(line.substr(0, line.find(" | "))), line});
    else if (!rows.empty())
      break;
  }
  EXPECT_GT(rows.size(), 2U) << page << ": " << beginning;
  return {rows.begin() + std::min<std::ptrdiff_t>(2, std::ssize(rows)), rows.end()};  // without the head
}

class Schema {
 public:
  explicit Schema(const std::string& text) : root_(Json::parse(text)) {}

  // What the schema says at `path`, by its definition and without "null or".
  const Json& at(const std::string& path) const { return resolved(root_.at(Json::json_pointer(path))); }

  const Json& resolved(const Json& schema) const {
    if (schema.contains("anyOf")) return resolved(schema["anyOf"].back());
    if (schema.contains("items")) return resolved(schema["items"]);
    if (schema.contains("additionalProperties") && schema["additionalProperties"].is_object())
      return resolved(schema["additionalProperties"]);
    if (!schema.contains("$ref")) return schema;
    return resolved(root_.at(Json::json_pointer(schema["$ref"].get<std::string>().substr(1))));
  }

 private:
  Json root_;
};

std::set<std::string> keys(const Json& schema) {
  std::set<std::string> found;
  if (schema.contains("properties"))
    for (const auto& item : schema["properties"].items()) found.insert(item.key());
  return found;
}

// A table of a page, what it is about, and which fields of that another place tells of.
struct Described {
  std::string page;
  std::string beginning;
  std::string (*schema)();
  std::string path;
  std::set<std::string> elsewhere = {};
};

const std::set<std::string> kHead = {"schema_version", "tool", "config", "config_id", "data", "run"};
const std::set<std::string> kOptimizer = {"label", "name", "hyperparameters"};

const std::vector<Described> kTables = {
    {"formats.md", "## Result", result_schema, "", {"tolerances"}},
    {"formats.md", "An entry of `optimizers`:", result_schema, "/definitions/entry"},
    {"formats.md", "Its `recommendation`", result_schema, "/definitions/entry/properties/recommendation"},
    {"formats.md", "Its `stability`", result_schema, "/definitions/entry/properties/stability"},
    {"formats.md", "A trial:", result_schema, "/definitions/trial"},
    {"formats.md", "## One trial", train_schema, "", kHead},
    {"formats.md", "## Range result", range_result_schema, "", kHead},
    {"formats.md", "An entry of `optimizers` has", range_result_schema, "/definitions/entry", kOptimizer},
    {"formats.md", "A run:", range_result_schema, "/definitions/run"},
};

// Names with a dot are fields of a field: "start.edge".
void expect_nested(const Schema& schema, const Json& about, const std::string& name) {
  const std::size_t dot = name.find('.');
  const Json& outer = schema.resolved(about.at("properties").at(name.substr(0, dot)));
  EXPECT_TRUE(keys(outer).contains(name.substr(dot + 1))) << name << " is no field";
}

TEST(Pages, HaveEveryFieldInItsTableAndNoOther) {
  for (const Described& d : kTables) {
    const Schema schema(d.schema());
    const Json& about = schema.at(d.path);
    std::set<std::string> documented = d.elsewhere;
    for (const Row& row : table(d.page, d.beginning))
      for (const std::string& name : row.names)
        if (name.find('.') == std::string::npos)
          documented.insert(name);
        else
          expect_nested(schema, about, name);
    EXPECT_EQ(documented, keys(about)) << d.page << ": " << d.beginning;
  }
}

// What is in a field without a table of its own is told of in the field's row: the fields of an object, the words of an
// enumeration.
void expect_told(const Row& row, const std::string& key, const Json& inside) {
  const std::set<std::string> has_table = {"optimizers", "recommendation", "stability", "trials",   "trial",
                                           "runs",       "start",          "end",       "optimizer"};
  const std::set<std::string> known_shape = {"mean", "standard_error"};
  const auto words = quoted(row.text);
  for (const std::string& name : keys(inside)) {
    const bool is_told = std::ranges::find(words, name) != words.end();
    EXPECT_TRUE(is_told || known_shape.contains(name) || has_table.contains(key)) << row.text << " lacks " << name;
  }
  if (!inside.contains("enum")) return;
  for (const Json& word : inside["enum"]) {
    const bool is_told = word.is_null() || row.text.find(word.get<std::string>()) != std::string::npos;
    EXPECT_TRUE(is_told) << row.text << " lacks " << word;
  }
}

TEST(Pages, TellOfWhatIsInEveryField) {
  for (const Described& d : kTables) {
    const Schema schema(d.schema());
    for (const Row& row : table(d.page, d.beginning))
      for (const std::string& name : row.names)
        if (name.find('.') == std::string::npos)
          expect_told(row, name, schema.resolved(schema.at(d.path).at("properties").at(name)));
  }
}

TEST(Pages, TellOfEveryFieldOfACheckReport) {
  const Json schema = Json::parse(check_schema());
  std::set<std::string> documented;
  for (const Row& row : table("check.md", "The summary goes to standard output"))
    for (const std::string& name : quoted(row.text)) documented.insert(name);
  const std::function<void(const Json&)> expect_documented = [&](const Json& part) {
    if (part.contains("properties") && part["properties"].is_object())
      for (const auto& [key, member] : part["properties"].items()) {
        const bool is_tolerance = key.starts_with("loss_") || key == "rate_decades";
        EXPECT_TRUE(is_tolerance || documented.contains(key)) << "docs/check.md does not tell of " << key;
      }
    if (part.is_structured())
      for (const Json& item : part) expect_documented(item);
  };
  expect_documented(schema);
}

}  // namespace
}  // namespace lrtune
