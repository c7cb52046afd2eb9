#include "plan/rates.h"

#include <algorithm>
#include <cmath>

#include "base/math.h"
#include "base/require.h"
#include "base/text.h"

namespace lrtune {

double RateLattice::rate(double position) const {
  const double share = position / static_cast<double>(intervals);
  if (share == 0) return lowest;
  if (share == 1) return highest;
  return round_significant(lowest * math::pow(highest / lowest, share), kRateDigits);
}

double RateLattice::position(double rate) const { return math::log10(rate / lowest) / decades_per_interval(); }

double RateLattice::decades_per_interval() const {
  return math::log10(highest / lowest) / static_cast<double>(intervals);
}

RateLattice rate_lattice(double lowest, double highest, std::size_t per_decade) {
  lowest = ceil_significant(lowest, kRateDigits);
  highest = floor_significant(highest, kRateDigits);
  LRTUNE_CHECK(lowest < highest, lowest, highest);
  // 24 intervals for 6 decades at 4 a decade, though log10(1e6) is a hair off 6.
  const double intervals = static_cast<double>(per_decade) * math::log10(highest / lowest);
  return {lowest, highest, static_cast<std::size_t>(std::max(1.0, std::ceil(intervals - 1e-9)))};
}

}  // namespace lrtune
