// main.cpp: bench_quality, the benchmark of the quality of advice; README.md says what is measured and how.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <stdexcept>

#include "base/files.h"
#include "base/text.h"
#include "judge.h"
#include "methods.h"
#include "oracle.h"
#include "tasks.h"
#include "tell.h"

namespace lrtune::quality {
namespace {

struct Options {
  std::filesystem::path task_folder = LRTUNE_QUALITY_TASKS;
  std::filesystem::path oracle_folder = LRTUNE_QUALITY_ORACLE;
  std::vector<std::string> tasks;
  std::vector<std::string> optimizers;
  std::vector<std::string> methods = {"lrtune"};
  std::vector<std::string> budgets = {"4", "8", "12", "24"};
  std::uint32_t replays = 6;
  std::size_t worst = 15;
  std::filesystem::path output;
  std::filesystem::path scores;
  std::vector<std::filesystem::path> files;
};

std::vector<std::string> chosen_tasks(const Options& options) {
  return options.tasks.empty() ? task_names(options.task_folder) : options.tasks;
}

void oracle(const Options& options) {
  for (const std::string& name : chosen_tasks(options))
    make_oracle(load_bench_task(options.task_folder, name, {}), options.oracle_folder);
}

void tell(std::span<const Verdict> verdicts, const Options& options) {
  const auto methods = by_method(verdicts);
  fmt::print("{}", score_table(methods));
  if (options.worst > 0) fmt::print("\n{}\n{}", task_table(methods), worst_table(methods, options.worst));
  if (!options.scores.empty()) write_file_atomically(options.scores, scores_json(methods));
}

// Without a value: no cap.
std::optional<double> budget_of(const std::string& text) {
  if (text == "none") return std::nullopt;
  if (const auto number = parse_number(text)) return number;
  throw std::invalid_argument("--budgets: " + show(text) + " is not a number; write full runs per optimizer, or none");
}

const Method& method_named(const std::string& name) {
  const auto row = std::ranges::find(methods(), name, &Method::name);
  if (row != methods().end()) return *row;
  std::string names;
  for (const Method& method : methods()) names += (names.empty() ? "" : ", ") + std::string(method.name);
  throw std::invalid_argument("--methods: unknown " + show(name) + "; one of: " + names);
}

std::vector<Advice> ask(const Options& options, const BenchTask& task) {
  std::vector<Advice> advice;
  for (const std::string& name : options.methods) {
    const Method& method = method_named(name);
    const std::vector<std::string> once = {"none"};
    for (const std::string& budget : method.budgeted == Budgeted::yes ? options.budgets : once)
      for (std::uint32_t replay = 1; replay <= options.replays; ++replay)
        for (Advice& a : method.ask({task, budget_of(budget), replay, options.oracle_folder}))
          advice.push_back(std::move(a));
  }
  return advice;
}

void replay(const Options& options) {
  std::vector<Advice> all;
  std::vector<Verdict> verdicts;
  for (const std::string& name : chosen_tasks(options)) {
    const BenchTask task = load_bench_task(options.task_folder, name, options.optimizers);
    const std::vector<Advice> advice = ask(options, task);
    for (Verdict& v : judge(task, options.oracle_folder, advice)) verdicts.push_back(std::move(v));
    all.insert(all.end(), advice.begin(), advice.end());
    fmt::print(stderr, "replayed: {}\n", name);
  }
  if (!options.output.empty()) write_advice(options.output, all);
  tell(verdicts, options);
}

void judge_files(const Options& options) {
  std::vector<Advice> all;
  for (const auto& file : options.files)
    for (Advice& a : read_advice(file)) all.push_back(std::move(a));
  std::vector<Verdict> verdicts;
  for (const std::string& name : chosen_tasks(options)) {
    const BenchTask task = load_bench_task(options.task_folder, name, options.optimizers);
    std::vector<Advice> own;
    for (const Advice& a : all)
      if (a.task == name && std::ranges::count(task.config.optimizers, a.optimizer, &OptimizerConfig::label) > 0)
        own.push_back(a);
    for (Verdict& v : judge(task, options.oracle_folder, own)) verdicts.push_back(std::move(v));
  }
  tell(verdicts, options);
}

int run(int argc, char** argv) {
  CLI::App app("how good is the advice?");
  app.require_subcommand(1);
  Options options;
  CLI::App* oracle_command = app.add_subcommand("oracle", "train what is missing of the oracle");
  CLI::App* replay_command = app.add_subcommand("replay", "ask methods for advice, and judge it");
  CLI::App* judge_command = app.add_subcommand("judge", "judge advice from files");
  for (CLI::App* command : {oracle_command, replay_command, judge_command}) {
    command->add_option("--task-folder", options.task_folder, "one config per task");
    command->add_option("--oracle", options.oracle_folder, "where the oracle is kept");
    command->add_option("--tasks", options.tasks, "names, with commas; all if left out")->delimiter(',');
  }
  for (CLI::App* command : {replay_command, judge_command}) {
    command->add_option("--optimizers", options.optimizers, "labels, with commas; all if left out")->delimiter(',');
    command->add_option("--scores", options.scores, "JSON file for the figures of the first table");
    command->add_option("--worst", options.worst, "how many of the worst cells to show; 0: the first table only");
  }
  replay_command->add_option("--methods", options.methods, "with commas")->delimiter(',');
  replay_command->add_option("--budgets", options.budgets, "full runs per optimizer, with commas; none: no cap")
      ->delimiter(',');
  replay_command->add_option("--replays", options.replays, "search seeds 1, 2, …; three make a spread");
  replay_command->add_option("--output", options.output, "JSON file for the advice");
  judge_command->add_option("files", options.files, "JSON files of advice")->required();
  CLI11_PARSE(app, argc, argv);
  if (*oracle_command) oracle(options);
  if (*replay_command) replay(options);
  if (*judge_command) judge_files(options);
  return 0;
}

}  // namespace
}  // namespace lrtune::quality

int main(int argc, char** argv) {
  try {
    return lrtune::quality::run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_quality: %s\n", error.what());
    return 2;
  }
}
