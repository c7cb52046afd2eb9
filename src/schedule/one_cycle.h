// one_cycle.h: up on a half cosine from 1/div to 1, down on another from 1 to 1/(div·final_div). The swept rate is the
// peak. For update k from 0 and a = peak_at·T − 1:
//
//   k ≤ a    anneal(1/div, 1, k/a)
//   k > a    anneal(1, 1/(div·final_div), (k − a)/(T − 1 − a))
//   anneal(from, to, x) = to + (from − to)/2·(1 + cos(π·x))
//
// L. Smith, N. Topin, "Super-convergence: very fast training of neural networks using large learning rates",
// arXiv:1708.07120 (2017), in the cosine form of PyTorch's OneCycleLR (two phases), of which also the −1 and the
// negative a of short runs are kept. Momentum is not cycled. At a = 0, where PyTorch divides by zero, an empty phase is
// at its end: k = 0 is the peak.
#pragma once

#include "base/by_name.h"
#include "base/math.h"
#include "schedule/schedule.h"

namespace lrtune::one_cycle_schedule {

inline constexpr Parameter kParameters[] = {
    {"peak_at", 0.3, {.min = 0, .max = 1}, ParameterKind::real, "share of the run before the peak"},
    {"div", 25, {.min = 1, .max_open = true}, ParameterKind::real, "the first factor is 1/div"},
    {"final_div", 1e4, {.min = 1, .max_open = true}, ParameterKind::real, "the last factor is 1/(div*final_div)"},
};

inline double anneal(double from, double to, double position) {
  return to + (from - to) / 2 * (1 + math::cos(math::kPi * position));
}

inline double factor(const Moment& now, std::span<const double> values, const PlateauState&) {
  const ByName<kParameters> p(values);
  const double k = static_cast<double>(now.update);
  const double last = static_cast<double>(now.total) - 1;
  const double peak = p["peak_at"] * static_cast<double>(now.total) - 1;
  const double first_factor = 1 / p["div"];
  if (k <= peak) return anneal(first_factor, 1, peak > 0 ? k / peak : 1);
  return anneal(1, first_factor / p["final_div"], (k - peak) / (last - peak));  // last ≥ k > peak
}

inline constexpr ScheduleRow kRow = {{"one_cycle", "cosine from 1/div up to 1, then down to 1/(div*final_div)",
                                      "Smith and Topin 2017; PyTorch OneCycleLR", kParameters},
                                     factor,
                                     true,
                                     nullptr};

}  // namespace lrtune::one_cycle_schedule
