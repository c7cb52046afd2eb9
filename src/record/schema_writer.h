// schema_writer.h: the JSON Schema (draft 7) of a described record (record/describe.h). Records that have a name stand
// once, under "definitions".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "lrtune/enum_words.h"
#include "record/describe.h"

namespace lrtune {

Json number_schema(const Bounds& bounds, bool whole);
Json facts_schema();
// The schema, or null.
Json or_null(Json schema);
Json described(Json schema, std::string_view doc);

template <class T>
Json schema_of(const Rule& rule, Json& definitions, const auto&... context);

class SchemaWriter {
 public:
  explicit SchemaWriter(Json& definitions) : definitions_(definitions) {}

  void record(std::string_view name, std::string_view doc) {
    name_ = name;
    doc_ = doc;
  }

  template <class T>
  void field(std::string_view key, const T&, const Rule& rule = {}, const auto&... context) {
    required_.push_back(key);
    add(key, described(schema_of<T>(rule, definitions_, context...), rule.doc));
  }
  template <class T>
  void optional(std::string_view key, const T&, const Rule& rule = {}) {
    add(key, described(schema_of<T>(rule, definitions_), rule.doc));
  }
  template <class T>
  void when_set(std::string_view key, const T&, const Rule& rule = {}) {
    if constexpr (kIsOptional<T>)
      add(key, described(schema_of<typename T::value_type>(rule, definitions_), rule.doc));
    else
      add(key, described(schema_of<T>(rule, definitions_), rule.doc));
  }
  template <class T>
  void constant(std::string_view key, const T& value) {
    required_.push_back(key);
    add(key, {{"const", value}});
  }
  void kept_text(std::string_view key, const std::string&, const Rule& rule) {
    required_.push_back(key);
    add(key, described({{"type", "object"}}, rule.doc));
  }
  template <class Describe>
  void group(std::string_view key, const Rule& rule, const Describe& describe_members) {
    SchemaWriter inner(definitions_);
    describe_members(inner);
    Json schema = inner.object();
    if (rule.open) schema.erase("additionalProperties");
    required_.push_back(key);
    add(key, described(std::move(schema), rule.doc));
  }
  template <class R>
  void inlined(std::string_view, const std::optional<R>&) {
    R blank;
    describe(*this, blank);
  }
  template <class R>
  void by_name(std::string_view key, const std::vector<std::string>&, const std::vector<R>&, const Rule& rule) {
    required_.push_back(key);
    add(key, described({{"type", "object"}, {"additionalProperties", schema_of<R>({}, definitions_)}}, rule.doc));
  }

  // What was told of so far.
  Json object() const {
    return {{"type", "object"}, {"required", required_}, {"properties", properties_}, {"additionalProperties", false}};
  }
  // The same, by its name if it has one.
  Json reference() const {
    if (name_.empty()) return described(object(), doc_);
    definitions_[std::string(name_)] = described(object(), doc_);
    return {{"$ref", "#/definitions/" + std::string(name_)}};
  }

 private:
  void add(std::string_view key, Json schema) { properties_[std::string(key)] = std::move(schema); }

  Json& definitions_;
  std::string_view name_;
  std::string_view doc_;
  std::vector<std::string_view> required_;
  Json properties_ = Json::object();
};

// Of a member of type T.
template <class T>
Json schema_of(const Rule& rule, Json& definitions, const auto&... context) {
  if constexpr (kIsOptional<T>) {
    return or_null(schema_of<typename T::value_type>(rule, definitions, context...));
  } else if constexpr (std::is_same_v<T, std::vector<Setting>>) {
    return {{"type", "object"}, {"additionalProperties", {{"type", "number"}}}};
  } else if constexpr (std::is_same_v<T, Facts>) {
    return facts_schema();
  } else if constexpr (kIsList<T>) {
    return {{"type", "array"}, {"items", schema_of<typename T::value_type>(rule, definitions, context...)}};
  } else if constexpr (std::is_same_v<T, RateInterval>) {
    return {{"type", "array"}, {"items", number_schema(kAboveZero, false)}, {"minItems", 2}, {"maxItems", 2}};
  } else if constexpr (std::is_enum_v<T>) {
    return {{"enum", kWords<T>}};
  } else if constexpr (std::is_same_v<T, std::string>) {
    return rule.text == TextRule::any ? Json{{"type", "string"}} : Json{{"type", "string"}, {"minLength", 1}};
  } else if constexpr (std::is_same_v<T, bool>) {
    return {{"type", "boolean"}};
  } else if constexpr (std::is_same_v<T, int>) {
    return {{"enum", std::vector<int>(rule.choices.begin(), rule.choices.end())}};
  } else if constexpr (std::is_arithmetic_v<T>) {
    return number_schema(rule.bounds, std::is_integral_v<T>);
  } else {
    SchemaWriter writer(definitions);
    T blank;
    describe(writer, blank, context...);
    return writer.reference();
  }
}

// A whole schema, as text: of the file that R is written as.
template <class R>
std::string schema_text(std::string_view title, std::string_view doc) {
  Json definitions = Json::object();
  SchemaWriter writer(definitions);
  R blank;
  describe(writer, blank);
  Json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"}, {"title", title}, {"description", doc}};
  schema.update(writer.object());
  schema["definitions"] = std::move(definitions);
  return write_json(schema, 2);
}

}  // namespace lrtune
