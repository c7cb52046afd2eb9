// A Study as pages: the table that `lrtune tune` prints, its trials, their curves.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "lrtune/enum_words.h"
#include "report/pages.h"
#include "report/phrases.h"
#include "report/trial_tables.h"

namespace lrtune {
namespace {

// How much worse the framework's default rate is than the recommended one.
constexpr double kMostTimes = 10;  // of the best loss, that is told as a percentage

std::string default_text(const Entry& entry) {
  const DefaultRate& d = entry.framework_default;
  if (!d.objective) return fmt::format("{} {}", format_number(d.learning_rate), d.diverged ? "diverges" : "not run");
  const auto& best = entry.recommendation.objective;
  // Where next to nothing is left of the best loss, a ratio says nothing.
  if (!best || d.objective->mean > kMostTimes * best->mean)
    return fmt::format("{}: {:.4g}", format_number(d.learning_rate), d.objective->mean);
  return fmt::format("{}: {:+.0f} %", format_number(d.learning_rate), 100 * (d.objective->mean / best->mean - 1));
}

SheetCell default_cell(const Entry& entry) {
  const DefaultRate& d = entry.framework_default;
  const std::vector<CellValue> objective = values_of(d.objective);
  return {default_text(entry), {d.learning_rate, objective[0], objective[1], d.diverged}};
}

// Widens [lowest, highest] to the rate.
void include(double rate, std::optional<double>& lowest, std::optional<double>& highest) {
  lowest = lowest ? std::min(*lowest, rate) : rate;
  highest = highest ? std::max(*highest, rate) : rate;
}

// What happened beyond the recommended rate: how far the range was extended, and from where on trials failed.
struct Edges {
  std::optional<double> down;
  std::optional<double> up;
  std::optional<double> fails;
};

Edges edges_of(const Entry& entry) {
  Edges edges;
  if (!entry.recommendation.learning_rate) return edges;
  std::optional<double> lowest, highest, extended_lowest, extended_highest;
  for (const Trial& trial : entry.trials) {
    if (trial.stage == Stage::coarse) include(trial.learning_rate, lowest, highest);
    if (trial.stage == Stage::extend) include(trial.learning_rate, extended_lowest, extended_highest);
    const bool failed =
        trial.status == TrialStatus::diverged && trial.learning_rate > *entry.recommendation.learning_rate;
    if (failed && (!edges.fails || trial.learning_rate < *edges.fails)) edges.fails = trial.learning_rate;
  }
  if (lowest && extended_lowest && *extended_lowest < *lowest) edges.down = extended_lowest;
  if (highest && extended_highest && *extended_highest > *highest) edges.up = extended_highest;
  return edges;
}

// For programs only, as range and interval.
SheetCell edges_cell(const Entry& entry) {
  const Edges edges = edges_of(entry);
  return {"", {value_of(edges.down), value_of(edges.up), value_of(edges.fails)}};
}

SheetCell interval_cell(const Entry& entry) {
  const auto& interval = entry.recommendation.interval;
  if (!interval) return {"", {CellValue(), CellValue()}};
  return {"", {(*interval)[0], (*interval)[1]}};
}

SheetCell plateau_cell(const Entry& entry) {
  const auto& plateau = entry.recommendation.plateau;
  if (!plateau) return {kNothing, {CellValue(), CellValue()}};
  return {fmt::format("{} … {}", format_number(plateau->min), format_number(plateau->max)),
          {plateau->min, plateau->max}};
}

SheetCell bound_cell(const Entry& entry) {
  const auto& bound = entry.recommendation.regret_bound;
  return {bound ? fmt::format("{} %", format_number(round_significant(100 * *bound, 2))) : kNothing, {value_of(bound)}};
}

SheetCell estimate_cell(const std::optional<Estimate>& estimate) {
  return {estimate_text(estimate), values_of(estimate)};
}

// For programs only: rates for cyclical schedules, and how far it is to the lowest rate that diverges.
SheetCell range_cell(const Entry& entry) {
  const Recommendation& r = entry.recommendation;
  std::optional<double> lowest, highest;
  if (r.range) lowest = r.range->min;
  if (r.range) highest = r.range->max;
  return {"", {value_of(lowest), value_of(highest), value_of(r.divergence_margin_decades)}};
}

// "loss" or "error": what the objective is a kind of.
bool is_of_errors(const Study& study) { return study.objective.ends_with("error"); }
std::string objective_word(const Study& study) { return is_of_errors(study) ? "error" : "loss"; }

Sheet recommendations_table(const Study& study) {
  const auto any_has = [&study](std::optional<Estimate> Recommendation::*member) {
    return std::ranges::any_of(study.optimizers,
                               [&](const Entry& e) { return (e.recommendation.*member).has_value(); });
  };
  const std::string units = any_has(&Recommendation::objective_in_target_units) ? "target units²" : "";
  const std::string best = study.recommendation ? study.recommendation->label : "";
  const std::vector<ColumnOf<Entry>> columns = {
      {{"optimizer", Align::left, {"label", "name"}},
       [](const Entry& e) {
         return SheetCell{e.label, {e.label, e.name}};
       }},
      {{"rate", Align::right, {"learning_rate"}},
       [](const Entry& e) {
         return SheetCell{rate_text(e.recommendation.learning_rate), {value_of(e.recommendation.learning_rate)}};
       }},
      {{"plateau", Align::right, {"plateau_min", "plateau_max"}}, plateau_cell},
      {{"", Align::right, {"interval_low", "interval_high"}}, interval_cell},
      {{"", Align::right, {"range_min", "range_max", "divergence_margin_decades"}}, range_cell},
      {{"expected " + objective_word(study), Align::right, {"objective", "objective_standard_error"}},
       [](const Entry& e) { return estimate_cell(e.recommendation.objective); }},
      {{units, Align::right, {"objective_in_target_units", "objective_in_target_units_standard_error"}},
       [](const Entry& e) { return estimate_cell(e.recommendation.objective_in_target_units); }},
      {{"at most above best", Align::right, {"regret_bound"}}, bound_cell},
      {{"", Align::right, {"validation_error", "validation_error_standard_error"}},
       [](const Entry& e) {
         return SheetCell{"", values_of(e.recommendation.validation_error)};
       }},
      {{fmt::format("default rate's {}", objective_word(study)),
        Align::right,
        {"default_learning_rate", "default_objective", "default_objective_standard_error", "default_diverged"}},
       default_cell},
      {{"status", Align::left, {"status"}},
       [](const Entry& e) {
         const char* status = word(e.recommendation.status);
         return SheetCell{status, {std::string(status)}};
       }},
      {{"", Align::left, {"extended_down_to", "extended_up_to", "diverges_from"}}, edges_cell},
      {{"", Align::left, {"seeds", "trials", "full_runs", "best"}}, [best](const Entry& e) {
         return SheetCell{"", {e.recommendation.seeds, e.cost.trials, e.cost.full_runs, e.label == best}};
       }}};
  return tabulate(columns, study.optimizers);
}

std::string cost_line(const Study& study) {
  Cost total;
  for (const Entry& entry : study.optimizers) {
    total.trials += entry.cost.trials;
    total.full_runs += entry.cost.full_runs;
  }
  return fmt::format("{} trials, the work of {:.0f} full runs{}\n", total.trials, total.full_runs,
                     effort_text(study.head.run));
}

std::string overall_line(const Study& study) {
  if (!study.recommendation) return "No optimizer has a learning rate at which every seed completed.\n";
  const Overall& best = *study.recommendation;
  std::string text =
      fmt::format("Recommended: {} at {}, expected {} {}.\n", best.label, format_number(best.learning_rate),
                  objective_word(study), estimate_text(best.objective));
  if (!best.not_told_apart.empty())
    text += fmt::format("On these seeds it cannot be distinguished from {}.\n", fmt::join(best.not_told_apart, ", "));
  return text;
}

constexpr std::array kTables = {TableName::recommendations, TableName::trials, TableName::curves};

}  // namespace

std::span<const TableName> tables_of(const Study&) { return kTables; }

Page page_of(const Study& study, TableName table) {
  const std::string subject = subject_line(study.head.subject);
  if (table == TableName::recommendations)
    return {subject, recommendations_table(study),
            overall_line(study) + constant_line(study.head.subject, is_of_errors(study)) + cost_line(study)};
  std::vector<TrialRow> trials;
  for (const Entry& entry : study.optimizers)
    for (const Trial& trial : entry.trials) trials.push_back({&entry.label, &trial});
  return {subject, table == TableName::trials ? trials_table(trials) : curves_table(trials, Which::many), ""};
}

}  // namespace lrtune
