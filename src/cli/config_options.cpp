#include "cli/config_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <functional>

#include "base/files.h"
#include "base/parallel.h"
#include "base/text.h"
#include "cli/arguments.h"
#include "config/config_json.h"
#include "lrtune/error.h"
#include "optim/optimizer_cards.h"
#include "train/built_in_runner.h"
#include "train/isa.h"

namespace lrtune {
namespace {

constexpr std::size_t kMostConfigBytes = std::size_t{16} << 20U;  // a config is some hundred bytes

// Parts between commas, blanks around them left out. Commas in parentheses part nothing: they are in labels such as
// "momentum(momentum=0.9, dampening=0.5)".
std::vector<std::string> split_list(const std::string& text) {
  std::vector<std::string> parts(1);
  int depth = 0;
  for (char c : text) {
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (c == ',' && depth <= 0)
      parts.emplace_back();
    else if (c != ' ' || !parts.back().empty())
      parts.back() += c;
  }
  for (std::string& part : parts) part.resize(part.find_last_not_of(' ') + 1);
  std::erase(parts, "");
  return parts;
}

// Adds the entries that the word names, by label or by name, each once; false if it names none.
bool add_entries(const std::vector<OptimizerConfig>& entries, const std::string& word,
                 std::vector<OptimizerConfig>& chosen) {
  bool found = false;
  for (const OptimizerConfig& entry : entries) {
    if (entry.label != word && entry.name != word) continue;
    found = true;
    if (std::ranges::find(chosen, entry.label, &OptimizerConfig::label) == chosen.end()) chosen.push_back(entry);
  }
  return found;
}

Problem unknown_optimizer(const std::string& word, std::span<const std::string_view> known) {
  Facts facts = suggestion(word, known);
  facts.push_back({"name", word});
  return {ProblemKind::name_unknown, "--optimizers", std::move(facts)};
}

// What --optimizers leaves of the config's entries. A name that the config does not list stands for that optimizer as
// `read_default` makes it.
std::vector<OptimizerConfig> chosen_entries(
    const Config& config, const std::string& list,
    const std::function<std::vector<OptimizerConfig>(std::string_view)>& read_default) {
  const std::vector<std::string_view> names = names_of(optimizer_cards());
  std::vector<std::string_view> known = labels_of(config);
  known.insert(known.end(), names.begin(), names.end());
  std::vector<OptimizerConfig> chosen;
  std::vector<Problem> problems;
  for (const std::string& word : split_list(list)) {
    if (add_entries(config.optimizers, word, chosen)) continue;
    if (std::ranges::find(names, word) != names.end())
      add_entries(read_default(word), word, chosen);
    else
      problems.push_back(unknown_optimizer(word, nearest_name(word, known) ? known : names));
  }
  if (!problems.empty()) throw Error(std::move(problems));
  if (chosen.empty()) throw Error(ProblemKind::optimizers_empty, "--optimizers", {{"list", list}});
  return chosen;
}

// "/training/epochs" is told as the config's, or as that of the --set that put it there.
Problem with_place(Problem problem, const ConfigOptions& options) {
  if (!problem.where.starts_with('/')) return problem;
  std::string field = problem.where.substr(1);
  std::ranges::replace(field, '/', '.');
  const bool is_set = std::ranges::any_of(options.set, [&](const std::string& text) {
    return text.starts_with(field) && text.find_first_of("=.", field.size()) == field.size();
  });
  problem.where = is_set ? fmt::format("--set {}", field) : fmt::format("{}: {}", config_name(options), problem.where);
  return problem;
}

// What `make` makes; the problems it finds get their places.
template <class Make>
auto with_places(const ConfigOptions& options, const Make& make) {
  try {
    return make();
  } catch (const Error& error) {
    std::vector<Problem> problems;
    for (const Problem& problem : error.problems()) problems.push_back(with_place(problem, options));
    throw Error(std::move(problems));
  }
}

}  // namespace

void add_config_options(CLI::App& app, ConfigOptions& options) {
  app.add_option("CONFIG", options.path, "the config, JSON with // comments; - is standard input");
  app.add_option("--set", options.set, "override a field: --set training.epochs=5 (repeatable)")
      ->type_name("FIELD=VALUE")
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  app.add_option("--threads", options.threads, "number of threads (default: all that affinity and cgroup allow)")
      ->type_name("N");
}

std::size_t thread_count(const ConfigOptions& options) {
  constexpr std::size_t kMostThreads = 1024;
  return options.threads.empty() ? usable_processors() : parse_count(options.threads, "--threads", 1, kMostThreads);
}

std::string config_name(const ConfigOptions& options) { return options.path == "-" ? "standard input" : options.path; }

Config load_config(const ConfigOptions& options) {
  if (options.path.empty()) throw Error(ProblemKind::config_absent, "");
  std::vector<std::string> overrides = options.set;
  if (!options.seeds.empty()) {
    overrides.push_back(fmt::format("search.seeds={}", parse_count(options.seeds, "--seeds", 1, 1000)));
  }
  if (!options.seed.empty())
    overrides.push_back(fmt::format("search.seed={}", parse_count(options.seed, "--seed", 0, 0xFFFFFFFF)));
  if (!options.budget.empty()) {
    const auto budget = parse_number(options.budget);
    if (!budget || !(*budget >= 1)) throw Error(ProblemKind::budget_malformed, "--budget", {{"found", options.budget}});
    overrides.push_back(fmt::format("search.budget_runs={}", options.budget));
  }
  const std::string text = read_file(options.path, kMostConfigBytes);
  const std::filesystem::path base =
      options.path == "-" ? std::filesystem::path(".") : std::filesystem::path(options.path).parent_path();
  Config config = read_config(text, config_name(options), base, overrides);
  if (options.optimizers.empty()) return config;
  config.optimizers = chosen_entries(config, options.optimizers, [&](std::string_view name) {
    std::vector<std::string> with_name = overrides;
    with_name.push_back(fmt::format("optimizers=[\"{}\"]", name));
    return read_config(text, config_name(options), base, with_name).optimizers;
  });
  return config;
}

Runner make_runner(const ConfigOptions& options, const Config& config, const Task& task, std::size_t threads,
                   const std::atomic<bool>* stop) {
  return with_places(options, [&] { return built_in_runner(config, task, threads, stop); });
}

Experiment make_placed_experiment(const ConfigOptions& options, const Config& config, const Task& task,
                                  std::size_t threads) {
  return with_places(options, [&] { return make_experiment(config, task, chosen_kernel(), threads); });
}

}  // namespace lrtune
