// heuristics.h: the registry of learning-rate heuristics: one row per rule that reads a rate from a range test's curve.
// Each is a pure function of the raw losses (and, the first and the last, of the run's own smoothed curve); it smooths
// and trims as the library it is from, says why in a sentence, and abstains rather than guess.
//
// From an Experiment to rates: range_tests (train/range_test.h), then suggest_all of each run's curve.
#pragma once

#include <span>
#include <vector>

#include "lrtune/catalog.h"
#include "lrtune/range.h"

namespace lrtune {

struct HeuristicRow {
  Card card;
  Suggestion (*suggest)(const LossCurve& curve);
};

std::span<const HeuristicRow> heuristics();

// One suggestion per row. Losses may end in numbers that are not finite; suggestions are finite and above 0.
std::vector<Suggestion> suggest_all(const LossCurve& curve);

// A raw curve with its running mean, for a curve that did not come from range_tests. Equal lengths.
LossCurve make_curve(std::size_t updates, std::vector<double> rates, std::vector<double> losses, double smoothing);

// Per row, how the runs of one optimizer agree. Every run has its suggestions.
std::vector<Agreement> agreements(std::span<const RangeRun> runs);

}  // namespace lrtune
