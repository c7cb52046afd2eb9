// sweep_bench.cpp: a whole `lrtune tune CONFIG` on one thread: useful floating-point operations over wall time, as a
// share of the FMA peak measured in the same process, and how full the lanes were in each round.
//
// Useful: for every update done 2·B·(3·ΣKH − first layer), for every row evaluated 2·ΣKH. Planning, data, losses,
// activations and optimizers count as time only. Lanes: trials over places paid for, 16 a cohort, 1 for a trial on its
// own.
//
// Then two threads: how much faster they train full cohorts, against how much faster they do nothing but multiply-adds.
//
// usage: bench_sweep CONFIG [RUNS]
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <set>
#include <stdexcept>

#include "base/files.h"
#include "base/parallel.h"
#include "config/config_json.h"
#include "fma_peak.h"
#include "lrtune/error.h"
#include "plan/planner.h"
#include "sweep/sweep.h"
#include "train/built_in_runner.h"
#include "train/isa.h"
#include "train/trials.h"

namespace lrtune {
namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

const char* stage_name(Stage stage) {
  constexpr const char* kNames[] = {"coarse", "extend", "fine", "confirm", "default"};
  return kNames[static_cast<std::size_t>(stage)];
}

double work_of(const Experiment& e, const Study& study) {
  double weights = 0;
  for (const LayerShape& shape : e.network.shapes) weights += static_cast<double>(shape.inputs * shape.outputs);
  const auto first = static_cast<double>(e.network.shapes.front().inputs * e.network.shapes.front().outputs);
  double work = 0;
  for (const Entry& entry : study.optimizers)
    for (const Trial& trial : entry.trials)
      work += 2 * static_cast<double>(trial.updates * e.batch_size) * (3 * weights - first) +
              2 * static_cast<double>(trial.curve.step.size() * e.task->validation.count) * weights;
  return work;
}

void tell_round(const Experiment& e, std::span<const TrialRequest> requests, const PausedTrials& paused) {
  std::set<std::string> stages;
  for (const TrialRequest& r : requests) stages.insert(stage_name(r.stage));
  std::size_t places = 0;
  const auto groups = trial_groups(e, requests, paused);
  for (const auto& group : groups) places += group.size() == 1 ? 1 : kLanes;
  fmt::print("  {:4} trials in {:3} groups, lanes {:3.0f} % full: {}\n", requests.size(), groups.size(),
             100.0 * static_cast<double>(requests.size()) / static_cast<double>(places), fmt::join(stages, ", "));
}

// Wall time of `work` on one thread over that on two.
template <class Work>
double scaling(const Work& work) {
  double seconds[2] = {1e9, 1e9};
  for (int round = 0; round < 3; ++round)
    for (std::size_t threads : {1U, 2U}) {
      const auto start = std::chrono::steady_clock::now();
      work(threads);
      seconds[threads - 1] = std::min(seconds[threads - 1], seconds_since(start));
    }
  return seconds[0] / seconds[1];
}

// 16 full cohorts of equal work, against as many loops of nothing but multiply-adds.
void tell_scaling(const Experiment& e) {
  std::vector<TrialRequest> requests;
  for (std::size_t seed = 0; seed < 16; ++seed)
    for (std::size_t lane = 0; lane < kLanes; ++lane)
      requests.push_back({Stage::fine, {0, 1e-3 * static_cast<double>(1 + lane), seed}});
  const double trials = scaling([&](std::size_t threads) { train_trials(e, requests, threads); });
  const double loops =
      scaling([](std::size_t threads) { for_each_job(16, threads, [](std::size_t) { fma_loop(4000000); }); });
  fmt::print("two threads: training {:.2f} times as fast as one, multiply-adds alone {:.2f}: ratio {:.2f}\n", trials,
             loops, trials / loops);
}

void run(const std::string& path, int runs) {
  double peak = 0;
  for (int i = 0; i < 20; ++i) {
    const auto start = std::chrono::steady_clock::now();
    const double work = fma_loop(2000000);
    peak = std::max(peak, work / seconds_since(start));
  }
  const Config config = read_config(read_file(path), path, std::filesystem::path(path).parent_path());
  const Task task = load_task(data_of(config), config.base_directory);
  const Experiment experiment = make_experiment(config, task, chosen_kernel(), 1);
  for (int i = 0; i < runs; ++i) {
    const auto start = std::chrono::steady_clock::now();
    PausedTrials paused;
    const Runner runner = runner_of(experiment, [&](std::span<const TrialRequest> requests, const TrialSink& sink) {
      if (i == 0) tell_round(experiment, requests, paused);
      train_trials(experiment, requests, 1, paused, sink);
    });
    const Study study = sweep(config, subject_of(task, config.training), runner, {});
    const double seconds = seconds_since(start);
    const double rate = work_of(experiment, study) / seconds;
    fmt::print("{}: {:.2f} s on one thread ({}), {:.1f} GFLOP/s of {:.1f}: {:.1f} % of the peak\n", path, seconds,
               chosen_kernel().name, rate * 1e-9, peak * 1e-9, 100 * rate / peak);
  }
  tell_scaling(experiment);
}

}  // namespace
}  // namespace lrtune

int main(int argc, char** argv) {
  try {
    if (argc < 2) throw std::invalid_argument("usage: bench_sweep CONFIG [RUNS]");
    lrtune::run(argv[1], argc > 2 ? std::max(1, std::atoi(argv[2])) : 3);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  }
}
