// trial_run.h: the record of one `lrtune train`: a trial on its own.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lrtune/catalog.h"
#include "lrtune/result.h"
#include "lrtune/stability.h"
#include "lrtune/trial.h"

namespace lrtune {

struct TrialRun {
  ResultHead head;
  std::string label;
  std::string name;
  std::vector<Setting> hyperparameters;
  Trial trial;
  std::optional<Stability> stability;  // if it was asked for

  friend bool operator==(const TrialRun&, const TrialRun&) = default;
};

}  // namespace lrtune
