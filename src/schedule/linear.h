// linear.h: factor = 1 − (1 − end)·k/T for update k from 0. The last update, k = T − 1, is one step above `end`.
//
// PyTorch's LinearLR from 1 to `end` over T updates.
#pragma once

#include "base/by_name.h"
#include "schedule/schedule.h"

namespace lrtune::linear_schedule {

inline constexpr Parameter kParameters[] = {
    {"end", 0, {.min = 0, .max = 1}, ParameterKind::real, "factor that would be reached at update T"},
};

inline double factor(const Moment& now, std::span<const double> values, const PlateauState&) {
  const ByName<kParameters> p(values);
  return 1 - (1 - p["end"]) * static_cast<double>(now.update) / static_cast<double>(now.total);
}

inline constexpr ScheduleRow kRow = {
    {"linear", "1 - (1 - end)*k/T", "PyTorch LinearLR", kParameters}, factor, true, nullptr};

}  // namespace lrtune::linear_schedule
