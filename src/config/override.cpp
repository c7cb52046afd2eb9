#include "config/override.h"

#include <fmt/format.h>

#include <optional>

#include "base/text.h"
#include "config/paths.h"

namespace lrtune {
namespace {

constexpr std::size_t kLongestPath = 16;  // keys on the way; a configuration is four deep

struct Assignment {
  std::string where;  // "--set …", for messages
  std::vector<std::string> keys;
  Json value;
};

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

// As typed if that is harmless to show, else escaped and cut.
std::string shown(const std::string& text) {
  const std::string quoted = show(text);
  return quoted == "\"" + text + "\"" ? text : quoted;
}

// JSON, or else the text itself: --set data.target=species.
Json parse_value(const std::string& text, const std::string& where, Complaints& complaints) {
  try {
    return parse_json(text, where, JsonComments::refused, complaints.problems());
  } catch (const Error&) {
    return text;
  }
}

std::optional<Assignment> parse(const std::string& text, Complaints& complaints) {
  const std::string where = "--set " + shown(text);
  const auto refuse = [&](std::string fault) {
    complaints.add({ProblemKind::set_malformed, where, {{"fault", std::move(fault)}}});
    return std::nullopt;
  };
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos) return refuse("no_equals");
  if (!is_utf8(text)) return refuse("not_utf8");
  std::vector<std::string> keys = split(std::string_view(text).substr(0, equals), '.');
  if (keys.size() > kLongestPath) return refuse("too_deep");
  for (const std::string& key : keys)
    if (key.empty()) return refuse(equals == 0 ? "no_field" : "empty_part");
  Json value = parse_value(text.substr(equals + 1), where, complaints);
  return Assignment{where, std::move(keys), std::move(value)};
}

std::optional<std::size_t> parse_index(const std::string& key) {
  if (key.empty() || key.size() > 6 || key.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  return static_cast<std::size_t>(*parse_number(key));
}

// "momentum" stands for {"name": "momentum"} where there is more to say of it.
bool is_named(const std::string& path) {
  return path == "/training/schedule" || path == "/data/synthetic" || path.starts_with("/optimizers/");
}

// data.train, data.validation, and data.train.images and the like.
bool names_data_file(const std::vector<std::string>& keys) {
  if (keys.size() < 2 || keys[0] != "data" || (keys[1] != "train" && keys[1] != "validation")) return false;
  return keys.size() == 2 || (keys.size() == 3 && (keys[2] == "images" || keys[2] == "labels"));
}

// Changes the names of data files in `value`, which is to stand at `keys`.
template <class Change>
void change_data_files(const std::vector<std::string>& keys, Json& value, const Change& change) {
  if (value.is_string() && names_data_file(keys)) value = change(value.get_ref<const std::string&>());
  if (!value.is_object() || keys.front() != "data" || keys.size() > 2) return;
  for (const auto& item : value.items()) {
    std::vector<std::string> inner = keys;
    inner.push_back(item.key());
    change_data_files(inner, item.value(), change);
  }
}

void apply(Json& root, Assignment& assignment, Complaints& complaints) {
  Json* at = &root;
  std::string path;
  std::string created;
  for (const std::string& key : assignment.keys) {
    if (at->is_string() && is_named(path)) *at = {{"name", *at}};
    if (at->is_null() && !path.empty()) *at = Json::object();
    if (!at->is_structured()) {
      complaints.add({ProblemKind::set_in_scalar,
                      assignment.where,
                      {{"path", path}, {"found", describe_json(*at)}, {"key", key}}});
      return;
    }
    path = json_path(path, key);
    if (at->is_object()) {
      if (!at->contains(key) && created.empty()) created = path;
      at = &(*at)[key];
      continue;
    }
    const auto index = parse_index(key);
    if (!index || *index >= at->size()) {
      Facts facts = {{"path", path}};
      if (!at->empty()) facts.push_back({"last", at->size() - 1});
      complaints.add({ProblemKind::set_no_such_item, assignment.where, std::move(facts)});
      return;
    }
    at = &(*at)[*index];
  }
  *at = std::move(assignment.value);
  complaints.blame(assignment.where, path, created.empty() ? path : created);
}

}  // namespace

void apply_overrides(Json& root, std::span<const std::string> overrides, const std::filesystem::path& base_directory,
                     Complaints& complaints) {
  for (const std::string& text : overrides) {
    auto assignment = parse(text, complaints);
    if (!assignment) continue;
    const std::string& first = assignment->keys.front();
    const bool list = first == "optimizers" && assignment->keys.size() > 1;
    if (list && !root.contains(first)) {
      complaints.add({ProblemKind::set_no_optimizers, assignment->where, {}, "optimizers", R"(["sgd"])"});
      continue;
    }
    change_data_files(assignment->keys, assignment->value,
                      [&](const std::string& file) { return rebased(file, "", base_directory); });
    apply(root, *assignment, complaints);
  }
}

}  // namespace lrtune
