#include "suggest/heuristics.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/math.h"
#include "base/require.h"
#include "base/text.h"
#include "stats/running_mean.h"
#include "suggest/fastai_minimum.h"
#include "suggest/fastai_slide.h"
#include "suggest/fastai_steep.h"
#include "suggest/fastai_valley.h"
#include "suggest/lightning.h"
#include "suggest/pytorch_lr_finder.h"
#include "suggest/smith.h"
#include "suggest/steepest.h"

namespace lrtune {
namespace {

constexpr std::array kHeuristics = {
    HeuristicRow{{"steepest", "argmin of ds/d ln(rate) before the lowest smoothed loss; first tenth left out", "", {}},
                 steepest},
    HeuristicRow{{"fastai_steep",
                  "argmin of Δs/Δln(rate), the left point; over [N/10 : −5]",
                  "fastai 2, callback/schedule.py: steep",
                  {}},
                 fastai_steep},
    HeuristicRow{{"fastai_valley",
                  "halfway through the longest falling subsequence of s; over [N/10 : −5]",
                  "fastai 2, callback/schedule.py: valley",
                  {}},
                 fastai_valley},
    HeuristicRow{{"fastai_slide",
                  "from the right, until slopes 15 updates apart agree within .005; over [N/10 : −5]",
                  "fastai 2, callback/schedule.py: slide",
                  {}},
                 fastai_slide},
    HeuristicRow{{"fastai_minimum",
                  "a tenth of the rate of the lowest s; over [N/10 : −5]",
                  "fastai 2, callback/schedule.py: minimum",
                  {}},
                 fastai_minimum},
    HeuristicRow{{"lightning_old",
                  "argmin of the gradient of s by update; over [10 : −1]",
                  "PyTorch Lightning < 2.5.3, tuner/lr_finder.py",
                  {}},
                 lightning_old},
    HeuristicRow{{"lightning",
                  "argmin of the gradient of s by rate; over [10 : −1]",
                  "PyTorch Lightning ≥ 2.5.3, tuner/lr_finder.py",
                  {}},
                 lightning},
    HeuristicRow{{"pytorch_lr_finder",
                  "argmin of the gradient of s by update; over [10 : −5]",
                  "pytorch-lr-finder, torch_lr_finder/lr_finder.py: plot",
                  {}},
                 pytorch_lr_finder},
    HeuristicRow{{"smith",
                  "for cyclical rates: from where the loss starts to fall to where it turns ragged or rises",
                  "L. Smith, \"Cyclical learning rates for training neural networks\", WACV 2017, section 3.3",
                  {}},
                 smith},
};

constexpr int kDigits = 3;

// The middle one, or the geometric mean of the two in the middle.
std::optional<double> median(std::vector<double> rates) {
  if (rates.empty()) return std::nullopt;
  std::ranges::sort(rates);
  const std::size_t half = rates.size() / 2;
  const double middle = rates.size() % 2 == 1 ? rates[half] : std::sqrt(rates[half - 1]) * std::sqrt(rates[half]);
  return round_significant(middle, kDigits);
}

Agreement agreement(std::span<const RangeRun> runs, std::size_t row) {
  Agreement result;
  std::vector<double> rates, lowest;
  for (const RangeRun& run : runs) {
    const Suggestion& suggestion = run.suggestions[row];
    if (suggestion.learning_rate)
      rates.push_back(*suggestion.learning_rate);
    else
      ++result.abstained;
    if (suggestion.lowest_rate) lowest.push_back(*suggestion.lowest_rate);
  }
  if (rates.size() >= 2) {
    const auto [low, high] = std::ranges::minmax(rates);
    result.spread_decades = round_significant(math::log10(high / low), kDigits);
  }
  result.learning_rate = median(std::move(rates));
  result.lowest_rate = median(std::move(lowest));
  return result;
}

}  // namespace

std::span<const HeuristicRow> heuristics() { return kHeuristics; }

std::vector<Suggestion> suggest_all(const LossCurve& curve) {
  std::vector<Suggestion> suggestions;
  for (const HeuristicRow& row : kHeuristics) suggestions.push_back(row.suggest(curve));
  return suggestions;
}

LossCurve make_curve(std::size_t updates, std::vector<double> rates, std::vector<double> losses, double smoothing) {
  LRTUNE_CHECK(rates.size() == losses.size(), rates.size(), losses.size());
  std::vector<double> smoothed = running_means(losses, smoothing);
  return {updates, std::move(rates), std::move(losses), std::move(smoothed)};
}

std::vector<Agreement> agreements(std::span<const RangeRun> runs) {
  std::vector<Agreement> rows;
  for (std::size_t row = 0; row < kHeuristics.size(); ++row) rows.push_back(agreement(runs, row));
  return rows;
}

}  // namespace lrtune
