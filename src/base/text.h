// text.h: text ↔ number without locale (to_chars, from_chars), nearest names, joined lists.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lrtune/fact.h"

namespace lrtune {

// The whole text as a number; no blanks around it, a leading '+' is fine. "nan" and "inf" are numbers here: callers say
// what they make of them. nullopt: not a number. Values beyond double's range become ±inf or 0.
std::optional<double> parse_number(std::string_view text);

// Shortest decimal that reads back as the same double: 0.0001 … 999999 without an exponent.
std::string format_number(double value);

// `value` rounded half even to `digits` significant decimal digits: made as text and parsed, so that what is tried,
// stored and recommended is the same short decimal everywhere.
double round_significant(double value, int digits);

// The largest decimal of `digits` significant digits that is at most `value`, and the smallest that is at least that;
// `value` above 0.
double floor_significant(double value, int digits);
double ceil_significant(double value, int digits);

// The candidate nearest to `name` by edit distance (with transpositions, case ignored), if near enough to be a typo.
// Names of more than 100 letters are none: the work grows with the product of the lengths.
std::optional<std::string> nearest_name(std::string_view name, std::span<const std::string_view> candidates);

// The nearest of the names as the fact "nearest", or the first 30 as "known", and how many "more" there are: report/
// makes "did you mean "adamw"?" or "one of: a, b, c" of it.
Facts suggestion(std::string_view name, std::span<const std::string_view> candidates);

std::string join(std::span<const std::string_view> parts, std::string_view separator);

// Length of the well-formed UTF-8 sequence (Unicode 15, table 3-7) at the front of `s`; 0 if there is none.
std::size_t utf8_length(std::string_view s);

bool is_utf8(std::string_view text);

// Whether it holds no control characters (of ASCII).
bool is_one_line(std::string_view text);

// For error lines: quoted, control and non-ASCII bytes escaped, cut after 40 characters.
std::string show(std::string_view text);

// As JSON writes a text, and a list of texts: "a \"b\"", ["a", "b"]. For values of --set.
std::string json_text(std::string_view text);
std::string json_texts(std::span<const std::string> texts);

// The text itself if it is harmless as it is (at most 80 printable ASCII characters), else show(text).
std::string show_bare(std::string_view text);

}  // namespace lrtune
