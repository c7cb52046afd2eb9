#include "suggest/kept_curve.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/math.h"
#include "base/require.h"

namespace lrtune {

KeptCurve keep(const LossCurve& curve, std::span<const double> smoothed, std::size_t first, std::size_t skip_last) {
  LRTUNE_CHECK(curve.rate.size() == smoothed.size(), curve.rate.size(), smoothed.size());
  KeptCurve kept{first, {}, {}, {}};
  for (std::size_t k = first; k + skip_last < smoothed.size() && std::isfinite(smoothed[k]); ++k) {
    kept.rate.push_back(curve.rate[k]);
    kept.loss.push_back(smoothed[k]);
    kept.raw.push_back(curve.loss[k]);
  }
  return kept;
}

std::optional<std::string> unreadable(const KeptCurve& kept, std::size_t fewest) {
  constexpr double kRounding = 1e-9;
  if (kept.loss.size() < fewest)
    return fmt::format("{} of the curve's points are left after trimming; it needs {}", kept.loss.size(), fewest);
  const auto [low, high] = std::ranges::minmax(kept.raw);
  if (high - low <= kRounding * std::max(std::fabs(low), std::fabs(high))) return "the loss does not change";
  return std::nullopt;
}

std::vector<double> gradient(std::span<const double> y) {
  const std::size_t n = y.size();
  LRTUNE_CHECK(n >= 2, n);
  std::vector<double> slopes(n);
  slopes.front() = y[1] - y[0];
  slopes.back() = y[n - 1] - y[n - 2];
  for (std::size_t i = 1; i + 1 < n; ++i) slopes[i] = (y[i + 1] - y[i - 1]) / 2;
  return slopes;
}

std::vector<double> gradient(std::span<const double> y, std::span<const double> x) {
  const std::size_t n = y.size();
  LRTUNE_CHECK(n >= 2 && x.size() == n, n, x.size());
  std::vector<double> slopes(n);
  slopes.front() = (y[1] - y[0]) / (x[1] - x[0]);
  slopes.back() = (y[n - 1] - y[n - 2]) / (x[n - 1] - x[n - 2]);
  for (std::size_t i = 1; i + 1 < n; ++i) {
    const double left = x[i] - x[i - 1];
    const double right = x[i + 1] - x[i];
    slopes[i] = (left / right * (y[i + 1] - y[i]) + right / left * (y[i] - y[i - 1])) / (left + right);
  }
  return slopes;
}

std::size_t argmin(std::span<const double> values) {
  return static_cast<std::size_t>(std::ranges::min_element(values) - values.begin());
}

std::vector<double> natural_logs(std::span<const double> values) {
  std::vector<double> logs;
  for (double value : values) logs.push_back(math::log(value));
  return logs;
}

Suggestion at_lowest_slope(const KeptCurve& kept, std::span<const double> slopes, const std::string& what) {
  const std::size_t place = argmin(slopes);
  if (!(slopes[place] < 0)) return abstain("the smoothed loss falls nowhere");
  return {kept.rate[place], std::nullopt, fmt::format("{}: {}", what, place_text(kept, place))};
}

Suggestion abstain(std::string why) { return {std::nullopt, std::nullopt, std::move(why)}; }

std::string place_text(const KeptCurve& kept, std::size_t place) {
  return fmt::format("at update {}, rate {:.3g}", kept.first + place + 1, kept.rate[place]);
}

}  // namespace lrtune
