// override.h: --set training.epochs=5, applied to the JSON before it is read.
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "base/json.h"
#include "config/complaints.h"

namespace lrtune {

// Applies each in order and tells `complaints` which values are its doing. Files of data are named from where the user
// stands; they become what the config would call them, from its own folder.
void apply_overrides(Json& root, std::span<const std::string> overrides, const std::filesystem::path& base_directory,
                     Complaints& complaints);

}  // namespace lrtune
