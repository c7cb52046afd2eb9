// check.h: a Study held against a baseline, for `lrtune check`. Pure functions from records to a CheckReport; nothing
// here reads files, prints or ends the process.
//
// An optimizer passes if
//   rate    |log10(now / before)| ≤ rate_decades, or was before both were rounded to two digits; or it is the same (all
//           that a tolerance of 0 lets pass), or inside the baseline's interval
//   loss    now − before ≤ max(loss_absolute, loss_relative·|before|, loss_se·√(se_before² + se_now²))
//   status  not worse than before, in the order of RateStatus
// A baseline without a rate for it leaves nothing to compare. A result that cannot be compared is not judged: where
// only the data differ, the figures of both are told for information; otherwise nothing is told of its optimizers.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "lrtune/study.h"

namespace lrtune {

struct Tolerances {
  double rate_decades = 0;
  double loss_absolute = 0;
  double loss_relative = 0.02;
  double loss_se = 3;  // standard errors of the difference; one that is absent counts as 0

  friend bool operator==(const Tolerances&, const Tolerances&) = default;
};

// Those that a baseline or a command line names.
struct ToleranceSettings {
  std::optional<double> rate_decades = {};
  std::optional<double> loss_absolute = {};
  std::optional<double> loss_relative = {};
  std::optional<double> loss_se = {};

  friend bool operator==(const ToleranceSettings&, const ToleranceSettings&) = default;
};

// `first` wins.
ToleranceSettings merge(const ToleranceSettings& first, const ToleranceSettings& second);
// What is not named: half the distance of two coarse rates, and the defaults above.
Tolerances resolve(const ToleranceSettings& settings, std::size_t coarse_per_decade);

// Something that is not the same, with both values as text.
struct Difference {
  std::string where;  // "training.epochs", or a JSON path
  std::string before;
  std::string now;
  std::optional<std::string> label = {};  // of the optimizer it belongs to

  friend bool operator==(const Difference&, const Difference&) = default;
};

// Why two studies cannot be compared.
enum class Compared { baseline, result };  // which of the two

struct NoBaseline {
  std::string file;  // as the user named it

  friend bool operator==(const NoBaseline&, const NoBaseline&) = default;
};
struct OtherSchema {
  Compared which = Compared::baseline;
  std::size_t version = 0;  // of the file
  std::size_t known = 0;    // the one that can be compared

  friend bool operator==(const OtherSchema&, const OtherSchema&) = default;
};
struct Incomplete {
  Compared which = Compared::result;

  friend bool operator==(const Incomplete&, const Incomplete&) = default;
};
struct OtherConfig {
  Difference field;

  friend bool operator==(const OtherConfig&, const OtherConfig&) = default;
};
struct OtherData {
  std::string before;  // fingerprints
  std::string now;

  friend bool operator==(const OtherData&, const OtherData&) = default;
};
struct MissingLabel {
  std::string label;  // of an optimizer that only the baseline has

  friend bool operator==(const MissingLabel&, const MissingLabel&) = default;
};
struct ExtraLabel {
  std::string label;  // of an optimizer that only the result has

  friend bool operator==(const ExtraLabel&, const ExtraLabel&) = default;
};

enum class ObstacleKind { no_baseline, schema, incomplete, config, data, missing_label, extra_label };
// In the order of ObstacleKind.
using Obstacle = std::variant<NoBaseline, OtherSchema, Incomplete, OtherConfig, OtherData, MissingLabel, ExtraLabel>;

inline ObstacleKind kind_of(const Obstacle& obstacle) { return static_cast<ObstacleKind>(obstacle.index()); }

enum class Verdict { pass, inconclusive, regression, not_comparable };

enum class Reason { rate_lost, rate_moved, loss_lost, loss_worse, status_worse, differs, no_rate };

struct LabelCheck {
  std::string label;
  std::optional<double> rate_before;
  std::optional<double> rate_now;
  std::optional<double> decades;  // log10(now / before)
  bool inside_interval = false;   // the rate now, of the interval before
  std::optional<Estimate> loss_before;
  std::optional<Estimate> loss_now;
  std::optional<double> loss_change;   // now − before
  std::optional<double> loss_allowed;  // the largest change that passes
  RateStatus status_before = RateStatus::ok;
  RateStatus status_now = RateStatus::ok;
  Verdict verdict = Verdict::pass;  // inconclusive: nothing to compare; not_comparable: figures for information
  std::vector<Reason> reasons;      // unless it passes

  friend bool operator==(const LabelCheck&, const LabelCheck&) = default;
};

struct CheckReport {
  std::string baseline;  // names of the two, as the user wrote them
  std::string result;
  Tolerances tolerances;
  bool exact = false;
  Verdict verdict = Verdict::inconclusive;
  std::size_t compared = 0;  // optimizers
  std::vector<Obstacle> obstacles;
  std::vector<Difference> differences;  // of --exact, in the order of the file
  std::vector<LabelCheck> labels;       // in the baseline's order

  friend bool operator==(const CheckReport&, const CheckReport&) = default;
};

enum class ExtraLabels { refused, allowed };

// What keeps the two from being compared. `config`: how their configs differ, which only config/ can tell.
std::vector<Obstacle> obstacles(const Study& baseline, const Study& result, const std::vector<Difference>& config,
                                ExtraLabels extra);

// Whether nothing else than the data keeps the two from being compared.
bool only_data_differ(const std::vector<Obstacle>& obstacles);

// Each optimizer of both, whatever obstacles there are.
std::vector<LabelCheck> compare(const Study& baseline, const Study& result, const Tolerances& tolerances);

// The report on two studies with these obstacles; names are left for the caller. `exact`: what differs in the files,
// which only record/ can tell; with it, tolerances have no say.
CheckReport check(const Study& baseline, const Study& result, const Tolerances& tolerances,
                  std::vector<Obstacle> obstacles, const std::optional<std::vector<Difference>>& exact = {});

// The report where one of the two could not be read or was not measured.
CheckReport not_comparable(const Tolerances& tolerances, std::vector<Obstacle> obstacles);

}  // namespace lrtune
