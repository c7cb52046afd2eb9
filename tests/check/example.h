// example.h: studies written by hand, as `check` compares them.
#pragma once

#include "lrtune/check.h"

namespace lrtune {

inline Entry rated_entry(const std::string& label, double rate, double loss) {
  Entry entry;
  entry.label = entry.name = label;
  entry.recommendation.learning_rate = rate;
  entry.recommendation.interval = RateInterval{rate / 4, rate * 4};
  entry.recommendation.objective = Estimate{loss, 0.003};
  entry.recommendation.seeds = 3;
  entry.framework_default.learning_rate = 0.01;
  return entry;
}

inline Entry dead_entry(const std::string& label) {
  Entry entry;
  entry.label = entry.name = label;
  entry.recommendation.status = RateStatus::all_diverged;
  entry.framework_default.learning_rate = 0.01;
  return entry;
}

inline Study two_entries() {
  Study study;
  study.head.config_json = "{}";
  study.head.subject.fingerprint = "0123456789abcdef";
  study.optimizers = {rated_entry("sgd", 0.1, 0.5), rated_entry("adam", 0.01, 0.4)};
  return study;
}

inline constexpr Tolerances kTolerances{.rate_decades = 0.2};

}  // namespace lrtune
