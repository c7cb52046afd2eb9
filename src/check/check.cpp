#include "lrtune/check.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/math.h"

namespace lrtune {
namespace {

const Entry* find_entry(const Study& study, const std::string& label) {
  const auto found = std::ranges::find(study.optimizers, label, &Entry::label);
  return found == study.optimizers.end() ? nullptr : &*found;
}

// What overflows is as large as a double can be.
double finite(double value) {
  constexpr double kLargest = std::numeric_limits<double>::max();
  return std::min(std::max(value, -kLargest), kLargest);
}

// √(a² + b²) without squares that overflow.
double root_of_squares(double a, double b) {
  const double larger = std::max(a, b);
  if (larger == 0) return 0;
  return finite(larger * std::sqrt(a / larger * (a / larger) + b / larger * (b / larger)));
}

double allowed_change(const Estimate& before, const Estimate& now, const Tolerances& tolerances) {
  const double error = root_of_squares(before.standard_error.value_or(0), now.standard_error.value_or(0));
  return finite(std::max(
      {tolerances.loss_absolute, tolerances.loss_relative * std::fabs(before.mean), tolerances.loss_se * error}));
}

// Rates have two digits: how far apart, in decades, those may have been at least that were rounded to these two.
double least_decades(double a, double b) {
  constexpr double kSlack = 1e-9;  // log10 of a power of ten may come out a little below
  const auto [lower, higher] = std::minmax(a, b);
  const auto unit = [](double rate) { return math::pow(10, std::floor(math::log10(rate) + kSlack) - 1); };
  const bool is_power = higher < (10 + kSlack) * unit(higher);  // of ten: below it, units are smaller
  const double lowest = higher - 0.5 * unit(higher) / (is_power ? 10 : 1);
  return std::max(0.0, math::log10(lowest / (lower + 0.5 * unit(lower))));
}

bool is_near(const LabelCheck& c, double most_decades) {
  if (c.inside_interval || *c.rate_before == *c.rate_now) return true;
  return most_decades > 0 && least_decades(*c.rate_before, *c.rate_now) <= most_decades;
}

// The numbers, without a verdict.
LabelCheck measured(const Entry& before, const Entry& now, const Tolerances& tolerances) {
  const Recommendation& old = before.recommendation;
  const Recommendation& fresh = now.recommendation;
  LabelCheck c;
  c.label = before.label;
  c.rate_before = old.learning_rate;
  c.rate_now = fresh.learning_rate;
  if (c.rate_before && c.rate_now) c.decades = math::log10(*c.rate_now) - math::log10(*c.rate_before);
  const auto is_between = [&](double low, double high) {
    return c.rate_now && low <= *c.rate_now && *c.rate_now <= high;
  };
  c.inside_interval = (old.interval && is_between((*old.interval)[0], (*old.interval)[1])) ||
                      (old.plateau && is_between(old.plateau->min, old.plateau->max));
  c.loss_before = old.objective;
  c.loss_now = fresh.objective;
  if (c.loss_before && c.loss_now) {
    c.loss_change = finite(c.loss_now->mean - c.loss_before->mean);
    c.loss_allowed = allowed_change(*c.loss_before, *c.loss_now, tolerances);
  }
  c.status_before = old.status;
  c.status_now = fresh.status;
  return c;
}

std::vector<Reason> shortcomings(const LabelCheck& c, const Tolerances& tolerances) {
  std::vector<Reason> reasons;
  if (!c.rate_before) return {Reason::no_rate};
  if (!c.rate_now) {
    reasons.push_back(Reason::rate_lost);
  } else {
    if (!is_near(c, tolerances.rate_decades)) reasons.push_back(Reason::rate_moved);
    if (c.loss_before && !c.loss_now) reasons.push_back(Reason::loss_lost);
    if (c.loss_change && *c.loss_change > *c.loss_allowed) reasons.push_back(Reason::loss_worse);
  }
  if (c.status_now > c.status_before) reasons.push_back(Reason::status_worse);
  return reasons;
}

Verdict verdict_of(const std::vector<Reason>& reasons) {
  if (reasons.empty()) return Verdict::pass;
  return reasons.front() == Reason::no_rate ? Verdict::inconclusive : Verdict::regression;
}

void judge_exactly(const std::vector<Difference>& differences, LabelCheck& c) {
  const bool differs = std::ranges::find(differences, std::optional(c.label), &Difference::label) != differences.end();
  c.reasons.clear();
  if (differs) c.reasons.push_back(Reason::differs);
  c.verdict = differs ? Verdict::regression : Verdict::pass;
}

void leave_unjudged(LabelCheck& c) {
  c.reasons.clear();
  c.verdict = Verdict::not_comparable;
}

Verdict overall(const CheckReport& report) {
  const auto is_worse = [](const LabelCheck& c) { return c.verdict == Verdict::regression; };
  if (!report.obstacles.empty()) return Verdict::not_comparable;
  if (!report.differences.empty() || std::ranges::any_of(report.labels, is_worse)) return Verdict::regression;
  return report.compared == 0 ? Verdict::inconclusive : Verdict::pass;
}

}  // namespace

ToleranceSettings merge(const ToleranceSettings& first, const ToleranceSettings& second) {
  const auto either = [](const auto& a, const auto& b) { return a ? a : b; };
  return {either(first.rate_decades, second.rate_decades), either(first.loss_absolute, second.loss_absolute),
          either(first.loss_relative, second.loss_relative), either(first.loss_se, second.loss_se)};
}

Tolerances resolve(const ToleranceSettings& settings, std::size_t coarse_per_decade) {
  const Tolerances usual;
  return {settings.rate_decades.value_or(0.5 / static_cast<double>(coarse_per_decade)),
          settings.loss_absolute.value_or(usual.loss_absolute), settings.loss_relative.value_or(usual.loss_relative),
          settings.loss_se.value_or(usual.loss_se)};
}

std::vector<Obstacle> obstacles(const Study& baseline, const Study& result, const std::vector<Difference>& config,
                                ExtraLabels extra) {
  std::vector<Obstacle> found;
  if (!baseline.complete) found.push_back(Incomplete{Compared::baseline});
  if (!result.complete) found.push_back(Incomplete{Compared::result});
  for (const Difference& difference : config) found.push_back(OtherConfig{difference});
  const std::string& before = baseline.head.subject.fingerprint;
  const std::string& now = result.head.subject.fingerprint;
  if (before != now) found.push_back(OtherData{before, now});
  for (const Entry& entry : baseline.optimizers)
    if (find_entry(result, entry.label) == nullptr) found.push_back(MissingLabel{entry.label});
  for (const Entry& entry : result.optimizers)
    if (extra == ExtraLabels::refused && find_entry(baseline, entry.label) == nullptr)
      found.push_back(ExtraLabel{entry.label});
  return found;
}

bool only_data_differ(const std::vector<Obstacle>& obstacles) {
  return obstacles.size() == 1 && std::holds_alternative<OtherData>(obstacles.front());
}

std::vector<LabelCheck> compare(const Study& baseline, const Study& result, const Tolerances& tolerances) {
  std::vector<LabelCheck> labels;
  for (const Entry& before : baseline.optimizers) {
    const Entry* now = find_entry(result, before.label);
    if (now == nullptr) continue;
    LabelCheck c = measured(before, *now, tolerances);
    c.reasons = shortcomings(c, tolerances);
    c.verdict = verdict_of(c.reasons);
    labels.push_back(std::move(c));
  }
  return labels;
}

CheckReport check(const Study& baseline, const Study& result, const Tolerances& tolerances,
                  std::vector<Obstacle> obstacles, const std::optional<std::vector<Difference>>& exact) {
  CheckReport report;
  report.tolerances = tolerances;
  report.exact = exact.has_value();
  report.obstacles = std::move(obstacles);
  const bool is_comparable = report.obstacles.empty();
  if (is_comparable || only_data_differ(report.obstacles)) report.labels = compare(baseline, result, tolerances);
  if (!is_comparable) {
    for (LabelCheck& c : report.labels) leave_unjudged(c);
  } else if (exact) {
    report.differences = *exact;
    for (LabelCheck& c : report.labels) judge_exactly(*exact, c);
  }
  const auto is_compared = [](const LabelCheck& c) {
    return c.verdict == Verdict::pass || c.verdict == Verdict::regression;
  };
  report.compared = static_cast<std::size_t>(std::ranges::count_if(report.labels, is_compared));
  report.verdict = overall(report);
  return report;
}

CheckReport not_comparable(const Tolerances& tolerances, std::vector<Obstacle> obstacles) {
  CheckReport report;
  report.tolerances = tolerances;
  report.obstacles = std::move(obstacles);
  report.verdict = Verdict::not_comparable;
  return report;
}

}  // namespace lrtune
