#include "stats/smooth.h"

#include "base/check.h"
#include "base/math.h"

namespace lrtune {

double smoothed(std::span<const CurvePoint> points, double x, double bandwidth) {
  LRTUNE_CHECK(!points.empty() && bandwidth > 0, points.size(), bandwidth);
  if (points.size() == 1) return points.front().y;
  // Far from every point all weights underflow; the nearest point then has weight 1 by this offset.
  double nearest = -1;
  for (const CurvePoint& point : points) {
    const double u = (x - point.x) / bandwidth;
    if (nearest < 0 || u * u < nearest) nearest = u * u;
  }
  double sum = 0;
  double weights = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double left = i == 0 ? points[1].x - points[0].x : points[i].x - points[i - 1].x;
    const double right = i + 1 == points.size() ? left : points[i + 1].x - points[i].x;
    const double u = (x - points[i].x) / bandwidth;
    const double weight = (left + right) / 2 * math::exp(-0.5 * (u * u - nearest));
    sum += weight * points[i].y;
    weights += weight;
  }
  return sum / weights;
}

}  // namespace lrtune
