// study_json.h: a Study as a result file and back. The layout is the one of docs/schemas/result.schema.json; a file is
// the same bytes wherever it is made, but for `tool` and `run`.
#pragma once

#include <string>
#include <string_view>

#include "lrtune/study.h"
#include "record/version.h"

namespace lrtune {

// JSON by RFC 8259, ending in a line break. A number that is not finite is a bug of ours (LRTUNE_CHECK).
std::string study_to_json(const Study& study);

// `where`: the file as the user wrote it. `trials` and `run` may be missing (a baseline); keys that are not known are
// passed over, so that older and newer files can be read. Throws Error with file and JSON path.
Study study_from_json(std::string_view text, const std::string& where);

// JSON Schema, draft 7, of what study_to_json and baseline_to_json write.
std::string result_schema();

}  // namespace lrtune
