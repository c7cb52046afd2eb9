#include "cli/inputs.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>

#include "base/files.h"
#include "base/parallel.h"
#include "base/text.h"
#include "config/config.h"
#include "lrtune/error.h"

namespace lrtune {
namespace {

std::vector<std::string> split_list(const std::string& text) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (;;) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    if (end > begin) parts.push_back(text.substr(begin, end - begin));
    if (end == text.size()) return parts;
    begin = end + 1;
  }
}

// The entries that the wanted words name, by label or by name; nullopt if a word names none of them.
std::optional<std::vector<OptimizerConfig>> chosen_entries(const Config& config,
                                                           const std::vector<std::string>& wanted) {
  std::vector<OptimizerConfig> chosen;
  for (const std::string& word : wanted) {
    const std::size_t before = chosen.size();
    for (const OptimizerConfig& entry : config.optimizers)
      if (entry.label == word || entry.name == word) chosen.push_back(entry);
    if (chosen.size() == before) return std::nullopt;
  }
  return chosen;
}

std::string cpu_name() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);)
    if (line.starts_with("model name")) return line.substr(std::min(line.size(), line.find(':') + 2));
  return "unknown";
}

}  // namespace

void add_config_options(CLI::App& app, ConfigOptions& options) {
  app.add_option("CONFIG", options.path, "the config, JSON with // comments; - is standard input");
  app.add_option("--set", options.set, "override a field: --set training.epochs=5 (repeatable)")
      ->type_name("FIELD=VALUE")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  app.add_option("--threads", options.threads, "threads to train with (default: what affinity and cgroup allow)")
      ->type_name("N");
}

std::size_t parse_count(const std::string& text, const char* option, std::size_t least, std::size_t most) {
  const auto value = parse_number(text);
  if (!value || *value < static_cast<double>(least) || *value > static_cast<double>(most) ||
      *value != static_cast<double>(static_cast<std::size_t>(*value)))
    throw Error(option, fmt::format("must be a whole number from {} to {}, not {}", least, most, show(text)));
  return static_cast<std::size_t>(*value);
}

std::size_t thread_count(const ConfigOptions& options) {
  constexpr std::size_t kMostThreads = 1024;
  return options.threads.empty() ? usable_processors() : parse_count(options.threads, "--threads", 1, kMostThreads);
}

Config load_config(const ConfigOptions& options) {
  if (options.path.empty()) throw Error("", "no config given", "name a config file, or - for standard input");
  std::vector<std::string> overrides = options.set;
  if (!options.seeds.empty()) {
    const std::size_t seeds = parse_count(options.seeds, "--seeds", 1, 1000);
    overrides.push_back(fmt::format("search.seeds={}", seeds));
    if (seeds > SearchConfig{}.max_seeds) overrides.push_back(fmt::format("search.max_seeds={}", seeds));
  }
  if (!options.seed.empty())
    overrides.push_back(fmt::format("search.seed={}", parse_count(options.seed, "--seed", 0, 0xFFFFFFFF)));
  if (!options.budget.empty()) {
    const auto budget = parse_number(options.budget);
    if (!budget || !(*budget > 0))
      throw Error("--budget", fmt::format("must be a number above 0, not {}", show(options.budget)));
    overrides.push_back(fmt::format("search.budget_runs={}", options.budget));
  }
  const std::string text = read_file(options.path);
  const std::string where = options.path == "-" ? "standard input" : options.path;
  const std::filesystem::path base =
      options.path == "-" ? std::filesystem::path(".") : std::filesystem::path(options.path).parent_path();
  Config config = read_config(text, where, base, overrides);
  const std::vector<std::string> wanted = split_list(options.optimizers);
  if (wanted.empty()) return config;
  if (auto chosen = chosen_entries(config, wanted)) {
    config.optimizers = std::move(*chosen);
    return config;
  }
  overrides.push_back(fmt::format("optimizers=[\"{}\"]", fmt::join(wanted, "\",\"")));
  return read_config(text, where, base, overrides);
}

RunClock::RunClock() : started_at_(std::chrono::system_clock::now()), start_(std::chrono::steady_clock::now()) {}

double RunClock::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

RunInfo RunClock::info(std::size_t threads, std::string isa) const {
  std::array<char, 256> host{};
  if (::gethostname(host.data(), host.size() - 1) != 0) host[0] = '\0';
  return {
    .started_at = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(started_at_))),
    .wall_seconds = seconds(), .threads = threads, .isa = std::move(isa), .host = host.data(), .cpu = cpu_name(),
#if defined(__clang__)
    .compiler = "clang " __clang_version__
  };
#else
    .compiler = "gcc " __VERSION__
  };
#endif
}

}  // namespace lrtune
