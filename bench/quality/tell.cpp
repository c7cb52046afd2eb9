#include "tell.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/json.h"
#include "base/text.h"

namespace lrtune::quality {
namespace {

std::string percent(double share) {
  if (std::isinf(share)) return "inf";
  const double value = 100 * share;
  return std::fabs(value) < 9.95 ? fmt::format("{:.2f} %", value) : fmt::format("{:.0f} %", value);
}

std::string budget_text(const std::optional<double>& budget) { return budget ? format_number(*budget) : "–"; }

std::string statuses_text(const Score& s) {
  std::vector<std::string> parts;
  for (const auto& [status, count] : s.statuses)
    parts.push_back(
        fmt::format("{} {:.0f} %", status, 100.0 * static_cast<double>(count) / static_cast<double>(s.advices)));
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string coverage_text(const Score& s) {
  if (!s.coverage) return "–";
  return fmt::format("{:.1f} ± {:.1f} % ({:.1f} %) of {}", 100 * s.coverage->share, 100 * s.coverage->standard_error,
                     100 * s.coverage->share_of_smooth, s.coverage->intervals);
}

std::string line(const std::vector<std::string>& cells) { return fmt::format("| {} |\n", fmt::join(cells, " | ")); }

std::vector<double> regrets_of(std::span<const Verdict> verdicts) {
  std::vector<double> regrets;
  for (const Verdict& v : verdicts)
    if (v.advice.rate) regrets.push_back(v.regret);
  return regrets;
}

// The replays of one method, budget, task and optimizer that gave a rate.
struct Cell {
  std::vector<Verdict> verdicts;
  double mean_regret = 0;
  double mean_excess = 0;
};

std::vector<Cell> cells_of(std::span<const Verdict> verdicts) {
  std::map<std::pair<std::string, std::string>, Cell> cells;
  for (const Verdict& v : verdicts)
    if (v.advice.rate) cells[{v.advice.task, v.advice.optimizer}].verdicts.push_back(v);
  std::vector<Cell> list;
  for (auto& [key, cell] : cells) {
    for (const Verdict& v : cell.verdicts) {
      cell.mean_regret += v.regret / static_cast<double>(cell.verdicts.size());
      cell.mean_excess += v.excess / static_cast<double>(cell.verdicts.size());
    }
    list.push_back(std::move(cell));
  }
  return list;
}

std::string advice_text(const Advice& a) {
  std::vector<std::string> notes;
  if (!a.status.empty()) notes.push_back(a.status);
  if (a.interval) notes.push_back(format_number((*a.interval)[0]) + "–" + format_number((*a.interval)[1]));
  const std::string rate = a.rate ? format_number(*a.rate) : "none";
  return notes.empty() ? rate : fmt::format("{} ({})", rate, fmt::join(notes, "; "));
}

}  // namespace

std::vector<std::vector<Verdict>> by_method(std::span<const Verdict> verdicts) {
  std::vector<std::vector<Verdict>> methods;
  for (const Verdict& v : verdicts) {
    const auto same = [&](const std::vector<Verdict>& m) {
      return m.front().advice.method == v.advice.method && m.front().advice.budget == v.advice.budget;
    };
    auto at = std::ranges::find_if(methods, same);
    if (at == methods.end()) at = methods.insert(methods.end(), std::vector<Verdict>{});
    at->push_back(v);
  }
  return methods;
}

std::string score_table(std::span<const std::vector<Verdict>> methods) {
  std::string text =
      line({"method", "budget", "full runs", "regret: median", "p90", "excess: median", "p90", "none", "spread",
            "diverged", "covered", "width", "bound", "holds", "> 10 % though ok", "status", "s/task"}) +
      "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n";
  for (const auto& verdicts : methods) {
    const Score s = score(verdicts);
    text += line(
        {s.method, budget_text(s.budget), fmt::format("{:.1f}", s.full_runs), percent(s.median_regret),
         percent(s.p90_regret), percent(s.median_excess), percent(s.p90_excess), fmt::format("{:.0f} %", 100 * s.none),
         s.spread ? fmt::format("{:.3f}", *s.spread) : "–", fmt::format("{:.1f} %", 100 * s.diverged), coverage_text(s),
         s.coverage ? fmt::format("{:.2f}", s.coverage->median_width) : "–", s.bounds ? percent(s.bounds->median) : "–",
         s.bounds ? fmt::format("{:.1f} %", 100 * s.bounds->holds) : "–",
         s.bounds ? fmt::format("{:.1f} %", 100 * s.bounds->false_ok) : "–", statuses_text(s),
         fmt::format("{:.2f}", s.seconds)});
  }
  return text;
}

std::string scores_json(std::span<const std::vector<Verdict>> methods) {
  const auto finite = [](double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); };
  Json list = Json::array();
  for (const auto& verdicts : methods) {
    const Score s = score(verdicts);
    list.push_back({{"method", s.method},
                    {"budget", s.budget ? Json(*s.budget) : Json(nullptr)},
                    {"full_runs", s.full_runs},
                    {"median_regret", finite(s.median_regret)},
                    {"p90_regret", finite(s.p90_regret)}});
  }
  return write_json(list, 1);
}

std::string task_table(std::span<const std::vector<Verdict>> methods) {
  std::set<std::string> tasks;
  for (const auto& verdicts : methods)
    for (const Verdict& v : verdicts) tasks.insert(v.advice.task);
  std::string text = "| median (p90) regret | budget |";
  for (const std::string& task : tasks) text += " " + task + " |";
  text += "\n|---|---|";
  for (std::size_t i = 0; i < tasks.size(); ++i) text += "---|";
  text += "\n";
  for (const auto& verdicts : methods) {
    text += fmt::format("| {} | {} |", verdicts.front().advice.method, budget_text(verdicts.front().advice.budget));
    for (const std::string& task : tasks) {
      std::vector<Verdict> own;
      for (const Verdict& v : verdicts)
        if (v.advice.task == task) own.push_back(v);
      text += own.empty() ? " – |"
                          : fmt::format(" {} ({}) |", percent(quantile(regrets_of(own), 0.5)),
                                        percent(quantile(regrets_of(own), 0.9)));
    }
    text += "\n";
  }
  return text;
}

std::string worst_table(std::span<const std::vector<Verdict>> methods, std::size_t count) {
  std::vector<Cell> cells;
  for (const auto& verdicts : methods)
    for (Cell& cell : cells_of(verdicts)) cells.push_back(std::move(cell));
  std::ranges::stable_sort(cells, std::greater{}, &Cell::mean_regret);
  cells.resize(std::min(count, cells.size()));
  std::string text = line({"task", "optimizer", "method", "budget", "best", "advised (status; interval), by replay",
                           "mean regret", "mean excess"}) +
                     "|---|---|---|---|---|---|---|---|\n";
  for (const Cell& cell : cells) {
    const Verdict& first = cell.verdicts.front();
    std::vector<std::string> advised;
    for (const Verdict& v : cell.verdicts) advised.push_back(advice_text(v.advice));
    text += line({first.advice.task, first.advice.optimizer, first.advice.method, budget_text(first.advice.budget),
                  format_number(first.truth.best_rate), fmt::format("{}", fmt::join(advised, ", ")),
                  percent(cell.mean_regret), percent(cell.mean_excess)});
  }
  return text;
}

}  // namespace lrtune::quality
