#include "judge.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "base/files.h"
#include "base/json.h"
#include "base/math.h"
#include "base/text.h"
#include "stats/smooth.h"

namespace lrtune::quality {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

enum class Part { fold, rest };

// The losses of every kFolds-th seed, from `fold` on, or of all others.
Losses part_of(const Losses& losses, std::size_t fold, Part part) {
  Losses chosen;
  for (std::size_t i = 0; i < losses.size(); ++i)
    if ((i % kFolds == fold) == (part == Part::fold)) chosen.push_back(losses[i]);
  return chosen;
}

// log10 rate, log mean loss; rates far from the best (trained on fewer seeds) or with a diverged seed left out.
std::vector<CurvePoint> log_curve(const std::vector<double>& rates, const std::vector<Losses>& table) {
  std::vector<CurvePoint> points;
  std::size_t seeds = 0;
  for (const Losses& losses : table) seeds = std::max(seeds, losses.size());
  for (std::size_t i = 0; i < rates.size(); ++i)
    if (const auto mean = mean_loss(table[i]); mean && table[i].size() == seeds)
      points.push_back({math::log10(rates[i]), math::log(std::max(*mean, 1e-300))});
  return points;
}

// The rate's index where the curve is lowest once smoothed; a bandwidth of 0 leaves it as it is.
std::optional<std::size_t> lowest(const std::vector<double>& rates, const std::vector<Losses>& table,
                                  double bandwidth) {
  const std::vector<CurvePoint> points = log_curve(rates, table);
  std::optional<double> best;
  double least = kInfinity;
  for (const CurvePoint& point : points) {
    const double value = bandwidth > 0 ? smoothed(points, point.x, bandwidth) : point.y;
    if (value >= least) continue;
    least = value;
    best = point.x;
  }
  if (!best) return std::nullopt;
  const auto at = std::ranges::find_if(rates, [&](double rate) { return math::log10(rate) == *best; });
  return static_cast<std::size_t>(at - rates.begin());
}

// nullopt: every rate has a diverged seed. Rates that fail on a seed of the fold alone cannot be chosen either.
std::optional<double> reference_loss(const std::vector<double>& rates, const std::vector<Losses>& table) {
  double sum = 0;
  for (std::size_t fold = 0; fold < kFolds; ++fold) {
    std::vector<Losses> choosing;
    for (const Losses& losses : table)
      choosing.push_back(mean_loss(losses) ? part_of(losses, fold, Part::rest) : Losses{std::nullopt});
    const auto chosen = lowest(rates, choosing, kReferenceBandwidth);
    if (!chosen) return std::nullopt;
    sum += *mean_loss(part_of(table[*chosen], fold, Part::fold));
  }
  return sum / kFolds;
}

// Losses at the rates that were judged and are not the oracle's.
class RateBook {
 public:
  RateBook(const BenchTask& task, const std::filesystem::path& folder, const Truth& truth)
      : task_(task),
        file_(folder / (task.name + ".judged.json")),
        truth_(truth),
        json_{{"id", task.id}, {"seeds", kJudgingSeeds}} {
    if (!std::filesystem::exists(file_)) return;
    std::vector<Problem> problems;
    Json old = parse_json(read_file(file_), file_.string(), JsonComments::refused, problems);
    if (old.at("id") == task.id && old.value("seeds", std::size_t{0}) == kJudgingSeeds) json_ = std::move(old);
  }

  // Trains what is missing, all at once, and saves it: as the oracle does, more seeds near the best.
  void prepare(std::span<const Advice> advice) {
    std::set<std::pair<std::size_t, double>> missing;
    for (const Advice& a : advice)
      if (a.rate && !find(a.optimizer, *a.rate)) missing.insert({entry_of(a.optimizer), *a.rate});
    if (missing.empty()) return;
    const Experiment experiment = experiment_with_seed(task_, kOracleSeed);
    std::vector<JudgedRate> rates;
    for (const auto& [entry, rate] : missing) rates.push_back({entry, rate, {}});
    train_judging(experiment, rates, kFirstSeeds);
    const auto far = std::partition(rates.begin(), rates.end(), [&](const JudgedRate& judged) {
      return mean_loss(judged.losses).value_or(kInfinity) <= near_limit(truth_, label_of(judged.entry));
    });
    train_judging(experiment, {rates.begin(), far}, kJudgingSeeds);
    for (const JudgedRate& judged : rates) {
      Json row = Json::array();
      for (const auto& loss : judged.losses) row.push_back(loss ? Json(*loss) : Json(nullptr));
      json_[label_of(judged.entry)][format_number(judged.rate)] = std::move(row);
    }
    write_file_atomically(file_, json_.dump());
  }

