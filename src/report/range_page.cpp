// A RangeStudy as pages: the table that `lrtune range` prints, its runs, their curves.
#include <fmt/format.h>

#include <algorithm>

#include "lrtune/enum_words.h"
#include "report/pages.h"
#include "report/phrases.h"

namespace lrtune {
namespace {

std::string short_rate(double rate) { return format_number(round_significant(rate, 2)); }

// Of the runs that were stopped or whose loss was not finite: how many, and the lowest rate at which that was.
struct BlowUps {
  std::size_t runs = 0;
  std::optional<double> lowest;
};

BlowUps blow_ups(const RangeEntry& entry) {
  BlowUps found;
  for (const RangeRun& run : entry.runs) {
    if (!run.ended_at_update) continue;
    ++found.runs;
    if (run.curve.rate.empty()) continue;
    const double rate = run.curve.rate.back();
    found.lowest = found.lowest ? std::min(*found.lowest, rate) : rate;
  }
  return found;
}

// "1.6", "1.6, 2 of 3"
SheetCell blow_up_cell(const RangeEntry& entry) {
  const BlowUps found = blow_ups(entry);
  const std::vector<CellValue> values = {entry.runs.size(), found.runs, value_of(found.lowest)};
  if (found.runs == 0) return {kNothing, values};
  const std::string rate = found.lowest ? short_rate(*found.lowest) : "at once";
  const bool all = found.runs == entry.runs.size();
  return {all ? rate : fmt::format("{}, {} of {}", rate, found.runs, entry.runs.size()), values};
}

// " (.2)", " (1.6)": in decades.
std::string spread_text(double decades) {
  std::string text = fmt::format("{:.1f}", decades);
  if (text.starts_with("0.")) text.erase(0, 1);
  return fmt::format(" ({})", text);
}

std::string rates_text(const std::optional<double>& lowest, const std::optional<double>& rate) {
  if (!rate) return kNothing;
  return lowest ? fmt::format("{}…{}", short_rate(*lowest), short_rate(*rate)) : short_rate(*rate);
}

SheetCell agreement_cell(const Agreement& a) {
  std::string text = rates_text(a.lowest_rate, a.learning_rate);
  if (a.learning_rate && a.spread_decades) text += spread_text(*a.spread_decades);
  if (a.learning_rate && a.abstained > 0) text += "*";
  return {text, {value_of(a.learning_rate), value_of(a.lowest_rate), value_of(a.spread_decades), a.abstained}};
}

// "fastai_valley" stands above its column as "fastai" over "valley".
std::string heading(std::string heuristic) {
  const std::size_t at = heuristic.find('_');
  if (at != std::string::npos) heuristic[at] = '\n';
  return heuristic;
}

Sheet suggestions_table(const RangeStudy& study) {
  std::vector<ColumnOf<RangeEntry>> columns = {
      {{"optimizer", Align::left, {"label", "name"}},
       [](const RangeEntry& e) {
         return SheetCell{e.label, {e.label, e.name}};
       }},
      {{"loss\nblows up", Align::right, {"runs", "ended_runs", "blows_up_at"}}, blow_up_cell}};
  for (std::size_t i = 0; i < study.heuristics.size(); ++i) {
    const std::string& name = study.heuristics[i];
    columns.push_back(
        {{heading(name),
          Align::right,
          {name + "_learning_rate", name + "_lowest_rate", name + "_spread_decades", name + "_abstained"}},
         [i](const RangeEntry& e) { return agreement_cell(e.agreements.at(i)); }});
  }
  return tabulate(columns, study.optimizers);
}

struct RunRow {
  const RangeEntry* entry;
  const RangeRun* run;
};

std::vector<ColumnOf<RunRow>> run_columns() {
  return {{{"optimizer", Align::left, {"label"}},
           [](const RunRow& r) {
             return SheetCell{r.entry->label, {r.entry->label}};
           }},
          {{"seed", Align::right, {"seed"}}, [](const RunRow& r) {
             return SheetCell{fmt::format("{}", r.run->seed), {r.run->seed}};
           }}};
}

SheetCell end_cell(const RunRow& r) {
  std::string text = word(r.run->status);
  std::ranges::replace(text, '_', ' ');
  if (r.run->ended_at_update) text += fmt::format(" at update {}", *r.run->ended_at_update);
  return {text, {std::string(word(r.run->status)), value_of(r.run->ended_at_update)}};
}

Sheet runs_table(const RangeStudy& study, const std::vector<RunRow>& runs) {
  std::vector<ColumnOf<RunRow>> columns = run_columns();
  columns.push_back({{"status", Align::left, {"status", "ended_at_update"}}, end_cell});
  for (std::size_t i = 0; i < study.heuristics.size(); ++i) {
    const std::string& name = study.heuristics[i];
    columns.push_back(
        {{heading(name), Align::right, {name + "_learning_rate", name + "_lowest_rate"}}, [i](const RunRow& r) {
           if (i >= r.run->suggestions.size()) return SheetCell{kNothing, {CellValue(), CellValue()}};  // too short
           const Suggestion& s = r.run->suggestions[i];
           return SheetCell{rates_text(s.lowest_rate, s.learning_rate),
                            {value_of(s.learning_rate), value_of(s.lowest_rate)}};
         }});
  }
  return tabulate(columns, runs);
}

struct UpdateRow {
  RunRow of;
  std::size_t at;
};

SheetCell number_cell(double value) { return {fmt::format("{:.4g}", value), {value}}; }

Sheet losses_table(const std::vector<RunRow>& runs) {
  std::vector<UpdateRow> updates;
  for (const RunRow& row : runs)
    for (std::size_t i = 0; i < row.run->curve.rate.size(); ++i) updates.push_back({row, i});
  std::vector<ColumnOf<UpdateRow>> columns;
  for (const ColumnOf<RunRow>& c : run_columns())
    columns.push_back({c.column, [cell = c.cell](const UpdateRow& r) { return cell(r.of); }});
  columns.push_back({{"update", Align::right, {"update"}}, [](const UpdateRow& r) {
                       return SheetCell{fmt::format("{}", r.at + 1), {r.at + 1}};
                     }});
  const auto add = [&columns](const char* heading, const char* name, std::vector<double> LossCurve::*series) {
    columns.push_back({{heading, Align::right, {name}},
                       [series](const UpdateRow& r) { return number_cell((r.of.run->curve.*series)[r.at]); }});
  };
  add("rate", "learning_rate", &LossCurve::rate);
  add("loss", "loss", &LossCurve::loss);
  add("smoothed loss", "smoothed_loss", &LossCurve::smoothed);
  return tabulate(columns, updates);
}

// What the cells mean, as far as they occur.
std::string legend(const RangeStudy& study) {
  bool spread = false;
  bool some = false;
  bool none = false;
  for (const RangeEntry& entry : study.optimizers)
    for (const Agreement& a : entry.agreements) {
      spread |= a.spread_decades.has_value();
      some |= a.abstained > 0 && a.learning_rate;
      none |= !a.learning_rate;
    }
  const std::size_t seeds = study.optimizers.empty() ? 0 : study.optimizers.front().runs.size();
  std::string text = seeds == 1 ? std::string("Rates by one seed.") : fmt::format("Median rates of {} seeds", seeds);
  if (seeds > 1) text += spread ? "; in brackets the decades from the lowest to the highest." : ".";
  if (some || none) text += "\n";
  if (some) text += "*: some seeds gave none. ";
  if (none) text += "–: no seed gave one.";
  text.erase(text.find_last_not_of(' ') + 1);
  return text + "\nA range test is a quick look at a short run; lrtune tune trains in full what it recommends.\n";
}

std::string cost_line(const RangeStudy& study) {
  std::size_t runs = 0;
  for (const RangeEntry& entry : study.optimizers) runs += entry.runs.size();
  return fmt::format("{} of {} updates, {} to {}{}\n", plural(runs, "range test"), study.options.updates,
                     format_number(study.options.from), format_number(study.options.to), effort_text(study.head.run));
}

constexpr std::array kTables = {TableName::recommendations, TableName::trials, TableName::curves};

}  // namespace

std::span<const TableName> tables_of(const RangeStudy&) { return kTables; }

Page page_of(const RangeStudy& study, TableName table) {
  const std::string subject = subject_line(study.head.subject);
  if (table == TableName::recommendations) return {subject, suggestions_table(study), legend(study) + cost_line(study)};
  std::vector<RunRow> runs;
  for (const RangeEntry& entry : study.optimizers)
    for (const RangeRun& run : entry.runs) runs.push_back({&entry, &run});
  return {subject, table == TableName::trials ? runs_table(study, runs) : losses_table(runs), ""};
}

}  // namespace lrtune
