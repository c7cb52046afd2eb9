// step.h: factor = gamma^⌊e / every_epochs⌋, e the epoch from 0.
//
// PyTorch's StepLR, stepped once an epoch. Dividing by 10 at set epochs: A. Krizhevsky, I. Sutskever, G. Hinton,
// "ImageNet classification with deep convolutional neural networks", NIPS 2012, section 5.
#pragma once

#include "base/by_name.h"
#include "schedule/moment.h"

namespace lrtune::step_schedule {

inline constexpr Parameter kParameters[] = {
    {"every_epochs", 10, {.min = 1, .max = kLargestInteger}, ParameterKind::integer, "epochs between two cuts"},
    {"gamma", 0.1, {.min = 0, .max = 1, .min_open = true}, ParameterKind::real, "factor of one cut"},
};

inline double factor(const Moment& now, std::span<const double> values, const PlateauState&) {
  const ByName<kParameters> p(values);
  return integer_power(p["gamma"], epoch(now) / static_cast<std::size_t>(p["every_epochs"]));
}

inline constexpr ScheduleRow kRow = {
    {"step", "gamma^floor(e / every_epochs)", "Krizhevsky et al. 2012, section 5; PyTorch StepLR", kParameters},
    factor,
    false,
    nullptr};

}  // namespace lrtune::step_schedule
