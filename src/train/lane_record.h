// lane_record.h: one trial while it runs: the looks at it, its plateau state, and whether it has diverged
// (stats/judge.h). A minibatch loss that is not finite is a look at that update, counted from 1, that is not finite.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "schedule/schedule.h"
#include "stats/judge.h"

namespace lrtune {

class LaneRecord {
 public:
  explicit LaneRecord(double learning_rate) : learning_rate_(learning_rate) {}

  bool running() const { return running_; }
  const PlateauState& plateau() const { return plateau_; }
  double learning_rate() const { return learning_rate_; }
  std::span<const Look> looks() const { return looks_; }

  // The minibatch loss of update t (counted from 1), before that update.
  void minibatch(std::size_t t, double loss);

  // A look at the validation set, whose train_loss is filled in; `is_last`: at the end of a whole run.
  void look(Look seen, bool is_last, const Schedule& schedule);

 private:
  void add(const Look& look, bool is_last);

  double learning_rate_;
  std::vector<Look> looks_;
  PlateauState plateau_;
  bool running_ = true;
  double loss_sum_ = 0;  // minibatch losses since the last look
  std::size_t loss_count_ = 0;
};

}  // namespace lrtune
