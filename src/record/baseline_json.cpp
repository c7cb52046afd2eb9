#include "record/baseline_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/json.h"
#include "base/text.h"
#include "record/describe_study.h"
#include "record/json_writer.h"

namespace lrtune {
namespace {

// What settings there are, by their description.
struct ToleranceTable {
  std::vector<std::string_view> names;
  std::vector<std::optional<double>*> members;

  void when_set(std::string_view key, std::optional<double>& member, const Rule&) {
    names.push_back(key);
    members.push_back(&member);
  }
};

void read_tolerance(const std::string& key, const Json& value, const std::string& place, const ToleranceTable& table,
                    std::vector<Problem>& problems) {
  const auto name = std::ranges::find(table.names, key);
  if (name == table.names.end()) {
    Facts facts = suggestion(key, table.names);
    facts.push_back({"key", key});
    problems.push_back({ProblemKind::key_unknown, place, std::move(facts)});
  } else if (!value.is_number() || value.get<double>() < 0) {
    problems.push_back(
        {ProblemKind::stored_value, place, {{"wanted", "number"}, {"least", 0.0}, {"found", describe_json(value)}}});
  } else {
    *table.members[static_cast<std::size_t>(name - table.names.begin())] = value.get<double>();
  }
}

// Members that version 0.1.0 did not write: a baseline that lacks them has nothing to compare.
constexpr auto kAddedSince = std::to_array<std::string_view>(
    {"facts", "option", "value", "feature_names", "feature_means", "feature_sds", "one_hot", "constant"});

// The words of a notice: what they say is in its kind and facts, and a version may say it better.
bool is_wording(const Json& object, std::string_view key) {
  return object.contains("kind") && (key == "text" || key == "remedy");
}

// Walks two values side by side; each leaf that is not the same becomes a difference. Numbers are the same whatever
// their spelling: 0 and 0.0, 1e-06 and 1e-6.
class Walk {
 public:
  explicit Walk(std::vector<Difference>& found) : found_(found) {}

  void values(const Json& before, const Json& now, const std::string& path) {
    if (before.is_object() && now.is_object()) return objects(before, now, path);
    if (before.is_array() && now.is_array()) return lists(before, now, path);
    if (before != now) add(path, &before, &now);
  }

  std::optional<std::string> label = {};

 private:
  void objects(const Json& before, const Json& now, const std::string& path) {
    for (const auto& item : before.items()) {
      const auto other = now.find(item.key());
      if (is_wording(before, item.key())) continue;
      if (other == now.end())
        add(json_path(path, item.key()), &item.value(), nullptr);
      else
        values(item.value(), *other, json_path(path, item.key()));
    }
    for (const auto& item : now.items())
      if (!before.contains(item.key()) && std::ranges::find(kAddedSince, item.key()) == kAddedSince.end())
        add(json_path(path, item.key()), nullptr, &item.value());
  }

  void lists(const Json& before, const Json& now, const std::string& path) {
    for (std::size_t i = 0; i < std::max(before.size(), now.size()); ++i)
      if (i < before.size() && i < now.size())
        values(before[i], now[i], json_path(path, i));
      else
        add(json_path(path, i), i < before.size() ? &before[i] : nullptr, i < now.size() ? &now[i] : nullptr);
  }

  void add(const std::string& path, const Json* before, const Json* now) {
    // Whole: texts that begin alike would look the same if they were cut.
    const auto text = [](const Json* value) {
      if (value == nullptr) return std::string("nothing");
      return value->is_structured() ? describe_json(*value) : value->dump();
    };
    found_.push_back({path, text(before), text(now), label});
  }

  std::vector<Difference>& found_;
};

const Json* entry_with(const Json& entries, const Json& label) {
  for (const Json& entry : entries)
    if (entry["label"] == label) return &entry;
  return nullptr;
}

bool has_trials(const Json& root) {
  return std::ranges::any_of(root["optimizers"], [](const Json& entry) { return entry.contains("trials"); });
}

}  // namespace

std::size_t result_version(std::string_view text, const std::string& where) {
  const Json root = parse_json(text, where);
  if (!root.is_object() || !root.contains("schema_version"))
    throw Error(ProblemKind::not_a_result, where, {{"without", "schema_version"}});
  const Json& version = root["schema_version"];
  if (!version.is_number_unsigned() || version.get<std::size_t>() == 0)
    throw Error(ProblemKind::stored_value, fmt::format("{}: /schema_version", where),
                {{"wanted", "whole"}, {"least", 1.0}, {"found", describe_json(version)}});
  return version.get<std::size_t>();
}

ToleranceSettings tolerances_from_json(std::string_view text, const std::string& where) {
  const Json root = parse_json(text, where);
  ToleranceSettings settings;
  if (!root.contains("tolerances")) return settings;
  const Json& stored = root["tolerances"];
  const std::string place = fmt::format("{}: /tolerances", where);
  if (!stored.is_object())
    throw Error(ProblemKind::stored_value, place, {{"wanted", "object"}, {"found", describe_json(stored)}});
  ToleranceTable table;
  describe(table, settings);
  std::vector<Problem> problems;
  for (const auto& item : stored.items())
    read_tolerance(item.key(), item.value(), json_path(place, item.key()), table, problems);
  if (!problems.empty()) throw Error(std::move(problems));
  return settings;
}

std::string baseline_to_json(const Study& study, const ToleranceSettings& tolerances) {
  Json root = json_of(study);
  root.erase("run");
  for (Json& entry : root["optimizers"]) entry.erase("trials");
  Json stored = json_of(tolerances);
  if (!stored.empty()) root["tolerances"] = std::move(stored);
  return write_json(root, 1);
}

std::vector<Difference> byte_differences(std::string_view baseline, std::string_view result) {
  Json before = parse_json(baseline, "");
  Json now = parse_json(result, "");
  if (!has_trials(before))
    for (Json& entry : now["optimizers"]) entry.erase("trials");
  const Json old_entries = before["optimizers"];
  const Json new_entries = now["optimizers"];
  const bool has_extra = std::ranges::any_of(
      new_entries, [&](const Json& entry) { return entry_with(old_entries, entry["label"]) == nullptr; });
  for (Json* root : {&before, &now}) {
    for (const char* key : {"tool", "run", "tolerances", "config", "config_id", "optimizers"}) root->erase(key);
    if (has_extra) root->erase("recommendation");
  }
  std::vector<Difference> found;
  Walk walk(found);
  walk.values(before, now, "");
  for (std::size_t i = 0; i < old_entries.size(); ++i) {
    const Json* entry = entry_with(new_entries, old_entries[i]["label"]);
    if (entry == nullptr) continue;
    walk.label = old_entries[i]["label"].get<std::string>();
    walk.values(old_entries[i], *entry, json_path("/optimizers", i));
  }
  return found;
}

}  // namespace lrtune
