// inputs.h: what tune, train and validate share: a config from a file or standard input, its overrides, its data, and
// the facts about the run.
#pragma once

#include <CLI/CLI.hpp>
#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "data/task.h"
#include "lrtune/config.h"
#include "lrtune/runner.h"
#include "lrtune/study.h"
#include "train/experiment.h"

namespace lrtune {

// Options as the user typed them.
struct ConfigOptions {
  std::string path;
  std::vector<std::string> set;
  std::string optimizers;  // comma-separated labels or names; empty: all
  std::string seeds;
  std::string seed;
  std::string budget;
  std::string threads;
};

// CONFIG, --set and --threads.
void add_config_options(CLI::App& app, ConfigOptions& options);

// How messages call the config: its path, or "standard input".
std::string config_name(const ConfigOptions& options);

// Reads and resolves the config, all overrides applied. Throws Error with every problem.
Config load_config(const ConfigOptions& options);

// Throws Error unless something may be written there: a folder that exists and can be written; and not the config, the
// data or standard output, which it would destroy.
void check_output(const std::string& output, const ConfigOptions& options, const Config& config);

// Throws Error if it is one of the data files.
void check_no_data(const std::string& output, const Config& config);

// built_in_runner, whose Errors get the config's name or the --set that they are about.
Runner make_runner(const ConfigOptions& options, const Config& config, const Task& task, std::size_t threads,
                   const std::atomic<bool>* stop = nullptr);

// make_experiment with the chosen kernel; Errors as of make_runner.
Experiment make_placed_experiment(const ConfigOptions& options, const Config& config, const Task& task,
                                  std::size_t threads);

// A whole number within bounds, or Error naming the option.
std::size_t parse_count(const std::string& text, const char* option, std::size_t least, std::size_t most);

// A learning rate above 0, or Error naming the option.
double parse_rate(const std::string& text, const char* option);

// --threads, or what affinity and cgroup allow.
std::size_t thread_count(const ConfigOptions& options);

// Whether any optimizer has one.
bool has_rate(const Study& study);

// What a result begins and ends with.
ResultHead head_of(const Config& config, Subject subject, RunInfo run);

// Takes the time from its making on.
class RunClock {
 public:
  RunClock();
  // Host, processor and compiler too; `isa` is the kernel's name.
  RunInfo info(std::size_t threads, std::string isa) const;
  double seconds() const;

 private:
  std::chrono::system_clock::time_point started_at_;
  std::chrono::steady_clock::time_point start_;
};

}  // namespace lrtune
