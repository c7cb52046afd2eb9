#include "stats/summary.h"

#include <array>
#include <cmath>

#include "base/require.h"

namespace lrtune {

Estimate estimate(std::span<const double> values) {
  LRTUNE_CHECK(!values.empty());
  const auto n = static_cast<double>(values.size());
  double sum = 0;
  for (double value : values) sum += value;
  const double mean = sum / n;
  if (values.size() == 1) return {mean, {}};
  double squares = 0;
  for (double value : values) squares += (value - mean) * (value - mean);
  return {mean, std::sqrt(squares / (n - 1) / n)};
}

double student_t_975(std::size_t degrees_of_freedom) {
  // Abramowitz and Stegun, table 26.10.
  constexpr std::array kTable = {12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
                                 2.201,  2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
                                 2.080,  2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042};
  LRTUNE_CHECK(degrees_of_freedom > 0);
  if (degrees_of_freedom <= kTable.size()) return kTable[degrees_of_freedom - 1];
  constexpr double kZ = 1.959963984540054;
  const auto n = static_cast<double>(degrees_of_freedom);
  const double z3 = kZ * kZ * kZ;
  return kZ + (z3 + kZ) / (4 * n) + (5 * z3 * kZ * kZ + 16 * z3 + 3 * kZ) / (96 * n * n);
}

}  // namespace lrtune
