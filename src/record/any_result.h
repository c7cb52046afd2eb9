// any_result.h: whatever lrtune has written with -o, read back.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "lrtune/check.h"
#include "lrtune/range.h"
#include "lrtune/study.h"
#include "lrtune/trial_run.h"
#include "record/study_json.h"

namespace lrtune {

using AnyResult = std::variant<Study, RangeStudy, TrialRun, CheckReport>;

inline AnyResult result_from_json(std::string_view text, const std::string& where) {
  return study_from_json(text, where);
}

}  // namespace lrtune
