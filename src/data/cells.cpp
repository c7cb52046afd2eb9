#include "data/cells.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/text.h"
#include "lrtune/enum_words.h"

namespace lrtune {
namespace {

constexpr double kFloatMax = std::numeric_limits<float>::max();

bool is_missing_word(std::string_view text) {
  constexpr std::string_view kWords[] = {"", "na", "n/a", "nan", "null", "none", "?"};
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  const auto same = [&](std::string_view word) { return std::ranges::equal(text, word, {}, lower); };
  return text.size() <= 4 && std::ranges::any_of(kWords, same);
}

Problem cell_problem(ProblemKind kind, const ColumnFaults::Fault& fault, std::string option = {},
                     std::string value = {}) {
  Facts facts = {{"cells", fault.count}};
  if (!fault.cell.empty()) facts.push_back({"cell", fault.cell});
  return {kind, fault.where, std::move(facts), std::move(option), std::move(value)};
}

Problem range_problem(const ColumnFaults::Fault& fault) {
  const bool has_digit = fault.cell.find_first_of("0123456789") != std::string::npos;
  return cell_problem(has_digit ? ProblemKind::cell_out_of_range : ProblemKind::cell_not_finite, fault);
}

}  // namespace

Cell read_cell(std::string_view text) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  if (const auto number = parse_number(text)) {
    if (std::isnan(*number)) return {CellKind::missing, kNone};
    if (std::fabs(*number) > kFloatMax) return {CellKind::out_of_range, kNone};
    return {CellKind::number, *number};
  }
  return {is_missing_word(text) ? CellKind::missing : CellKind::text, kNone};
}

void ColumnFaults::count(CellKind kind, const TextTable& table, std::size_t row, const ColumnUse& use,
                         std::size_t column) {
  if (kind == CellKind::number) {
    ++numbers;
    return;
  }
  Fault& fault = kind == CellKind::missing ? missing : kind == CellKind::text ? text : out_of_range;
  if (fault.count++ > 0) return;
  fault.where = place(table, row, use.name);
  fault.cell = table.cell(row, column);
}

void report_faults(const ColumnFaults& faults, const std::string& column, const DataConfig& config,
                   std::vector<Problem>& problems) {
  if (faults.text.count > 0) {
    // A column mostly of numbers has mistakes in it; one mostly of text is a category or a name.
    if (faults.numbers > faults.text.count) {
      problems.push_back(
          cell_problem(ProblemKind::cell_not_number, faults.text, "data.ignore", ignoring(config, column)));
    } else {
      std::vector<std::string> one_hot = config.one_hot;
      one_hot.push_back(column);
      problems.push_back(cell_problem(ProblemKind::cell_not_number, faults.text, "data.one_hot", json_texts(one_hot)));
    }
  } else if (faults.out_of_range.count > 0) {
    problems.push_back(range_problem(faults.out_of_range));
  } else if (faults.missing.count > 0 && config.missing == Missing::error) {
    problems.push_back(cell_problem(ProblemKind::cell_missing, faults.missing, "data.missing", "mean"));
  }
}

void report_target_faults(const ColumnFaults& faults, Missing missing, std::vector<Problem>& problems) {
  if (faults.text.count > 0)
    problems.push_back(
        cell_problem(ProblemKind::target_not_number, faults.text, "data.kind", word(TaskKind::classification)));
  else if (faults.out_of_range.count > 0)
    problems.push_back(range_problem(faults.out_of_range));
  if (faults.missing.count > 0 && missing != Missing::drop)
    problems.push_back(cell_problem(ProblemKind::target_cell_missing, faults.missing, "data.missing", "drop"));
}

}  // namespace lrtune
