// coverage.h: which fields a JSON Schema names, and whether examples set them all.
#pragma once

#include <string>
#include <vector>

namespace lrtune {

// The paths of what no example has, or has as null, false, 0, an empty text or the first of its words only; each with a
// blank behind it.
std::string unset(const std::string& schema, const std::vector<std::string>& examples);

}  // namespace lrtune
