#include "cli/check_sides.h"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>

#include "base/files.h"
#include "base/text.h"
#include "cli/result_output.h"
#include "record/baseline_json.h"
#include "record/study_json.h"
#include "train/isa.h"

namespace lrtune {
namespace {

std::string result_name(const CheckOptions& o) { return o.result == "-" ? "standard input" : o.result; }

// nullopt, and the obstacle in `found`, if the file is of another version.
std::optional<Side> read_side(const std::string& path, const std::string& where, Compared which,
                              std::vector<Obstacle>& found) {
  std::string text = read_file(path);
  const std::size_t version = result_version(text, where);
  if (version != std::size_t{kResultSchemaVersion}) {
    found.push_back(OtherSchema{which, version, kResultSchemaVersion});
    return std::nullopt;
  }
  Side side;
  side.study = study_from_json(text, where);
  side.config = read_config(side.study.head.config_json, fmt::format("{}: config", where),
                            std::filesystem::path(path).parent_path());
  side.text = std::move(text);
  return side;
}

void read_baseline(const CheckOptions& o, CheckInputs& in) {
  std::error_code error;  // other than that it is not there: told by whoever reads it
  if (std::filesystem::exists(o.baseline, error) || error)
    in.baseline = read_side(o.baseline, o.baseline, Compared::baseline, in.obstacles);
  else
    in.obstacles.emplace_back(NoBaseline{shown_name(o.baseline)});
  const bool is_replaced = o.update && !(o.result.empty() && o.config.empty());
  if (!is_replaced || in.baseline) return;
  if (const auto* other = std::get_if<OtherSchema>(&in.obstacles.front())) in.replaced_version = other->version;
  in.obstacles.clear();
}

// Files to be written must be none of the data.
void check_reports(const CheckOptions& o, const CheckInputs& in) {
  for (const std::string& report : {o.junit, o.markdown, to_file(o.output) ? o.output.file : ""}) {
    if (!report.empty() && in.config) check_no_data(report, *in.config);
    if (!report.empty() && in.baseline) check_no_data(report, in.baseline->config);
  }
}

}  // namespace

CheckInputs read_inputs(const CheckOptions& o) {
  CheckInputs in;
  in.tolerances = named_tolerances(o);
  read_baseline(o, in);
  if (in.baseline) in.tolerances = merge(in.tolerances, tolerances_from_json(in.baseline->text, o.baseline));
  if (!o.result.empty())
    in.result = read_side(o.result, result_name(o), Compared::result, in.obstacles);
  else if (!o.config.empty())
    in.config = load_config(run_options(o));
  else if (in.baseline)
    in.config = in.baseline->config;
  thread_count(run_options(o));
  if (o.result.empty()) chosen_kernel();
  check_reports(o, in);
  return in;
}

ConfigOptions run_options(const CheckOptions& o) {
  ConfigOptions options;
  options.path = o.config.empty() ? fmt::format("{}: config", o.baseline) : o.config;
  options.threads = o.threads;
  return options;
}

std::string shown_name(const std::string& name) { return is_utf8(name) ? name : show(name); }

std::string shown_config(const CheckOptions& o) {
  if (o.config.empty()) return fmt::format("the config stored in {}", shown_name(o.baseline));
  return o.config == "-" ? "the config from standard input" : shown_name(o.config);
}

std::string shown_result(const CheckOptions& o) {
  return o.result.empty() ? fmt::format("a run of {}", shown_config(o)) : shown_name(result_name(o));
}

}  // namespace lrtune
