#include "data/cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/text.h"

namespace lrtune {
namespace {

constexpr double kFloatMax = std::numeric_limits<float>::max();

bool is_missing_word(std::string_view text) {
  constexpr std::string_view kWords[] = {"", "na", "n/a", "nan", "null", "none", "?"};
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  const auto same = [&](std::string_view word) { return std::ranges::equal(text, word, {}, lower); };
  return text.size() <= 4 && std::ranges::any_of(kWords, same);
}

std::string such_cells(std::size_t count) {
  return count == 1 ? std::string() : fmt::format(" ({} such cells)", count);
}

std::string missing_text(const ColumnFaults::Fault& fault) {
  return (fault.cell.empty() ? std::string("the cell is empty")
                             : fmt::format("{} is a missing value", show(fault.cell))) +
         such_cells(fault.count);
}

Problem range_problem(const ColumnFaults::Fault& fault) {
  const bool has_digit = fault.cell.find_first_of("0123456789") != std::string::npos;
  const std::string what = has_digit ? fmt::format("{} is out of range: numbers go up to 3.4e38", show(fault.cell))
                                     : fmt::format("{} is not a finite number", show(fault.cell));
  return {fault.where, what + such_cells(fault.count),
          "correct the cell; or empty it, and \"data.missing\" says what becomes of it"};
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

void report_faults(const ColumnFaults& faults, Missing missing, std::vector<Problem>& problems) {
  if (faults.text.count > 0) {
    const std::string what = fmt::format("{} is not a number{}", show(faults.text.cell), such_cells(faults.text.count));
    // A column mostly of numbers has mistakes in it; one mostly of text is a category or a name.
    if (faults.numbers > faults.text.count)
      problems.push_back({faults.text.where, what,
                          "correct the cell, or empty it and set \"data.missing\"; \"data.ignore\" leaves the column "
                          "out"});
    else
      problems.push_back({faults.text.where, what,
                          "\"data.one_hot\" turns a text column into 0/1 columns, \"data.ignore\" leaves it out"});
  } else if (faults.out_of_range.count > 0) {
    problems.push_back(range_problem(faults.out_of_range));
  } else if (faults.missing.count > 0 && missing == Missing::error) {
    problems.push_back({faults.missing.where, missing_text(faults.missing),
                        "\"data.missing\": \"drop\" leaves such rows out, \"mean\" fills in the column's mean"});
  }
}

void report_target_faults(const ColumnFaults& faults, Missing missing, std::vector<Problem>& problems) {
  if (faults.text.count > 0)
    problems.push_back(
        {faults.text.where,
         fmt::format("the target {} is not a number{}", show(faults.text.cell), such_cells(faults.text.count)),
         "\"data.kind\": \"classification\" takes text as labels"});
  else if (faults.out_of_range.count > 0)
    problems.push_back(range_problem(faults.out_of_range));
  if (faults.missing.count > 0 && missing != Missing::drop)
    problems.push_back({faults.missing.where, fmt::format("no target: {}", missing_text(faults.missing)),
                        "\"data.missing\": \"drop\" leaves such rows out; a target is never filled in"});
}

}  // namespace lrtune
