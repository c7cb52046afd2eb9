// checks.h: what concerns several fields at once.
#pragma once

#include "base/json.h"
#include "config/complaints.h"
#include "lrtune/config.h"

namespace lrtune {

// `root`: the configuration as written, to tell what was given from what is a default.
void check_fields_together(const Config& config, const Json& root, Complaints& complaints);

}  // namespace lrtune
