// A CheckReport as a page: a line per optimizer, or what keeps the two from being compared.
#include <fmt/format.h>

#include "lrtune/enum_words.h"
#include "lrtune/report.h"
#include "report/check_words.h"
#include "report/pages.h"
#include "report/phrases.h"

namespace lrtune {
namespace {

constexpr std::size_t kMostDifferences = 10;

std::string differences_text(const std::vector<Difference>& differences) {
  std::string text;
  for (std::size_t i = 0; i < differences.size() && i < kMostDifferences; ++i)
    text += fmt::format("{} {}\n", i == 0 ? "differs first at" : "             and", difference_text(differences[i]));
  if (differences.size() > kMostDifferences)
    text += fmt::format("             and {} more\n", differences.size() - kMostDifferences);
  return text;
}

SheetCell verdict_cell(const LabelCheck& c, const Tolerances& tolerances) {
  const std::string why = reasons_text(c, tolerances);
  std::vector<std::string_view> reasons;
  for (Reason reason : c.reasons) reasons.emplace_back(word(reason));
  const bool is_pass = c.verdict == Verdict::pass;
  return {.text = (is_pass ? label_word(c.verdict) : std::string()) + (why.empty() ? "" : ": " + why),
          .values = {std::string(word(c.verdict)), join(reasons, ";")},
          .lead = is_pass ? "" : label_word(c.verdict)};
}

constexpr std::array kTables = {TableName::recommendations};

}  // namespace

Sheet check_table(const std::vector<LabelCheck>& labels, const Tolerances& tolerances) {
  const auto estimate_cell = [](const std::optional<Estimate>& e) { return SheetCell{estimate_text(e), values_of(e)}; };
  const std::vector<ColumnOf<LabelCheck>> columns = {
      {{"optimizer", Align::left, {"label"}},
       [](const LabelCheck& c) {
         return SheetCell{c.label, {c.label}};
       }},
      {{"rate before", Align::right, {"learning_rate_before"}},
       [](const LabelCheck& c) {
         return SheetCell{rate_text(c.rate_before), {value_of(c.rate_before)}};
       }},
      {{"now", Align::right, {"learning_rate_now"}},
       [](const LabelCheck& c) {
         return SheetCell{rate_text(c.rate_now), {value_of(c.rate_now)}};
       }},
      {{"decades", Align::right, {"learning_rate_decades", "learning_rate_inside_interval"}},
       [](const LabelCheck& c) {
         return SheetCell{decades_text(c), {value_of(c.decades), c.inside_interval}};
       }},
      {{"loss before", Align::right, {"objective_before", "objective_before_standard_error"}},
       [=](const LabelCheck& c) { return estimate_cell(c.loss_before); }},
      {{"now", Align::right, {"objective_now", "objective_now_standard_error"}},
       [=](const LabelCheck& c) { return estimate_cell(c.loss_now); }},
      {{"change", Align::right, {"objective_change", "objective_allowed"}},
       [](const LabelCheck& c) {
         return SheetCell{change_text(c), {value_of(c.loss_change), value_of(c.loss_allowed)}};
       }},
      {{"status", Align::left, {"status_before", "status_now"}},
       [](const LabelCheck& c) {
         return SheetCell{status_text(c), {std::string(word(c.status_before)), std::string(word(c.status_now))}};
       }},
      {{"verdict", Align::left, {"verdict", "reasons"}},
       [&tolerances](const LabelCheck& c) { return verdict_cell(c, tolerances); }}};
  return tabulate(columns, labels);
}

std::span<const TableName> tables_of(const CheckReport&) { return kTables; }

Page page_of(const CheckReport& report, TableName) {
  std::string below;
  for (const Obstacle& obstacle : report.obstacles) below += obstacle_text(obstacle) + "\n";
  return {"", check_table(report.labels, report.tolerances),
          below + differences_text(report.differences) + conclusion(report) + "\n"};
}

}  // namespace lrtune
