// cells.h: text cells → numbers, and what is wrong with those that are none.
//
// In a column of numbers a cell is missing if it is empty or one of NA, N/A, NaN, null, none, ? (any case); in a text
// column (labels, one_hot) only if it is empty, so that "none" can be a value. Rows are counted over both tables.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "data/columns.h"
#include "lrtune/error.h"

namespace lrtune {

enum class CellKind { number, missing, text, out_of_range };

struct Cell {
  CellKind kind = CellKind::missing;
  double value = 0;  // NaN unless a number
};

Cell read_cell(std::string_view text);

// The bad cells of one column: how many of each kind, and the first.
struct ColumnFaults {
  struct Fault {
    std::size_t count = 0;
    std::string where;  // of the first
    std::string cell;
  };
  Fault missing, text, out_of_range;
  std::size_t numbers = 0;

  void count(CellKind kind, const TextTable& table, std::size_t row, const ColumnUse& use, std::size_t column);
};

// The column's worst fault as one problem, if any; missing cells are one only if data.missing says so.
void report_faults(const ColumnFaults& faults, const std::string& column, const DataConfig& config,
                   std::vector<Problem>& problems);

// A missing target cell cannot be filled in: "mean" does not help.
void report_target_faults(const ColumnFaults& faults, Missing missing, std::vector<Problem>& problems);

// Calls visit(row over both tables, table, index of the table, row in it) for every row.
template <class Visit>
void for_each_row(const TextTables& tables, Visit visit) {
  std::size_t row = 0;
  for (std::size_t t = 0; t < tables.size(); ++t)
    for (std::size_t r = 0; r < tables[t]->rows; ++r) visit(row++, *tables[t], t, r);
}

inline std::size_t row_count(const TextTables& tables) {
  std::size_t rows = 0;
  for (const TextTable* table : tables) rows += table->rows;
  return rows;
}

}  // namespace lrtune
