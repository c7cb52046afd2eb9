// range.h: the record of one `lrtune range`: learning-rate range tests (L. Smith, "Cyclical learning rates for training
// neural networks", WACV 2017, section 3.3) and what the known heuristics read from their curves.
//
// A range test is one short training whose rate grows with every update. Plain records like a Study (study.h):
// train/range_test.h makes the runs, suggest/heuristics.h the suggestions, record/ writes JSON, report/ the table.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "lrtune/catalog.h"
#include "lrtune/result.h"

namespace lrtune {

enum class RateGrowth { exponential, linear };
enum class RangeLoss { batch, train, validation };

struct RangeOptions {
  std::size_t updates = 100;  // N, from 2 on
  double from = 1e-7;         // rate of the first update, above 0
  double to = 10;             // rate of the last one, above `from`
  RateGrowth growth = RateGrowth::exponential;
  RangeLoss loss = RangeLoss::batch;
  double smoothing = 0.98;  // β of the running mean, 0 ≤ β < 1
  double stop_factor = 4;   // above 1; train/range_test.h has the rule

  friend bool operator==(const RangeOptions&, const RangeOptions&) = default;
};

// Losses against rates; three lists of equal length, one number per update. A run's losses are finite.
struct LossCurve {
  std::size_t updates = 0;  // N that the test was planned for; a stopped run has fewer points
  std::vector<double> rate;
  std::vector<double> loss;      // raw
  std::vector<double> smoothed;  // running mean with the right bias correction (stats/running_mean.h)

  friend bool operator==(const LossCurve&, const LossCurve&) = default;
};

// too_short: the run ended before any heuristic could read its curve; else how it ended.
enum class RangeStatus { completed, stopped, non_finite, too_short };

// A heuristic's answer to one curve: a rate and why, or no rate and why not.
struct Suggestion {
  std::optional<double> learning_rate;
  std::optional<double> lowest_rate;  // of a cycle between the two; Smith's only
  std::string why;

  friend bool operator==(const Suggestion&, const Suggestion&) = default;
};

struct RangeRun {
  std::size_t seed = 0;
  RangeStatus status = RangeStatus::completed;
  std::optional<std::size_t> ended_at_update;  // counted from 1: where the rule stopped it, or the loss was not finite
  LossCurve curve;
  std::vector<Suggestion> suggestions;  // one per heuristic, in the order of RangeStudy::heuristics

  friend bool operator==(const RangeRun&, const RangeRun&) = default;
};

// One heuristic over all seeds of an optimizer; 3 digits.
struct Agreement {
  std::optional<double> learning_rate;   // median; absent if every seed abstained
  std::optional<double> lowest_rate;     // median, where the heuristic gives one
  std::optional<double> spread_decades;  // log10 of highest / lowest suggestion; from two on
  std::size_t abstained = 0;             // seeds without a suggestion

  friend bool operator==(const Agreement&, const Agreement&) = default;
};

struct RangeEntry {
  std::string label;
  std::string name;
  std::vector<Setting> hyperparameters;
  std::vector<Agreement> agreements;  // in the order of RangeStudy::heuristics
  std::vector<RangeRun> runs;         // one per seed, from seed 0 on

  friend bool operator==(const RangeEntry&, const RangeEntry&) = default;
};

struct RangeStudy {
  ResultHead head;
  RangeOptions options;
  std::vector<std::string> heuristics;  // names
  std::vector<RangeEntry> optimizers;

  friend bool operator==(const RangeStudy&, const RangeStudy&) = default;
};

}  // namespace lrtune
