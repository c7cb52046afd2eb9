#include "record/schema_writer.h"

#include <cmath>
#include <cstdint>

namespace lrtune {
namespace {

// 0, not 0.0
Json number(double value) { return value == std::floor(value) ? Json(static_cast<std::int64_t>(value)) : Json(value); }

}  // namespace

Json number_schema(const Bounds& bounds, bool whole) {
  Json schema = {{"type", whole ? "integer" : "number"}};
  if (std::isfinite(bounds.min))
    schema[bounds.min_open ? "exclusiveMinimum" : "minimum"] = number(bounds.min);
  else if (whole)
    schema["minimum"] = 0;
  if (std::isfinite(bounds.max)) schema[bounds.max_open ? "exclusiveMaximum" : "maximum"] = number(bounds.max);
  return schema;
}

Json facts_schema() {
  const Json one = {{"type", {"number", "string"}}};
  const Json list = {{"type", "array"}, {"items", {{"type", "string"}}}};
  return {{"type", "object"}, {"additionalProperties", {{"anyOf", Json::array({one, list})}}}};
}

Json or_null(Json schema) {
  if (schema.contains("$ref")) return {{"anyOf", Json::array({{{"type", "null"}}, std::move(schema)})}};
  if (schema.contains("enum"))
    schema["enum"].push_back(nullptr);
  else
    schema["type"] = {schema["type"], "null"};
  return schema;
}

Json described(Json schema, std::string_view doc) {
  if (doc.empty()) return schema;
  Json out = Json::object();
  for (auto& [key, value] : schema.items()) {
    out[key] = std::move(value);
    out["description"] = doc;  // behind the first key, where people look for it
  }
  return out;
}

}  // namespace lrtune
