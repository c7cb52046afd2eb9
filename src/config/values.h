// values.h: single values of a configuration: is it the kind of thing that is wanted, within its bounds, a known name?
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "config/complaints.h"
#include "lrtune/catalog.h"

namespace lrtune {

// The value as a number (a boolean as 0 or 1), or nullopt and a complaint. 3.0 is a whole number; −0 becomes 0.
std::optional<double> check_number(const Json& value, const std::string& path, const Bounds& bounds, ParameterKind kind,
                                   Complaints& complaints);

// A text that is not empty and has no NUL in it.
std::optional<std::string> check_text(const Json& value, const std::string& path, Complaints& complaints);

// One of the names.
std::optional<std::string> check_name(const Json& value, const std::string& path,
                                      std::span<const std::string_view> names, Complaints& complaints);

// Complains of every key of `object` that is none of `keys`.
void check_keys(const Json& object, const std::string& path, std::span<const std::string_view> keys,
                Complaints& complaints);

// The schema of a number: type, bounds, description, default.
Json number_schema(const Bounds& bounds, ParameterKind kind);

// A number as JSON: true or false, a whole number, or a real one.
Json number_to_json(double value, ParameterKind kind);

}  // namespace lrtune
