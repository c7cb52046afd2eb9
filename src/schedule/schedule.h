// schedule.h: the registry of learning-rate schedules. A schedule is a factor on the swept rate: a pure function of
// update k (from 0), epoch e and the total T; reduce-on-plateau also of a small state that it changes at looks only.
// The warm-up ramp goes in front of any schedule and is not one itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

#include "lrtune/catalog.h"
#include "lrtune/config.h"

namespace lrtune {

// Where a trial stands; k and e already count from the end of the warm-up, total is what is left after it.
struct Moment {
  std::size_t update = 0;             // k, from 0
  std::size_t total = 1;              // T
  std::size_t updates_per_epoch = 1;  // e = k / updates_per_epoch, rounded down
};

// State of reduce-on-plateau, one per trial; other schedules leave it alone.
struct PlateauState {
  double factor = 1;  // on the swept rate
  double best = std::numeric_limits<double>::infinity();
  std::size_t bad_looks = 0;
  std::size_t cooldown_left = 0;
};

struct ScheduleRow {
  Card card;
  // `p`: the card's parameters, in its order.
  double (*factor)(const Moment& now, std::span<const double> p, const PlateauState& state);
  // Whether the factor at an update depends on how many follow: a run that is cut short then says nothing about a whole
  // one.
  bool depends_on_total;
  // Called at every look after warm-up; null for schedules without state. `rate` is the swept rate.
  void (*look)(PlateauState& state, double validation_loss, double rate, std::span<const double> p);
};

std::span<const ScheduleRow> schedules();

// One trial's schedule, resolved: warm-up in front, then the row.
class Schedule {
 public:
  // `total` and `updates_per_epoch` in updates; the config's names are known to be valid.
  Schedule(const TrainingConfig& config, std::size_t total, std::size_t updates_per_epoch);

  // Factor on the swept rate for update k (from 0).
  double factor(std::size_t update, const PlateauState& state) const;
  bool depends_on_total() const { return row_->depends_on_total; }
  // To be called at each look after `updates_done` > 0 updates.
  void look(PlateauState& state, std::size_t updates_done, double validation_loss, double rate) const;

 private:
  const ScheduleRow* row_;
  std::vector<double> parameters_;
  std::size_t total_;
  std::size_t updates_per_epoch_;
  std::size_t warmup_updates_;
  double warmup_start_;
};

}  // namespace lrtune
