#include "report/check_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "lrtune/enum_words.h"
#include "report/phrases.h"

namespace lrtune {
namespace {

std::string reason_text(const LabelCheck& c, const Tolerances& tolerances, Reason reason) {
  switch (reason) {
    case Reason::rate_lost:
      return "it no longer has a rate";
    case Reason::rate_moved:
      return fmt::format("the rate is {:.3g} decades {} (allowed: {:.3g})", std::fabs(c.decades.value_or(0)),
                         c.decades.value_or(0) < 0 ? "lower" : "higher", tolerances.rate_decades);
    case Reason::loss_lost:
      return "it no longer has an expected loss";
    case Reason::loss_worse:
      return fmt::format("the loss is worse by {:.3g} (allowed: {:.3g})", c.loss_change.value_or(0),
                         c.loss_allowed.value_or(0));
    case Reason::status_worse:
      return fmt::format("the status is worse: {}, was {}", word(c.status_now), word(c.status_before));
    case Reason::differs:
      return "not the same bytes";
    case Reason::no_rate:
      return "the baseline has no rate";
  }
  return "";
}

std::string label_prefix(const Difference& d) { return d.label ? *d.label + ": " : ""; }

std::string difference_count(const CheckReport& report, std::size_t worse) {
  return fmt::format("{}, in {} of {}", plural(report.differences.size(), "difference"), worse,
                     plural(report.labels.size(), "optimizer"));
}

std::string tolerance_text(const Tolerances& t) {
  std::string text =
      fmt::format("rate within {:.2g} decades before rounding, or in its interval or plateau; loss within {:.2g} %",
                  t.rate_decades, 100 * t.loss_relative);
  if (t.loss_absolute > 0) text += fmt::format(", {}", format_number(t.loss_absolute));
  return text + fmt::format(" or {:.2g} standard errors", t.loss_se);
}

}  // namespace

const char* verdict_word(Verdict verdict) {
  return verdict == Verdict::not_comparable ? "not comparable" : word(verdict);
}

const char* label_word(Verdict verdict) {
  return verdict == Verdict::not_comparable ? "not compared" : verdict_word(verdict);
}

std::string reasons_text(const LabelCheck& check, const Tolerances& tolerances) {
  std::vector<std::string> texts;
  for (Reason reason : check.reasons) texts.push_back(reason_text(check, tolerances, reason));
  return fmt::format("{}", fmt::join(texts, "; "));
}

std::string obstacle_fact(const Obstacle& obstacle) {
  struct FactText {
    std::string operator()(const NoBaseline& o) const { return fmt::format("there is no baseline at {}", o.file); }
    std::string operator()(const OtherSchema& o) const {
      return fmt::format("another version of the file format: the {1} has {0}, and this lrtune compares {2}", o.version,
                         word(o.which), o.known);
    }
    std::string operator()(const Incomplete& o) const {
      return fmt::format("the {} is incomplete: its search was interrupted", word(o.which));
    }
    std::string operator()(const OtherConfig& o) const {
      return fmt::format("the config differs: {}{} was {} in the baseline and is now {}", label_prefix(o.field),
                         o.field.where, o.field.before, o.field.now);
    }
    std::string operator()(const OtherData& o) const {
      return fmt::format("the data differ: their SHA-256 was {:.12}… in the baseline and is now {:.12}…", o.before,
                         o.now);
    }
    std::string operator()(const MissingLabel& o) const { return fmt::format("missing optimizer: {}", o.label); }
    std::string operator()(const ExtraLabel& o) const { return fmt::format("new optimizer: {}", o.label); }
  };
  return std::visit(FactText{}, obstacle);
}

std::string obstacle_text(const Obstacle& obstacle) {
  struct Advice {
    std::string operator()(const NoBaseline&) const {
      return "; make one with --update and --config CONFIG or a RESULT";
    }
    std::string operator()(const OtherSchema& o) const {
      return o.which == Compared::baseline ? "; replace it with --update and --config CONFIG or a RESULT" : "";
    }
    std::string operator()(const MissingLabel&) const { return " is in the baseline only"; }
    std::string operator()(const ExtraLabel&) const { return " is not in the baseline; add --allow-new to ignore it"; }
    std::string operator()(const Incomplete&) const { return ""; }
    std::string operator()(const OtherConfig&) const { return ""; }
    std::string operator()(const OtherData&) const { return ""; }
  };
  return obstacle_fact(obstacle) + std::visit(Advice{}, obstacle);
}

std::string obstacle_name(const Obstacle& obstacle) {
  struct Name {
    std::string operator()(const NoBaseline& o) const { return o.file; }
    std::string operator()(const OtherSchema& o) const { return word(o.which); }
    std::string operator()(const Incomplete& o) const { return word(o.which); }
    std::string operator()(const OtherConfig& o) const { return label_prefix(o.field) + o.field.where; }
    std::string operator()(const OtherData&) const { return "data"; }
    std::string operator()(const MissingLabel& o) const { return o.label; }
    std::string operator()(const ExtraLabel& o) const { return o.label; }
  };
  return std::visit(Name{}, obstacle);
}

std::string difference_text(const Difference& d) {
  return fmt::format("{}{}: {}, now {}", label_prefix(d), d.where, d.before, d.now);
}

std::string decades_text(const LabelCheck& c) {
  if (!c.decades) return kNothing;
  return c.rate_before == c.rate_now ? "0" : fmt::format("{:+.2f}", *c.decades);
}

// In percent of the loss before, where that is above 0.
std::string change_text(const LabelCheck& c) {
  if (!c.loss_change) return kNothing;
  if (*c.loss_change == 0) return "0";
  const bool relative = c.loss_before && c.loss_before->mean > 0;
  const double change = relative ? 100 * *c.loss_change / c.loss_before->mean : *c.loss_change;
  return fmt::format("{}{}{}", change > 0 ? "+" : "", format_number(round_significant(change, 2)),
                     relative ? " %" : "");
}

std::string figures_text(const LabelCheck& c) {
  return fmt::format("rate {}, now {}; loss {}, now {}; status {}", rate_text(c.rate_before), rate_text(c.rate_now),
                     estimate_text(c.loss_before), estimate_text(c.loss_now), status_text(c));
}

std::string status_text(const LabelCheck& c) {
  if (c.status_before == c.status_now) return word(c.status_now);
  return fmt::format("{} → {}", word(c.status_before), word(c.status_now));
}

std::string conclusion(const CheckReport& report) {
  const auto worse =
      static_cast<std::size_t>(std::ranges::count(report.labels, Verdict::regression, &LabelCheck::verdict));
  const std::string how = report.exact ? std::string("to the byte") : tolerance_text(report.tolerances);
  switch (report.verdict) {
    case Verdict::pass:
      return fmt::format("pass: {} compared; {}", plural(report.compared, "optimizer"), how);
    case Verdict::regression:
      return fmt::format("regression: {}; {}",
                         report.exact ? difference_count(report, worse)
                                      : fmt::format("{} of {} got worse", worse, plural(report.compared, "optimizer")),
                         how);
    case Verdict::inconclusive:
      return "inconclusive: nothing was compared; no optimizer of the baseline has a rate";
    case Verdict::not_comparable:
      return fmt::format("not comparable: {}{}", plural(report.obstacles.size(), "obstacle"),
                         report.labels.empty() ? "" : "; the figures are for information");
  }
  return "";
}

}  // namespace lrtune
