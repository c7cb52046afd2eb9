// events.h: what happens in a search, as JSON lines: a program can follow it while it runs (docs/formats.md).
#pragma once

#include <string>

#include "lrtune/study.h"

namespace lrtune {

// {"event": "trial", …}: a trial was finished, or stopped at a rung. Without its curve.
std::string trial_event(const std::string& label, const Trial& trial);

// {"event": "recommendation", …}: what one optimizer has come to.
std::string recommendation_event(const Entry& entry);

// {"event": "end", …}: the last line.
std::string end_event(const Study& study);

}  // namespace lrtune
