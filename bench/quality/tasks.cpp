#include "tasks.h"

#include <algorithm>
#include <stdexcept>

#include "base/files.h"
#include "base/json.h"
#include "config/config_json.h"
#include "train/isa.h"

namespace lrtune::quality {
namespace {

std::string id_of(const Config& config, const Task& task) {
  std::vector<Problem> problems;
  Json json = parse_json(config_to_json(config), "config", JsonComments::refused, problems);
  json.erase("search");
  json.erase("optimizers");  // the oracle keeps each under its label
  json["data"].erase("train");
  return sha256(json.dump() + config.search.objective + task.sha256);
}

}  // namespace

std::vector<std::string> task_names(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(folder))
    if (file.path().extension() == ".json") names.push_back(file.path().stem().string());
  std::ranges::sort(names);
  if (names.empty())
    throw std::runtime_error(folder.string() + ": no task in this folder; put one JSON config per task there");
  return names;
}

BenchTask load_bench_task(const std::filesystem::path& folder, const std::string& name,
                          std::span<const std::string> optimizers) {
  const std::filesystem::path file = folder / (name + ".json");
  Config config = read_config(read_file(file), file.string(), folder);
  Task task = load_task(data_of(config), config.base_directory);
  std::string id = id_of(config, task);
  for (const std::string& label : optimizers)
    if (std::ranges::find(config.optimizers, label, &OptimizerConfig::label) == config.optimizers.end())
      throw std::invalid_argument("--optimizers: " + name + " has no " + label + "; see lrtune list optimizers");
  if (!optimizers.empty())
    std::erase_if(config.optimizers, [&](const OptimizerConfig& optimizer) {
      return std::ranges::find(optimizers, optimizer.label) == optimizers.end();
    });
  return {name, std::move(config), std::move(task), std::move(id)};
}

Config with_seed(const BenchTask& task, std::uint32_t search_seed) {
  Config config = task.config;
  config.search.seed = search_seed;
  return config;
}

Experiment experiment_with_seed(const BenchTask& task, std::uint32_t search_seed) {
  return make_experiment(with_seed(task, search_seed), task.task, chosen_kernel(), 1);
}

}  // namespace lrtune::quality
