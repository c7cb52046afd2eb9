// range_json.h: a RangeStudy as a result file and back. The layout is the one of docs/schemas/range.schema.json; a file
// is the same bytes wherever it is made, but for `tool` and `run`.
#pragma once

#include <string>
#include <string_view>

#include "lrtune/range.h"

namespace lrtune {

// JSON by RFC 8259, ending in a line break. A number that is not finite is a bug of ours (LRTUNE_CHECK).
std::string range_to_json(const RangeStudy& study);

// Throws Error with file and JSON path.
RangeStudy range_from_json(std::string_view text, const std::string& where);

// JSON Schema, draft 7, of what range_to_json writes.
std::string range_result_schema();

}  // namespace lrtune
