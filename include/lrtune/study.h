// study.h: start here. A Study is the record of one `lrtune tune`: every trial with its curve, and what is recommended.
// It is the only seam between measuring and telling: the sweep makes one, record/ turns it into JSON and back, report/
// shows it. A Study holds no pointers and no handles; copying it is safe and so is reading it from many threads.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "lrtune/catalog.h"
#include "lrtune/config.h"

namespace lrtune {

// Looks at a trial. Equal lengths; `step` counts updates done and starts at 0. Every number is finite.
struct Curve {
  std::vector<std::size_t> step;
  std::vector<double> train_loss;        // mean minibatch loss since the look before; at 0: of the first minibatch
  std::vector<double> validation_loss;   // over the whole validation set
  std::vector<double> validation_error;  // share of rows misclassified; empty for regression

  friend bool operator==(const Curve&, const Curve&) = default;
};

enum class Stage { coarse, extend, fine, confirm, framework_default };
enum class TrialStatus { completed, diverged, pruned };
enum class TrialClass { learned, slow, stuck };

// What to train: the planner asks for these.
struct TrialRequest {
  Stage stage = Stage::coarse;
  std::size_t entry = 0;  // index into Config::optimizers
  double learning_rate = 0;
  std::size_t seed = 0;     // 0, 1, …: which initial weights and minibatch orders
  std::size_t updates = 0;  // stop after so many, as a pruned trial; 0: train to the end
};

struct Trial {
  Stage stage = Stage::coarse;
  double learning_rate = 0;
  std::size_t seed = 0;
  TrialStatus status = TrialStatus::completed;
  std::optional<TrialClass> trial_class;     // set after the sweep, completed trials only
  std::optional<std::size_t> ended_at_step;  // set unless completed
  bool recovered = false;                    // validation loss passed 4·L(0) on the way, yet the trial completed
  std::size_t updates = 0;                   // trained
  Curve curve;
  std::optional<double> objective;         // set if completed
  std::optional<double> validation_error;  // averaged over the same looks as the objective

  friend bool operator==(const Trial&, const Trial&) = default;
};

// A mean over seeds; no standard error with a single seed.
struct Estimate {
  double mean = 0;
  std::optional<double> standard_error;

  friend bool operator==(const Estimate&, const Estimate&) = default;
};

// Something the user should know, and what to change.
struct Notice {
  std::string kind;
  std::string text;
  std::string remedy;

  friend bool operator==(const Notice&, const Notice&) = default;
};

enum class RateStatus { ok, noisy, flat, edge, stuck, all_diverged };  // from good to bad

struct RateRange {
  double min = 0;
  double max = 0;

  friend bool operator==(const RateRange&, const RateRange&) = default;
};

// Rates that cannot be told from the best at 95 % (interval[0] ≤ rate ≤ interval[1]).
using RateInterval = std::array<double, 2>;

struct Recommendation {
  std::optional<double> learning_rate;  // absent if every trial diverged
  std::optional<RateInterval> interval;
  std::optional<RateRange> range;  // usable rates, for cyclical schedules
  // Decades from the rate up to the lowest one at which any seed diverged; absent if none above it did.
  std::optional<double> divergence_margin_decades;
  std::optional<Estimate> objective;
  std::optional<Estimate> objective_in_target_units;  // regression: not standardized
  std::optional<Estimate> validation_error;
  std::size_t seeds = 0;  // that the recommended rate was trained on
  RateStatus status = RateStatus::ok;
  std::vector<Notice> notices;

  friend bool operator==(const Recommendation&, const Recommendation&) = default;
};

// What the framework's default rate would have cost.
struct DefaultRate {
  double learning_rate = 0;
  std::optional<Estimate> objective;  // absent if any seed diverged, or if the budget left no run for it
  bool diverged = false;              // on any seed

  friend bool operator==(const DefaultRate&, const DefaultRate&) = default;
};

struct Cost {
  std::size_t trials = 0;
  double full_runs = 0;  // trained updates / T

  friend bool operator==(const Cost&, const Cost&) = default;
};

// The largest eigenvalue λ of a Hessian of the mean loss over all training rows, with the products it took.
struct Sharpness {
  double value = 0;
  std::size_t products = 0;
  bool converged = false;  // the residual is within 1 % of it

  friend bool operator==(const Sharpness&, const Sharpness&) = default;
};

// One point of a training, and the rate at which a quadratic of that curvature becomes unstable.
struct StabilityPoint {
  std::optional<Sharpness> sharpness;       // of the Hessian; absent if its numbers overflow
  std::optional<Sharpness> preconditioned;  // of the Hessian as the Adam family sees it, P^-½·H·P^-½
  std::optional<double> edge;               // absent for optimizers without a formula, and where λ ≤ 0

  friend bool operator==(const StabilityPoint&, const StabilityPoint&) = default;
};

// Predicted and observed stability (docs/sharpness.md): reported, never used to choose a rate.
struct Stability {
  StabilityPoint start;                   // initial weights, seed 0: the same for all entries
  std::optional<StabilityPoint> end;      // after a full training at the recommended rate, seed 0
  std::optional<double> lowest_diverged;  // lowest rate at which a trial of any seed diverged
  double full_runs = 0;                   // what this took, beside the search: re-training, and products by their work

  friend bool operator==(const Stability&, const Stability&) = default;
};

struct Entry {
  std::string label;
  std::string name;
  std::vector<Setting> hyperparameters;
  Recommendation recommendation;
  DefaultRate framework_default;
  Cost cost;
  std::optional<Stability> stability;  // absent if search.sharpness is false
  std::vector<Trial> trials;

  friend bool operator==(const Entry&, const Entry&) = default;
};

struct DataSummary {
  TaskKind kind = TaskKind::classification;
  std::size_t train_rows = 0;
  std::size_t validation_rows = 0;
  std::size_t features = 0;
  std::size_t outputs = 0;  // classes; 1 for regression
  std::vector<std::string> classes;
  std::optional<double> target_mean;  // regression, of the training rows
  std::optional<double> target_sd;
  std::string sha256;  // of the parsed table
  std::vector<Notice> notices;

  friend bool operator==(const DataSummary&, const DataSummary&) = default;
};

struct Overall {
  std::string label;
  double learning_rate = 0;
  Estimate objective;
  std::vector<std::string> not_told_apart;
  RateStatus status = RateStatus::ok;

  friend bool operator==(const Overall&, const Overall&) = default;
};

// Where and how the study was made: the only part that differs between machines.
struct RunInfo {
  std::string started_at;  // UTC, ISO 8601
  double wall_seconds = 0;
  std::size_t threads = 0;
  std::string isa;
  std::string host;
  std::string cpu;
  std::string compiler;

  friend bool operator==(const RunInfo&, const RunInfo&) = default;
};

struct Study {
  std::string tool_version;
  bool complete = true;
  std::string config_json;  // resolved configuration, as JSON text
  std::string objective;    // its search.objective
  std::string config_id;    // sha256 of its canonical dump without data paths
  DataSummary data;
  std::optional<Overall> recommendation;  // absent if no entry has a rate
  std::vector<Entry> optimizers;
  RunInfo run;

  friend bool operator==(const Study&, const Study&) = default;
};

}  // namespace lrtune
