// lrtune tune CONFIG: the main job. stdout carries exactly one of: the summary, the result (--json or -o -), or a rate
// (--print).
#include <fmt/format.h>

#include <algorithm>
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
#include "record/study_json.h"
#include "sweep/sweep.h"
#include "train/isa.h"

namespace lrtune {
namespace {

struct TuneOptions {
  ConfigOptions config;
  std::string output;
  std::string print;
  bool json = false;
  bool quiet = false;
  bool strict = false;
};

bool result_to_stdout(const TuneOptions& o) { return o.json || o.output == "-"; }
bool result_to_file(const TuneOptions& o) { return !o.output.empty() && o.output != "-"; }

// Everything that can be known to be wrong before any work is done.
void check_usage(const TuneOptions& o) {
  if (result_to_stdout(o) && !o.print.empty())
    throw Error("tune", "--print and the result both want standard output", "write the result to a file: -o FILE");
  chosen_kernel();
}

void check_label(const Config& config, const std::string& label) {
  std::vector<std::string_view> labels = {"best"};
  for (const OptimizerConfig& entry : config.optimizers) labels.push_back(entry.label);
  if (std::ranges::find(labels, label) == labels.end())
    throw Error("--print", fmt::format("unknown label {}", show(label)), suggest_name(label, labels));
}

std::optional<double> rate_of(const Study& study, const std::string& label) {
  if (label == "best") {
    if (!study.recommendation) return std::nullopt;
    return study.recommendation->learning_rate;
  }
  const auto entry = std::ranges::find(study.optimizers, label, &Entry::label);
  return entry->recommendation.learning_rate;
}

Progress::Style progress_style(const TuneOptions& o) {
  if (o.quiet) return Progress::Style::quiet;
  return error_is_terminal() ? Progress::Style::bar : Progress::Style::lines;
}

Study measure(const TuneOptions& o, const Config& config, Progress& progress) {
  const RunClock clock;
  const std::size_t threads = thread_count(o.config);
  progress.say(fmt::format("lrtune: {}: reading the data", config_name(o.config)));
  const Task task = load_task(config.data, config.base_directory);
  const SweepProgress report{[&](std::size_t trials) { progress.plan(trials); },
                             [&](std::size_t trials) { progress.finish(trials); }};
  const BuiltInRunner runner = make_runner(o.config, config, task, threads, report);
  Study study = sweep(config, task.summary, runner, report);
  study.tool_version = LRTUNE_VERSION;
  study.config_json = config_to_json(config);
  study.config_id = config_id(config);
  study.run = clock.info(threads, chosen_kernel().name);
  return study;
}

// The exit code of a finished study.
ExitCode verdict(const TuneOptions& o, const Study& study) {
  const auto has_rate = [](const Entry& e) { return e.recommendation.learning_rate.has_value(); };
  const auto is_ok = [](const Entry& e) { return e.recommendation.status == RateStatus::ok; };
  if (std::ranges::none_of(study.optimizers, has_rate)) return ExitCode::inconclusive;
  if (o.strict && !std::ranges::all_of(study.optimizers, is_ok)) return ExitCode::inconclusive;
  if (!o.print.empty() && !rate_of(study, o.print)) return ExitCode::inconclusive;
  return ExitCode::ok;
}

void tell(const TuneOptions& o, const Study& study) {
  const std::string json = result_to_file(o) || result_to_stdout(o) ? study_to_json(study) : std::string();
  if (result_to_file(o)) write_file_atomically(o.output, json);
  if (!o.quiet) print_error(notices(study));
  if (result_to_stdout(o)) {
    print_output(json);
  } else if (!o.print.empty()) {
    if (const auto rate = rate_of(study, o.print)) print_output(format_number(*rate) + "\n");
  } else if (!o.quiet) {
    print_output(summary(study));
  }
}

ExitCode tune(const TuneOptions& o) {
  check_usage(o);
  const Config config = load_config(o.config);
  if (result_to_file(o)) check_output(o.output, o.config, config);
  if (!o.print.empty()) check_label(config, o.print);
  Progress progress(progress_style(o));
  const Study study = measure(o, config, progress);
  progress.clear();
  tell(o, study);
  return verdict(o, study);
}

}  // namespace

Action add_tune(CLI::App& app) {
  auto o = std::make_shared<TuneOptions>();
  add_config_options(app, o->config);
  app.add_option("--optimizers", o->config.optimizers, "only these, by label or name, comma-separated")
      ->type_name("LIST");
  app.add_option("--seeds", o->config.seeds, "search.seeds: seeds that every fine rate gets")->type_name("N");
  app.add_option("--seed", o->config.seed, "search.seed: another draw of all seeds")->type_name("S");
  app.add_option("--budget", o->config.budget, "search.budget_runs: cap on full runs per optimizer")->type_name("RUNS");
  app.add_option("-o,--output", o->output, "write the result JSON to FILE; - is standard output")->type_name("FILE");
  app.add_option("--print", o->print, "print only this optimizer's rate, or the \"best\" one's")->type_name("LABEL");
  app.add_flag("--json", o->json, "print the result JSON instead of the summary");
  app.add_flag("-q,--quiet", o->quiet, "no summary, notices or progress");
  app.add_flag("--strict", o->strict, "exit 4 unless every status is ok");
  return [o] { return tune(*o); };
}

}  // namespace lrtune
