// schema_check.h: does a JSON text fit a JSON Schema (draft 7), in the opinion of valijson? For tests of config/ and
// record/.
#pragma once

#include <string>

namespace lrtune {

// Empty if it fits, else what valijson says.
std::string misfit(const std::string& schema_text, const std::string& text);

}  // namespace lrtune
