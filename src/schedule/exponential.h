// exponential.h: factor = gamma^e, e the epoch from 0.
//
// PyTorch's ExponentialLR, stepped once an epoch.
#pragma once

#include "base/by_name.h"
#include "schedule/moment.h"

namespace lrtune::exponential_schedule {

inline constexpr Parameter kParameters[] = {
    {"gamma", 0.95, {.min = 0, .max = 1, .min_open = true}, ParameterKind::real, "factor per epoch"},
};

inline double factor(const Moment& now, std::span<const double> values, const PlateauState&) {
  const ByName<kParameters> p(values);
  return integer_power(p["gamma"], epoch(now));
}

inline constexpr ScheduleRow kRow = {
    {"exponential", "gamma^e", "PyTorch ExponentialLR", kParameters}, factor, false, nullptr};

}  // namespace lrtune::exponential_schedule
