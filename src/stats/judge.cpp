#include "stats/judge.h"

#include <cmath>

#include "base/require.h"

namespace lrtune {
namespace {

bool is_finite(const Look& look) {
  return std::isfinite(look.train_loss) && std::isfinite(look.validation_loss) &&
         std::isfinite(look.validation_error.value_or(0));
}

bool is_high(const Look& look, const Look& first) { return look.validation_loss > kBlowUp * first.validation_loss; }

void add(Curve& curve, const Look& look) {
  curve.step.push_back(look.step);
  curve.train_loss.push_back(look.train_loss);
  curve.validation_loss.push_back(look.validation_loss);
  if (look.validation_error) curve.validation_error.push_back(*look.validation_error);
}

void end(Trial& trial, TrialStatus status, std::size_t step) {
  trial.status = status;
  trial.ended_at_step = step;
  trial.updates = step;
}

}  // namespace

bool ends_diverged(std::span<const Look> looks, bool is_last) {
  const Look& first = looks.front();
  if (!is_finite(looks.back())) return true;
  if (is_last) return is_high(looks.back(), first);
  if (!looks.back().ends_epoch) return false;
  std::size_t high_ends = 0;
  for (auto look = looks.rbegin(); look != looks.rend(); ++look) {
    if (!look->ends_epoch) continue;
    if (!is_high(*look, first)) return false;
    if (++high_ends == kEndsInARow) return true;
  }
  return false;
}

Trial judged(const TrialRequest& request, std::span<const Look> looks, std::size_t updates,
             const ObjectiveRow& objective) {
  Trial trial;
  trial.stage = request.stage;
  trial.learning_rate = request.key.learning_rate;
  trial.seed = request.key.seed;
  bool was_high = false;
  for (std::size_t i = 0; i < looks.size(); ++i) {
    const Look& look = looks[i];
    if (is_finite(look)) add(trial.curve, look);
    if (ends_diverged(looks.first(i + 1), look.step == updates)) {
      end(trial, TrialStatus::diverged, look.step);
      return trial;
    }
    was_high |= look.ends_epoch && is_high(look, looks.front());
  }
  if (request.updates > 0 && request.updates < updates) {
    end(trial, TrialStatus::pruned, request.updates);
    return trial;
  }
  LRTUNE_CHECK(!looks.empty());
  trial.updates = updates;
  trial.recovered = was_high;
  trial.objective = objective.reduce(trial.curve.*objective.series);
  if (!trial.curve.validation_error.empty()) trial.validation_error = tail_mean(trial.curve.validation_error);
  return trial;
}

}  // namespace lrtune
