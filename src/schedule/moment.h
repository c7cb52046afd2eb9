// moment.h: what the formulas of the schedules share.
#pragma once

#include <cmath>
#include <cstddef>

#include "schedule/schedule.h"

namespace lrtune {

inline constexpr double kLargestInteger = 1e9;  // bound of integer parameters: exact as a double, and fits std::size_t

// e, from 0.
inline std::size_t epoch(const Moment& now) { return now.update / now.updates_per_epoch; }

// frac(cycles·k/T) in [0, 1), exactly 0 where a cycle begins: cycles·k is an exact integer, and a quotient of integers
// below 2^53 never rounds up to the next integer.
inline double cycle_position(const Moment& now, double cycles) {
  const double cycles_done = cycles * static_cast<double>(now.update) / static_cast<double>(now.total);
  return cycles_done - std::floor(cycles_done);
}

// base^exponent by repeated squaring, lowest bit first: always the same products in the same order. The relative error
// is about exponent · 2^-53.
inline double integer_power(double base, std::size_t exponent) {
  double result = 1;
  for (double square = base; exponent != 0; exponent >>= 1, square *= square)
    if ((exponent & 1U) != 0) result *= square;
  return result;
}

}  // namespace lrtune
