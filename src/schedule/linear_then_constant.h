// linear_then_constant.h: with N = epochs in updates, factor = 1 − (1 − end)·k/N for update k < N, then `end`.
//
// I. Goodfellow, Y. Bengio, A. Courville, "Deep learning", MIT Press 2016, equation 8.14, which also recommends an end
// of about 1 %. PyTorch's LinearLR from 1 to `end` over N updates. If N ≥ T, `end` is never reached.
#pragma once

#include "base/by_name.h"
#include "schedule/moment.h"

namespace lrtune::linear_then_constant_schedule {

inline constexpr Parameter kParameters[] = {
    {"epochs", 10, {.min = 1, .max = kLargestInteger}, ParameterKind::integer, "length of the linear part"},
    {"end", 0.01, {.min = 0, .max = 1}, ParameterKind::real, "factor after the linear part"},
};

inline double factor(const Moment& now, std::span<const double> values, const PlateauState&) {
  const ByName<kParameters> p(values);
  const double k = static_cast<double>(now.update);
  const double linear_updates = p["epochs"] * static_cast<double>(now.updates_per_epoch);
  return k < linear_updates ? 1 - (1 - p["end"]) * k / linear_updates : p["end"];
}

inline constexpr ScheduleRow kRow = {{"linear_then_constant", "linear from 1 to end over the first epochs, then end",
                                      "Goodfellow et al. 2016, equation 8.14", kParameters},
                                     factor,
                                     false,
                                     nullptr};

}  // namespace lrtune::linear_then_constant_schedule
