#include "report/trial_tables.h"

#include <fmt/format.h>

#include <algorithm>

#include "lrtune/enum_words.h"
#include "report/phrases.h"

namespace lrtune {
namespace {

struct LookRow {
  TrialRow of;
  std::size_t look;

  const Curve& curve() const { return of.trial->curve; }
  std::optional<double> validation_error() const {
    if (curve().validation_error.empty()) return std::nullopt;
    return curve().validation_error[look];
  }
};

std::string short_number(const std::optional<double>& value) {
  return value ? fmt::format("{:.4g}", *value) : kNothing;
}

SheetCell class_cell(const std::optional<TrialClass>& trial_class) {
  if (!trial_class) return {kNothing, {CellValue()}};
  return {word(*trial_class), {std::string(word(*trial_class))}};
}

SheetCell loss_cell(double loss) { return {fmt::format("{:.5g}", loss), {loss}}; }

}  // namespace

std::string end_text(const Trial& trial) {
  return fmt::format("{}{}", word(trial.status),
                     trial.ended_at_step ? fmt::format(" at update {}", *trial.ended_at_step) : "");
}

Sheet trials_table(const std::vector<TrialRow>& trials) {
  const bool has_errors =
      std::ranges::any_of(trials, [](const TrialRow& r) { return r.trial->validation_error.has_value(); });
  const std::vector<ColumnOf<TrialRow>> columns = {
      {{"optimizer", Align::left, {"label"}},
       [](const TrialRow& r) {
         return SheetCell{*r.label, {*r.label}};
       }},
      {{"stage", Align::left, {"stage"}},
       [](const TrialRow& r) {
         return SheetCell{word(r.trial->stage), {std::string(word(r.trial->stage))}};
       }},
      {{"rate", Align::right, {"learning_rate"}},
       [](const TrialRow& r) {
         return SheetCell{format_number(r.trial->learning_rate), {r.trial->learning_rate}};
       }},
      {{"seed", Align::right, {"seed"}},
       [](const TrialRow& r) {
         return SheetCell{fmt::format("{}", r.trial->seed), {r.trial->seed}};
       }},
      {{"status", Align::left, {"status", "ended_at_step", "recovered"}},
       [](const TrialRow& r) {
         return SheetCell{end_text(*r.trial),
                          {std::string(word(r.trial->status)), value_of(r.trial->ended_at_step), r.trial->recovered}};
       }},
      {{"class", Align::left, {"class"}}, [](const TrialRow& r) { return class_cell(r.trial->trial_class); }},
      {{"updates", Align::right, {"updates"}},
       [](const TrialRow& r) {
         return SheetCell{fmt::format("{}", r.trial->updates), {r.trial->updates}};
       }},
      {{"objective", Align::right, {"objective"}},
       [](const TrialRow& r) {
         return SheetCell{short_number(r.trial->objective), {value_of(r.trial->objective)}};
       }},
      {{has_errors ? "error" : "", Align::right, {"validation_error"}}, [](const TrialRow& r) {
         return SheetCell{percent_text(r.trial->validation_error), {value_of(r.trial->validation_error)}};
       }}};
  return tabulate(columns, trials);
}

Sheet curves_table(const std::vector<TrialRow>& trials, Which which) {
  std::vector<LookRow> looks;
  bool has_errors = false;
  for (const TrialRow& row : trials) {
    has_errors |= !row.trial->curve.validation_error.empty();
    for (std::size_t i = 0; i < row.trial->curve.step.size(); ++i) looks.push_back({row, i});
  }
  const auto of_many = [which](const char* heading) { return std::string(which == Which::many ? heading : ""); };
  const std::vector<ColumnOf<LookRow>> columns = {
      {{of_many("optimizer"), Align::left, {"label"}},
       [](const LookRow& r) {
         return SheetCell{*r.of.label, {*r.of.label}};
       }},
      {{of_many("rate"), Align::right, {"learning_rate"}},
       [](const LookRow& r) {
         return SheetCell{format_number(r.of.trial->learning_rate), {r.of.trial->learning_rate}};
       }},
      {{of_many("seed"), Align::right, {"seed"}},
       [](const LookRow& r) {
         return SheetCell{fmt::format("{}", r.of.trial->seed), {r.of.trial->seed}};
       }},
      {{"update", Align::right, {"step"}},
       [](const LookRow& r) {
         return SheetCell{fmt::format("{}", r.curve().step[r.look]), {r.curve().step[r.look]}};
       }},
      {{"train loss", Align::right, {"train_loss"}},
       [](const LookRow& r) { return loss_cell(r.curve().train_loss[r.look]); }},
      {{"validation loss", Align::right, {"validation_loss"}},
       [](const LookRow& r) { return loss_cell(r.curve().validation_loss[r.look]); }},
      {{has_errors ? "error" : "", Align::right, {"validation_error"}}, [](const LookRow& r) {
         return SheetCell{percent_text(r.validation_error()), {value_of(r.validation_error())}};
       }}};
  return tabulate(columns, looks);
}

}  // namespace lrtune
