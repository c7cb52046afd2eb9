// inverse_time.h: factor = 1 / (1 + decay·e), e the epoch from 0.
//
// H. Robbins, S. Monro, "A stochastic approximation method", Annals of Mathematical Statistics 22 (1951): rates whose
// sum diverges while the sum of their squares does not. Keras's InverseTimeDecay with decay_steps of one epoch,
// staircase.
#pragma once

#include "base/by_name.h"
#include "schedule/moment.h"

namespace lrtune::inverse_time_schedule {

inline constexpr Parameter kParameters[] = {
    {"decay", 0.1, {.min = 0, .max_open = true}, ParameterKind::real, "the rate is halved after 1/decay epochs"},
};

inline double factor(const Moment& now, std::span<const double> values, const PlateauState&) {
  const ByName<kParameters> p(values);
  return 1 / (1 + p["decay"] * static_cast<double>(epoch(now)));
}

inline constexpr ScheduleRow kRow = {
    {"inverse_time", "1 / (1 + decay*e)", "Robbins and Monro 1951; Keras InverseTimeDecay", kParameters},
    factor,
    false,
    nullptr};

}  // namespace lrtune::inverse_time_schedule
