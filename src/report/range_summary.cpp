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

std::string short_rate(double rate) { return format_number(round_significant(rate, 2)); }

// "1.6": the lowest rate at which a run was stopped or its loss was not finite; how many runs, unless all.
std::string blow_up_text(const RangeEntry& entry) {
  std::size_t ended = 0;
  std::optional<double> lowest;
  for (const RangeRun& run : entry.runs) {
    if (!run.ended_at_update) continue;
    ++ended;
    if (run.curve.rate.empty()) continue;
    lowest = lowest ? std::min(*lowest, run.curve.rate.back()) : run.curve.rate.back();
  }
  if (ended == 0) return kNothing;
  const std::string rate = lowest ? short_rate(*lowest) : "at once";
  return ended == entry.runs.size() ? rate : fmt::format("{}, {} of {}", rate, ended, entry.runs.size());
}

// " (.2)", " (1.6)": in decades.
std::string spread_text(double decades) {
  std::string text = fmt::format("{:.1f}", decades);
  if (text.starts_with("0.")) text.erase(0, 1);
  return fmt::format(" ({})", text);
}

std::string agreement_text(const Agreement& a) {
  if (!a.learning_rate) return kNothing;
  std::string text = short_rate(*a.learning_rate);
  if (a.lowest_rate) text = fmt::format("{}…{}", short_rate(*a.lowest_rate), text);
  if (a.spread_decades) text += spread_text(*a.spread_decades);
  return text + (a.abstained > 0 ? "*" : "");
}

// "fastai_valley" stands above its column as "fastai" over "valley".
struct Heading {
  std::string upper;
  std::string lower;
};

Heading heading(const std::string& heuristic) {
  const std::size_t at = heuristic.find('_');
  if (at == std::string::npos) return {"", heuristic};
  return {heuristic.substr(0, at), heuristic.substr(at + 1)};
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
  if (some) text += "*: some seed gave none. ";
  if (none) text += "–: no seed gave one.";
  text.erase(text.find_last_not_of(' ') + 1);
  return text + "\nA range test is a quick look at a short run; lrtune tune trains in full what it recommends.\n";
}

std::string cost_line(const RangeStudy& study) {
  std::size_t runs = 0;
  for (const RangeEntry& entry : study.optimizers) runs += entry.runs.size();
  return fmt::format("{} range test{} of {} updates, {} to {}, in {}\n", runs, runs == 1 ? "" : "s",
                     study.options.updates, format_number(study.options.from), format_number(study.options.to),
                     effort_text(study.head.run));
}

}  // namespace

std::string range_summary(const RangeStudy& study) {
  std::vector<Column> columns = {{"", Align::left}, {"loss", Align::right}};
  std::vector<std::vector<std::string>> rows = {{"optimizer", "blows up"}};
  for (const std::string& heuristic : study.heuristics) {
    const Heading parts = heading(heuristic);
    columns.push_back({parts.upper, Align::right});
    rows.front().push_back(parts.lower);
  }
  for (const RangeEntry& entry : study.optimizers) {
    rows.push_back({entry.label, blow_up_text(entry)});
    for (const Agreement& a : entry.agreements) rows.back().push_back(agreement_text(a));
  }
  return subject_line(study.head.subject) + table(columns, rows) + "\n" + legend(study) + cost_line(study);
}

std::string range_notices(const RangeStudy& study) {
  struct Group {
    std::string what;
    std::size_t runs;
    std::vector<std::string> labels;
  };
  std::vector<Group> groups;
  const auto add = [&](const std::string& what, const std::string& label) {
    auto same = std::ranges::find(groups, what, &Group::what);
    if (same == groups.end()) same = groups.insert(groups.end(), {what, 0, {}});
    ++same->runs;
    if (std::ranges::find(same->labels, label) == same->labels.end()) same->labels.push_back(label);
  };
  for (const RangeEntry& entry : study.optimizers)
    for (const RangeRun& run : entry.runs) {
      if (run.status == RangeStatus::too_short) {
        add(fmt::format(
                "the loss blew up within {} updates, too soon for any heuristic; lower --from, or more --updates",
                run.ended_at_update.value_or(study.options.updates)),
            entry.label);
        continue;
      }
      for (std::size_t i = 0; i < run.suggestions.size(); ++i)
        if (!run.suggestions[i].learning_rate)
          add(fmt::format("{} gives no rate: {}", study.heuristics[i], run.suggestions[i].why), entry.label);
    }
  std::string text;
  for (const Notice& notice : study.head.subject.notices) text += fmt::format("data: {}\n", notice_line(notice));
  for (const Group& group : groups)
    text += fmt::format("{} ({} run{}): {}\n", fmt::join(group.labels, ", "), group.runs, group.runs == 1 ? "" : "s",
                        group.what);
  return text;
}

}  // namespace lrtune
