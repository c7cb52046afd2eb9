// json.h: strict JSON in, tidy JSON out; shared by config/ and record/. nlohmann_json does the parsing; what a user
// reads about a mistake is written here: line, column, what is wrong and what was expected. RFC 8259 is kept to, but
// for comments where they are allowed; NaN, Infinity and numbers beyond double's range are refused.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "lrtune/error.h"

namespace lrtune {

using Json = nlohmann::ordered_json;

enum class JsonComments { allowed, refused };

// The text as JSON. A syntax error or nesting beyond 64 levels throws one Error whose place is `where` with line and
// column. A key that stands twice in an object is added to `problems`; its first value is kept. At 100
// such problems they are thrown.
Json parse_json(std::string_view text, const std::string& where, JsonComments comments, std::vector<Problem>& problems);

// The same without comments; throws all problems.
Json parse_json(std::string_view text, const std::string& where);

// JSON text ending in a line break: `indent` blanks per level, a list without lists or objects in it on one line.
// Numbers read back equal; one that is not finite is a bug. Bytes that are not UTF-8 become U+FFFD.
std::string write_json(const Json& value, int indent);

// "/a/b" + "c" → "/a/b/c": an RFC 6901 pointer, shown to people (control and non-ASCII bytes escaped).
std::string json_path(const std::string& parent, std::string_view key);
std::string json_path(const std::string& parent, std::size_t index);

// For error lines: 3.5, "text", true, null, "a list", "an object".
std::string describe_json(const Json& value);

}  // namespace lrtune
