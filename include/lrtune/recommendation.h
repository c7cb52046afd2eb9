// recommendation.h: what one entry's trials have come to.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "lrtune/notice.h"

namespace lrtune {

// A mean over seeds; no standard error with a single seed.
struct Estimate {
  double mean = 0;
  std::optional<double> standard_error;

  friend bool operator==(const Estimate&, const Estimate&) = default;
};

// From good to bad. flat: only of results that version 0.1.0 made.
enum class RateStatus { ok, noisy, flat, edge, unstable, stuck, all_diverged };

struct RateRange {
  double min = 0;
  double max = 0;

  friend bool operator==(const RateRange&, const RateRange&) = default;
};

// Where the best rate is with 95 % certainty (interval[0] ≤ rate ≤ interval[1]).
using RateInterval = std::array<double, 2>;

struct Recommendation {
  std::optional<double> learning_rate;  // absent if every trial diverged
  std::optional<RateInterval> interval;
  // How much worse than the best rate it may be, as a share of the best loss; with 95 % certainty. Absent with one
  // seed.
  std::optional<double> regret_bound;
  std::optional<RateRange> plateau;  // rates whose loss is within search.tolerance of the best
  std::optional<RateRange> range;    // usable rates, for cyclical schedules
  // Decades from the rate up to the lowest one at which any seed diverged; absent if none above it did.
  std::optional<double> divergence_margin_decades;
  std::optional<Estimate> objective;
  std::optional<Estimate> objective_in_target_units;  // where the subject's losses have units of their own
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

}  // namespace lrtune