  std::optional<Losses> find(const std::string& optimizer, double rate) const {
    const auto at = std::ranges::find(truth_.rates, rate);
    if (at != truth_.rates.end())
      return truth_.optimizers.at(optimizer)[static_cast<std::size_t>(at - truth_.rates.begin())];
    if (!json_.contains(optimizer) || !json_[optimizer].contains(format_number(rate))) return std::nullopt;
    Losses losses;
    for (const Json& loss : json_[optimizer][format_number(rate)])
      losses.push_back(loss.is_null() ? std::nullopt : std::optional(loss.get<double>()));
    return losses;
  }

 private:
  std::size_t entry_of(const std::string& label) const {
    const auto& entries = task_.config.optimizers;
    return static_cast<std::size_t>(std::ranges::find(entries, label, &OptimizerConfig::label) - entries.begin());
  }

  const std::string& label_of(std::size_t entry) const { return task_.config.optimizers[entry].label; }

  const BenchTask& task_;
  std::filesystem::path file_;
  const Truth& truth_;
  Json json_;  // label → rate → [seed]
};

Verdict verdict(const Advice& advice, const CellTruth& truth, const std::optional<Losses>& losses) {
  Verdict v{advice, truth, kInfinity, kInfinity, kInfinity, false};
  if (!losses) return v;
  for (std::size_t seed = 0; seed < kDivergenceSeeds; ++seed) v.diverged = v.diverged || !(*losses)[seed];
  if (const auto mean = mean_loss(*losses)) {
    v.regret = *mean / truth.reference - 1;
    v.excess = (*mean - truth.reference) / (truth.initial_loss - truth.reference);
    v.share = (*mean - truth.reference) / (truth.reference + 0.01 * truth.initial_loss);
  }
  return v;
}

double log10_sd(std::span<const double> rates) {
  double sum = 0;
  for (double rate : rates) sum += math::log10(rate);
  const double mean = sum / static_cast<double>(rates.size());
  double squares = 0;
  for (double rate : rates) squares += (math::log10(rate) - mean) * (math::log10(rate) - mean);
  return std::sqrt(squares / static_cast<double>(rates.size()));
}

std::optional<double> spread_of(std::span<const Verdict> verdicts) {
  std::map<std::tuple<std::string, std::string, std::size_t>, std::vector<double>> triples;
  for (const Verdict& v : verdicts)
    if (v.advice.rate)
      triples[{v.advice.task, v.advice.optimizer, (v.advice.replay - 1) / 3}].push_back(*v.advice.rate);
  std::vector<double> spreads;
  for (const auto& [key, rates] : triples)
    if (rates.size() == 3) spreads.push_back(log10_sd(rates));
  return spreads.empty() ? std::nullopt : std::optional(quantile(spreads, 0.5));
}

// Share p of N, tasks g = 1 … G as clusters: √(G/(G − 1)·Σ_g (Σ_i (y_gi − p))²)/N.
std::optional<Score::Coverage> coverage_of(std::span<const Verdict> verdicts) {
  Score::Coverage coverage;
  std::vector<double> widths;
  std::map<std::string, std::pair<double, double>> tasks;  // covered, all
  for (const Verdict& v : verdicts) {
    if (!v.advice.interval) continue;
    const RateInterval& interval = *v.advice.interval;
    const auto inside = [&](double rate) { return rate >= interval[0] && rate <= interval[1] ? 1.0 : 0.0; };
    widths.push_back(math::log10(interval[1] / interval[0]));
    coverage.share += inside(v.truth.best_rate);
    coverage.share_of_smooth += inside(v.truth.smooth_best_rate);
    tasks[v.advice.task].first += inside(v.truth.best_rate);
    ++tasks[v.advice.task].second;
  }
  if (widths.empty()) return std::nullopt;
  const auto n = static_cast<double>(widths.size());
  const auto clusters = static_cast<double>(tasks.size());
  coverage.intervals = widths.size();
  coverage.share /= n;
  coverage.share_of_smooth /= n;
  double squares = 0;
  for (const auto& [name, counts] : tasks) {
    const double residual = counts.first - coverage.share * counts.second;
    squares += residual * residual;
  }
  coverage.standard_error = clusters > 1 ? std::sqrt(squares * clusters / (clusters - 1)) / n : 0;
  coverage.median_width = quantile(widths, 0.5);
  return coverage;
}

std::optional<Score::Bounds> bounds_of(std::span<const Verdict> verdicts) {
  constexpr double kTwiceTheTolerance = 0.1;
  Score::Bounds bounds;
  std::vector<double> all;
  double holds = 0;
  double wrong = 0;
  for (const Verdict& v : verdicts) {
    if (!v.advice.bound) continue;
    all.push_back(*v.advice.bound);
    holds += v.share <= *v.advice.bound ? 1 : 0;
    if (v.advice.status != "ok") continue;
    ++bounds.ok;
    wrong += v.share > kTwiceTheTolerance ? 1 : 0;
  }
  if (all.empty()) return std::nullopt;
  bounds.count = all.size();
  bounds.holds = holds / static_cast<double>(all.size());
  bounds.false_ok = bounds.ok > 0 ? wrong / static_cast<double>(bounds.ok) : 0;
  bounds.median = quantile(std::move(all), 0.5);
  return bounds;
}

}  // namespace

