// triangular.h: factor = floor + (1 − floor)·(1 − |2x − 1|), x = frac(cycles·k/T) for update k from 0: from `floor` up
// to 1 in the middle of a cycle and back.
//
// L. Smith, "Cyclical learning rates for training neural networks", arXiv:1506.01186 (2015), section 3; his stepsize is
// T/(2·cycles), his base_lr is floor · the swept rate. PyTorch's CyclicLR, mode triangular.
#pragma once

#include "base/by_name.h"
#include "schedule/moment.h"

namespace lrtune::triangular_schedule {

inline constexpr Parameter kParameters[] = {
    {"cycles", 4, {.min = 1, .max = kLargestInteger}, ParameterKind::integer, "triangles in the whole run"},
    {"floor", 0.1, {.min = 0, .max = 1}, ParameterKind::real, "factor where a triangle begins and ends"},
};

inline double factor(const Moment& now, std::span<const double> values, const PlateauState&) {
  const ByName<kParameters> p(values);
  const double x = cycle_position(now, p["cycles"]);
  return p["floor"] + (1 - p["floor"]) * (1 - std::fabs(2 * x - 1));
}

inline constexpr ScheduleRow kRow = {{"triangular", "floor + (1 - floor)*(1 - |2x - 1|), x = frac(cycles*k/T)",
                                      "Smith 2015, section 3; PyTorch CyclicLR", kParameters},
                                     factor,
                                     true,
                                     nullptr};

}  // namespace lrtune::triangular_schedule
