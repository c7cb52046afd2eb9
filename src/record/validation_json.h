// validation_json.h: what `lrtune validate --json` prints.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "lrtune/subject.h"

namespace lrtune {

// A config that fits its data.
struct Validation {
  std::string tool_version;
  std::string config_id;
  Subject subject;
  std::size_t updates = 0;          // of a trial
  std::vector<std::string> labels;  // of the optimizers
};

// {"tool", "config_id", "data", "updates", "optimizers"}; the first three are as in a result.
std::string validation_to_json(const Validation& validation);

}  // namespace lrtune
