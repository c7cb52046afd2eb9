// lrtune tune CONFIG: the main job. stdout carries exactly one of: the summary, the result (--json or -o -), a rate
// (--print), or events (--events -).
#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <memory>

#include "base/files.h"
#include "base/text.h"
#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/config_options.h"
#include "cli/event_stream.h"
#include "cli/interrupt.h"
#include "cli/journal_file.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/result_output.h"
#include "config/config_json.h"
#include "library/run_info.h"
#include "lrtune/error.h"
#include "lrtune/report.h"
#include "record/events.h"
#include "record/study_json.h"
#include "report/problem_words.h"
#include "sweep/sweep.h"
#include "train/isa.h"

namespace lrtune {
namespace {

struct TuneOptions {
  ConfigOptions config;
  ResultOutput output;
  std::string print;
  std::string events;
  std::string journal;
  bool resume = false;
  bool strict = false;
};

// Everything that can be known to be wrong before any work is done.
void check_usage(const TuneOptions& o) {
  if (to_stdout(o.output) && !o.print.empty())
    throw Error(ProblemKind::stdout_wanted_twice, "tune", {{"first", "--print"}, {"second", "the result"}});
  if (o.events == "-" && (to_stdout(o.output) || !o.print.empty()))
    throw Error(ProblemKind::stdout_wanted_twice, "tune",
                {{"first", "--events -"}, {"second", o.print.empty() ? "the result" : "--print"}});
  chosen_kernel();
}

JournalOptions journal_options(const TuneOptions& o) { return {o.journal, o.output.file, o.resume}; }

// Files that it is going to write, before any work is done.
void check_files(const TuneOptions& o, const Config& config) {
  if (to_file(o.output)) check_output(o.output.file, o.config, config);
  if (!o.events.empty() && o.events != "-") check_output(o.events, o.config, config);
  const auto journal = journal_path(journal_options(o));
  if (journal) check_output(*journal, o.config, config);
  const auto is_taken = [&](const std::string& file) { return same_file(o.events, file); };
  if (o.events != "-" && !o.events.empty() &&
      ((to_file(o.output) && is_taken(o.output.file)) || (journal && is_taken(*journal))))
    throw Error(ProblemKind::events_file_taken, "--events", {{"file", o.events}});
}

void check_label(const Config& config, const std::string& label) {
  std::vector<std::string_view> labels = labels_of(config);
  labels.insert(labels.begin(), "best");
  place_among(labels, label, "--print", ProblemKind::label_unknown);
}

std::optional<double> rate_of(const Study& study, const std::string& label) {
  if (label == "best") {
    if (!study.recommendation) return std::nullopt;
    return study.recommendation->learning_rate;
  }
  const auto entry = std::ranges::find(study.optimizers, label, &Entry::label);
  return entry->recommendation.learning_rate;
}

// Records what is finished. A journal that nobody asked for must not cost the search: where it cannot be written, it is
// given up, and said so; what it holds stays.
class Recorder {
 public:
  Recorder(const TuneOptions& o, const Config& config, const Subject& subject, bool runs_continue, Progress& progress,
           EventStream& events)
      : config_(config),
        progress_(progress),
        events_(events),
        is_required_(!o.journal.empty() || o.resume),
        is_temporary_(o.journal.empty()) {
    const auto path = journal_path(journal_options(o));
    if (!path) return;
    const JournalHeader header{LRTUNE_VERSION, config_id(config), subject.fingerprint, kTrainingRevision,
                               older_config_ids(config)};
    try {
      journal_.emplace(journal_options(o), *path, header, config.optimizers.size());
      is_written_ = true;
    } catch (const Error& error) {
      if (is_required_ || std::filesystem::exists(*path)) throw;
      give_up(error);
    }
    if (const std::size_t trials = journal_ ? journal_->trials(runs_continue) : 0; trials > 0)
      progress.say(fmt::format("lrtune: {}: continuing after {} trial{}", *path, trials, trials == 1 ? "" : "s"));
    if (journal_ && !journal_->dropped().empty())
      tell(fmt::format("{}: {}; started over", *path,
                       problem_what({ProblemKind::journal_of_other, *path, journal_->dropped()})));
  }

  KnownTrials known() const { return journal_ ? journal_->known() : KnownTrials{}; }

  void record(const TrialRequest& request, const Trial& trial) {
    try {
      if (is_written_) journal_->add(request, trial);
    } catch (const Error& error) {
      if (is_required_) throw;
      give_up(error);
    }
    events_.write(trial_event(config_.optimizers[request.key.entry].label, trial));
  }

  // The result is written: a journal that nobody asked for has served.
  void finish() {
    if (journal_ && is_temporary_) journal_->remove();
  }

 private:
  void give_up(const Error& error) {
    is_written_ = false;
    tell(fmt::format("{}; continuing without a journal", error.what()));
  }

  // That finished trials are or will be lost is told even where nothing else is.
  void tell(const std::string& line) {
    progress_.clear();
    print_error(fmt::format("lrtune: {}\n", line));
  }

