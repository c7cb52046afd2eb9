#include "config/config_json.h"
#include "config/fields.h"
#include "config/named.h"
#include "config/optimizers.h"
#include "config/values.h"
#include "lrtune/enum_words.h"

namespace lrtune {
namespace {

Json shape_of(const Field& field) {
  switch (field.kind) {
    case FieldKind::own:
      return field.schema();
    case FieldKind::name:
      return {{"enum", field.names()}};
    case FieldKind::number:
      return number_schema(field.bounds, field.number);
    case FieldKind::number_list:
      return {{"type", "array"}, {"items", number_schema(field.bounds, field.number)}, {"maxItems", field.most}};
    case FieldKind::text_list:
      return {{"type", "array"}, {"items", {{"type", "string"}, {"minLength", 1}}}, {"maxItems", field.most}};
    case FieldKind::text:
      break;
  }
  return {{"type", "string"}, {"minLength", 1}};
}

Json field_schema(const Field& field, const Config& defaults) {
  Json schema = shape_of(field);
  if (field.nullable && field.kind == FieldKind::name) schema["enum"].push_back(nullptr);
  if (field.nullable && schema.contains("type")) schema["type"] = {schema["type"], "null"};
  if (field.nullable && schema.contains("anyOf")) schema["anyOf"].push_back({{"type", "null"}});
  const bool required = field.section == "data" && field.kind == FieldKind::own && !field.nullable;
  if (const Json value = field.value(defaults); !value.is_discarded() && !(required && field.key != "delimiter"))
    schema["default"] = value;
  schema["description"] = field.doc;
  return schema;
}

// What must be there depends on the format of the data.
Json data_alternatives() {
  const auto has = [](Json keys) { return Json{{"required", std::move(keys)}}; };
  Json images = {{"properties", {{"train", {{"type", "object"}}}}}, {"required", {"train"}}};
  Json synthetic = {{"properties", {{"format", {{"const", word(DataFormat::synthetic)}}}}}, {"required", {"format"}}};
  return Json::array({has({"train", "target"}), std::move(images), has({"synthetic"}), std::move(synthetic)});
}

}  // namespace

std::string config_schema() {
  Config defaults;
  defaults.training.schedule.settings = schedule_defaults(defaults.training.schedule.name);
  Json sections = Json::object();
  for (const Field& field : fields()) {
    Json& section = sections[std::string(field.section)];
    if (section.is_null())
      section = {{"type", "object"}, {"properties", Json::object()}, {"additionalProperties", false}};
    section["properties"][std::string(field.key)] = field_schema(field, defaults);
  }
  sections["data"]["anyOf"] = data_alternatives();
  sections["optimizers"] = optimizers_schema();
  sections["$schema"] = {{"type", "string"}, {"description", "for editors; lrtune ignores it"}};
  return write_json({{"$schema", "http://json-schema.org/draft-07/schema#"},
                     {"title", "lrtune config"},
                     {"description", "JSON with // and /* */ comments. Written by lrtune schema config; do not edit."},
                     {"type", "object"},
                     {"properties", std::move(sections)},
                     {"required", Json::array({"data"})},
                     {"additionalProperties", false}},
                    2);
}

}  // namespace lrtune
