// any_result.h: whatever lrtune has written, by what it is: the result of tune (a baseline too), range or train, or the
// report of check.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "lrtune/check.h"
#include "lrtune/range.h"
#include "lrtune/study.h"
#include "lrtune/trial_run.h"

namespace lrtune {

using AnyResult = std::variant<Study, RangeStudy, TrialRun, CheckReport>;

// `where`: the file as the user wrote it. Throws Error: it is none of these, of a later version, or damaged.
AnyResult result_from_json(std::string_view text, const std::string& where);

}  // namespace lrtune
