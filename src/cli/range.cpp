// lrtune range CONFIG: the learning-rate range test: per optimizer and seed one short run whose rate grows with every
// update, and what the known heuristics read from it. stdout carries exactly one of: the table, the result (--json or
// -o -), or a rate (--print).
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>

#include "base/files.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/inputs.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "config/config.h"
#include "lrtune/error.h"
#include "lrtune/report.h"
#include "record/range_json.h"
#include "suggest/heuristics.h"
#include "train/isa.h"
#include "train/range_test.h"

namespace lrtune {
namespace {

constexpr std::size_t kFewestUpdates = 10;
constexpr std::size_t kMostUpdates = 100000;
constexpr std::size_t kMostUpdatesInAll = 10000000;  // curves of 240 MB, and several times that as JSON
constexpr double kLeastRatio = 2;                    // of highest to lowest rate: less is no range

// As typed, but for the defaults.
struct RangeTexts {
  std::string updates = "100";
  std::string from = "1e-7";
  std::string to = "10";
  std::string growth = "exponential";
  std::string loss = "batch";
  std::string smoothing = "0.98";
  std::string stop_factor = "4";
};

struct RangeCommand {
  ConfigOptions config;
  RangeTexts test;
  std::string output;
  std::string print;
  std::string heuristic = "fastai_valley";  // what fastai suggests unless asked for another
  bool json = false;
  bool quiet = false;
};

bool result_to_stdout(const RangeCommand& o) { return o.json || o.output == "-"; }
bool result_to_file(const RangeCommand& o) { return !o.output.empty() && o.output != "-"; }

// The place of `text` among the names, in the order of the enumeration.
template <class E, std::size_t kCount>
E parse_name(const std::string& text, const char* option, const std::array<std::string_view, kCount>& names) {
  const auto found = std::ranges::find(names, text);
  if (found == names.end()) throw Error(option, fmt::format("unknown {}", show(text)), suggest_name(text, names));
  return static_cast<E>(found - names.begin());
}

double parse_within(const std::string& text, const char* option, const Bounds& bounds, const char* wanted) {
  const auto value = parse_number(text);
  if (!value || !contains(bounds, *value))
    throw Error(option, fmt::format("must be a number {}, not {}", wanted, show(text)));
  return *value;
}

RangeOptions parse_options(const RangeTexts& texts) {
  RangeOptions o;
  o.updates = parse_count(texts.updates, "--updates", kFewestUpdates, kMostUpdates);
  o.from = parse_rate(texts.from, "--from");
  o.to = parse_rate(texts.to, "--to");
  o.growth = parse_name<RateGrowth>(texts.growth, "--growth", std::array<std::string_view, 2>{"exponential", "linear"});
  o.loss = parse_name<RangeLoss>(texts.loss, "--loss", std::array<std::string_view, 3>{"batch", "train", "validation"});
  o.smoothing = parse_within(texts.smoothing, "--smoothing", {0, 1, false, true}, "from 0 to below 1");
  o.stop_factor = parse_within(texts.stop_factor, "--stop-factor", {1, 1e6, true, false}, "above 1 and at most 1e+06");
  if (!(o.to >= kLeastRatio * o.from))
    throw Error("--to", fmt::format("{} is not at least {} times --from, {}", format_number(o.to), kLeastRatio,
                                    format_number(o.from)));
  return o;
}

// Before anything is trained: the curves of all runs are kept.
void check_size(const Config& config, const RangeOptions& options) {
  const std::size_t runs = config.optimizers.size() * config.search.seeds;
  if (runs * options.updates > kMostUpdatesInAll)
    throw Error("--updates", fmt::format("{} in each of {} runs are too many", options.updates, runs),
                fmt::format("at most {} in all", kMostUpdatesInAll));
}

std::size_t heuristic_named(const std::string& name) {
  std::vector<std::string_view> names;
  for (const HeuristicRow& row : heuristics()) names.push_back(row.card.name);
  const auto found = std::ranges::find(names, name);
  if (found == names.end())
    throw Error("--heuristic", fmt::format("unknown {}", show(name)), suggest_name(name, names));
  return static_cast<std::size_t>(found - names.begin());
}

std::size_t entry_labelled(const Config& config, const std::string& label) {
  std::vector<std::string_view> labels;
  for (const OptimizerConfig& entry : config.optimizers) labels.push_back(entry.label);
  const auto found = std::ranges::find(labels, label);
  if (found == labels.end())
    throw Error("--print", fmt::format("unknown label {}", show(label)), suggest_name(label, labels));
  return static_cast<std::size_t>(found - labels.begin());
}

// Every optimizer on every seed, then every heuristic on every curve.
std::vector<RangeEntry> measure(const Config& config, const Experiment& experiment, const RangeOptions& options,
                                std::size_t threads, Progress& progress) {
  std::vector<RangeRequest> requests;
  for (std::size_t entry = 0; entry < config.optimizers.size(); ++entry)
    for (std::size_t seed = 0; seed < config.search.seeds; ++seed) requests.push_back({entry, seed});
  progress.plan(requests.size());
  std::vector<RangeRun> runs =
      range_tests(experiment, options, requests, threads, [&](std::size_t finished) { progress.finish(finished); });
  std::vector<RangeEntry> entries;
  for (const OptimizerConfig& optimizer : config.optimizers)
    entries.push_back({optimizer.label, optimizer.name, optimizer.settings, {}, {}});
  for (std::size_t i = 0; i < runs.size(); ++i) {
    runs[i].suggestions = suggest_all(runs[i].curve);
    entries[requests[i].entry].runs.push_back(std::move(runs[i]));
  }
  for (RangeEntry& entry : entries) entry.agreements = agreements(entry.runs);
  return entries;
}

RangeStudy make_study(const RangeCommand& o, const Config& config, const RangeOptions& options, Progress& progress) {
  const RunClock clock;
  const std::size_t threads = thread_count(o.config);
  progress.say(fmt::format("lrtune: {}: reading the data", config_name(o.config)));
  const Task task = load_task(data_of(config), config.base_directory);
  const Experiment experiment = make_placed_experiment(o.config, config, task, threads);
  RangeStudy study;
  study.options = options;
  for (const HeuristicRow& row : heuristics()) study.heuristics.emplace_back(row.card.name);
  study.optimizers = measure(config, experiment, options, threads, progress);
  study.head = head_of(config, subject_of(task), clock.info(threads, chosen_kernel().name));
  return study;
}

// `printed`: the rate that --print asks for, if the heuristic gives one.
void tell(const RangeCommand& o, const RangeStudy& study, std::optional<double> printed) {
  const std::string json = result_to_file(o) || result_to_stdout(o) ? range_to_json(study) : std::string();
  if (result_to_file(o)) write_file_atomically(o.output, json);
  if (!o.quiet) print_error(range_notices(study));
  if (result_to_stdout(o)) {
    print_output(json);
  } else if (!o.print.empty()) {
    if (printed) print_output(format_number(*printed) + "\n");
  } else if (!o.quiet) {
    print_output(range_summary(study));
  }
}

ExitCode verdict(const RangeCommand& o, const RangeStudy& study, std::optional<double> printed) {
  const auto gives_rate = [](const RangeEntry& entry) {
    return std::ranges::any_of(entry.agreements, [](const Agreement& a) { return a.learning_rate.has_value(); });
  };
  const bool found = o.print.empty() ? std::ranges::any_of(study.optimizers, gives_rate) : printed.has_value();
  return found ? ExitCode::ok : ExitCode::inconclusive;
}

ExitCode range(const RangeCommand& o) {
  if (result_to_stdout(o) && !o.print.empty())
    throw Error("range", "--print and the result both want standard output", "write the result to a file: -o FILE");
  chosen_kernel();
  const RangeOptions options = parse_options(o.test);
  const std::size_t heuristic = heuristic_named(o.heuristic);
  const Config config = load_config(o.config);
  check_size(config, options);
  if (result_to_file(o)) check_output(o.output, o.config, config);
  const std::size_t entry = o.print.empty() ? 0 : entry_labelled(config, o.print);
  Progress progress(Progress::fitting(o.quiet));
  const RangeStudy study = make_study(o, config, options, progress);
  progress.clear();
  const std::optional<double> printed = study.optimizers[entry].agreements[heuristic].learning_rate;
  tell(o, study, printed);
  return verdict(o, study, printed);
}

}  // namespace

Action add_range(CLI::App& app) {
  auto o = std::make_shared<RangeCommand>();
  RangeTexts& test = o->test;
  add_config_options(app, o->config);
  app.add_option("--optimizers", o->config.optimizers, "only these, by label or name, comma-separated")
      ->type_name("LIST");
  app.add_option("--seeds", o->config.seeds, "search.seeds: runs per optimizer")->type_name("N");
  app.add_option("--seed", o->config.seed, "search.seed: another draw of all seeds")->type_name("S");
  app.add_option("--updates", test.updates, "updates of a run (default 100)")->type_name("N");
  app.add_option("--from", test.from, "rate of the first update (default 1e-7)")->type_name("X");
  app.add_option("--to", test.to, "rate of the last one (default 10)")->type_name("X");
  app.add_option("--growth", test.growth, "exponential (default) or linear")->type_name("NAME");
  app.add_option("--loss", test.loss, "batch (default): before each update; train or validation: that set, after it")
      ->type_name("NAME");
  app.add_option("--smoothing", test.smoothing, "weight of the past in the smoothed loss (default 0.98; 0: none)")
      ->type_name("B");
  app.add_option("--stop-factor", test.stop_factor, "stop where the smoothed loss passes this times its best (4)")
      ->type_name("F");
  app.add_option("-o,--output", o->output, "write the result JSON to FILE; - is standard output")->type_name("FILE");
  app.add_option("--print", o->print, "print only this optimizer's rate, by --heuristic")->type_name("LABEL");
  app.add_option("--heuristic", o->heuristic, "the one for --print (default fastai_valley); lrtune list heuristics")
      ->type_name("NAME");
  app.add_flag("--json", o->json, "print the result JSON instead of the table");
  app.add_flag("-q,--quiet", o->quiet, "no table, notices or progress");
  return [o] { return range(*o); };
}

}  // namespace lrtune
