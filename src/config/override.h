// override.h: --set training.epochs=5, applied to the JSON before it is read.
#pragma once

#include <span>
#include <string>

#include "base/json.h"
#include "config/complaints.h"

namespace lrtune {

// Applies each in order and tells `complaints` which values are its doing.
void apply_overrides(Json& root, std::span<const std::string> overrides, Complaints& complaints);

}  // namespace lrtune
