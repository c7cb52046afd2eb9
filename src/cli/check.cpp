// lrtune check BASELINE [RESULT | --config CONFIG]: the gate. Reads or measures, compares (check/), tells (report/,
// record/); stdout carries the summary or, with --json, the report. The exit code is the first that applies of 2 (what
// the user must mend), 5 (cannot be compared), 3 (a regression), 4 (nothing was compared), 0.
#include "lrtune/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "base/files.h"
#include "base/text.h"
#include "cli/check_options.h"
#include "cli/command.h"
#include "cli/inputs.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "config/config.h"
#include "lrtune/error.h"
#include "lrtune/report.h"
#include "record/baseline_json.h"
#include "record/study_json.h"
#include "report/check_words.h"
#include "sweep/sweep.h"
#include "train/isa.h"

namespace lrtune {
namespace {

// One of the two that are compared. Its config is resolved by this version, so that a field that an older one did not
// know has its default.
struct Side {
  std::string text;
  Study study;
  Config config;
};

std::string result_name(const CheckOptions& o) { return o.result == "-" ? "standard input" : o.result; }

// A file's name in reports, which are UTF-8.
std::string shown_name(const std::string& name) { return is_utf8(name) ? name : show(name); }

// Which config is run where no RESULT is given: a gate that runs another one than is thought watches nothing.
std::string shown_config(const CheckOptions& o) {
  if (o.config.empty()) return fmt::format("the config stored in {}", shown_name(o.baseline));
  return o.config == "-" ? "the config from standard input" : shown_name(o.config);
}

// How the report calls what is held against the baseline.
std::string shown_result(const CheckOptions& o) {
  return o.result.empty() ? fmt::format("a run of {}", shown_config(o)) : shown_name(result_name(o));
}

// A result as a file has it.
Side parse_side(std::string text, const std::string& where, const std::filesystem::path& folder) {
  Side side;
  side.study = study_from_json(text, where);
  side.config = read_config(side.study.head.config_json, fmt::format("{}: config", where), folder);
  side.text = std::move(text);
  return side;
}

// nullopt, and the obstacle in `found`, if the file is of another version.
std::optional<Side> read_side(const std::string& path, const std::string& where, const char* which,
                              std::vector<Obstacle>& found) {
  std::string text = read_file(path);
  const std::size_t version = result_version(text, where);
  if (version != static_cast<std::size_t>(kResultSchemaVersion)) {
    found.push_back(
        {ObstacleKind::schema, {which, fmt::format("{}", version), fmt::format("{}", kResultSchemaVersion)}});
    return std::nullopt;
  }
  return parse_side(std::move(text), where, std::filesystem::path(path).parent_path());
}

ExtraLabels extra_labels(const CheckOptions& o) { return o.allow_new ? ExtraLabels::allowed : ExtraLabels::refused; }

// What is known of a study before it is measured: enough to see whether it could be compared.
Study expected_study(const Config& config, const Task& task) {
  Study study;
  study.head.subject = subject_of(task);
  for (const OptimizerConfig& optimizer : config.optimizers)
    study.optimizers.push_back({.label = optimizer.label,
                                .name = optimizer.name,
                                .hyperparameters = {},
                                .recommendation = {},
                                .framework_default = {},
                                .cost = {},
                                .stability = {},
                                .trials = {}});
  return study;
}

Study measure(const ConfigOptions& options, const Config& config, const Task& task, Progress& progress) {
  const RunClock clock;
  const std::size_t threads = thread_count(options);
  const SweepProgress report = progress.of_sweep();
  const Runner runner = make_runner(options, config, task, threads);
  Study study = sweep(config, subject_of(task), runner, report);
  study.head = head_of(config, subject_of(task), clock.info(threads, chosen_kernel().name));
  return study;
}

// The config that is run: that of --config, or the baseline's own, whose paths start at the baseline.
ConfigOptions run_options(const CheckOptions& o) {
  ConfigOptions options;
  options.path = o.config.empty() ? fmt::format("{}: config", o.baseline) : o.config;
  options.threads = o.threads;
  return options;
}

// What the command line names, read before anything is compared: whatever is wrong there is told first.
struct Inputs {
  std::optional<Side> baseline;
  std::optional<Side> result;    // RESULT
  std::optional<Config> config;  // else what is run, if that is known
  ToleranceSettings tolerances;
  std::vector<Obstacle> obstacles;
  std::string replaced_version = {};  // of a baseline that cannot be read, and need not be
};

// A baseline that is to be replaced need not be there, nor be of a version that can be read.
Inputs read_inputs(const CheckOptions& o) {
  Inputs in;
  in.tolerances = named_tolerances(o);
  const bool is_replaced = o.update && !(o.result.empty() && o.config.empty());
  std::error_code error;  // other than that it is not there: told by whoever reads it
  if (std::filesystem::exists(o.baseline, error) || error)
    in.baseline = read_side(o.baseline, o.baseline, "baseline", in.obstacles);
  else
    in.obstacles.push_back({ObstacleKind::no_baseline, {shown_name(o.baseline), "", "", {}}});
  if (is_replaced && !in.baseline && in.obstacles.front().kind == ObstacleKind::schema)
    in.replaced_version = in.obstacles.front().difference.before;
  if (is_replaced) in.obstacles.clear();
  if (in.baseline) in.tolerances = merge(in.tolerances, tolerances_from_json(in.baseline->text, o.baseline));
  if (!o.result.empty())
    in.result = read_side(o.result, result_name(o), "result", in.obstacles);
  else if (!o.config.empty())
    in.config = load_config(run_options(o));
  else if (in.baseline)
    in.config = in.baseline->config;
  thread_count(run_options(o));
  if (o.result.empty()) chosen_kernel();
  for (const std::string& report : {o.junit, o.markdown}) {
    if (!report.empty() && in.config) check_no_data(report, *in.config);
    if (!report.empty() && in.baseline) check_no_data(report, in.baseline->config);
  }
  return in;
}

// Trains what is to be compared; nullopt, and nothing is trained, if it is seen beforehand that it cannot be and
// `found` is told why. On other data it is trained all the same: the figures are wanted.
std::optional<Side> run_side(const CheckOptions& o, const Side* baseline, const Config& config,
                             std::vector<Obstacle>& found) {
  const ConfigOptions options = run_options(o);
  Progress progress(Progress::fitting(o.quiet));
  progress.say(fmt::format("lrtune: {}: reading the data", config_name(options)));
  const Task task = load_task(data_of(config), config.base_directory);
  if (baseline != nullptr && !o.update) {
    found = obstacles(baseline->study, expected_study(config, task), config_differences(baseline->config, config),
                      extra_labels(o));
    if (!found.empty() && !only_data_differ(found)) return std::nullopt;
    found.clear();  // found again in what is measured
  }
  Side side{.text = {}, .study = measure(options, config, task, progress), .config = config};
  side.text = study_to_json(side.study);
  return side;
}

CheckReport report_on(const CheckOptions& o, const Side& baseline, const Side& now, const Tolerances& tolerances) {
  std::optional<std::vector<Difference>> exact;
  if (o.exact) exact = byte_differences(baseline.text, now.text);
  return check(baseline.study, now.study, tolerances,
               obstacles(baseline.study, now.study, config_differences(baseline.config, now.config), extra_labels(o)),
               exact);
}

ExitCode exit_code(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass:
      return ExitCode::ok;
    case Verdict::inconclusive:
      return ExitCode::inconclusive;
    case Verdict::regression:
      return ExitCode::regression;
    case Verdict::not_comparable:
      return ExitCode::not_comparable;
  }
  return ExitCode::bug;
}

// `heading`: above the summary.
ExitCode tell(const CheckOptions& o, CheckReport report, const std::string& heading = {}) {
  report.baseline = shown_name(o.baseline);
  report.result = shown_result(o);
  const ExitCode code = exit_code(report.verdict);
  if (!o.junit.empty()) write_file_atomically(o.junit, check_junit(report));
  if (!o.markdown.empty()) write_file_atomically(o.markdown, check_markdown(report));
  if (is_set("GITHUB_ACTIONS")) print_error(check_annotations(report));
  if (o.json)
    print_output(check_to_json(report, LRTUNE_VERSION, static_cast<int>(code)));
  else if (!o.quiet)
    print_output(heading + check_summary(report));
  return code;
}

ExitCode tell_obstacles(const CheckOptions& o, const Tolerances& tolerances, std::vector<Obstacle> found) {
  return tell(o, check({}, {}, tolerances, std::move(found)));
}

// The study as the baseline will hold it: its data found from there.
Study stored_study(const CheckOptions& o, const Side& now, const Side* baseline) {
  const std::filesystem::path folder = std::filesystem::path(o.baseline).parent_path();
  Config config = now.config;
  if (!o.config.empty()) config = moved_to(std::move(config), folder);
  if (!o.result.empty() && baseline != nullptr) config = with_data_paths_of(std::move(config), baseline->config);
  Study study = now.study;
  study.head.config_json = config_to_json(config);
  study.head.config_id = config_id(config);
  return study;
}

// A baseline made of a RESULT names the data as the RESULT does, wherever that was: whether they are there, only the
// files tell.
void warn_of_data(const CheckOptions& o, const Study& stored) {
  std::string why;
  try {
    const std::filesystem::path folder = std::filesystem::path(o.baseline).parent_path();
    const Config config = read_config(stored.head.config_json, o.baseline, folder);
    if (load_task(data_of(config), config.base_directory).sha256 != stored.head.subject.fingerprint)
      why = "what its config names from there are other data than the result's";
  } catch (const Error& error) {
    why = to_line(error.problems().front());
  }
  if (!why.empty())
    print_error(fmt::format("lrtune: {}: can be compared with a RESULT only: {}; --config CONFIG makes one that runs\n",
                            o.baseline, why));
}

// What --update has changed.
std::string changes(const Side& before, const Side& now, const Tolerances& tolerances) {
  std::string text = check_table(compare(before.study, now.study, tolerances), tolerances) + "\n";
  for (const Obstacle& obstacle :
       obstacles(before.study, now.study, config_differences(before.config, now.config), ExtraLabels::refused))
    text += obstacle_fact(obstacle) + "\n";
  return text;
}

ExitCode update(const CheckOptions& o, const Inputs& in, const Side& now) {
  const Side* baseline = in.baseline ? &*in.baseline : nullptr;
  if (!now.study.complete) return tell_obstacles(o, {}, {{ObstacleKind::incomplete, {"result", "", "", {}}}});
  if (!has_rate(now.study)) {
    print_error(fmt::format(
        "lrtune: {}: not written: no optimizer of the result has a rate, nothing could be compared\n", o.baseline));
    return ExitCode::inconclusive;
  }
  const Study stored = stored_study(o, now, baseline);
  write_file_atomically(o.baseline, baseline_to_json(stored, in.tolerances));
  if (!o.result.empty()) warn_of_data(o, stored);
  if (o.quiet) return ExitCode::ok;
  const Tolerances tolerances = resolve(in.tolerances, now.config.search.coarse_per_decade);
  std::string what = baseline != nullptr ? "updated" : "made";
  if (!in.replaced_version.empty())
    what = fmt::format("made in place of one of version {}, of which nothing is kept", in.replaced_version);
  print_output(fmt::format("{}{}: {}, {}\n", baseline != nullptr ? changes(*baseline, now, tolerances) : "", o.baseline,
                           what, plural(stored.optimizers.size(), "optimizer")));
  return ExitCode::ok;
}

ExitCode run_check(const CheckOptions& o) {
  check_usage(o);
  Inputs in = read_inputs(o);
  const Side* baseline = in.baseline ? &*in.baseline : nullptr;
  const Tolerances tolerances =
      resolve(in.tolerances, (baseline != nullptr ? baseline->config : Config{}).search.coarse_per_decade);
  std::optional<Side> now = std::move(in.result);
  if (in.obstacles.empty() && !now) now = run_side(o, baseline, *in.config, in.obstacles);
  if (!in.obstacles.empty()) return tell_obstacles(o, tolerances, std::move(in.obstacles));
  if (o.update) return update(o, in, *now);
  const std::string heading = o.result.empty() ? fmt::format("ran {}\n\n", shown_config(o)) : std::string();
  return tell(o, report_on(o, *baseline, *now, tolerances), heading);
}

}  // namespace

Action add_check(CLI::App& app) {
  auto o = std::make_shared<CheckOptions>();
  add_check_options(app, *o);
  return [o] { return run_check(*o); };
}

}  // namespace lrtune
