#include "train/lane_record.h"

#include <cmath>

namespace lrtune {

LaneRecord::LaneRecord(const TrialRequest& request) {
  trial_.stage = request.stage;
  trial_.learning_rate = request.learning_rate;
  trial_.seed = request.seed;
}

void LaneRecord::minibatch(std::size_t t, double loss) {
  if (!running_) return;
  if (!std::isfinite(loss)) return diverge(t);
  // The look at update 0 came before any minibatch: the first one's loss belongs to it too.
  if (t == 1) trial_.curve.train_loss.front() = loss;
  loss_sum_ += loss;
  ++loss_count_;
}

void LaneRecord::look(const Look& look, const Schedule& schedule) {
  if (!running_) return;
  if (!std::isfinite(look.loss)) return diverge(look.step);
  Curve& curve = trial_.curve;
  curve.step.push_back(look.step);
  curve.train_loss.push_back(loss_count_ == 0 ? 0 : loss_sum_ / static_cast<double>(loss_count_));
  curve.validation_loss.push_back(look.loss);
  if (look.has_error) curve.validation_error.push_back(look.error);
  loss_sum_ = 0;
  loss_count_ = 0;
  const bool high = look.loss > kBlowUp * curve.validation_loss.front();
  blew_up_ |= high;
  high_looks_ = high ? high_looks_ + 1 : 0;
  if (high_looks_ == kLooksInARow || (high && look.last)) return diverge(look.step);
  if (look.step > 0) schedule.look(plateau_, look.step, look.loss, trial_.learning_rate);
}

void LaneRecord::diverge(std::size_t step) {
  running_ = false;
  trial_.status = TrialStatus::diverged;
  trial_.ended_at_step = step;
  trial_.updates = step;
  if (step == 1 && trial_.curve.step.size() == 1) trial_.curve = {};  // not even the first minibatch loss was finite
}

Trial LaneRecord::finish(const ObjectiveRow& objective, std::size_t updates) const {
  Trial trial = trial_;
  if (!running_) return trial;
  trial.updates = updates;
  trial.recovered = blew_up_;
  trial.objective = objective.reduce(trial.curve.*objective.series);
  if (!trial.curve.validation_error.empty()) trial.validation_error = tail_mean(trial.curve.validation_error);
  return trial;
}

Trial LaneRecord::pause(std::size_t updates) const {
  Trial trial = trial_;
  if (!running_) return trial;
  trial.status = TrialStatus::pruned;
  trial.ended_at_step = updates;
  trial.updates = updates;
  return trial;
}

}  // namespace lrtune
