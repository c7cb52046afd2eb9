// describe_check.h: the report of `lrtune check --json`, as a file has it.
#pragma once

#include <array>

#include "lrtune/check.h"
#include "record/describe.h"
#include "record/describe_head.h"
#include "record/describe_study.h"
#include "record/obstacle_row.h"

namespace lrtune {

// All of them. A file may lack some, as a baseline may.
void describe(auto& v, Record<Tolerances> auto& t) {
  v.optional("rate_decades", t.rate_decades, from_zero());
  v.optional("loss_absolute", t.loss_absolute, from_zero());
  v.optional("loss_relative", t.loss_relative, from_zero());
  v.optional("loss_se", t.loss_se, from_zero());
}

void describe(auto& v, Record<Difference> auto& d) {
  v.field("label", d.label, doc("null outside of optimizers"));
  v.field("where", d.where, doc("JSON path"));
  v.field("before", d.before);
  v.field("now", d.now);
}

void describe(auto& v, Record<Obstacle> auto& o) {
  ObstacleRow row = row_of(o);
  v.field("label", row.label);
  v.field("where", row.where, doc("a field, a label, or which of the two"));
  v.field("before", row.before);
  v.field("now", row.now);
  v.field("kind", row.kind);
  set(o, obstacle_of(row));
}

void describe(auto& v, Record<LabelCheck> auto& c) {
  v.record("optimizer", "");
  v.field("label", c.label, label());
  v.field("verdict", c.verdict);
  v.field("reasons", c.reasons, doc("unless it passes"));
  v.group("learning_rate", {}, [&](auto& rates) {
    rates.field("before", c.rate_before, rate());
    rates.field("now", c.rate_now, rate());
    rates.field("decades", c.decades, doc("log10(now / before)"));
    rates.field("inside_interval", c.inside_interval, doc("now, in the baseline's interval"));
  });
  v.group("objective", {}, [&](auto& losses) {
    losses.field("before", c.loss_before);
    losses.field("now", c.loss_now);
    losses.field("change", c.loss_change, doc("now - before"));
    losses.field("allowed", c.loss_allowed, from_zero("the largest change that passes"));
  });
  v.group("status", {}, [&](auto& statuses) {
    statuses.field("before", c.status_before);
    statuses.field("now", c.status_now);
  });
}

struct StoredCheck {
  std::string tool_version;
  CheckReport report;
  int exit_code = 0;
};

constexpr std::array kCheckExitCodes = {0, 3, 4, 5};

void describe(auto& v, Record<StoredCheck> auto& s) {
  auto& r = s.report;
  describe_beginning(v, s.tool_version);
  v.field("baseline", r.baseline, doc("as it was named"));
  v.field("result", r.result, doc("as it was named, or what was run"));
  v.field("verdict", r.verdict);
  v.field("exit_code", s.exit_code, {.choices = kCheckExitCodes});
  v.field("exact", r.exact, doc("whether the same bytes were required"));
  v.field("tolerances", r.tolerances,
          doc("of a baseline, for lrtune check: decades, loss, share of the loss, standard errors"));
  v.field("compared", r.compared, doc("number of optimizers"));
  v.field("obstacles", r.obstacles, doc("why the two cannot be compared"));
  v.field("differences", r.differences, doc("of --exact"));
  v.field("optimizers", r.labels);
}

}  // namespace lrtune
