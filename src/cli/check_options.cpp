#include "cli/check_options.h"

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <utility>
#include <vector>

#include "base/files.h"
#include "base/text.h"
#include "lrtune/error.h"

namespace lrtune {
namespace {

// What -o, --junit and --markdown name, each a file of its own that nothing is read from.
void check_report_files(const CheckOptions& o) {
  std::vector<std::pair<const char*, std::string>> files = {{"--junit", o.junit}, {"--markdown", o.markdown}};
  if (to_file(o.output)) files.emplace_back("-o", o.output.file);
  std::erase_if(files, [](const auto& file) { return file.second.empty(); });
  for (auto file = files.begin(); file != files.end(); ++file) {
    const auto& [option, name] = *file;
    if (name == "-") throw Error(ProblemKind::report_not_file, option);
    check_writable(name);
    for (const std::string& input : {o.baseline, o.result, o.config})
      if (!input.empty() && same_file(name, input))
        throw Error(ProblemKind::output_is_input, option, {{"file", input}});
    for (auto other = files.begin(); other != file; ++other)
      if (same_file(name, other->second) && !std::filesystem::is_character_file(name))
        throw Error(ProblemKind::report_files_same, "check", {{"first", other->first}, {"second", option}});
  }
}

std::optional<double> parse_tolerance(const std::string& text, const char* option) {
  if (text.empty()) return std::nullopt;
  const auto value = parse_number(text);
  if (!value || !std::isfinite(*value) || *value < 0)
    throw Error(ProblemKind::number_within_expected, option, {{"within", "of 0 or more"}, {"found", text}});
  return value;
}

}  // namespace

void add_check_options(CLI::App& app, CheckOptions& o) {
  app.add_option("BASELINE", o.baseline, "the stored result to compare with; it may lack trials and run");
  app.add_option("RESULT", o.result, "the new result; - is standard input (default: run a config)");
  app.add_option("--config", o.config, "run this config (default: the baseline's own)")->type_name("CONFIG");
  app.add_option("--tolerance", o.tolerance,
                 "how far a rate may move, in decades (default: 0.5 / search.coarse_per_decade)")
      ->type_name("DECADES");
  app.add_option("--loss-absolute", o.loss_absolute, "how much worse a loss may get (default: 0)")->type_name("LOSS");
  app.add_option("--loss-relative", o.loss_relative, "the same, as a share of the baseline's loss (default: 0.02)")
      ->type_name("SHARE");
  app.add_option("--loss-se", o.loss_se,
                 "the same, in standard errors of the difference (default: 3); the largest of "
                 "the three counts")
      ->type_name("N");
  app.add_flag("--exact", o.exact, "require the same numbers to the last bit, except in tool and run");
  app.add_flag("--allow-new", o.allow_new, "ignore optimizers that the baseline does not have");
  add_result_options(app, o.output, "report");
  app.add_option("--junit", o.junit, "also write the report as JUnit XML")->type_name("FILE");
  app.add_option("--markdown", o.markdown, "also write the report as Markdown")->type_name("FILE");
  app.add_flag("--update", o.update, "write the new result to BASELINE and show what changed; not under CI");
  app.add_flag("--force", o.force, "with --update: even under CI");
  app.add_option("--threads", o.threads, "number of threads (default: all that affinity and cgroup allow)")
      ->type_name("N");
}

bool is_set(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0' && std::string_view(value) != "false";
}

void check_usage(const CheckOptions& o) {
  if (o.baseline.empty()) throw Error(ProblemKind::baseline_absent, "check");
  if (o.baseline == "-") throw Error(ProblemKind::baseline_not_file, "check");
  if (!o.result.empty() && !o.config.empty()) throw Error(ProblemKind::sides_twice, "check");
  if (o.update && (wants_json(o.output) || !o.junit.empty() || !o.markdown.empty()))
    throw Error(ProblemKind::update_with_report, "check");
  if (o.update && (o.exact || o.allow_new)) throw Error(ProblemKind::update_with_verdict, "check");
  if (o.force && !o.update) throw Error(ProblemKind::force_without_update, "check");
  if (o.update && !o.force && is_set("CI")) throw Error(ProblemKind::update_in_ci, "check");
  if (o.update) check_writable(o.baseline);
  check_report_files(o);
  if (to_file(o.output)) check_target(o.output.file);
}

ToleranceSettings named_tolerances(const CheckOptions& o) {
  return {parse_tolerance(o.tolerance, "--tolerance"), parse_tolerance(o.loss_absolute, "--loss-absolute"),
          parse_tolerance(o.loss_relative, "--loss-relative"), parse_tolerance(o.loss_se, "--loss-se")};
}

}  // namespace lrtune
