// rates.h: which rates are tried. Rates are short decimals of kRateDigits significant digits, rounded half even, so
// that what is tried, stored and recommended is the same text everywhere, and any rate that was tried can be
// recommended as it is. The ends of a range are rounded inward: no rate of the lattice lies outside of what the user
// asked for.
#pragma once

#include <cstddef>
#include <vector>

#include "lrtune/config.h"

namespace lrtune {

// Geometric places: position p is lo·(hi/lo)^(p/n), n intervals; whole positions are the rates of the lattice.
// Positions below 0 and above n lie outside the range, for extension.
struct RateLattice {
  double lowest;          // of kRateDigits digits, as all rates are:
  double highest;         // they are compared with each other, never with an end as the user wrote it
  std::size_t intervals;  // n = ceil(per_decade · log10(hi/lo))

  double rate(double position) const;
  double position(double rate) const;
  double decades_per_interval() const;
  bool contains(double rate) const { return rate >= lowest && rate <= highest; }
};

// From `lowest` to `highest`, both rounded inward; at least two rates must remain.
RateLattice rate_lattice(double lowest, double highest, std::size_t per_decade);

inline constexpr double kHighestRate = 100;     // no extension goes beyond
inline constexpr double kExtensionDecades = 2;  // beyond either end

}  // namespace lrtune
