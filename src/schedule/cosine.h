// cosine.h: factor = floor + (1 − floor)·½(1 + cos(π·frac(cycles·k/T))) for update k from 0. Every cycle starts anew
// at 1 (warm restarts); `floor` itself is approached, not reached.
//
// I. Loshchilov, F. Hutter, "SGDR: stochastic gradient descent with warm restarts", ICLR 2017, equation 5, with cycles
// of equal length; PyTorch's CosineAnnealingLR for one cycle, CosineAnnealingWarmRestarts (T_mult 1) for more.
#pragma once

#include "base/by_name.h"
#include "base/math.h"
#include "schedule/moment.h"

namespace lrtune::cosine_schedule {

inline constexpr Parameter kParameters[] = {
    {"floor", 0, {.min = 0, .max = 1}, ParameterKind::real, "factor at the end of a cycle"},
    {"cycles",
     1,
     {.min = 1, .max = kLargestInteger},
     ParameterKind::integer,
     "number of cycles, each starting at factor 1"},
};

inline double factor(const Moment& now, std::span<const double> values, const PlateauState&) {
  const ByName<kParameters> p(values);
  return p["floor"] + (1 - p["floor"]) * 0.5 * (1 + math::cos(math::kPi * cycle_position(now, p["cycles"])));
}

inline constexpr ScheduleRow kRow = {{"cosine", "floor + (1 - floor)*(1 + cos(pi*frac(cycles*k/T)))/2",
                                      "Loshchilov and Hutter 2017, equation 5; PyTorch CosineAnnealingLR", kParameters},
                                     factor,
                                     true,
                                     nullptr};

}  // namespace lrtune::cosine_schedule
