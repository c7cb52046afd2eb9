// Text → JSON → overrides → each row of the table → optimizers → what concerns several fields. Every step adds what it
// finds to the complaints; they are thrown once, at the end.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "config/checks.h"
#include "config/config_json.h"
#include "config/fields.h"
#include "config/named.h"
#include "config/optimizers.h"
#include "config/override.h"
#include "config/values.h"
#include "lrtune/enum_words.h"

namespace lrtune {
namespace {

std::vector<std::string_view> sections() {
  std::vector<std::string_view> names;
  for (const Field& field : fields())
    if (std::ranges::find(names, field.section) == names.end()) names.push_back(field.section);
  return names;
}

std::vector<std::string_view> keys_of(std::string_view section) {
  std::vector<std::string_view> keys;
  for (const Field& field : fields())
    if (field.section == section) keys.push_back(field.key);
  return keys;
}

// Like check_keys, and knows where a key belongs that stands in the wrong place.
void check_places(const Json& object, const std::string& path, std::span<const std::string_view> keys,
                  Complaints& complaints) {
  for (const auto& item : object.items()) {
    const std::string& key = item.key();
    if (std::ranges::find(keys, key) != keys.end()) continue;
    const auto elsewhere = std::ranges::find(fields(), key, &Field::key);
    Facts facts;
    if (path == "/data" && (key == "name" || key == "rows" || key == "noise" || key == "seed"))
      facts = {{"of", "synthetic"}};
    else if (elsewhere != fields().end())
      facts = {{"section", std::string(elsewhere->section)}};
    else
      facts = suggestion(key, keys);
    facts.push_back({"key", key});
    complaints.add(json_path(path, key), ProblemKind::key_unknown, std::move(facts));
  }
}

void check_structure(const Json& root, Complaints& complaints) {
  std::vector<std::string_view> top = sections();
  for (const auto& section : sections()) {
    const auto found = root.find(section);
    if (found == root.end()) continue;
    const std::string path = json_path("", section);
    if (found->is_object()) {
      check_places(*found, path, keys_of(section), complaints);
    } else {
      complaints.add(path, ProblemKind::object_expected, {{"found", describe_json(*found)}});
    }
  }
  top.emplace_back("optimizers");
  top.emplace_back("$schema");  // for editors
  check_places(root, "", top, complaints);
}

// Of the whole list, then of each item; true if every item is good.
template <class Check>
bool check_list(const Field& field, const Json& value, const std::string& path, Complaints& complaints, Check check) {
  if (!value.is_array() || value.size() > field.most) {
    const std::string shown = value.is_array() ? fmt::format("{} items", value.size()) : describe_json(value);
    complaints.add(path, ProblemKind::list_expected, {{"most", field.most}, {"found", shown}});
    return false;
  }
  bool good = true;
  for (std::size_t i = 0; i < value.size(); ++i) good = check(value[i], json_path(path, i)) && good;
  return good;
}

bool check_field(const Field& field, const Json& value, const std::string& path, Complaints& complaints) {
  if (field.kind == FieldKind::own || (value.is_null() && field.nullable)) return true;
  const auto is_number = [&](const Json& item, const std::string& at) {
    return check_number(item, at, field.bounds, field.number, complaints).has_value();
  };
  const auto is_text = [&](const Json& item, const std::string& at) {
    return check_text(item, at, complaints).has_value();
  };
  switch (field.kind) {
    case FieldKind::number:
      return is_number(value, path);
    case FieldKind::number_list:
      return check_list(field, value, path, complaints, is_number);
    case FieldKind::text_list:
      return check_list(field, value, path, complaints, is_text);
    case FieldKind::name:
      return check_name(value, path, field.names(), complaints).has_value();
    case FieldKind::text:
    case FieldKind::own:
      break;
  }
  return is_text(value, path);
}

const Json* find_value(const Json& root, std::string_view section, std::string_view key) {
  const auto inside = root.find(section);
  if (inside == root.end() || !inside->is_object()) return nullptr;
  const auto found = inside->find(key);
  return found == inside->end() ? nullptr : &*found;
}

// Said by "format", or seen from what else there is; what "format" says wrongly is told when its row is read.
DataFormat guess_format(const Json& root) {
  if (const Json* said = find_value(root, "data", "format"); said != nullptr && said->is_string()) {
    if (const auto format = from_word<DataFormat>(said->get_ref<const std::string&>())) return *format;
  }
  const Json* train = find_value(root, "data", "train");
  if (train == nullptr && find_value(root, "data", "synthetic") != nullptr) return DataFormat::synthetic;
  return train != nullptr && train->is_object() ? DataFormat::idx : DataFormat::csv;
}

void read_fields(const Json& root, Config& config, Complaints& complaints) {
  data_of(config).format = guess_format(root);
  const unsigned format = format_bit(data_of(config).format);
  for (const Field& field : fields()) {
    const Json* value = find_value(root, field.section, field.key);
    if (value == nullptr) continue;
    const std::string path = json_path(json_path("", field.section), field.key);
    if ((field.formats & format) == 0) {
      complaints.add(path, ProblemKind::field_of_other_format, {{"format", std::string(word(data_of(config).format))}});
    } else if (check_field(field, *value, path, complaints)) {
      field.assign(config, *value, path, complaints);
    }
  }
}

Json parse_object(std::string_view text, const std::string& where, Complaints& complaints) {
  Json root = parse_json(text, where, JsonComments::allowed, complaints.problems());
  if (!root.is_object())
    throw Error(ProblemKind::object_expected, where, {{"found", describe_json(root)}, {"of", "config"}});
  return root;
}

Config resolved(const Json& root, const std::filesystem::path& base_directory, Complaints& complaints) {
  check_structure(root, complaints);

  Config config;
  config.base_directory = base_directory;
  config.training.schedule.settings = schedule_defaults(config.training.schedule.name);
  read_fields(root, config, complaints);
  if (find_value(root, "search", "max_seeds") == nullptr)
    config.search.max_seeds =
        std::max({config.search.max_seeds, config.search.seeds,
                  static_cast<std::size_t>(std::min(config.search.budget_runs.value_or(0) / 4, 1000.0))});
  const auto optimizers = root.find("optimizers");
  read_optimizers(optimizers == root.end() ? nullptr : &*optimizers, config, complaints);
  if (!root.contains("data")) complaints.add("/data", ProblemKind::data_absent);
  check_fields_together(config, root, complaints);
  complaints.throw_if_any();
  return config;
}

}  // namespace

Config read_config(std::string_view text, const std::string& where, const std::filesystem::path& base_directory,
                   std::span<const std::string> overrides) {
  Complaints complaints(where);
  Json root = parse_object(text, where, complaints);
  apply_overrides(root, overrides, base_directory, complaints);
  return resolved(root, base_directory, complaints);
}

Config read_memory_config(std::string_view text, const std::string& where) {
  Complaints complaints(where);
  Json root = parse_object(text, where, complaints);
  if (!root.contains("data")) root["data"] = Json::object();
  if (Json& data = root["data"]; data.is_object()) {
    data["train"] = "memory";
    data["target"] = 0;
  }
  return resolved(root, "", complaints);
}

}  // namespace lrtune
