// lane_record.h: one trial while it runs: its curve, its plateau state, and whether it has diverged.
//
// Diverged: a minibatch loss that is not finite (ended_at_step is that update, counted from 1); or a validation loss
// that is not finite, or above kBlowUp · L(0) at kLooksInARow looks running or at the last one (ended_at_step is the
// update count at that look). The curve ends at the last finite look.
#pragma once

#include <cstddef>

#include "lrtune/study.h"
#include "schedule/schedule.h"
#include "stats/objective.h"

namespace lrtune {

class LaneRecord {
 public:
  static constexpr double kBlowUp = 4;  // times L(0); the usual stopping rule of range tests (fastai)
  static constexpr std::size_t kLooksInARow = 3;

  explicit LaneRecord(const TrialRequest& request);

  bool running() const { return running_; }
  const PlateauState& plateau() const { return plateau_; }
  double learning_rate() const { return trial_.learning_rate; }

  // The minibatch loss of update t (counted from 1), before that update.
  void minibatch(std::size_t t, double loss);

  struct Look {
    std::size_t step;
    double loss;   // validation
    double error;  // validation
    bool has_error;
    bool last;
  };
  void look(const Look& look, const Schedule& schedule);

  // The finished trial, after the last look or once it no longer runs.
  Trial finish(const ObjectiveRow& objective, std::size_t updates) const;
  // The trial as it stands after `updates` of more, pruned unless it has diverged; the record itself may go on.
  Trial pause(std::size_t updates) const;

 private:
  void diverge(std::size_t step);

  Trial trial_;
  PlateauState plateau_;
  bool running_ = true;
  bool blew_up_ = false;
  std::size_t high_looks_ = 0;
  double loss_sum_ = 0;  // minibatch losses since the last look
  std::size_t loss_count_ = 0;
};

}  // namespace lrtune
