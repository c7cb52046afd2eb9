#include "config/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace lrtune {
namespace {

std::string number_text(double value) {
  return value == std::floor(value) && std::abs(value) < 1e15 ? fmt::format("{:.0f}", value) : format_number(value);
}

}  // namespace

std::string describe_bounds(const Bounds& b) {
  const bool low = std::isfinite(b.min);
  const bool high = std::isfinite(b.max);
  if (low && high && !b.min_open && !b.max_open)
    return fmt::format("from {} to {}", number_text(b.min), number_text(b.max));
  std::string text;
  if (low) text = fmt::format("{} {}", b.min_open ? "above" : "of at least", number_text(b.min));
  if (high)
    text += fmt::format("{}{} {}", low ? " and " : "",
                        b.max_open ? "below"
                        : low      ? "at most"
                                   : "of at most",
                        number_text(b.max));
  return text;
}

std::string describe_number(const Bounds& bounds, ParameterKind kind) {
  if (kind == ParameterKind::boolean) return "true or false";
  const std::string range = describe_bounds(bounds);
  return fmt::format("{}{}{}", kind == ParameterKind::integer ? "a whole number" : "a number", range.empty() ? "" : " ",
                     range);
}

std::optional<double> check_number(const Json& value, const std::string& path, const Bounds& bounds, ParameterKind kind,
                                   Complaints& complaints) {
  if (kind == ParameterKind::boolean && value.is_boolean()) return value.get<bool>() ? 1 : 0;
  if (kind != ParameterKind::boolean && value.is_number()) {
    const double number = value.get<double>() + 0.0;
    const bool whole = kind != ParameterKind::integer || number == std::floor(number);
    if (whole && std::isfinite(number) && contains(bounds, number)) return number;
  }
  complaints.add(path, fmt::format("must be {}, not {}", describe_number(bounds, kind), describe_json(value)));
  return std::nullopt;
}

std::optional<std::string> check_text(const Json& value, const std::string& path, Complaints& complaints) {
  if (!value.is_string()) {
    complaints.add(path, fmt::format("must be a text, not {}", describe_json(value)));
    return std::nullopt;
  }
  auto text = value.get<std::string>();
  if (!text.empty() && text.find('\0') == std::string::npos) return text;
  complaints.add(path, text.empty() ? "must not be empty" : "must not hold a NUL byte");
  return std::nullopt;
}

std::optional<std::string> check_name(const Json& value, const std::string& path,
                                      std::span<const std::string_view> names, Complaints& complaints) {
  if (!value.is_string()) {
    complaints.add(path, fmt::format("must be a name, not {}", describe_json(value)), suggest_name("", names));
    return std::nullopt;
  }
  auto name = value.get<std::string>();
  if (std::ranges::find(names, name) != names.end()) return name;
  complaints.add(path, fmt::format("unknown {}", show(name)), suggest_name(name, names));
  return std::nullopt;
}

void check_keys(const Json& object, const std::string& path, std::span<const std::string_view> keys,
                Complaints& complaints) {
  for (const auto& item : object.items()) {
    if (std::ranges::find(keys, item.key()) != keys.end()) continue;
    complaints.add(json_path(path, item.key()), fmt::format("unknown key {}", show(item.key())),
                   suggest_name(item.key(), keys));
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
