#include "oracle.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <limits>
#include <stdexcept>

#include "base/files.h"
#include "base/json.h"
#include "base/math.h"
#include "base/text.h"
#include "train/trials.h"

namespace lrtune::quality {
namespace {

constexpr int kPerDecade = 12;
constexpr double kNearFactor = 1.5;
constexpr double kNearExcess = 0.1;  // of L(0) − best
constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::filesystem::path file_of(const BenchTask& task, const std::filesystem::path& folder, const std::string& what) {
  return folder / fmt::format("{}.{}.json", task.name, what);
}

Json to_json(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }

std::optional<double> from_json(const Json& value) {
  return value.is_null() ? std::nullopt : std::optional(value.get<double>());
}

Json header(const BenchTask& task) {
  return {{"task", task.name}, {"id", task.id}, {"objective", task.config.search.objective}, {"rates", oracle_rates()}};
}

// Trial seed of the i-th judging seed.
std::size_t judging_seed(std::size_t i) { return i < kFirstSeeds ? i : 100 + i - kFirstSeeds; }

// Curves to 6 digits: replays only compare them.
Json curve_json(const Trial& trial, std::size_t updates) {
  Json curve = Json::array();
  for (double loss : trial.curve.validation_loss) curve.push_back(round_significant(loss, 6));
  return {{"objective", to_json(trial.objective)},
          {"full_runs", static_cast<double>(trial.updates) / static_cast<double>(updates)},
          {"validation_loss", std::move(curve)}};
}

Json curves_of(const Experiment& experiment, std::size_t entry) {
  std::vector<TrialRequest> requests;
  for (double rate : oracle_rates())
    for (std::size_t i = 0; i < kReplaySeeds; ++i) requests.push_back({Stage::fine, {entry, rate, kFirstSeeds + i}});
  const std::vector<Trial> trials = train_trials(experiment, requests, 1);
  Json table = Json::array();
  for (std::size_t i = 0; i < trials.size(); ++i) {
    if (i % kReplaySeeds == 0) table.push_back(Json::array());
    table.back().push_back(curve_json(trials[i], experiment.updates));
  }
  return table;
}

double initial_loss_of(const Experiment& experiment) {
  std::vector<TrialRequest> requests;
  for (std::size_t i = 0; i < kFirstSeeds; ++i) requests.push_back({Stage::fine, {0, oracle_rates().front(), i}});
  double sum = 0;
  for (const Trial& trial : train_trials(experiment, requests, 1)) sum += trial.curve.validation_loss.front();
  return sum / static_cast<double>(kFirstSeeds);
}

// All rates of one entry: the first seeds of each, the rest near the best.
void train_truth(const Experiment& experiment, std::size_t entry, const std::string& label, Truth& truth) {
  std::vector<JudgedRate> all;
  for (std::size_t i = 0; i < truth.rates.size(); ++i) all.push_back({entry, truth.rates[i], {}});
  train_judging(experiment, all, kFirstSeeds);
  for (const JudgedRate& judged : all) truth.optimizers[label].push_back(judged.losses);
  const double limit = near_limit(truth, label);
  std::vector<JudgedRate> near;
  for (const JudgedRate& judged : all)
    if (mean_loss(judged.losses).value_or(kInfinity) <= limit) near.push_back(judged);
  train_judging(experiment, near, kJudgingSeeds);
  for (JudgedRate& judged : near) {
    const auto at = std::ranges::find(truth.rates, judged.rate) - truth.rates.begin();
    truth.optimizers[label][static_cast<std::size_t>(at)] = std::move(judged.losses);
  }
}

Json truth_json(const BenchTask& task, const Truth& truth) {
  Json json = header(task);
  json["seeds"] = kJudgingSeeds;
  json["initial_loss"] = truth.initial_loss;
  for (const auto& [label, table] : truth.optimizers) {
    Json& rows = json["optimizers"][label] = Json::array();
    for (const Losses& losses : table) {
      rows.push_back(Json::array());
      for (const auto& loss : losses) rows.back().push_back(to_json(loss));
    }
  }
  return json;
}

Json read_oracle_file(const BenchTask& task, const std::filesystem::path& file) {
  if (!std::filesystem::exists(file))
    throw std::runtime_error(file.string() + ": no oracle; bench_quality oracle makes it");
  std::vector<Problem> problems;
  Json json = parse_json(read_file(file), file.string(), JsonComments::refused, problems);
  if (json.at("id") != task.id || json.at("rates").size() != oracle_rates().size() ||
      json.value("seeds", kJudgingSeeds) != kJudgingSeeds)
    throw std::runtime_error(file.string() +
                             ": made from another config of this task; bench_quality oracle makes it anew");
  return json;
}

bool is_current(const BenchTask& task, const std::filesystem::path& file) {
  try {
    const Json json = read_oracle_file(task, file);
    return std::ranges::all_of(task.config.optimizers,
                               [&](const OptimizerConfig& o) { return json.at("optimizers").contains(o.label); });
  } catch (const std::exception&) {
    return false;
  }
}

// Calls make(entry) for every entry and tells how long it took.
void for_each_entry(const BenchTask& task, const char* what, const std::function<void(std::size_t)>& make) {
  const auto start = std::chrono::steady_clock::now();
  for (std::size_t entry = 0; entry < task.config.optimizers.size(); ++entry) {
    make(entry);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    fmt::print(stderr, "{}: {} {} ({:.0f} s)\n", what, task.name, task.config.optimizers[entry].label, seconds);
  }
}

}  // namespace

std::vector<double> oracle_rates() {
  std::vector<double> rates;
  for (int k = -6 * kPerDecade; k <= 2 * kPerDecade; ++k)
    rates.push_back(round_significant(math::pow(10, static_cast<double>(k) / kPerDecade), 3));
  return rates;
}

void train_judging(const Experiment& experiment, std::span<JudgedRate> rates, std::size_t seeds) {
  std::vector<TrialRequest> requests;
  std::vector<Losses*> owners;
  for (JudgedRate& judged : rates)
    for (std::size_t i = judged.losses.size(); i < seeds; ++i) {
      requests.push_back({Stage::fine, {judged.entry, judged.rate, judging_seed(i)}});
      owners.push_back(&judged.losses);
    }
  const std::vector<Trial> trials = train_trials(experiment, requests, 1);
  for (std::size_t i = 0; i < trials.size(); ++i) owners[i]->push_back(trials[i].objective);
}

double near_limit(const Truth& truth, const std::string& optimizer) {
  double lowest = kInfinity;
  for (const Losses& losses : truth.optimizers.at(optimizer))
    lowest = std::min(lowest, mean_loss(std::span(losses).first(kFirstSeeds)).value_or(kInfinity));
  if (lowest == kInfinity) return -kInfinity;
  return std::min(kNearFactor * lowest, lowest + kNearExcess * (truth.initial_loss - lowest));
}

void make_oracle(const BenchTask& task, const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  const Experiment experiment = experiment_with_seed(task, kOracleSeed);
  const auto label_of = [&](std::size_t entry) { return task.config.optimizers[entry].label; };
  if (const auto file = file_of(task, folder, "curves"); !is_current(task, file)) {
    Json json = header(task);
    for_each_entry(task, "curves", [&](std::size_t e) { json["optimizers"][label_of(e)] = curves_of(experiment, e); });
    write_file_atomically(file, json.dump());
  }
  if (const auto file = file_of(task, folder, "truth"); !is_current(task, file)) {
    Truth truth{oracle_rates(), initial_loss_of(experiment), {}};
    for_each_entry(task, "truth", [&](std::size_t e) { train_truth(experiment, e, label_of(e), truth); });
    write_file_atomically(file, truth_json(task, truth).dump());
  }
}

Truth read_truth(const BenchTask& task, const std::filesystem::path& folder) {
  const Json json = read_oracle_file(task, file_of(task, folder, "truth"));
  Truth truth{oracle_rates(), json.at("initial_loss").get<double>(), {}};
  for (const OptimizerConfig& optimizer : task.config.optimizers)
    for (const Json& seeds : json.at("optimizers").at(optimizer.label)) {
      Losses losses;
      for (const Json& loss : seeds) losses.push_back(from_json(loss));
      truth.optimizers[optimizer.label].push_back(std::move(losses));
    }
  return truth;
}

Curves read_curves(const BenchTask& task, const std::filesystem::path& folder) {
  const Json json = read_oracle_file(task, file_of(task, folder, "curves"));
  Curves curves{oracle_rates(), {}};
  for (const OptimizerConfig& optimizer : task.config.optimizers)
    for (const Json& seeds : json.at("optimizers").at(optimizer.label)) {
      std::vector<StoredTrial> row;
      for (const Json& trial : seeds)
        row.push_back({from_json(trial.at("objective")), trial.at("full_runs").get<double>(),
                       trial.at("validation_loss").get<std::vector<double>>()});
      curves.optimizers[optimizer.label].push_back(std::move(row));
    }
  return curves;
}

std::optional<double> mean_loss(std::span<const std::optional<double>> losses) {
  double sum = 0;
  for (const auto& loss : losses) {
    if (!loss) return std::nullopt;
    sum += *loss;
  }
  return sum / static_cast<double>(losses.size());
}

}  // namespace lrtune::quality
