// gate_noise.cpp: false alarms of `lrtune check`. One initial weight is moved by one unit in the last place, another
// one each time and for all seeds alike; the whole search runs again and is held against the one without the change,
// with the default tolerances. A gate that is not noisy passes all of them. Then each of the results is held against
// each other one, as if it were the baseline: the same for any other draw of the baseline.
//
// usage: bench_gate_noise TIMES CONFIG…
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <memory>
#include <vector>

#include "base/files.h"
#include "base/parallel.h"
#include "config/config_json.h"
#include "data/task.h"
#include "lrtune/check.h"
#include "lrtune/error.h"
#include "lrtune/report.h"
#include "sweep/sweep.h"
#include "train/built_in_runner.h"
#include "train/isa.h"
#include "train/trials.h"

namespace lrtune {
namespace {

Study search(const Config& config, const Experiment& experiment, std::size_t threads) {
  PausedTrials paused;
  const Runner runner = runner_of(experiment, [&](std::span<const TrialRequest> requests, const TrialSink& sink) {
    train_trials(experiment, requests, threads, paused, sink);
  });
  return sweep(config, subject_of(*experiment.task, config.training), runner, {});
}

std::vector<float> moved(std::vector<float> parameters, std::size_t i) {
  parameters[i] = std::nextafter(parameters[i], std::numeric_limits<float>::infinity());
  return parameters;
}

// Weights that are drawn, not biases that begin at 0: an ulp of 0 is nothing.
std::vector<std::size_t> drawn_weights(const Experiment& experiment) {
  const std::vector<float> parameters = experiment.initial({experiment.search_seed, 0});
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < parameters.size(); ++i)
    if (parameters[i] != 0) found.push_back(i);
  return found;
}

struct Outcome {
  std::size_t checks = 0;
  std::size_t failed = 0;
  std::size_t changed = 0;  // some loss is another, be it by a bit: the ulp went through
  std::size_t labels = 0;
  std::size_t moved_rates = 0;
  double most_decades = 0;
  double most_change = 0;   // of the loss, as a share of what is allowed
  double failed_pairs = 0;  // share of all ordered pairs of results
};

void add(const CheckReport& report, Outcome& outcome) {
  ++outcome.checks;
  if (report.verdict != Verdict::pass) {
    ++outcome.failed;
    fmt::print("{}\n", summary(report));
  }
  if (std::ranges::any_of(report.labels, [](const LabelCheck& c) { return c.loss_change.value_or(0) != 0; }))
    ++outcome.changed;
  for (const LabelCheck& c : report.labels) {
    ++outcome.labels;
    if (c.decades && *c.decades != 0) ++outcome.moved_rates;
    if (c.decades) outcome.most_decades = std::max(outcome.most_decades, std::fabs(*c.decades));
    if (c.loss_change && *c.loss_allowed > 0)
      outcome.most_change = std::max(outcome.most_change, *c.loss_change / *c.loss_allowed);
  }
}

// The share of ordered pairs of two different results of which the second does not pass against the first.
double failed_pairs(const std::vector<Study>& studies, const Tolerances& tolerances) {
  std::size_t failed = 0;
  for (const Study& baseline : studies)
    for (const Study& result : studies)
      failed += check(baseline, result, tolerances, {}).verdict == Verdict::pass ? 0 : 1;
  return static_cast<double>(failed) / static_cast<double>(studies.size() * (studies.size() - 1));
}

Outcome measure(const std::string& path, std::size_t times) {
  Config config = read_config(read_file(path), path, std::filesystem::path(path).parent_path());
  config.search.sharpness = false;
  const std::size_t threads = usable_processors();
  const Task task = load_task(data_of(config), config.base_directory);
  Experiment experiment = make_experiment(config, task, chosen_kernel(), threads);
  const auto initial = experiment.initial;
  const std::vector<std::size_t> weights = drawn_weights(experiment);
  const Study baseline = search(config, experiment, threads);
  std::vector<Study> studies = {baseline};
  const Tolerances tolerances = resolve({}, config.search.coarse_per_decade);
  Outcome outcome;
  for (std::size_t i = 0; i < times; ++i) {
    const std::size_t weight = weights[i * weights.size() / times];
    experiment.initial = [&](RandomKey key) { return moved(initial(key), weight); };
    const Study study = search(config, experiment, threads);
    add(check(baseline, study, tolerances, obstacles(baseline, study, {}, ExtraLabels::refused)), outcome);
    studies.push_back(study);
  }
  outcome.failed_pairs = failed_pairs(studies, tolerances);
  return outcome;
}

}  // namespace
}  // namespace lrtune

int main(int argc, char** argv) {
  if (argc < 3) {
    fmt::print(stderr, "usage: bench_gate_noise TIMES CONFIG…\n");
    return 2;
  }
  try {
    for (int i = 2; i < argc; ++i) {
      const lrtune::Outcome o = lrtune::measure(argv[i], std::stoul(argv[1]));
      fmt::print(
          "{}: {} of {} checks fail; {} have some other loss; {} of {} rates moved, by at most {:.2f} decades; a loss "
          "got worse by at most {:.2g} % of what is allowed; of all pairs {:.2f} % fail\n",
          argv[i], o.failed, o.checks, o.changed, o.moved_rates, o.labels, o.most_decades, 100 * o.most_change,
          100 * o.failed_pairs);
      std::fflush(stdout);
    }
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_gate_noise: {}\n", error.what());
    return 1;
  }
  return 0;
}
