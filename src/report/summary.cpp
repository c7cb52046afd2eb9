#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "lrtune/report.h"
#include "report/notice_words.h"
#include "report/phrases.h"
#include "report/table.h"

namespace lrtune {
namespace {

constexpr const char* kNothing = "–";

std::string rate_text(const Recommendation& r) { return r.learning_rate ? format_number(*r.learning_rate) : kNothing; }

std::string interval_text(const Recommendation& r) {
  if (!r.interval) return kNothing;
  return fmt::format("{} … {}", format_number((*r.interval)[0]), format_number((*r.interval)[1]));
}

std::string error_text(const Recommendation& r) {
  return r.validation_error ? fmt::format("{:.2f} %", 100 * r.validation_error->mean) : kNothing;
}

// How much worse the framework's default rate is than the recommended one.
std::string default_text(const Entry& entry) {
  const DefaultRate& d = entry.framework_default;
  if (!d.objective) return fmt::format("{} {}", format_number(d.learning_rate), d.diverged ? "diverges" : "not run");
  if (!entry.recommendation.objective || entry.recommendation.objective->mean <= 0)
    return fmt::format("{}: {:.4g}", format_number(d.learning_rate), d.objective->mean);
  const double excess = d.objective->mean / entry.recommendation.objective->mean - 1;
  return fmt::format("{}: {:+.0f} %", format_number(d.learning_rate), 100 * excess);
}

// What happened beyond the recommended rate: how far the range was extended, and from where on trials failed.
std::string edge_text(const Entry& entry) {
  if (!entry.recommendation.learning_rate) return "";
  std::optional<double> lowest, highest, fails;  // of the coarse stage; of all trials that failed above the rate
  for (const Trial& trial : entry.trials) {
    const double tried = trial.learning_rate;
    if (trial.stage == Stage::coarse && (!lowest || tried < *lowest)) lowest = tried;
    if (trial.stage == Stage::coarse && (!highest || tried > *highest)) highest = tried;
    const bool failed = trial.status == TrialStatus::diverged && tried > *entry.recommendation.learning_rate;
    if (failed && (!fails || tried < *fails)) fails = tried;
  }
  std::optional<double> down, up;
  for (const Trial& trial : entry.trials) {
    if (trial.stage != Stage::extend) continue;
    const double tried = trial.learning_rate;
    if (lowest && tried < *lowest && (!down || tried < *down)) down = tried;
    if (highest && tried > *highest && (!up || tried > *up)) up = tried;
  }
  std::vector<std::string> parts;
  if (down) parts.push_back(fmt::format("extended to {}", format_number(*down)));
  if (up) parts.push_back(fmt::format("extended to {}", format_number(*up)));
  if (fails) parts.push_back(fmt::format("fails from {}", format_number(*fails)));
  return fmt::format("{}", fmt::join(parts, ", "));
}

// "loss" or "error": what the objective is a kind of.
std::string objective_word(const Study& study) { return study.objective.ends_with("error") ? "error" : "loss"; }

std::string cost_line(const Study& study) {
  Cost total;
  for (const Entry& entry : study.optimizers) {
    total.trials += entry.cost.trials;
    total.full_runs += entry.cost.full_runs;
  }
  return fmt::format("{} trials, the work of {:.0f} full runs, in {}\n", total.trials, total.full_runs,
                     effort_text(study.head.run));
}

std::string overall_line(const Study& study) {
  if (!study.recommendation) return "No optimizer has a learning rate at which every seed completed.\n";
  const Overall& best = *study.recommendation;
  std::string text =
      fmt::format("Recommended: {} at {}, expected {} {}.\n", best.label, format_number(best.learning_rate),
                  objective_word(study), estimate_text(best.objective));
  if (!best.not_told_apart.empty())
    text += fmt::format("These seeds cannot tell it from: {}.\n", fmt::join(best.not_told_apart, ", "));
  return text;
}

}  // namespace

const char* word(RateStatus status) {
  switch (status) {
    case RateStatus::ok:
      return "ok";
    case RateStatus::noisy:
      return "noisy";
    case RateStatus::flat:
      return "flat";
    case RateStatus::edge:
      return "edge";
    case RateStatus::stuck:
      return "stuck";
    case RateStatus::all_diverged:
      return "all_diverged";
  }
  return "";
}

const char* word(TrialStatus status) {
  switch (status) {
    case TrialStatus::completed:
      return "completed";
    case TrialStatus::diverged:
      return "diverged";
    case TrialStatus::pruned:
      return "pruned";
  }
  return "";
}

std::string summary(const Study& study) {
  const bool has_errors = std::ranges::any_of(
      study.optimizers, [](const Entry& e) { return e.recommendation.validation_error.has_value(); });
  std::vector<Column> columns = {{"optimizer", Align::left},
                                 {"rate", Align::right},
                                 {"95 % interval", Align::right},
                                 {fmt::format("expected {}", objective_word(study)), Align::right}};
  if (has_errors) columns.push_back({"error", Align::right});
  columns.push_back({fmt::format("default rate's {}", objective_word(study)), Align::right});
  columns.push_back({"status", Align::left});
  columns.push_back({"edges", Align::left});
  std::vector<std::vector<std::string>> rows;
  for (const Entry& entry : study.optimizers) {
    const Recommendation& r = entry.recommendation;
    std::vector<std::string> row = {entry.label, rate_text(r), interval_text(r),
                                    r.objective ? estimate_text(*r.objective) : kNothing};
    if (has_errors) row.push_back(error_text(r));
    row.push_back(default_text(entry));
    row.emplace_back(word(r.status));
    row.push_back(edge_text(entry));
    rows.push_back(std::move(row));
  }
  return subject_line(study.head.subject) + table(columns, rows) + "\n" + overall_line(study) + cost_line(study);
}

std::string notices(const Study& study) {
  struct Group {
    const Notice* notice;
    std::string labels;
  };
  std::string text;
  for (const Notice& notice : study.head.subject.notices) text += fmt::format("data: {}\n", notice_line(notice));
  std::vector<Group> groups;
  for (const Entry& entry : study.optimizers)
    for (const Notice& notice : entry.recommendation.notices) {
      const auto same = std::ranges::find_if(groups, [&](const Group& g) { return *g.notice == notice; });
      if (same == groups.end())
        groups.push_back({&notice, entry.label});
      else
        same->labels += fmt::format(", {}", entry.label);
    }
  for (const Group& g : groups)
    text += fmt::format("{}: {}: {}\n", g.labels, notice_name(g.notice->kind), notice_line(*g.notice));
  return text;
}

std::string stability_summary(const Stability& stability) {
  const auto line = [](const char* where, const StabilityPoint& point) {
    std::string text = fmt::format("{}: sharpness ", where);
    text += point.sharpness ? fmt::format("λ = {:.4g}", point.sharpness->value) : kNothing;
    if (point.preconditioned) text += fmt::format(", preconditioned {:.4g}", point.preconditioned->value);
    if (point.edge) text += fmt::format("; on a quadratic of this curvature, unstable from {:.3g}", *point.edge);
    return text + "\n";
  };
  return line("start", stability.start) + (stability.end ? line("end", *stability.end) : "");
}

std::string trial_summary(const std::string& label, const Trial& trial) {
  std::vector<Column> columns = {
      {"update", Align::right}, {"train loss", Align::right}, {"validation loss", Align::right}};
  const Curve& curve = trial.curve;
  if (!curve.validation_error.empty()) columns.push_back({"error", Align::right});
  std::vector<std::vector<std::string>> rows;
  for (std::size_t i = 0; i < curve.step.size(); ++i) {
    rows.push_back({fmt::format("{}", curve.step[i]), fmt::format("{:.5g}", curve.train_loss[i]),
                    fmt::format("{:.5g}", curve.validation_loss[i])});
    if (!curve.validation_error.empty())
      rows.back().push_back(fmt::format("{:.2f} %", 100 * curve.validation_error[i]));
  }
  std::string text = table(columns, rows);
  text +=
      fmt::format("\n{} at {}, seed {}: {}", label, format_number(trial.learning_rate), trial.seed, word(trial.status));
  if (trial.ended_at_step) text += fmt::format(" at update {}", *trial.ended_at_step);
  if (trial.objective) text += fmt::format(", objective {:.6g}", *trial.objective);
  if (trial.validation_error)
    text += fmt::format(", validation accuracy {:.2f} %", 100 * (1 - *trial.validation_error));
  return text + "\n";
}

}  // namespace lrtune
