// describe_trial.h: a trial, its curve, and how stable a training is, as files have them.
#pragma once

#include "lrtune/stability.h"
#include "lrtune/trial.h"
#include "record/describe.h"

namespace lrtune {

void describe(auto& v, Record<Curve> auto& c) {
  v.field("step", c.step);
  v.field("train_loss", c.train_loss);
  v.field("validation_loss", c.validation_loss);
  v.field("validation_error", c.validation_error);
}

inline bool is_sound(const Curve& c) {
  const std::size_t looks = c.step.size();
  const bool errors = c.validation_error.empty() || c.validation_error.size() == looks;
  return c.train_loss.size() == looks && c.validation_loss.size() == looks && errors;
}

void describe(auto& v, Record<Trial> auto& t) {
  v.record("trial", "");
  v.field("stage", t.stage);
  v.field("learning_rate", t.learning_rate, rate());
  v.field("seed", t.seed);
  v.field("status", t.status);
  v.field("class", t.trial_class);
  v.field("ended_at_step", t.ended_at_step);
  v.when_set(
      "recovered", t.recovered,
      doc("the validation loss was above 4 times its first value at the end of an epoch, yet the trial completed"));
  v.field("updates", t.updates);
  v.field("curve", t.curve, doc("lists of equal length; validation_error is empty for regression"));
  v.field("objective", t.objective);
  v.field("validation_error", t.validation_error);
}

void describe(auto& v, Record<Sharpness> auto& s) {
  v.record(
      "sharpness",
      "the largest eigenvalue of a Hessian of the mean training loss; converged: the residual is within 1 % of it");
  v.field("value", s.value);
  v.field("products", s.products, at_least(1));
  v.field("converged", s.converged);
}

void describe(auto& v, Record<StabilityPoint> auto& p) {
  v.record("stability_point", "");
  v.field("sharpness", p.sharpness);
  v.field("preconditioned", p.preconditioned);
  v.field("edge", p.edge,
          rate("rate from which on a quadratic of this curvature is unstable; null without a formula or without "
               "positive curvature"));
}

void describe(auto& v, Record<Stability> auto& s) {
  v.field("start", s.start);
  v.field("end", s.end, doc("after a full training at the recommended rate, seed 0; null without one"));
  v.field("lowest_diverged", s.lowest_diverged,
          rate("lowest rate at which a trial of any seed diverged; null if none did"));
  v.field("full_runs", s.full_runs, from_zero("what this took, in full trainings; not part of cost"));
}

}  // namespace lrtune
