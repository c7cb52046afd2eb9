// lrtune check BASELINE [RESULT | --config CONFIG]: the gate. Reads or measures, compares (check/), tells (report/,
// record/); stdout carries the summary or, with --json, the report. The exit code is the first that applies of 2 (what
// the user must mend), 5 (cannot be compared), 3 (a regression), 4 (nothing was compared), 0.
#include "lrtune/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
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
#include "record/baseline_json.h"
#include "record/study_json.h"
#include "report/check_words.h"
#include "sweep/sweep.h"
#include "train/isa.h"

namespace lrtune {
namespace {

struct CheckOptions {
  std::string baseline;
  std::string result;
  std::string config;
  std::string tolerance;
  std::string loss_absolute;
  std::string loss_relative;
  std::string loss_se;
  std::string junit;
  std::string markdown;
  std::string threads;
  bool exact = false;
  bool allow_new = false;
  bool json = false;
  bool quiet = false;
  bool update = false;
  bool force = false;
};

// One of the two that are compared. Its config is resolved by this version, so that a field that an older one did not
// know has its default.
struct Side {
  std::string text;
  Study study;
  Config config;
};

bool is_set(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0' && std::string_view(value) != "false";
}

std::string result_name(const CheckOptions& o) { return o.result == "-" ? "standard input" : o.result; }

// How the report calls what is held against the baseline.
std::string shown_result(const CheckOptions& o) {
  if (!o.result.empty()) return result_name(o);
  return o.config.empty() ? "a run of its config"
                          : fmt::format("a run of {}", o.config == "-" ? "standard input" : o.config);
}

void check_report_file(const CheckOptions& o, const char* option, const std::string& file) {
  if (file.empty()) return;
  if (file == "-") throw Error(option, "needs a file", "the report on standard output is the summary, or --json");
  check_writable(file);
  for (const std::string& input : {o.baseline, o.result, o.config}) {
    std::error_code error;
    if (!input.empty() && std::filesystem::equivalent(file, input, error) && !error)
      throw Error(option, fmt::format("would overwrite {}", input), "write to another file");
  }
}

void check_usage(const CheckOptions& o) {
  if (o.baseline.empty()) throw Error("check", "no baseline given", "name its file");
  if (o.baseline == "-") throw Error("check", "the baseline must be a file", "- is for RESULT");
  if (!o.result.empty() && !o.config.empty())
    throw Error("check", "RESULT and --config are both given", "the first is compared as it is, the second is run");
  if (o.update && (o.json || !o.junit.empty() || !o.markdown.empty()))
    throw Error("check", "--update makes no report", "leave out --json, --junit and --markdown");
  if (o.force && !o.update) throw Error("check", "--force is for --update only", "leave it out");
  if (o.update && !o.force && is_set("CI"))
    throw Error("check", "--update under CI would wave every regression through (CI is set)",
                "update where somebody looks at it, or add --force");
  if (o.update) check_writable(o.baseline);
  check_report_file(o, "--junit", o.junit);
  check_report_file(o, "--markdown", o.markdown);
}

std::optional<double> parse_tolerance(const std::string& text, const char* option) {
  if (text.empty()) return std::nullopt;
  const auto value = parse_number(text);
  if (!value || !std::isfinite(*value) || *value < 0)
    throw Error(option, fmt::format("must be a number from 0, not {}", show(text)));
  return value;
}

ToleranceSettings named_tolerances(const CheckOptions& o) {
  return {parse_tolerance(o.tolerance, "--tolerance"), parse_tolerance(o.loss_absolute, "--loss-absolute"),
          parse_tolerance(o.loss_relative, "--loss-relative"), parse_tolerance(o.loss_se, "--loss-se")};
}

// A result as a file has it.
Side parse_side(std::string text, const std::string& where, const std::filesystem::path& folder) {
  Side side;
  side.study = study_from_json(text, where);
  side.config = read_config(side.study.config_json, fmt::format("{}: config", where), folder);
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
  study.data = task.summary;
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
  const SweepProgress report{[&](std::size_t trials) { progress.plan(trials); },
                             [&](std::size_t trials) { progress.finish(trials); }};
  const BuiltInRunner runner = make_runner(options, config, task, threads, report);
  Study study = sweep(config, task.summary, runner, report);
  sign(study, config, clock.info(threads, chosen_kernel().name));
  return study;
}

// The config that is run: that of --config, or the baseline's own, whose paths start at the baseline.
ConfigOptions run_options(const CheckOptions& o) {
  ConfigOptions options;
  options.path = o.config.empty() ? fmt::format("{}: config", o.baseline) : o.config;
  options.threads = o.threads;
  return options;
}

// Trains what is to be compared; nullopt, and nothing is trained, if it is seen beforehand that it cannot be and
// `found` is told why.
std::optional<Side> run_side(const CheckOptions& o, const Side* baseline, std::vector<Obstacle>& found) {
  const ConfigOptions options = run_options(o);
  chosen_kernel();
  Side side;
  side.config = o.config.empty() ? baseline->config : load_config(options);
  Progress progress(o.quiet               ? Progress::Style::quiet
                    : error_is_terminal() ? Progress::Style::bar
                                          : Progress::Style::lines);
  progress.say(fmt::format("lrtune: {}: reading the data", config_name(options)));
  const Task task = load_task(side.config.data, side.config.base_directory);
  if (baseline != nullptr && !o.update) {
    found = obstacles(baseline->study, expected_study(side.config, task),
                      config_differences(baseline->config, side.config), extra_labels(o));
    if (!found.empty()) return std::nullopt;
  }
  side.study = measure(options, side.config, task, progress);
  side.text = study_to_json(side.study);
  return side;
}

std::optional<Side> read_or_run(const CheckOptions& o, const Side* baseline, std::vector<Obstacle>& found) {
  if (!o.result.empty()) return read_side(o.result, result_name(o), "result", found);
  return run_side(o, baseline, found);
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

ExitCode tell(const CheckOptions& o, CheckReport report) {
  report.baseline = o.baseline;
  report.result = shown_result(o);
  const ExitCode code = exit_code(report.verdict);
  if (!o.junit.empty()) write_file_atomically(o.junit, check_junit(report));
  if (!o.markdown.empty()) write_file_atomically(o.markdown, check_markdown(report));
  if (is_set("GITHUB_ACTIONS")) print_error(check_annotations(report));
  if (o.json)
    print_output(check_to_json(report, LRTUNE_VERSION, static_cast<int>(code)));
  else if (!o.quiet)
    print_output(check_summary(report));
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
  study.config_json = config_to_json(config);
  study.config_id = config_id(config);
  return study;
}

ExitCode update(const CheckOptions& o, const Side* baseline, const Side& now, const ToleranceSettings& settings) {
  const auto has_rate = [](const Entry& e) { return e.recommendation.learning_rate.has_value(); };
  if (!now.study.complete) return tell_obstacles(o, {}, {{ObstacleKind::incomplete, {"result", "", "", {}}}});
  if (std::ranges::none_of(now.study.optimizers, has_rate)) {
    print_error(fmt::format(
        "lrtune: {}: not written: no optimizer of the result has a rate, nothing could be compared\n", o.baseline));
    return ExitCode::inconclusive;
  }
  write_file_atomically(o.baseline, baseline_to_json(stored_study(o, now, baseline), settings));
  if (o.quiet) return ExitCode::ok;
  const Tolerances tolerances = resolve(settings, now.config.search.coarse_per_decade);
  std::string text;
  if (baseline != nullptr) {
    text = check_table(compare(baseline->study, now.study, tolerances), tolerances) + "\n";
    for (const Obstacle& obstacle :
         obstacles(baseline->study, now.study, config_differences(baseline->config, now.config), ExtraLabels::refused))
      text += obstacle_text(obstacle) + "\n";
  }
  print_output(fmt::format("{}{}: {}, {} optimizers\n", text, o.baseline, baseline == nullptr ? "made" : "updated",
                           now.study.optimizers.size()));
  return ExitCode::ok;
}

ExitCode run_check(const CheckOptions& o) {
  check_usage(o);
  const ToleranceSettings named = named_tolerances(o);
  std::vector<Obstacle> found;
  std::optional<Side> baseline;
  ToleranceSettings settings = named;
  std::error_code error;  // other than that it is not there: told by whoever reads it
  if (std::filesystem::exists(o.baseline, error) || error) {
    baseline = read_side(o.baseline, o.baseline, "baseline", found);
    if (baseline) settings = merge(named, tolerances_from_json(baseline->text, o.baseline));
  } else if (!o.update || (o.result.empty() && o.config.empty())) {
    found.push_back({ObstacleKind::no_baseline, {o.baseline, "", "", {}}});
  }
  const Tolerances tolerances = resolve(settings, (baseline ? baseline->config : Config{}).search.coarse_per_decade);
  // A RESULT that cannot be read is told first, whatever the baseline is like.
  std::vector<Obstacle> of_result;
  const Side* old = baseline ? &*baseline : nullptr;
  std::optional<Side> now;
  if (found.empty() || !o.result.empty()) now = read_or_run(o, old, of_result);
  found.insert(found.end(), of_result.begin(), of_result.end());
  if (!found.empty()) return tell_obstacles(o, tolerances, std::move(found));
  if (o.update) return update(o, old, *now, settings);
  return tell(o, report_on(o, *baseline, *now, tolerances));
}

}  // namespace

Action add_check(CLI::App& app) {
  auto o = std::make_shared<CheckOptions>();
  app.add_option("BASELINE", o->baseline, "a result to hold the new one against; trials and run may be missing");
  app.add_option("RESULT", o->result, "the new result; - is standard input (default: the baseline's config is run)");
  app.add_option("--config", o->config, "run this config instead")->type_name("CONFIG");
  app.add_option("--tolerance", o->tolerance, "decades a rate may move (default: 0.5 / search.coarse_per_decade)")
      ->type_name("DECADES");
  app.add_option("--loss-absolute", o->loss_absolute, "how much worse a loss may be (default: 0)")->type_name("LOSS");
  app.add_option("--loss-relative", o->loss_relative, "the same, as a share of the baseline's loss (default: 0.02)")
      ->type_name("SHARE");
  app.add_option("--loss-se", o->loss_se,
                 "the same, in standard errors of the difference (default: 3); the largest of "
                 "the three counts")
      ->type_name("N");
  app.add_flag("--exact", o->exact, "the same bytes, but for tool and run");
  app.add_flag("--allow-new", o->allow_new, "pass over optimizers that the baseline does not have");
  app.add_flag("--json", o->json, "print the report as JSON instead of the summary");
  app.add_option("--junit", o->junit, "write the report as JUnit XML too")->type_name("FILE");
  app.add_option("--markdown", o->markdown, "write the report as Markdown too")->type_name("FILE");
  app.add_flag("--update", o->update, "write the new result to BASELINE and show what changed; not under CI");
  app.add_flag("--force", o->force, "with --update: under CI too");
  app.add_option("--threads", o->threads, "threads to train with (default: what affinity and cgroup allow)")
      ->type_name("N");
  app.add_flag("-q,--quiet", o->quiet, "no summary or progress");
  return [o] { return run_check(*o); };
}

}  // namespace lrtune
