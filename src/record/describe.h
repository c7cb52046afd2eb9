// describe.h: how a record's description is written. Each record of a file is described once, by a function
//
//   void describe(auto& v, Record<Trial> auto& t) {
//     v.record("trial", "what the schema says of it");
//     v.field("learning_rate", t.learning_rate, kRate);
//     …
//   }
//
// that tells a visitor of every field, in the order of the file: what it is called, where it is kept, and what the type
// does not say. Three visitors make everything else of it: JsonWriter, JsonReader and SchemaWriter. They have
//
//   record(name, doc)             what the schema calls it, if it stands in more than one place
//   field(key, member, rule)      always there; an absent std::optional is null
//   optional(key, member, rule)   written like a field, but a file may lack it: a baseline, or an older one
//   when_set(key, member, rule)   only there if the std::optional has a value, or the flag is true
//   constant(key, value)
//   kept_text(key, text, rule)    an object that lrtune keeps as JSON text
//   group(key, rule, describe)    an object that holds members of this record
//   inlined(key, member)          an optional record whose fields stand here; it is absent where `key` is
//   by_name(key, names, list, rule)  an object with a member for each of the list, called by `names`
//
// What follows a rule is handed to the description of the member: field(key, member, rule, context).
// A member is a number, text, flag, enumeration (lrtune/enum_words.h), list or a record that is described in its turn.
#pragma once

#include <concepts>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "lrtune/catalog.h"

namespace lrtune {

// T is the record R, const where it is written.
template <class T, class R>
concept Record = std::same_as<std::remove_const_t<T>, R>;

enum class TextRule { any, filled, label };  // filled: not empty; label: one line too

// What the type of a member does not say; of a list, it holds for each item.
struct Rule {
  std::string_view doc = {};
  Bounds bounds = {};
  TextRule text = TextRule::any;
  std::span<const int> choices = {};  // of an int: the only values
  bool open = false;                  // of a group: a file may have more in it
};

constexpr Bounds kAboveZero{.min = 0, .min_open = true};  // rates
constexpr Bounds kFromZero{.min = 0};

constexpr Rule doc(std::string_view text) { return {.doc = text}; }
constexpr Rule rate(std::string_view text = {}) { return {.doc = text, .bounds = kAboveZero}; }
constexpr Rule from_zero(std::string_view text = {}) { return {.doc = text, .bounds = kFromZero}; }
constexpr Rule at_least(double least, std::string_view text = {}) { return {.doc = text, .bounds = {.min = least}}; }
constexpr Rule label() { return {.text = TextRule::label}; }
constexpr Rule filled() { return {.text = TextRule::filled}; }

// member = value, but where a record is only written.
template <class T, class U>
void set(T& member, const U& value) {
  if constexpr (!std::is_const_v<T>) member = value;
}

// Whether a record that was read can be used, each of its fields being right: its lists may differ in length.
template <class R>
bool is_sound(const R&) {
  return true;
}

// What a member's type is, to the visitors.
template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;
template <class T>
inline constexpr bool kIsList = false;
template <class T>
inline constexpr bool kIsList<std::vector<T>> = true;

}  // namespace lrtune
