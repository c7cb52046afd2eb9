// check_sides.h: the two that check compares, from files.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/check_options.h"
#include "cli/config_options.h"
#include "config/config_json.h"
#include "lrtune/check.h"
#include "lrtune/study.h"

namespace lrtune {

// One of the two. Its config is resolved by this version, so that a field that an older one did not know has its
// default.
struct Side {
  std::string text;
  Study study;
  Config config;
};

// What the command line names, read before anything is compared: whatever is wrong there is told first.
struct CheckInputs {
  std::optional<Side> baseline;
  std::optional<Side> result;    // RESULT
  std::optional<Config> config;  // else what is run, if that is known
  ToleranceSettings tolerances;
  std::vector<Obstacle> obstacles;
  std::optional<std::size_t> replaced_version = {};  // of a baseline that cannot be read, and need not be
};

// A baseline that is to be replaced need not be there, nor be of a version that can be read. Throws Error.
CheckInputs read_inputs(const CheckOptions& options);

// The config that is run: that of --config, or the baseline's own, whose paths start at the baseline.
ConfigOptions run_options(const CheckOptions& options);

// A file's name in reports, which are UTF-8.
std::string shown_name(const std::string& name);
// Which config is run where no RESULT is given: a gate that runs another one than is thought watches nothing.
std::string shown_config(const CheckOptions& options);
// How the report calls what is held against the baseline.
std::string shown_result(const CheckOptions& options);

}  // namespace lrtune