  const Config& config_;
  Progress& progress_;
  EventStream& events_;
  bool is_required_;
  bool is_temporary_;
  bool is_written_ = false;
  std::optional<JournalFile> journal_;  // held until the end, so that nobody else's is removed
};

bool has_trials(const Study& study) {
  return std::ranges::any_of(study.optimizers, [](const Entry& e) { return !e.trials.empty(); });
}

// The exit code of a finished study.
ExitCode verdict(const TuneOptions& o, const Study& study) {
  if (!study.complete) return caught_signal() == SIGTERM ? ExitCode::terminated : ExitCode::interrupted;
  const auto is_ok = [](const Entry& e) { return e.recommendation.status == RateStatus::ok; };
  if (!has_rate(study)) return ExitCode::inconclusive;
  if (o.strict && !std::ranges::all_of(study.optimizers, is_ok)) return ExitCode::inconclusive;
  if (!o.print.empty() && !rate_of(study, o.print)) return ExitCode::inconclusive;
  return ExitCode::ok;
}

std::string interruption(const TuneOptions& o) {
  const auto journal = journal_path(journal_options(o));
  return fmt::format(
      "lrtune: stopped: {}; {}\n", to_file(o.output) ? o.output.file + " is a partial result" : "the result is partial",
      journal ? "continue with --resume, from " + *journal : "with --journal FILE it could be continued");
}

// What standard output carries, unless the result goes there.
std::string answer(const TuneOptions& o, const Study& study) {
  if (!o.print.empty()) {
    const auto rate = rate_of(study, o.print);
    return rate && study.complete ? format_number(*rate) + "\n" : "";
  }
  return o.output.quiet || o.events == "-" ? "" : summary(study);
}

void tell(const TuneOptions& o, const Study& study, EventStream& events) {
  if (!study.complete && !has_trials(study)) {
    events.write(end_event(study));
    print_error("lrtune: stopped before a trial was finished; there is no result\n");
    return;
  }
  const std::string json = wants_json(o.output) ? study_to_json(study) : std::string();
  save(o.output, json);
  for (const Entry& entry : study.optimizers) events.write(recommendation_event(entry));
  events.write(end_event(study));
  if (!study.complete) print_error(interruption(o));
  tell(o.output, json, study.complete ? notices(study) : "", answer(o, study));
}

ExitCode tune(const TuneOptions& o) {
  check_usage(o);
  const Config config = load_config(o.config);
  check_files(o, config);
  if (!o.print.empty()) check_label(config, o.print);
  const std::size_t threads = thread_count(o.config);
  const RunClock clock;
  Progress progress(Progress::fitting(o.output.quiet));
  EventStream events(o.events);
  progress.say(fmt::format("lrtune: {}: reading the data", config_name(o.config)));
  const Task task = load_task(data_of(config), config.base_directory);
  const SweepProgress report = progress.of_sweep();
  // Before the journal is begun: what is wrong with the config is told by then.
  Runner runner = make_runner(o.config, config, task, threads, &catch_interrupts());
  const Subject subject = subject_of(task, config.training);
  Recorder recorder(o, config, subject, runner.runs_continue, progress, events);
  runner.train =
      remembering(std::move(runner.train), recorder.known(),
                  [&recorder](const TrialRequest& request, const Trial& trial) { recorder.record(request, trial); });
  Study study = sweep(config, subject, runner, report);
  study.head = head_of(config, subject, clock.info(threads, chosen_kernel().name));
  progress.clear();
  tell(o, study, events);
  if (study.complete) recorder.finish();
  return verdict(o, study);
}

}  // namespace

Action add_tune(CLI::App& app) {
  auto o = std::make_shared<TuneOptions>();
  add_config_options(app, o->config);
  app.add_option("--optimizers", o->config.optimizers, "only these, by label or name, comma-separated")
      ->type_name("LIST");
  app.add_option("--seeds", o->config.seeds, "search.seeds: least number of seeds for the recommended rate")
      ->type_name("N");
  app.add_option("--seed", o->config.seed, "search.seed: other initial weights and row orders throughout")
      ->type_name("S");
  app.add_option("--budget", o->config.budget, "search.budget_runs: largest number of full trainings per optimizer")
      ->type_name("RUNS");
  add_result_options(app, o->output, "result");
  app.add_option("--print", o->print, "print only this optimizer's rate, or the \"best\" one's")->type_name("LABEL");
  app.add_option("--events", o->events,
                 "write a JSON line to FILE for every trial as it finishes; - is standard output")
      ->type_name("FILE");
  app.add_option("--journal", o->journal,
                 "record finished trials in FILE (default: FILE.journal beside -o, until the result is written)")
      ->type_name("FILE");
  app.add_flag("--resume", o->resume, "continue a search that was stopped, from its journal");
  app.add_flag("--strict", o->strict, "exit 4 unless every status is ok");
  return [o] { return tune(*o); };
}

}  // namespace lrtune
