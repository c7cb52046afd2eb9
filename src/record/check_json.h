// check_json.h: the report of `lrtune check --json` as a file and back. The layout is the one of
// docs/schemas/check.schema.json.
#pragma once

#include <string>
#include <string_view>

#include "lrtune/check.h"

namespace lrtune {

std::string check_to_json(const CheckReport& report, const std::string& tool_version, int exit_code);

// Throws Error with file and JSON path.
CheckReport check_report_from_json(std::string_view text, const std::string& where);

// JSON Schema, draft 7, of what check_to_json writes.
std::string check_schema();

}  // namespace lrtune
