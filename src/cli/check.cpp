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
#include "cli/check_sides.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/result_output.h"
#include "config/config_json.h"
#include "library/run_info.h"
#include "lrtune/error.h"
#include "lrtune/report.h"
#include "record/baseline_json.h"
#include "record/check_json.h"
#include "record/study_json.h"
#include "report/check_words.h"
#include "report/phrases.h"
#include "report/reporters.h"
#include "sweep/sweep.h"
#include "train/isa.h"

namespace lrtune {
namespace {

ExtraLabels extra_labels(const CheckOptions& o) { return o.allow_new ? ExtraLabels::allowed : ExtraLabels::refused; }

// What is known of a study before it is measured: enough to see whether it could be compared.
Study expected_study(const Config& config, const Task& task) {
  Study study;
  study.head.subject = subject_of(task, config.training);
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
  Study study = sweep(config, subject_of(task, config.training), runner, report);
  study.head = head_of(config, subject_of(task, config.training), clock.info(threads, chosen_kernel().name));
  return study;
}

// Trains what is to be compared; nullopt, and nothing is trained, if it is seen beforehand that it cannot be and
// `found` is told why. On other data it is trained all the same: the figures are wanted.
std::optional<Side> run_side(const CheckOptions& o, const Side* baseline, const Config& config,
                             std::vector<Obstacle>& found) {
  const ConfigOptions options = run_options(o);
  Progress progress(Progress::fitting(o.output.quiet));
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

void write_report(const std::string& file, std::string_view format, const CheckReport& report) {
  if (file.empty()) return;
  const auto row = std::ranges::find(reporters(), format, [](const Reporter& r) { return r.card.name; });
  write_file_atomically(file, row->check(report));
}

// `heading`: above the summary.
ExitCode tell(const CheckOptions& o, CheckReport report, const std::string& heading = {}) {
  report.baseline = shown_name(o.baseline);
  report.result = shown_result(o);
  const ExitCode code = exit_code(report.verdict);
  const std::string json =
      wants_json(o.output) ? check_to_json(report, LRTUNE_VERSION, static_cast<int>(code)) : std::string();
  write_report(o.junit, "junit", report);
  write_report(o.markdown, "markdown", report);
  save(o.output, json);
  if (is_set("GITHUB_ACTIONS")) print_error(check_annotations(report));
  tell(o.output, json, "", o.output.quiet ? "" : heading + summary(report));
  return code;
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
      why = "seen from there, the paths of its config lead to other data than the result's";
  } catch (const Error& error) {
    why = to_line(error.problems().front());
  }
  if (!why.empty())
    print_error(fmt::format(
        "lrtune: {}: cannot be run, only compared with a RESULT: {}; make one that can be run with --config CONFIG\n",
        o.baseline, why));
}

// What --update has changed.
std::string changes(const Side& before, const Side& now, const Tolerances& tolerances) {
  std::string text = text_table(check_table(compare(before.study, now.study, tolerances), tolerances)) + "\n";
  for (const Obstacle& obstacle :
       obstacles(before.study, now.study, config_differences(before.config, now.config), ExtraLabels::refused))
    text += obstacle_fact(obstacle) + "\n";
  return text;
}

ExitCode update(const CheckOptions& o, const CheckInputs& in, const Side& now) {
  const Side* baseline = in.baseline ? &*in.baseline : nullptr;
  if (!now.study.complete) return tell(o, not_comparable({}, {Incomplete{Compared::result}}));
  if (!has_rate(now.study)) {
    print_error(fmt::format(
        "lrtune: {}: not written: no optimizer of the result has a rate, so nothing could be compared with it\n",
        o.baseline));
    return ExitCode::inconclusive;
  }
  const Study stored = stored_study(o, now, baseline);
  write_file_atomically(o.baseline, baseline_to_json(stored, in.tolerances));
  if (!o.result.empty()) warn_of_data(o, stored);
  if (o.output.quiet) return ExitCode::ok;
  const Tolerances tolerances = resolve(in.tolerances, now.config.search.coarse_per_decade);
  std::string what = baseline != nullptr ? "updated" : "made";
  if (in.replaced_version)
    what = fmt::format("made; replaces a baseline of version {}, of which nothing is kept", *in.replaced_version);
  print_output(fmt::format("{}{}: {}, {}\n", baseline != nullptr ? changes(*baseline, now, tolerances) : "", o.baseline,
                           what, plural(stored.optimizers.size(), "optimizer")));
  return ExitCode::ok;
}

// Of the baseline's search; where there is none, of a config that says nothing.
std::size_t coarse_per_decade(const Side* baseline) {
  return baseline != nullptr ? baseline->config.search.coarse_per_decade : SearchConfig().coarse_per_decade;
}

ExitCode run_check(const CheckOptions& o) {
  check_usage(o);
  CheckInputs in = read_inputs(o);
  const Side* baseline = in.baseline ? &*in.baseline : nullptr;
  const Tolerances tolerances = resolve(in.tolerances, coarse_per_decade(baseline));
  std::optional<Side> now = std::move(in.result);
  if (in.obstacles.empty() && !now) now = run_side(o, baseline, *in.config, in.obstacles);
  if (!in.obstacles.empty()) return tell(o, not_comparable(tolerances, std::move(in.obstacles)));
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
