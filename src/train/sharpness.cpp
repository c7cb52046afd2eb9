#include "train/sharpness.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/parallel.h"
#include "base/require.h"
#include "stats/lanczos.h"
#include "train/curvature.h"

namespace lrtune {
namespace {

// Products per eigenvalue. A product is the work of some two epochs: with few epochs a sweep is short, and so must this
// be.
constexpr std::size_t kFewestProducts = 8;
constexpr std::size_t kMostProducts = 24;

std::size_t most_products(const Experiment& e) {
  return std::clamp(e.updates / e.updates_per_epoch, kFewestProducts, kMostProducts);
}

// The largest eigenvalue of D·(H + l2·I)·D at some parameters; D = P^-½ is diagonal, absent: the identity.
struct Eigenproblem {
  std::span<const float> parameters;
  std::vector<double> scale;  // D
  double l2 = 0;
  Lanczos lanczos;
  std::vector<float> direction = {};  // D·(Lanczos's direction)/length
  double length = 1;

  void aim() {
    const auto v = lanczos.direction();
    direction.assign(v.begin(), v.end());
    if (scale.empty()) return;
    double largest = 0;
    for (std::size_t i = 0; i < v.size(); ++i)
      largest = std::max(largest, std::fabs(scale[i] * static_cast<double>(v[i])));
    length = largest > 0 ? largest : 1;
    for (std::size_t i = 0; i < v.size(); ++i)
      direction[i] = static_cast<float>(scale[i] * static_cast<double>(v[i]) / length);
  }

  void advance(std::vector<double> product) {
    if (!scale.empty())
      for (std::size_t i = 0; i < product.size(); ++i)
        product[i] = scale[i] * length * (product[i] + l2 * static_cast<double>(direction[i]));
    lanczos.advance(product);
  }

  std::optional<Sharpness> result() const {
    if (!lanczos.value()) return std::nullopt;
    return Sharpness{*lanczos.value(), lanczos.products(), lanczos.converged()};
  }
};

// Normal numbers, the same for every problem.
std::vector<double> start_vector(const Experiment& e, std::size_t count) {
  std::vector<double> start(count);
  for (std::size_t i = 0; i < count; ++i)
    start[i] = random_normal(RandomKey{e.search_seed, 0}, Purpose::curvature, 0, i);
  return start;
}

// Each problem to its end. Products are made for the first kLanes that are not yet there; whoever ends makes room.
void solve(const Experiment& e, std::span<Eigenproblem> problems, std::size_t threads) {
  const RowBlock rows = training_rows(e);
  for (;;) {
    std::vector<Eigenproblem*> open;
    std::vector<CurvatureLane> lanes;
    for (Eigenproblem& problem : problems) {
      if (problem.lanczos.finished() || open.size() == kLanes) continue;
      problem.aim();
      open.push_back(&problem);
      lanes.push_back({problem.parameters.data(), problem.direction.data()});
    }
    if (open.empty() || e.is_stopped()) return;
    auto products = hessian_products(*e.kernel, e.network, rows, lanes, threads);
    for_each_job(open.size(), threads, [&](std::size_t t) { open[t]->advance(std::move(products[t])); });
  }
}

// P^-½ after T updates.
std::vector<double> inverse_root(const Rule& rule, Parameters parameters, std::size_t updates,
                                 const Trainer::LaneState& state) {
  Memory memory = kFirstMemory;
  std::array<double, kMostScalars> scalars{};
  for (std::size_t t = 1; t <= updates; ++t) rule.begin_update(parameters, {t, 1, memory}, scalars.data());
  std::vector<double> scale(state.parameters.size());
  std::array<double, kMostSlots> slot{};
  for (std::size_t p = 0; p < scale.size(); ++p) {
    for (std::size_t s = 0; s < rule.slots; ++s) slot[s] = static_cast<double>(state.slots[s][p]);
    scale[p] = 1 / std::sqrt(rule.divisor(slot.data(), scalars.data(), memory));
  }
  return scale;
}

std::optional<double> edge_of(const Rule& rule, Parameters parameters, std::size_t updates,
                              const StabilityPoint& point) {
  if (rule.edge == nullptr) return std::nullopt;
  const Edge edge = rule.edge(parameters, updates);
  const bool divides = rule.divisor != nullptr;
  const auto& sharpness = divides ? point.preconditioned : point.sharpness;
  if (!sharpness) return std::nullopt;
  const double curvature = sharpness->value + (divides ? 0 : edge.l2);
  const double rate = edge.product / curvature;
  if (!(curvature > 0) || !std::isfinite(rate)) return std::nullopt;
  return rate;
}

}  // namespace

std::vector<Stability> measure_stability(const Experiment& e, std::size_t seed,
                                         std::span<const std::optional<double>> rates, std::size_t threads,
                                         const TrialsFinished& finished) {
  LRTUNE_CHECK(rates.size() == e.entries.size(), rates.size());
  std::vector<TrialRequest> requests;
  for (std::size_t entry = 0; entry < rates.size(); ++entry)
    if (rates[entry]) requests.push_back({Stage::confirm, {entry, *rates[entry], seed}});
  const auto ends = train_to_end(e, requests, threads, finished);
  const std::vector<float> initial = e.initial(RandomKey{e.search_seed, static_cast<std::uint32_t>(seed)});

  // The start's problem, then one or two of each end.
  const Lanczos fresh(start_vector(e, initial.size()), most_products(e));
  std::vector<Eigenproblem> problems;
  problems.push_back({initial, {}, 0, fresh});
  for (std::size_t i = 0; i < requests.size(); ++i) {
    if (!ends[i]) continue;
    const LaneOptimizer& optimizer = e.entries[requests[i].key.entry];
    const Rule& rule = rules()[optimizer.rule];
    problems.push_back({ends[i]->parameters, {}, 0, fresh});
    if (rule.divisor != nullptr)
      problems.push_back({ends[i]->parameters, inverse_root(rule, optimizer.parameters, e.updates, *ends[i]),
                          rule.edge(optimizer.parameters, e.updates).l2, fresh});
  }
  solve(e, problems, threads);
  if (e.is_stopped()) return {};

  const double product_runs = curvature_work(e.network) * static_cast<double>(e.task->train.count) /
                              static_cast<double>(e.updates * e.batch_size);
  std::vector<Stability> result(rates.size());
  for (std::size_t entry = 0; entry < rates.size(); ++entry) {
    const LaneOptimizer& optimizer = e.entries[entry];
    const Rule& rule = rules()[optimizer.rule];
    result[entry].start.sharpness = problems.front().result();
    if (rule.divisor == nullptr) result[entry].start.edge = edge_of(rule, optimizer.parameters, 1, result[entry].start);
    result[entry].full_runs =
        product_runs * static_cast<double>(problems.front().lanczos.products()) / static_cast<double>(rates.size());
  }
  std::size_t next = 1;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    Stability& stability = result[requests[i].key.entry];
    stability.full_runs += 1;
    if (!ends[i]) continue;
    const LaneOptimizer& optimizer = e.entries[requests[i].key.entry];
    const Rule& rule = rules()[optimizer.rule];
    StabilityPoint& end = stability.end.emplace();
    const auto take = [&] {
      stability.full_runs += product_runs * static_cast<double>(problems[next].lanczos.products());
      return problems[next++].result();
    };
    end.sharpness = take();
    if (rule.divisor != nullptr) end.preconditioned = take();
    end.edge = edge_of(rule, optimizer.parameters, e.updates, end);
  }
  return result;
}

}  // namespace lrtune
