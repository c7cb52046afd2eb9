#include "stats/smooth.h"

#include <algorithm>

#include "base/math.h"
#include "base/require.h"

namespace lrtune {
namespace {

constexpr int kStepsPerBandwidth = 5;
constexpr int kBandwidths = 3;  // on either side; what lies beyond weighs less than e^−4.5

// The points joined by straight lines, at x within them.
double interpolated(std::span<const CurvePoint> points, double x) {
  const auto right = std::ranges::lower_bound(points, x, {}, &CurvePoint::x);
  if (right == points.begin()) return right->y;
  const auto left = right - 1;
  return left->y + (right->y - left->y) * ((x - left->x) / (right->x - left->x));
}

}  // namespace

double smoothed(std::span<const CurvePoint> points, double x, double bandwidth) {
  LRTUNE_CHECK(!points.empty() && bandwidth > 0, points.size(), bandwidth);
  LRTUNE_CHECK(points.front().x <= x && x <= points.back().x, points.front().x, x, points.back().x);
  double sum = 0;
  double weights = 0;
  for (int k = -kBandwidths * kStepsPerBandwidth; k <= kBandwidths * kStepsPerBandwidth; ++k) {
    const double u = static_cast<double>(k) / kStepsPerBandwidth;
    const double place = x + u * bandwidth;
    if (place < points.front().x || place > points.back().x) continue;
    const double weight = math::exp(-0.5 * u * u);
    sum += weight * interpolated(points, place);
    weights += weight;
  }
  return sum / weights;
}

}  // namespace lrtune
