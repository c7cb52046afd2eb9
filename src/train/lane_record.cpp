#include "train/lane_record.h"

#include <cmath>

namespace lrtune {

void LaneRecord::minibatch(std::size_t t, double loss) {
  if (!running_) return;
  // The look at update 0 came before any minibatch: the first one's loss belongs to it too.
  if (t == 1 && std::isfinite(loss)) looks_.front().train_loss = loss;
  if (!std::isfinite(loss)) return add({t, loss, loss}, false);
  loss_sum_ += loss;
  ++loss_count_;
}

void LaneRecord::look(Look seen, bool is_last, const Schedule& schedule) {
  if (!running_) return;
  seen.train_loss = loss_count_ == 0 ? 0 : loss_sum_ / static_cast<double>(loss_count_);
  add(seen, is_last);
  loss_sum_ = 0;
  loss_count_ = 0;
  if (running_ && seen.step > 0) schedule.look(plateau_, seen.step, seen.validation_loss, learning_rate_);
}

void LaneRecord::add(const Look& look, bool is_last) {
  // The first update leaves nothing finite: neither does the trial keep what was there before it.
  if (look.step == 1 && looks_.size() == 1 && !std::isfinite(look.validation_loss)) looks_.clear();
  looks_.push_back(look);
  running_ = !ends_diverged(looks_, is_last);
}

}  // namespace lrtune
