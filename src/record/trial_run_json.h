// trial_run_json.h: the result of `lrtune train` as a file and back. The layout is the one of
// docs/schemas/train.schema.json.
#pragma once

#include <string>
#include <string_view>

#include "lrtune/trial_run.h"

namespace lrtune {

// JSON by RFC 8259, ending in a line break. A number that is not finite is a bug of ours (LRTUNE_CHECK).
std::string trial_run_to_json(const TrialRun& run);

// Throws Error with file and JSON path.
TrialRun trial_run_from_json(std::string_view text, const std::string& where);

// JSON Schema, draft 7, of what trial_run_to_json writes.
std::string train_schema();

}  // namespace lrtune
