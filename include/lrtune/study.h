// study.h: start here. A Study is the record of one `lrtune tune`: every trial with its curve, and what is recommended.
// It is the only seam between measuring and telling: the sweep makes one, record/ turns it into JSON and back, report/
// shows it. A Study holds no pointers and no handles; copying it is safe and so is reading it from many threads.
//
//   Study            head (lrtune/result.h: version, config, subject, run), the entries, and the best of them
//     Entry          one optimizer: its trials (lrtune/trial.h), what they cost, and what they have come to
//                    (lrtune/recommendation.h, lrtune/stability.h)
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "lrtune/catalog.h"
#include "lrtune/recommendation.h"
#include "lrtune/result.h"
#include "lrtune/stability.h"
#include "lrtune/trial.h"

namespace lrtune {

struct Cost {
  std::size_t trials = 0;
  double full_runs = 0;  // trained updates / T

  friend bool operator==(const Cost&, const Cost&) = default;
};

struct Entry {
  std::string label;
  std::string name;
  std::vector<Setting> hyperparameters;
  Recommendation recommendation;
  DefaultRate framework_default;
  Cost cost;
  std::optional<Stability> stability;  // absent if search.sharpness is false, or the runner cannot tell
  std::vector<Trial> trials;

  friend bool operator==(const Entry&, const Entry&) = default;
};

// The best entry of all.
struct Overall {
  std::string label;
  double learning_rate = 0;
  Estimate objective;
  std::vector<std::string> not_told_apart;
  RateStatus status = RateStatus::ok;

  friend bool operator==(const Overall&, const Overall&) = default;
};

struct Study {
  ResultHead head;
  bool complete = true;
  std::string objective;                  // the config's search.objective
  std::optional<Overall> recommendation;  // absent if no entry has a rate
  std::vector<Entry> optimizers;

  friend bool operator==(const Study&, const Study&) = default;
};

// Whether any entry has one.
inline bool has_rate(const Study& study) {
  return std::ranges::any_of(study.optimizers,
                             [](const Entry& e) { return e.recommendation.learning_rate.has_value(); });
}

}  // namespace lrtune
