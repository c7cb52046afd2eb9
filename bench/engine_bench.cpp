// engine_bench.cpp: one update of a full cohort, per network and optimizer, as a share of the float FMA peak measured
// in the same process. Useful floating-point operations only: forward 2·B·ΣKH, backward twice that less the first
// layer's input gradient; optimizer arithmetic, losses and activations count as time, not as work.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "base/random.h"
#include "eigen_trial.h"
#include "fma_peak.h"
#include "nn/init.h"
#include "nn/nn_cards.h"
#include "train/cohort.h"
#include "train/experiment.h"
#include "train/isa.h"
#include "train/solo.h"

namespace lrtune {
namespace {

struct Case {
  const char* name;
  std::vector<std::size_t> units;  // inputs, hidden …, outputs
  std::size_t batch;
};

const std::vector<Case> kCases = {
    {"4-16-3/16", {4, 16, 3}, 16},
    {"64-32-10/32", {64, 32, 10}, 32},
    {"64-128-64-10/64", {64, 128, 64, 10}, 64},
    {"784-128-10/64", {784, 128, 10}, 64},
    {"784-512-512-10/128", {784, 512, 512, 10}, 128},
};

// Best of several short runs: the machine's clock varies, its peak does not.
double fma_peak() {
  double best = 0;
  for (int run = 0; run < 20; ++run) {
    const auto start = std::chrono::steady_clock::now();
    const double work = fma_loop(2000000);
    best = std::max(best, work / std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  return best;
}

double useful_work(const Case& c) {
  double weights = 0;
  for (std::size_t l = 1; l < c.units.size(); ++l) weights += static_cast<double>(c.units[l - 1] * c.units[l]);
  const double first = static_cast<double>(c.units[0] * c.units[1]);
  return 2 * static_cast<double>(c.batch) * (3 * weights - first);
}

struct Setup {
  Network network;
  std::vector<float> features;
  std::vector<std::int32_t> labels;

  Setup(const Case& c, std::string_view activation) {
    for (std::size_t l = 1; l < c.units.size(); ++l) network.shapes.push_back({c.units[l - 1], c.units[l]});
    const auto cards = activation_cards();
    network.activation = static_cast<std::size_t>(std::ranges::find(cards, activation, &Card::name) - cards.begin());
    for (std::size_t i = 0; i < c.batch * c.units.front(); ++i)
      features.push_back(static_cast<float>(random_normal({1, 0}, Purpose::test, 0, i)));
    for (std::size_t b = 0; b < c.batch; ++b) labels.push_back(static_cast<std::int32_t>(b % c.units.back()));
  }
};

// `trials` in each iteration.
void count(benchmark::State& state, const Case& c, double trials, double peak) {
  trials *= static_cast<double>(state.iterations());
  state.counters["us_per_trial_step"] =
      benchmark::Counter(trials * 1e-6, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  state.counters["GFLOPS"] = benchmark::Counter(trials * useful_work(c) * 1e-9, benchmark::Counter::kIsRate);
  state.counters["percent_of_peak"] =
      benchmark::Counter(100 * trials * useful_work(c) / peak, benchmark::Counter::kIsRate);
}

void run_eigen(benchmark::State& state, const Case& c, double peak) {
  const Setup setup(c, "relu");
  EigenTrial trial(c.units, initial_parameters(setup.network.shapes, "pytorch", {1, 0}));
  for (auto _ : state) benchmark::DoNotOptimize(trial.train(setup.features, setup.labels, 1e-6F));
  count(state, c, 1, peak);
}

void run_case(benchmark::State& state, const Case& c, std::string_view optimizer, std::string_view activation,
              Layout layout, double peak) {
  const Setup setup(c, activation);
  const RuleId rule = rule_named(optimizer);
  LaneOptimizer lane{rule, {}};
  for (const Parameter& p : rules()[rule].card.card.parameters) lane.parameters.push_back(p.default_value);
  const std::vector<LaneOptimizer> lanes(layout == Layout::cohort ? kLanes : 1, lane);
  const auto initial = initial_parameters(setup.network.shapes, "pytorch", {1, 0});
  std::unique_ptr<Trainer> trainer;
  if (layout == Layout::cohort)
    trainer = std::make_unique<Cohort>(chosen_kernel(), setup.network, lanes, initial, c.batch, std::nullopt);
  else
    trainer = std::make_unique<Solo>(chosen_kernel(), setup.network, lane, initial, c.batch, std::nullopt);
  const RowBlock batch{c.batch, setup.features.data(), setup.labels.data(), nullptr};
  // Rates so small that the weights stay as they are: the work is the same at every update.
  const std::vector<double> rates(lanes.size(), 1e-6);
  for (auto _ : state) benchmark::DoNotOptimize(trainer->train(batch, rates));
  count(state, c, static_cast<double>(lanes.size()), peak);
}

}  // namespace
}  // namespace lrtune

int main(int argc, char** argv) {
  using namespace lrtune;
  benchmark::Initialize(&argc, argv);
  const double peak = fma_peak();
  benchmark::AddCustomContext("fma_peak_GFLOPS", std::to_string(peak * 1e-9));
  benchmark::AddCustomContext("isa", chosen_kernel().name);
  const auto add = [&](const Case& c, std::string_view optimizer, std::string_view activation,
                       Layout layout = Layout::cohort) {
    const std::string name = std::string(c.name) + "/" + std::string(optimizer) + "/" + std::string(activation) +
                             (layout == Layout::solo ? "/solo" : "");
    benchmark::RegisterBenchmark(name.c_str(), [&c, optimizer, activation, layout, peak](benchmark::State& state) {
      run_case(state, c, optimizer, activation, layout, peak);
    });
  };
  for (const Case& c : kCases) {
    for (const char* optimizer : {"sgd", "adam"})
      for (Layout layout : {Layout::cohort, Layout::solo}) add(c, optimizer, "relu", layout);
    benchmark::RegisterBenchmark((std::string(c.name) + "/sgd/relu/eigen").c_str(),
                                 [&c, peak](benchmark::State& state) { run_eigen(state, c, peak); });
  }
  for (const Rule& rule : rules())
    if (rule.card.card.name != "sgd" && rule.card.card.name != "adam") add(kCases[2], rule.card.card.name, "relu");
  for (const Card& card : activation_cards())
    if (card.name != "relu") add(kCases[2], "sgd", card.name);
  benchmark::RunSpecifiedBenchmarks();
}
