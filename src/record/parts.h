// parts.h: what the JSON of every result has in common.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "lrtune/study.h"
#include "lrtune/trial_run.h"

namespace lrtune {

Json to_json(const Estimate& estimate);
Json to_json(const std::optional<Estimate>& estimate);
Json to_json(const std::vector<Notice>& notices);
Json to_json(const Subject& subject);
Json to_json(const std::vector<Setting>& settings);
Json to_json(const RunInfo& run);
Json to_json(const Trial& trial);
Json to_json(const Study& study);  // a whole result

// The resolved configuration, which is kept as text.
Json embedded_config(const std::string& text);

Json tool(const std::string& version);

// The schema `text`; what is null in its "properties" and "definitions" is taken from the schema `whole`.
std::string schema_with_parts(std::string_view text, std::string_view whole);

// Throws Error with `where` and the JSON path of what is missing or wrong.
Trial trial_from_json(const Json& json, const std::string& where);

template <class T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

}  // namespace lrtune
