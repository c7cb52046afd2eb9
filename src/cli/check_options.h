// check_options.h: the command line of check, as typed and checked.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "cli/result_output.h"
#include "lrtune/check.h"

namespace lrtune {

struct CheckOptions {
  std::string baseline;
  std::string result;
  std::string config;
  std::string tolerance;
  std::string loss_absolute;
  std::string loss_relative;
  std::string loss_se;
  std::string junit;
  std::string markdown;
  std::string threads;
  ResultOutput output;  // of the report
  bool exact = false;
  bool allow_new = false;
  bool update = false;
  bool force = false;
};

void add_check_options(CLI::App& app, CheckOptions& options);

// Throws Error unless the options go together, and what they name can be written.
void check_usage(const CheckOptions& options);

// Those that were given. Throws Error.
ToleranceSettings named_tolerances(const CheckOptions& options);

// Whether the environment has that variable, with a value that is not "false".
bool is_set(const char* variable);

}  // namespace lrtune
