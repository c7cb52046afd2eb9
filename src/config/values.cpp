#include "config/values.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace lrtune {
namespace {

// What a number must be, and what is there.
Facts number_facts(const Bounds& b, ParameterKind kind, const Json& value) {
  const bool boolean = kind == ParameterKind::boolean;
  Facts facts = {{"type", boolean                          ? "boolean"
                          : kind == ParameterKind::integer ? "integer"
                                                           : "real"},
                 {"found", describe_json(value)}};
  if (boolean) return facts;
  if (std::isfinite(b.min)) facts.push_back({b.min_open ? "above" : "least", b.min});
  if (std::isfinite(b.max)) facts.push_back({b.max_open ? "below" : "most", b.max});
  return facts;
}

}  // namespace

std::optional<double> check_number(const Json& value, const std::string& path, const Bounds& bounds, ParameterKind kind,
                                   Complaints& complaints) {
  if (kind == ParameterKind::boolean && value.is_boolean()) return value.get<bool>() ? 1 : 0;
  if (kind != ParameterKind::boolean && value.is_number()) {
    const double number = value.get<double>() + 0.0;
    const bool whole = kind != ParameterKind::integer || number == std::floor(number);
    if (whole && std::isfinite(number) && contains(bounds, number)) return number;
  }
  complaints.add(path, ProblemKind::number_expected, number_facts(bounds, kind, value));
  return std::nullopt;
}

std::optional<std::string> check_text(const Json& value, const std::string& path, Complaints& complaints) {
  if (!value.is_string()) {
    complaints.add(path, ProblemKind::text_expected, {{"found", describe_json(value)}});
    return std::nullopt;
  }
  auto text = value.get<std::string>();
  if (!text.empty() && text.find('\0') == std::string::npos) return text;
  complaints.add(path, text.empty() ? ProblemKind::text_empty : ProblemKind::text_nul);
  return std::nullopt;
}

std::optional<std::string> check_name(const Json& value, const std::string& path,
                                      std::span<const std::string_view> names, Complaints& complaints) {
  if (!value.is_string()) {
    Facts facts = suggestion("", names);
    facts.push_back({"found", describe_json(value)});
    complaints.add(path, ProblemKind::name_expected, std::move(facts));
    return std::nullopt;
  }
  auto name = value.get<std::string>();
  if (std::ranges::find(names, name) != names.end()) return name;
  const auto near = nearest_name(name, names);
  Facts facts = suggestion(name, names);
  facts.push_back({"name", std::move(name)});
  complaints.add(path, ProblemKind::name_unknown, std::move(facts), std::string(near.value_or("")));
  return std::nullopt;
}

void check_keys(const Json& object, const std::string& path, std::span<const std::string_view> keys,
                Complaints& complaints) {
  for (const auto& item : object.items()) {
    if (std::ranges::find(keys, item.key()) != keys.end()) continue;
    Facts facts = suggestion(item.key(), keys);
    facts.push_back({"key", item.key()});
    complaints.add(json_path(path, item.key()), ProblemKind::key_unknown, std::move(facts));
  }
}

Json number_schema(const Bounds& bounds, ParameterKind kind) {
  if (kind == ParameterKind::boolean) return {{"type", "boolean"}};
  Json schema = {{"type", kind == ParameterKind::integer ? "integer" : "number"}};
  if (std::isfinite(bounds.min))
    schema[bounds.min_open ? "exclusiveMinimum" : "minimum"] = number_to_json(bounds.min, kind);
  if (std::isfinite(bounds.max))
    schema[bounds.max_open ? "exclusiveMaximum" : "maximum"] = number_to_json(bounds.max, kind);
  return schema;
}

Json number_to_json(double value, ParameterKind kind) {
  if (kind == ParameterKind::boolean) return value != 0;
  if (kind == ParameterKind::integer) return static_cast<std::int64_t>(value);
  return value;
}

}  // namespace lrtune
