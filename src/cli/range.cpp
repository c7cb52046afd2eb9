// lrtune range CONFIG: the learning-rate range test: per optimizer and seed one short run whose rate grows with every
// update, and what the known heuristics read from it. stdout carries exactly one of: the table, the result (--json or
// -o -), or a rate (--print).
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "base/text.h"
#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/config_options.h"
#include "cli/progress.h"
#include "cli/result_output.h"
#include "config/config_json.h"
#include "library/run_info.h"
#include "lrtune/enum_words.h"
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
  std::string growth = word(RateGrowth::exponential);
  std::string loss = word(RangeLoss::batch);
  std::string smoothing = "0.98";
  std::string stop_factor = "4";
};

struct RangeCommand {
  ConfigOptions config;
  RangeTexts test;
  ResultOutput output;
  std::string print;
  std::string heuristic = "fastai_valley";  // what fastai suggests unless asked for another
};

template <class E>
E parse_word(const std::string& text, const char* option) {
  return static_cast<E>(place_among(kWords<E>, text, option));
}

double parse_within(const std::string& text, const char* option, const Bounds& bounds, const char* wanted) {
  const auto value = parse_number(text);
  if (!value || !contains(bounds, *value))
    throw Error(ProblemKind::number_within_expected, option, {{"within", wanted}, {"found", text}});
  return *value;
}

RangeOptions parse_options(const RangeTexts& texts) {
  RangeOptions o;
  o.updates = parse_count(texts.updates, "--updates", kFewestUpdates, kMostUpdates);
  o.from = parse_rate(texts.from, "--from");
  o.to = parse_rate(texts.to, "--to");
  o.growth = parse_word<RateGrowth>(texts.growth, "--growth");
  o.loss = parse_word<RangeLoss>(texts.loss, "--loss");
  o.smoothing = parse_within(texts.smoothing, "--smoothing", {0, 1, false, true}, "from 0 to below 1");
  o.stop_factor = parse_within(texts.stop_factor, "--stop-factor", {1, 1e6, true, false}, "above 1 and at most 1e+06");
  if (!(o.to >= kLeastRatio * o.from))
    throw Error(ProblemKind::sweep_too_narrow, "--to", {{"to", o.to}, {"ratio", kLeastRatio}, {"from", o.from}});
  return o;
}

// Before anything is trained: the curves of all runs are kept.
void check_size(const Config& config, const RangeOptions& options) {
  const std::size_t runs = config.optimizers.size() * config.search.seeds;
  if (runs * options.updates > kMostUpdatesInAll)
    throw Error(ProblemKind::sweep_too_long, "--updates",
                {{"updates", options.updates}, {"runs", runs}, {"most", kMostUpdatesInAll}});
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
  study.head = head_of(config, subject_of(task, config.training), clock.info(threads, chosen_kernel().name));
  return study;
}

// What standard output carries, unless the result goes there. `printed`: the rate that --print asks for, if the
// heuristic gives one.
std::string answer(const RangeCommand& o, const RangeStudy& study, std::optional<double> printed) {
  if (!o.print.empty()) return printed ? format_number(*printed) + "\n" : "";
  return o.output.quiet ? "" : summary(study);
}

ExitCode verdict(const RangeCommand& o, const RangeStudy& study, std::optional<double> printed) {
  const auto gives_rate = [](const RangeEntry& entry) {
    return std::ranges::any_of(entry.agreements, [](const Agreement& a) { return a.learning_rate.has_value(); });
  };
  const bool found = o.print.empty() ? std::ranges::any_of(study.optimizers, gives_rate) : printed.has_value();
  return found ? ExitCode::ok : ExitCode::inconclusive;
}

ExitCode range(const RangeCommand& o) {
  if (to_stdout(o.output) && !o.print.empty())
    throw Error(ProblemKind::stdout_wanted_twice, "range", {{"first", "--print"}, {"second", "the result"}});
  chosen_kernel();
  const RangeOptions options = parse_options(o.test);
  const std::size_t heuristic = place_among(names_of(heuristics()), o.heuristic, "--heuristic");
  const Config config = load_config(o.config);
  check_size(config, options);
  if (to_file(o.output)) check_output(o.output.file, o.config, config);
  const std::size_t entry = o.print.empty() ? 0 : entry_labelled(config, o.print, "--print");
  Progress progress(Progress::fitting(o.output.quiet));
  const RangeStudy study = make_study(o, config, options, progress);
  progress.clear();
  const std::optional<double> printed = study.optimizers[entry].agreements[heuristic].learning_rate;
  const std::string json = wants_json(o.output) ? range_to_json(study) : std::string();
  save(o.output, json);
  tell(o.output, json, range_notices(study), answer(o, study, printed));
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
  app.add_option("--seed", o->config.seed, "search.seed: other initial weights and row orders throughout")
      ->type_name("S");
  app.add_option("--updates", test.updates, "updates of a run (default 100)")->type_name("N");
  app.add_option("--from", test.from, "rate of the first update (default 1e-7)")->type_name("X");
  app.add_option("--to", test.to, "rate of the last one (default 10)")->type_name("X");
  app.add_option("--growth", test.growth, "exponential (default) or linear")->type_name("NAME");
  app.add_option("--loss", test.loss,
                 "batch (default): the minibatch's, before each update; train or validation: that set's, after it")
      ->type_name("NAME");
  app.add_option("--smoothing", test.smoothing, "weight of the past in the smoothed loss (default 0.98; 0: none)")
      ->type_name("B");
  app.add_option("--stop-factor", test.stop_factor,
                 "stop where the smoothed loss exceeds F times its lowest value (default 4)")
      ->type_name("F");
  add_result_options(app, o->output, "result");
  app.add_option("--print", o->print, "print only this optimizer's rate, by --heuristic")->type_name("LABEL");
  app.add_option("--heuristic", o->heuristic,
                 "heuristic for --print (default fastai_valley); see lrtune list heuristics")
      ->type_name("NAME");
  return [o] { return range(*o); };
}

}  // namespace lrtune
