// plateau.h: the rate is cut when the validation loss no longer falls. At every look, in this order:
//
//   loss < best·(1 − threshold)?   best = loss, bad = 0; otherwise bad += 1
//   in cooldown?                   cooldown_left −= 1, bad = 0
//   bad > patience?                new = max(rate·factor, min_lr); rate = new if rate − new > 1e-8;
//                                  cooldown_left = cooldown, bad = 0, whether the cut was applied or not
//
// PyTorch's ReduceLROnPlateau (mode min, relative threshold, eps 1e-8): patience + 1 bad looks in a row before a cut.
// Looks are what PyTorch calls epochs. `min_lr` is a rate, not a factor; the state holds the rate as a factor on the
// swept one. A loss that is not finite is a bad look; PyTorch would take −inf for the best.
#pragma once

#include <algorithm>
#include <cmath>

#include "base/by_name.h"
#include "schedule/moment.h"

namespace lrtune::plateau_schedule {

inline constexpr double kSmallestCut = 1e-8;  // PyTorch's eps

inline constexpr Parameter kParameters[] = {
    {"factor", 0.1, {.min = 0, .max = 1, .min_open = true, .max_open = true}, ParameterKind::real, "factor of one cut"},
    {"patience",
     10,
     {.min = 0, .max = kLargestInteger},
     ParameterKind::integer,
     "looks without improvement before a cut"},
    {"threshold",
     1e-4,
     {.min = 0, .max = 1, .max_open = true},
     ParameterKind::real,
     "relative decrease that counts as an improvement"},
    {"cooldown", 0, {.min = 0, .max = kLargestInteger}, ParameterKind::integer, "looks not counted after a cut"},
    {"min_lr", 0, {.min = 0, .max_open = true}, ParameterKind::real, "lowest rate"},
};

inline double factor(const Moment&, std::span<const double>, const PlateauState& state) { return state.factor; }

inline void look(PlateauState& state, double validation_loss, double rate, std::span<const double> values) {
  const ByName<kParameters> p(values);
  if (std::isfinite(validation_loss) && validation_loss < state.best * (1 - p["threshold"])) {
    state.best = validation_loss;
    state.bad_looks = 0;
  } else {
    ++state.bad_looks;
  }
  if (state.cooldown_left > 0) {
    --state.cooldown_left;
    state.bad_looks = 0;
  }
  if (static_cast<double>(state.bad_looks) > p["patience"]) {
    const double current = rate * state.factor;
    const double reduced = std::max(current * p["factor"], p["min_lr"]);
    if (current - reduced > kSmallestCut) state.factor = reduced / rate;
    state.cooldown_left = static_cast<std::size_t>(p["cooldown"]);
    state.bad_looks = 0;
  }
}

inline constexpr ScheduleRow kRow = {
    {"plateau", "multiplied by factor after patience + 1 looks in a row without improvement",
     "PyTorch ReduceLROnPlateau", kParameters},
    factor,
    false,
    look};

}  // namespace lrtune::plateau_schedule
