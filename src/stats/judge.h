// judge.h: how a trial went, from the looks that were taken at it: one rule for every runner.
//
//   diverged   a look that is not finite; or a validation loss above kBlowUp · L(0) at kEndsInARow running ends of
//              epochs, or at the last look of a whole run. It ended at that look's step
//   pruned     else, if it was to stop before the end of a whole run
//   completed  else; it recovered if the loss was above kBlowUp · L(0) at any end of an epoch. Its objective and its
//              validation error are means over the last looks (stats/objective.h)
// L(0) is the validation loss of the first look. The curve ends at the last finite look. How many looks are taken
// within an epoch decides nothing.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "lrtune/runner.h"
#include "stats/objective.h"

namespace lrtune {

inline constexpr double kBlowUp = 4;  // times L(0); the usual stopping rule of range tests (fastai)
inline constexpr std::size_t kEndsInARow = 3;

// What is seen of a training at one step. Losses may be infinite or NaN.
struct Look {
  std::size_t step = 0;   // updates done
  double train_loss = 0;  // mean since the look before; at 0: of the first minibatch
  double validation_loss = 0;
  std::optional<double> validation_error = {};  // all looks of a trial have one, or none has
  bool ends_epoch = true;                       // or whatever the runner has instead of epochs
};

// Whether the newest look ends a training whose earlier ones did not. `looks`: all so far, not empty. `is_last`: it is
// the last of a whole run.
bool ends_diverged(std::span<const Look> looks, bool is_last);

// The trial of the request. `looks`: ascending by step; those after its end, if there are any, have no say. `updates`:
// T of a whole run. A trial that is not diverged has looks up to where it was to stop.
Trial judged(const TrialRequest& request, std::span<const Look> looks, std::size_t updates,
             const ObjectiveRow& objective);

}  // namespace lrtune
