// What `lrtune check` prints: a line per optimizer, or what keeps the two from being compared.
#include <fmt/format.h>

#include "lrtune/report.h"
#include "report/check_words.h"
#include "report/table.h"

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

}  // namespace

std::string check_table(const std::vector<LabelCheck>& labels, const Tolerances& tolerances) {
  const std::vector<Column> columns = {
      {"optimizer", Align::left}, {"rate before", Align::right}, {"now", Align::right},
      {"decades", Align::right},  {"loss before", Align::right}, {"now", Align::right},
      {"change", Align::right},   {"status", Align::left},       {"verdict", Align::left}};
  std::vector<std::vector<std::string>> rows;
  for (const LabelCheck& c : labels) {
    const std::string why = reasons_text(c, tolerances);
    rows.push_back({c.label, rate_text(c.rate_before), rate_text(c.rate_now), decades_text(c),
                    estimate_text(c.loss_before), estimate_text(c.loss_now), change_text(c), status_text(c),
                    why.empty() ? label_word(c.verdict) : fmt::format("{}: {}", label_word(c.verdict), why)});
  }
  return table(columns, rows);
}

std::string check_summary(const CheckReport& report) {
  std::string text;
  if (!report.labels.empty()) text += check_table(report.labels, report.tolerances) + "\n";
  for (const Obstacle& obstacle : report.obstacles) text += obstacle_text(obstacle) + "\n";
  text += differences_text(report.differences);
  return text + conclusion(report) + "\n";
}

}  // namespace lrtune
