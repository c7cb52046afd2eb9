// trial.h: one training at one rate with one seed: what it is known by, how it went, and its curve.
#pragma once

#include <compare>
#include <cstddef>
#include <optional>
#include <vector>

namespace lrtune {

// Looks at a trial. Equal lengths; `step` counts updates done and starts at 0. Every number is finite.
struct Curve {
  std::vector<std::size_t> step;
  std::vector<double> train_loss;        // mean minibatch loss since the look before; at 0: of the first minibatch
  std::vector<double> validation_loss;   // over the whole validation set
  std::vector<double> validation_error;  // share of rows misclassified; empty where there are no classes

  friend bool operator==(const Curve&, const Curve&) = default;
};

enum class Stage { coarse, extend, fine, confirm, framework_default };
enum class TrialStatus { completed, diverged, pruned };
enum class TrialClass { learned, slow, stuck };

// What makes a trial: it is a pure function of the config, the subject, and this.
struct TrialKey {
  std::size_t entry = 0;  // index into Config::optimizers
  double learning_rate = 0;
  std::size_t seed = 0;  // 0, 1, …: which initial weights and minibatch orders

  friend auto operator<=>(const TrialKey&, const TrialKey&) = default;
};

struct Trial {
  Stage stage = Stage::coarse;
  double learning_rate = 0;
  std::size_t seed = 0;
  TrialStatus status = TrialStatus::completed;
  std::optional<TrialClass> trial_class;     // set after the sweep, completed trials only
  std::optional<std::size_t> ended_at_step;  // set unless completed
  bool recovered = false;                    // above 4·L(0) at an end of an epoch, yet the trial completed
  std::size_t updates = 0;                   // trained
  Curve curve;
  std::optional<double> objective;         // set if completed
  std::optional<double> validation_error;  // averaged over the same looks as the objective

  friend bool operator==(const Trial&, const Trial&) = default;
};

}  // namespace lrtune
