#include "lrtune/tune.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "base/parallel.h"
#include "config/config_json.h"
#include "data/table.h"
#include "data/task.h"
#include "library/run_info.h"
#include "lrtune/error.h"
#include "record/study_json.h"
#include "sweep/sweep.h"
#include "train/built_in_runner.h"
#include "train/isa.h"

namespace lrtune {
namespace {

std::size_t row_count(const Samples& samples) { return std::max(samples.labels.size(), samples.targets.size()); }

// Sizes that do not fit; `where`: "samples" or "validation".
void check_shape(const Samples& samples, const char* where) {
  const std::size_t rows = row_count(samples);
  if (samples.labels.empty() == samples.targets.empty())
    throw Error(samples.labels.empty() ? ProblemKind::samples_target_missing : ProblemKind::samples_target_twice,
                where);
  if (samples.values.empty() || samples.values.size() % rows != 0)
    throw Error(ProblemKind::samples_value_count, where, {{"values", samples.values.size()}, {"rows", rows}});
  const std::size_t features = samples.values.size() / rows;
  if (!samples.features.empty() && samples.features.size() != features)
    throw Error(ProblemKind::samples_name_count, where, {{"names", samples.features.size()}, {"features", features}});
}

void check_values(const Samples& samples, const DataConfig& config, const char* where) {
  const std::size_t features = samples.values.size() / row_count(samples);
  for (std::size_t i = 0; i < samples.values.size(); ++i) {
    const double value = samples.values[i];
    const bool is_missing = std::isnan(value);
    if (std::isfinite(value) || (is_missing && config.missing == Missing::mean)) continue;
    const std::string place = fmt::format("{}, row {}, feature {}", where, i / features, i % features);
    if (is_missing) throw Error(ProblemKind::sample_missing, place, {}, "data.missing", "mean");
    throw Error(ProblemKind::sample_infinite, place);
  }
  const auto bad = std::ranges::find_if(samples.targets, [](double target) { return !std::isfinite(target); });
  if (bad != samples.targets.end())
    throw Error(ProblemKind::sample_target_not_finite, fmt::format("{}, row {}", where, bad - samples.targets.begin()));
}

Table table_of(const Samples& samples, const DataConfig& config, const char* where) {
  check_shape(samples, where);
  check_values(samples, config, where);
  RealTable table;
  table.file = where;
  table.kind = samples.labels.empty() ? TaskKind::regression : TaskKind::classification;
  table.column_prefix = "x";
  table.names = samples.features;
  table.rows = row_count(samples);
  table.columns = samples.values.size() / table.rows;
  table.values = samples.values;
  table.targets = samples.targets;
  for (std::int32_t label : samples.labels) table.targets.push_back(label);
  return table;
}

SweepProgress progress_of(const TuneOptions& options, std::size_t& finished, std::size_t& planned) {
  if (!options.progress) return {};
  const auto tell = [&options, &finished, &planned] { options.progress(finished, planned); };
  return {[&planned, tell](std::size_t trials) {
            planned += trials;
            tell();
          },
          [&finished, tell](std::size_t trials) {
            finished += trials;
            tell();
          }};
}

}  // namespace

Config config_of(std::string_view json) { return read_memory_config(json, "config"); }

Study tune(const Config& asked, const Samples& samples, const std::optional<Samples>& validation,
           const TuneOptions& options) {
  const RunClock clock;
  // A config that was filled in by hand is held to what a file's is.
  const Config config = read_memory_config(config_to_json(asked), "config");
  const DataConfig& data = data_of(config);
  std::optional<Table> ready;
  if (validation) ready = table_of(*validation, data, "validation");
  const Task task = make_task(table_of(samples, data, "samples"), std::move(ready), data);
  const std::size_t threads = options.threads == 0 ? usable_processors() : options.threads;
  const Runner runner = built_in_runner(config, task, threads, options.stop);
  std::size_t finished = 0;
  std::size_t planned = 0;
  Study study = sweep(config, subject_of(task, config.training), runner, progress_of(options, finished, planned));
  study.head = head_of(config, subject_of(task, config.training), clock.info(threads, chosen_kernel().name));
  return study;
}

std::string result_json(const Study& study) { return study_to_json(study); }

}  // namespace lrtune
