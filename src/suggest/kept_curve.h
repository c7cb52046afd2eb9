// kept_curve.h: what the heuristics share: the part of a smoothed curve that one looks at, and finite differences.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "lrtune/range.h"

namespace lrtune {

// The points [first, size − skip_last), up to the first loss that is not finite. Equal lengths; rates rise.
struct KeptCurve {
  std::size_t first;         // place of rate[0] in the whole curve
  std::vector<double> rate;  // e
  std::vector<double> loss;  // s
  std::vector<double> raw;   // l
};

KeptCurve keep(const LossCurve& curve, std::span<const double> smoothed, std::size_t first, std::size_t skip_last);

// Why nothing can be read from it, if so: fewer than `fewest` points, or raw losses that do not move (by more than 1e-9
// of themselves; smoothing leaves rounding of a constant, and Lightning's even a slope).
std::optional<std::string> unreadable(const KeptCurve& kept, std::size_t fewest);

// The derivative by place, or by x, as numpy.gradient has it: inside that of the parabola through a point and its
// neighbours, at the ends the slope to the neighbour. At least two points; x rises.
std::vector<double> gradient(std::span<const double> y);
std::vector<double> gradient(std::span<const double> y, std::span<const double> x);

// Place of the first smallest number.
std::size_t argmin(std::span<const double> values);

std::vector<double> natural_logs(std::span<const double> values);

// The rate of the lowest slope (one per kept point; more points than slopes are fine), or an abstention where none is
// negative. `what`: "the smoothed loss falls fastest per decade", for the sentence.
Suggestion at_lowest_slope(const KeptCurve& kept, std::span<const double> slopes, const std::string& what);

Suggestion abstain(std::string why);

// "at update 63, rate 0.0123": `place` is that of a kept point.
std::string place_text(const KeptCurve& kept, std::size_t place);

}  // namespace lrtune
