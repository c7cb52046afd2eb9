// words.h: sentences from tables. A kind of notice or problem has one or more rows; the first row whose condition
// holds has the words. A sentence has places for facts; "{{" and "}}" are plain braces:
//   {rows}            a number as it is shown everywhere; a text if it is harmless, else quoted; "a, b and 3 more"
//   {decades:.2g}     a number with these digits, as fmt writes it
//   {class:quoted}    a text in quotes, escaped and cut
//   {file:raw}        a text as it is
//   {size:bytes}      a number of bytes: "1.5 GB"
//   {columns:most 10} of a list, "0, 2, 5"; "0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 90 more"
//   {suggestion}      of the facts that base/text.h: suggestion made: "did you mean "adam"?", or "one of: adam, sgd"
//   {bounds}          of the facts "least" or "above", "most" or "below": " from 1 to 10", " above 0 and at most 1"
//   {rows?row|# rows} the first if the number is 1, else the second, with the number for #
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

#include "lrtune/fact.h"

namespace lrtune {

// Holds if there is a fact of that name and, unless `is` is empty, if it is shown like that. No name: always.
struct Condition {
  std::string_view fact = {};
  std::string_view is = {};
};

template <class Kind>
struct Words {
  Kind kind;
  Condition when;
  std::string_view what;
  std::string_view hint = {};
};

bool holds(const Condition& condition, const Facts& facts);

// A place whose fact is missing stays as it is: facts may come from a file.
std::string fill(std::string_view sentence, const Facts& facts);

// So that conditions and sentences can name them: "option" and "value", where they are not empty.
Facts with_option(Facts facts, const std::string& option, const std::string& value);

// nullptr: no row holds.
template <class Kind>
const Words<Kind>* find_words(std::span<const Words<Kind>> table, Kind kind, const Facts& facts) {
  const auto row = std::ranges::find_if(
      table, [&](const Words<Kind>& words) { return words.kind == kind && holds(words.when, facts); });
  return row == table.end() ? nullptr : &*row;
}

}  // namespace lrtune
