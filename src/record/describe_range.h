// describe_range.h: the result of `lrtune range`, as a file has it. What heuristics say stands under their names, which
// the study has once.
#pragma once

#include "lrtune/range.h"
#include "record/describe.h"
#include "record/describe_head.h"

namespace lrtune {

void describe(auto& v, Record<RangeOptions> auto& o) {
  v.field("updates", o.updates, at_least(2));
  v.field("from", o.from, rate());
  v.field("to", o.to, rate());
  v.field("growth", o.growth);
  v.field("loss", o.loss);
  v.field("smoothing", o.smoothing, {.bounds = {.min = 0, .max = 1, .max_open = true}});
  v.field("stop_factor", o.stop_factor, {.bounds = {.min = 1, .min_open = true}});
}

void describe(auto& v, Record<LossCurve> auto& c) {
  v.field("learning_rate", c.rate, rate());
  v.field("loss", c.loss);
  v.field("smoothed_loss", c.smoothed);
}

inline bool is_sound(const LossCurve& c) {
  return c.loss.size() == c.rate.size() && c.smoothed.size() == c.rate.size();
}

void describe(auto& v, Record<Suggestion> auto& s) {
  v.field("learning_rate", s.learning_rate, rate("null: it abstains"));
  v.when_set("lowest_rate", s.lowest_rate, rate("smith: where a cycle begins"));
  v.field("why", s.why, filled());
}

void describe(auto& v, Record<Agreement> auto& a) {
  v.field("learning_rate", a.learning_rate, rate("median; null if every seed abstained"));
  v.when_set("lowest_rate", a.lowest_rate, rate("smith: where a cycle begins, median"));
  v.field("spread_decades", a.spread_decades,
          from_zero("log10 of the highest / the lowest seed's; null with fewer than two"));
  v.field("abstained", a.abstained, doc("seeds without a suggestion"));
}

void describe(auto& v, Record<RangeRun> auto& r, const std::vector<std::string>& heuristics) {
  v.record("run", "");
  v.field("seed", r.seed);
  v.field("status", r.status);
  v.field("ended_at_update", r.ended_at_update, at_least(1, "counted from 1; null if all updates were made"));
  v.field("curve", r.curve, doc("lists of equal length, one number per update"));
  v.by_name("suggestions", heuristics, r.suggestions, doc("by heuristic"));
}

void describe(auto& v, Record<RangeEntry> auto& e, const std::vector<std::string>& heuristics) {
  v.record("entry", "");
  describe_optimizer(v, e);
  v.by_name("suggestions", heuristics, e.agreements, doc("by heuristic, over all seeds"));
  v.field("runs", e.runs, {}, heuristics);
}

void describe(auto& v, Record<RangeStudy> auto& s) {
  describe_beginning(v, s.head.tool_version);
  describe_subject(v, s.head);
  v.field("range", s.options);
  v.field("optimizers", s.optimizers, {}, s.heuristics);
  v.field("run", s.head.run, kRunRule);
}

}  // namespace lrtune
