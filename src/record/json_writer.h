// json_writer.h: a described record (record/describe.h) as JSON.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/require.h"
#include "lrtune/enum_words.h"
#include "record/describe.h"

namespace lrtune {

template <class T>
Json json_of(const T& value, const auto&... context);

class JsonWriter {
 public:
  Json out = Json::object();

  void record(std::string_view, std::string_view) {}

  template <class T>
  void field(std::string_view key, const T& value, const Rule& = {}, const auto&... context) {
    out[std::string(key)] = json_of(value, context...);
  }
  template <class T>
  void optional(std::string_view key, const T& value, const Rule& = {}) {
    field(key, value);
  }
  template <class T>
  void when_set(std::string_view key, const T& value, const Rule& = {}) {
    if (value) field(key, value);
  }
  template <class T>
  void constant(std::string_view key, const T& value) {
    out[std::string(key)] = value;
  }
  void kept_text(std::string_view key, const std::string& text, const Rule&) {
    Json kept = Json::parse(text, nullptr, false);
    LRTUNE_CHECK(kept.is_object(), text.size());
    out[std::string(key)] = std::move(kept);
  }
  template <class Describe>
  void group(std::string_view key, const Rule&, const Describe& describe_members) {
    JsonWriter inner;
    describe_members(inner);
    out[std::string(key)] = std::move(inner.out);
  }
  template <class R>
  void inlined(std::string_view, const std::optional<R>& value) {
    if (value) describe(*this, *value);
  }
  template <class R>
  void by_name(std::string_view key, const std::vector<std::string>& names, const std::vector<R>& rows, const Rule&) {
    Json members = Json::object();
    for (std::size_t i = 0; i < names.size(); ++i) members[names[i]] = json_of(rows.at(i));
    out[std::string(key)] = std::move(members);
  }
};

template <class T>
Json json_of(const T& value, const auto&... context) {
  if constexpr (kIsOptional<T>) {
    return value ? json_of(*value, context...) : Json(nullptr);
  } else if constexpr (std::is_same_v<T, std::vector<Setting>>) {
    Json out = Json::object();
    for (const Setting& setting : value) out[setting.name] = setting.value;
    return out;
  } else if constexpr (std::is_same_v<T, Facts>) {
    Json out = Json::object();
    for (const Fact& fact : value) std::visit([&](const auto& known) { out[fact.name] = known; }, fact.value);
    return out;
  } else if constexpr (kIsList<T>) {
    Json out = Json::array();
    for (const auto& item : value) out.push_back(json_of(item, context...));
    return out;
  } else if constexpr (std::is_enum_v<T>) {
    return word(value);
  } else if constexpr (std::is_class_v<T> && !std::is_constructible_v<Json, T>) {
    JsonWriter writer;
    describe(writer, value, context...);
    return std::move(writer.out);
  } else {
    return value;
  }
}

}  // namespace lrtune
