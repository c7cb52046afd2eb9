// describe_study.h: the results of `lrtune tune` and `lrtune train`, and a baseline, as files have them.
#pragma once

#include "lrtune/check.h"
#include "lrtune/study.h"
#include "lrtune/trial_run.h"
#include "record/describe.h"
#include "record/describe_head.h"
#include "record/describe_trial.h"

namespace lrtune {

void describe(auto& v, Record<Estimate> auto& e) {
  v.record("estimate", "a mean over seeds; standard_error is null with a single seed");
  v.field("mean", e.mean);
  v.field("standard_error", e.standard_error, from_zero());
}

void describe(auto& v, Record<RateRange> auto& r) {
  v.field("min", r.min, rate());
  v.field("max", r.max, rate());
}

void describe(auto& v, Record<Recommendation> auto& r) {
  v.field("learning_rate", r.learning_rate, rate("null if every trial diverged"));
  v.field("interval", r.interval, doc("where the best rate is, with 95 % certainty"));
  v.when_set(
      "regret_bound", r.regret_bound,
      from_zero("how much worse than the best rate it may be, with 95 % certainty: (m(rate) - m(best)) / (m(best) + "
                "L(0)/100), m the expected objective. Missing with one seed"));
  v.when_set("plateau", r.plateau, doc("rates whose expected objective is within search.tolerance of the best"));
  v.field("range", r.range, doc("usable rates, for cyclical schedules"));
  v.optional("divergence_margin_decades", r.divergence_margin_decades,
             doc("from the rate up to the lowest at which any seed diverged; null: none did"));
  v.field("objective", r.objective);
  v.when_set("objective_in_target_units", r.objective_in_target_units);
  v.field("validation_error", r.validation_error);
  v.field("seeds", r.seeds);
  v.field("status", r.status);
  v.field("notices", r.notices);
}

void describe(auto& v, Record<DefaultRate> auto& d) {
  v.field("learning_rate", d.learning_rate, rate());
  v.field("objective", d.objective);
  v.optional("diverged", d.diverged, doc("on any seed"));
}

void describe(auto& v, Record<Cost> auto& c) {
  v.field("trials", c.trials);
  v.field("full_runs", c.full_runs, from_zero("trained updates / updates of a full trial"));
}

void describe(auto& v, Record<Entry> auto& e) {
  v.record("entry", "");
  describe_optimizer(v, e);
  v.field("recommendation", e.recommendation);
  v.field("default", e.framework_default,
          doc("what the framework's default rate gives; objective is null if a seed diverged or the budget "
              "left no run for it"));
  v.field("cost", e.cost);
  v.when_set("stability", e.stability,
             doc("how sharp the training loss is, and the largest stable rate that follows; reported, never used to "
                 "choose. Missing if search.sharpness is false"));
  v.optional("trials", e.trials);
}

void describe(auto& v, Record<Overall> auto& o) {
  v.field("label", o.label, label());
  v.field("learning_rate", o.learning_rate, rate());
  v.field("objective", o.objective);
  v.field("not_told_apart", o.not_told_apart, doc("labels of other entries"));
  v.field("status", o.status);
}

void describe(auto& v, Record<Study> auto& s) {
  describe_beginning(v, s.head.tool_version);
  v.field("complete", s.complete, doc("false: the search was interrupted; every trial listed is intact"));
  describe_subject(v, s.head);
  v.field("recommendation", s.recommendation, doc("the best entry of all; null if no entry has a rate"));
  v.field("optimizers", s.optimizers);
  v.optional("run", s.head.run, kRunRule);
}

// Only those that are named.
void describe(auto& v, Record<ToleranceSettings> auto& t) {
  v.when_set("rate_decades", t.rate_decades, from_zero());
  v.when_set("loss_absolute", t.loss_absolute, from_zero());
  v.when_set("loss_relative", t.loss_relative, from_zero());
  v.when_set("loss_se", t.loss_se, from_zero());
}

// A result of `lrtune tune` as it is stored, which a baseline is too.
struct StoredStudy {
  Study study;
  std::optional<ToleranceSettings> tolerances;
};

void describe(auto& v, Record<StoredStudy> auto& s) {
  describe(v, s.study);
  v.when_set("tolerances", s.tolerances,
             doc("of a baseline, for lrtune check: decades, loss, share of the loss, standard errors"));
}

void describe(auto& v, Record<TrialRun> auto& r) {
  describe_beginning(v, r.head.tool_version);
  describe_subject(v, r.head);
  v.group("optimizer", {}, [&](auto& optimizer) { describe_optimizer(optimizer, r); });
  v.field("trial", r.trial);
  v.when_set("stability", r.stability, doc("of this trial's own seed and rate; missing unless it was asked for"));
  v.field("run", r.head.run, kRunRule);
}

}  // namespace lrtune