std::optional<CellTruth> cell_truth(const Truth& truth, const std::string& optimizer) {
  const std::vector<Losses>& table = truth.optimizers.at(optimizer);
  const auto best = lowest(truth.rates, table, 0);
  const auto reference = reference_loss(truth.rates, table);
  if (!best || !reference) return std::nullopt;
  return CellTruth{truth.rates[*best], truth.rates[*lowest(truth.rates, table, kReferenceBandwidth)], *reference,
                   truth.initial_loss};
}

std::vector<Verdict> judge(const BenchTask& task, const std::filesystem::path& oracle_folder,
                           std::span<const Advice> advice) {
  const Truth truth = read_truth(task, oracle_folder);
  RateBook book(task, oracle_folder, truth);
  book.prepare(advice);
  std::map<std::string, std::optional<CellTruth>> cells;
  for (const OptimizerConfig& optimizer : task.config.optimizers)
    cells[optimizer.label] = cell_truth(truth, optimizer.label);
  std::vector<Verdict> verdicts;
  for (const Advice& a : advice)
    if (const auto& cell = cells.at(a.optimizer))
      verdicts.push_back(verdict(a, *cell, a.rate ? book.find(a.optimizer, *a.rate) : std::nullopt));
  return verdicts;
}

double quantile(std::vector<double> values, double p) {
  if (values.empty()) return kInfinity;
  std::ranges::sort(values);
  const double place = p * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const double share = place - static_cast<double>(below);
  if (share == 0) return values[below];
  return values[below] * (1 - share) + values[below + 1] * share;
}

Score score(std::span<const Verdict> verdicts) {
  Score s;
  s.method = verdicts.front().advice.method;
  s.budget = verdicts.front().advice.budget;
  s.advices = verdicts.size();
  std::vector<double> regrets;
  std::vector<double> excesses;
  for (const Verdict& v : verdicts) {
    if (v.advice.rate) {
      regrets.push_back(v.regret);
      excesses.push_back(v.excess);
    }
    s.none += (v.advice.rate ? 0.0 : 1.0) / static_cast<double>(verdicts.size());
    s.full_runs += v.advice.full_runs / static_cast<double>(verdicts.size());
    s.diverged += (v.diverged ? 1.0 : 0.0) / static_cast<double>(verdicts.size());
    s.seconds += v.advice.seconds / static_cast<double>(verdicts.size());
    if (!v.advice.status.empty()) ++s.statuses[v.advice.status];
  }
  s.median_regret = quantile(regrets, 0.5);
  s.p90_regret = quantile(regrets, 0.9);
  s.median_excess = quantile(excesses, 0.5);
  s.p90_excess = quantile(excesses, 0.9);
  s.spread = spread_of(verdicts);
  s.coverage = coverage_of(verdicts);
  s.bounds = bounds_of(verdicts);
  return s;
}

}  // namespace lrtune::quality
