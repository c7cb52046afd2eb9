// tasks.h: the tasks of the benchmark of advice: one JSON config per task in a folder. What a task's search section
// says does not touch what its rates are worth, so the oracle of a task outlives changes of the search's defaults.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "data/task.h"
#include "lrtune/config.h"
#include "train/experiment.h"

namespace lrtune::quality {

struct BenchTask {
  std::string name;  // of the file, without .json
  Config config;
  Task task;
  std::string id;  // sha256 of the resolved config without search and paths, with the objective and the data's sum
};

// The names in the folder, sorted.
std::vector<std::string> task_names(const std::filesystem::path& folder);

// `optimizers`: labels to keep; empty: all. Throws std::invalid_argument for a label that the task does not have.
BenchTask load_bench_task(const std::filesystem::path& folder, const std::string& name,
                          std::span<const std::string> optimizers);

// The task's config with that seed of all randomness.
Config with_seed(const BenchTask& task, std::uint32_t search_seed);

// What trains its trials under that seed. The task must outlive it.
Experiment experiment_with_seed(const BenchTask& task, std::uint32_t search_seed);

}  // namespace lrtune::quality
