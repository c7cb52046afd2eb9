#include "record/coverage.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace lrtune {
namespace {

using Json = nlohmann::ordered_json;
using Values = std::vector<const Json*>;

// Without "null or" and by its definition.
const Json& resolved(const Json& schema, const Json& root) {
  if (schema.contains("anyOf")) return resolved(schema["anyOf"].back(), root);
  if (!schema.contains("$ref")) return schema;
  return root.at(Json::json_pointer(schema["$ref"].get<std::string>().substr(1)));
}

bool is_told(const Json& schema, const Json& value) {
  if (value.is_null() || value == false || value == 0 || value == "") return false;
  return !schema.contains("enum") || value != schema["enum"].front();
}

void walk(const Json& schema_or_reference, const Json& root, const std::string& path, const Values& values,
          std::string& found) {
  const Json& schema = resolved(schema_or_reference, root);
  const bool has_members = schema.contains("additionalProperties") && schema["additionalProperties"].is_object();
  if (schema.contains("const")) return;
  if (schema.contains("properties")) {
    for (const auto& [key, member] : schema["properties"].items()) {
      Values inside;
      for (const Json* value : values)
        if (value->is_object() && value->contains(key)) inside.push_back(&value->at(key));
      walk(member, root, path + "/" + key, inside, found);
    }
  } else if (schema.contains("items") || has_members) {
    Values inside;
    for (const Json* value : values)
      for (const Json& item : *value) inside.push_back(&item);
    walk(has_members ? schema["additionalProperties"] : schema["items"], root, path + "/*", inside, found);
  } else if (std::ranges::none_of(values, [&](const Json* value) { return is_told(schema, *value); })) {
    found += path + " ";
  }
}

}  // namespace

std::string unset(const std::string& schema, const std::vector<std::string>& examples) {
  const Json root = Json::parse(schema);
  std::vector<Json> parsed;
  for (const std::string& example : examples) parsed.push_back(Json::parse(example));
  Values values;
  for (const Json& example : parsed) values.push_back(&example);
  std::string found;
  walk(root, root, "", values, found);
  return found;
}

}  // namespace lrtune
