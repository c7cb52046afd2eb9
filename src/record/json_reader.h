// json_reader.h: JSON as a described record (record/describe.h). Keys that are not known are passed over, so that newer
// files can be read. Throws Error with file and JSON path of what is missing or wrong.
#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "lrtune/enum_words.h"
#include "record/describe.h"
#include "record/node.h"

namespace lrtune {

template <class T>
void read_value(const Node& node, T& value, const Rule& rule, const auto&... context);

class JsonReader {
 public:
  explicit JsonReader(const Node& node) : node_(node.object()) {}

  void record(std::string_view, std::string_view) {}

  template <class T>
  void field(std::string_view key, T& value, const Rule& rule = {}, const auto&... context) {
    if constexpr (kIsOptional<T>)
      optional(key, value, rule);
    else
      read_value(node_[key], value, rule, context...);
  }
  template <class T>
  void optional(std::string_view key, T& value, const Rule& rule = {}) {
    if (const auto member = node_.find(key); member && !member->is_null()) read_value(*member, value, rule);
  }
  template <class T>
  void when_set(std::string_view key, T& value, const Rule& rule = {}) {
    optional(key, value, rule);
  }
  template <class T>
  void constant(std::string_view, const T&) {}
  void kept_text(std::string_view key, std::string& text, const Rule&) {
    text = write_json(node_[key].object().json(), 2);
  }
  template <class Describe>
  void group(std::string_view key, const Rule&, const Describe& describe_members) {
    const Node member = node_[key];
    JsonReader inner(member);
    describe_members(inner);
  }
  template <class R>
  void inlined(std::string_view key, std::optional<R>& value) {
    if (node_.find(key)) describe(*this, value.emplace());
  }
  template <class R>
  void by_name(std::string_view key, const std::vector<std::string>& names, std::vector<R>& rows, const Rule&) {
    const Node members = node_[key];
    if (members.object().json().size() != names.size()) members.fail(ProblemKind::stored_heuristics_differ);
    rows.resize(names.size());
    for (std::size_t i = 0; i < names.size(); ++i) read_value(members[names[i]], rows[i], {});
  }

 private:
  const Node& node_;
};

template <class E>
E read_word(const Node& node) {
  const std::string text = node.text();
  const auto value = from_word<E>(text);
  if (value) return *value;
  Facts facts = suggestion(text, kWords<E>);
  facts.push_back({"name", text});
  node.fail(ProblemKind::name_unknown, std::move(facts));
}

inline std::string read_text(const Node& node, TextRule rule) {
  std::string text = node.text();
  const bool good = (rule == TextRule::any || !text.empty()) && (rule != TextRule::label || is_one_line(text));
  if (!good && rule == TextRule::label) node.fail(ProblemKind::label_malformed, {{"label", text}});
  if (!good) node.fail(ProblemKind::text_empty);
  return text;
}

inline std::vector<Setting> read_settings(const Node& node) {
  std::vector<Setting> settings;
  for (const auto& item : node.object().json().items()) settings.push_back({item.key(), node[item.key()].number()});
  return settings;
}

inline RateInterval read_interval(const Node& node) {
  const std::vector<Node> ends = node.items();
  if (ends.size() != 2)
    node.fail(ProblemKind::stored_value, {{"wanted", "rates"}, {"found", fmt::format("{}", ends.size())}});
  return {ends[0].number(kAboveZero), ends[1].number(kAboveZero)};
}

inline std::vector<std::string> read_texts(const Node& node) {
  std::vector<std::string> texts;
  for (const Node& item : node.items()) texts.push_back(item.text());
  return texts;
}

inline Facts read_facts(const Node& node) {
  Facts facts;
  for (const auto& item : node.object().json().items()) {
    const Node value = node[item.key()];
    if (value.json().is_number_unsigned())
      facts.push_back({item.key(), value.count()});
    else if (value.json().is_number())
      facts.push_back({item.key(), value.number()});
    else if (value.json().is_array())
      facts.push_back({item.key(), read_texts(value)});
    else
      facts.push_back({item.key(), value.text()});
  }
  return facts;
}

template <class T>
void read_value(const Node& node, T& value, const Rule& rule, const auto&... context) {
  if constexpr (kIsOptional<T>) {
    read_value(node, value.emplace(), rule);
  } else if constexpr (std::is_same_v<T, std::vector<Setting>>) {
    value = read_settings(node);
  } else if constexpr (std::is_same_v<T, Facts>) {
    value = read_facts(node);
  } else if constexpr (kIsList<T>) {
    value.clear();
    for (const Node& item : node.items()) read_value(item, value.emplace_back(), rule, context...);
  } else if constexpr (std::is_same_v<T, RateInterval>) {
    value = read_interval(node);
  } else if constexpr (std::is_enum_v<T>) {
    value = read_word<T>(node);
  } else if constexpr (std::is_same_v<T, std::string>) {
    value = read_text(node, rule.text);
  } else if constexpr (std::is_same_v<T, bool>) {
    value = node.boolean();
  } else if constexpr (std::is_same_v<T, double>) {
    value = node.number(rule.bounds);
  } else if constexpr (std::is_same_v<T, std::size_t>) {
    value = node.count(rule.bounds);
  } else if constexpr (std::is_same_v<T, int>) {
    value = static_cast<int>(node.count({.max = std::numeric_limits<int>::max()}));
    if (std::ranges::find(rule.choices, value) == rule.choices.end())
      node.expected({{"wanted", "choice"}, {"choices", fmt::format("{}", fmt::join(rule.choices, ", "))}});
  } else {
    JsonReader reader(node);
    describe(reader, value, context...);
    if (!is_sound(value)) node.fail(ProblemKind::stored_lists_differ);
  }
}

template <class R>
R read_record(const Node& node) {
  R record;
  read_value(node, record, {});
  return record;
}

}  // namespace lrtune
