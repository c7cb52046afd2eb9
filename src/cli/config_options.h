// config_options.h: the config as the command line names it: a file or standard input, what overrides it, and the
// runner that is made of it.
#pragma once

#include <CLI/CLI.hpp>
#include <atomic>
#include <string>
#include <vector>

#include "data/task.h"
#include "lrtune/config.h"
#include "lrtune/runner.h"
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

// --threads, or what affinity and cgroup allow.
std::size_t thread_count(const ConfigOptions& options);

// built_in_runner, whose Errors get the config's name or the --set that they are about.
Runner make_runner(const ConfigOptions& options, const Config& config, const Task& task, std::size_t threads,
                   const std::atomic<bool>* stop = nullptr);

// make_experiment with the chosen kernel; Errors as of make_runner.
Experiment make_placed_experiment(const ConfigOptions& options, const Config& config, const Task& task,
                                  std::size_t threads);

}  // namespace lrtune
