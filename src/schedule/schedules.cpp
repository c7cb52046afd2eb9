// The table of all schedules, and the warm-up that goes in front of any of them.
#include <algorithm>
#include <iterator>

#include "base/require.h"
#include "schedule/constant.h"
#include "schedule/cosine.h"
#include "schedule/exponential.h"
#include "schedule/inverse_time.h"
#include "schedule/linear.h"
#include "schedule/linear_then_constant.h"
#include "schedule/one_cycle.h"
#include "schedule/plateau.h"
#include "schedule/schedule.h"
#include "schedule/step.h"
#include "schedule/triangular.h"

namespace lrtune {
namespace {

constexpr ScheduleRow kSchedules[] = {
    constant_schedule::kRow,     step_schedule::kRow,      exponential_schedule::kRow,
    inverse_time_schedule::kRow, linear_schedule::kRow,    linear_then_constant_schedule::kRow,
    cosine_schedule::kRow,       one_cycle_schedule::kRow, triangular_schedule::kRow,
    plateau_schedule::kRow,
};

}  // namespace

std::span<const ScheduleRow> schedules() { return kSchedules; }

Schedule::Schedule(const TrainingConfig& config, std::size_t total, std::size_t updates_per_epoch)
    : row_(std::ranges::find(kSchedules, config.schedule.name, [](const ScheduleRow& row) { return row.card.name; })),
      total_(total),
      updates_per_epoch_(updates_per_epoch),
      warmup_updates_(config.warmup_epochs * updates_per_epoch),
      warmup_start_(config.warmup_start) {
  LRTUNE_CHECK(row_ != std::end(kSchedules), config.schedule.name);
  LRTUNE_CHECK(total > 0 && updates_per_epoch > 0, total, updates_per_epoch);
  LRTUNE_CHECK(config.schedule.settings.size() == row_->card.parameters.size(), config.schedule.name);
  for (std::size_t i = 0; i < config.schedule.settings.size(); ++i) {
    const Setting& setting = config.schedule.settings[i];
    LRTUNE_CHECK(setting.name == row_->card.parameters[i].name, config.schedule.name, setting.name);
    parameters_.push_back(setting.value);
  }
}

// Warm-up over W updates: start + (1 − start)·k/W for k < W (PyTorch's LinearLR; P. Goyal et al., "Accurate, large
// minibatch SGD", arXiv:1706.02677 (2017), section 2.2). What follows sees k − W of T − W.
double Schedule::factor(std::size_t update, const PlateauState& state) const {
  if (update < warmup_updates_)
    return warmup_start_ + (1 - warmup_start_) * static_cast<double>(update) / static_cast<double>(warmup_updates_);
  const Moment now = {.update = update - warmup_updates_,
                      .total = total_ > warmup_updates_ ? total_ - warmup_updates_ : 1,
                      .updates_per_epoch = updates_per_epoch_};
  return row_->factor(now, parameters_, state);
}

// The look at the last update of the warm-up shows what the warm-up did; it is not counted either, like the look at
// update 0 of a run without warm-up.
void Schedule::look(PlateauState& state, std::size_t updates_done, double validation_loss, double rate) const {
  if (row_->look != nullptr && updates_done > warmup_updates_) row_->look(state, validation_loss, rate, parameters_);
}

}  // namespace lrtune
