// rates.h: which rates are tried. Rates are short decimals: 2 significant digits, rounded half even, so that what is
// tried, stored and recommended is the same text everywhere, and any rate that was tried can be recommended as it is.
#pragma once

#include <cstddef>
#include <vector>

#include "lrtune/config.h"

namespace lrtune {

// Geometric places: position p is lo·(hi/lo)^(p/n), n intervals; whole positions are the rates of the lattice.
// Positions below 0 and above n lie outside the range, for extension.
struct RateLattice {
  double lowest;
  double highest;
  std::size_t intervals;  // n = ceil(per_decade · log10(hi/lo))

  double rate(double position) const;  // 2 digits
  double position(double rate) const;
  double decades_per_interval() const;
};

RateLattice rate_lattice(double lowest, double highest, std::size_t per_decade);

inline constexpr double kHighestRate = 100;     // no extension goes beyond
inline constexpr double kExtensionDecades = 2;  // beyond either end

}  // namespace lrtune
