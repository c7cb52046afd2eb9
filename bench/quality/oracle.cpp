#include "oracle.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdio>

#include "base/files.h"
#include "base/json.h"
#include "base/math.h"
#include "base/text.h"
#include "lrtune/error.h"
#include "train/trials.h"

namespace lrtune::quality {
namespace {

constexpr int kPerDecade = 12;

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

// Every rate of one entry on the given seeds: [rate][seed].
std::vector<std::vector<Trial>> train_dense(const Experiment& experiment, std::size_t entry, std::size_t first_seed,
                                            std::size_t seeds) {
  const std::vector<double> rates = oracle_rates();
  std::vector<TrialRequest> requests;
  for (double rate : rates)
    for (std::size_t i = 0; i < seeds; ++i) requests.push_back({Stage::fine, entry, rate, first_seed + i});
  std::vector<Trial> trials = train_trials(experiment, requests, 1);
  std::vector<std::vector<Trial>> dense(rates.size());
  for (std::size_t i = 0; i < trials.size(); ++i) dense[i / seeds].push_back(std::move(trials[i]));
  return dense;
}

Json truth_of(const std::vector<std::vector<Trial>>& dense) {
  Json table = Json::array();
  for (const auto& seeds : dense) {
    Json row = Json::array();
    for (const Trial& trial : seeds) row.push_back(to_json(trial.objective));
    table.push_back(std::move(row));
  }
  return table;
}

// Curves to 6 digits: replays only compare them.
Json curves_of(const std::vector<std::vector<Trial>>& dense, std::size_t updates) {
  Json table = Json::array();
  for (const auto& seeds : dense) {
    Json row = Json::array();
    for (const Trial& trial : seeds) {
      Json curve = Json::array();
      for (double loss : trial.curve.validation_loss) curve.push_back(round_significant(loss, 6));
      row.push_back({{"objective", to_json(trial.objective)},
                     {"full_runs", static_cast<double>(trial.updates) / static_cast<double>(updates)},
                     {"validation_loss", std::move(curve)}});
    }
    table.push_back(std::move(row));
  }
  return table;
}

double initial_loss_of(const std::vector<std::vector<Trial>>& dense) {
  double sum = 0;
  for (const Trial& trial : dense.front()) sum += trial.curve.validation_loss.front();
  return sum / static_cast<double>(dense.front().size());
}

Json read_oracle_file(const BenchTask& task, const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) throw Error(file.string(), "no oracle", "bench_quality oracle makes it");
  std::vector<Problem> problems;
  Json json = parse_json(read_file(file), file.string(), JsonComments::refused, problems);
  if (json.at("id") != task.id || json.at("rates").size() != oracle_rates().size())
    throw Error(file.string(), "made from another config of this task", "bench_quality oracle makes it anew");
  return json;
}

bool is_current(const BenchTask& task, const std::filesystem::path& folder) {
  try {
    for (const char* what : {"truth", "curves"}) {
      const Json json = read_oracle_file(task, file_of(task, folder, what));
      for (const OptimizerConfig& optimizer : task.config.optimizers)
        if (!json.at("optimizers").contains(optimizer.label)) return false;
    }
    return true;
  } catch (const Error&) {
    return false;
  }
}

}  // namespace

std::vector<double> oracle_rates() {
  std::vector<double> rates;
  for (int k = -6 * kPerDecade; k <= 2 * kPerDecade; ++k)
    rates.push_back(round_significant(math::pow(10, static_cast<double>(k) / kPerDecade), 3));
  return rates;
}

void make_oracle(const BenchTask& task, const std::filesystem::path& folder) {
  if (is_current(task, folder)) return;
  const auto start = std::chrono::steady_clock::now();
  const Experiment experiment = experiment_with_seed(task, kOracleSeed);
  Json truth = header(task);
  Json curves = header(task);
  for (std::size_t entry = 0; entry < task.config.optimizers.size(); ++entry) {
    const std::string& label = task.config.optimizers[entry].label;
    const auto judging = train_dense(experiment, entry, 0, kJudgingSeeds);
    if (entry == 0) truth["initial_loss"] = initial_loss_of(judging);
    truth["optimizers"][label] = truth_of(judging);
    curves["optimizers"][label] =
        curves_of(train_dense(experiment, entry, kJudgingSeeds, kReplaySeeds), experiment.updates);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    fmt::print(stderr, "oracle: {} {} ({:.0f} s)\n", task.name, label, seconds);
  }
  std::filesystem::create_directories(folder);
  write_file_atomically(file_of(task, folder, "curves"), curves.dump());
  write_file_atomically(file_of(task, folder, "truth"), truth.dump());
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

std::optional<double> mean_loss(const Losses& losses) {
  double sum = 0;
  for (const auto& loss : losses) {
    if (!loss) return std::nullopt;
    sum += *loss;
  }
  return sum / static_cast<double>(losses.size());
}

}  // namespace lrtune::quality
