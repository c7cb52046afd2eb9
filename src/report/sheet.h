// sheet.h: a table as data, of which every format is made: a column says once what people read and what programs read.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace lrtune {

// What stands where there is nothing to show.
inline constexpr const char* kNothing = "–";

// What a program reads; monostate: nothing, an empty cell.
using CellValue = std::variant<std::monostate, double, std::size_t, bool, std::string>;

template <class T>
CellValue value_of(const std::optional<T>& value) {
  return value ? CellValue(*value) : CellValue();
}

enum class Align { left, right };

struct SheetColumn {
  // For people; "fastai\nvalley" stands on two lines. Empty: only programs see the column.
  std::string heading;
  Align align = Align::left;
  std::vector<std::string> names = {};  // for programs: snake_case, one per value of a cell; none: only people see it
};

struct SheetCell {
  std::string text;
  std::vector<CellValue> values = {};  // as many as the column has names
  std::string lead = {};               // stands in front of the text, bold where a format can
};

// Each row has a cell per column.
struct Sheet {
  std::vector<SheetColumn> columns;
  std::vector<std::vector<SheetCell>> rows;
};

// A column of a table whose rows are made of `Row`s.
template <class Row>
struct ColumnOf {
  SheetColumn column;
  std::function<SheetCell(const Row&)> cell;
};

template <class Row>
Sheet tabulate(const std::vector<ColumnOf<Row>>& columns, const std::vector<Row>& rows) {
  Sheet table;
  for (const ColumnOf<Row>& c : columns) table.columns.push_back(c.column);
  for (const Row& row : rows) {
    std::vector<SheetCell>& cells = table.rows.emplace_back();
    for (const ColumnOf<Row>& c : columns) cells.push_back(c.cell(row));
  }
  return table;
}

// Plain text: columns as wide as their widest cell, two blanks between, none at the ends of lines. Widths count UTF-8
// code points.
std::string text_table(const Sheet& table);

// CSV by RFC 4180, but for its line breaks, which are LF: one row of names, then the values. Numbers are the shortest
// decimals that read back as the same double, truths are true and false, nothing is an empty cell.
std::string csv_table(const Sheet& table);

// A table of GitHub's Markdown.
std::string markdown_table(const Sheet& table);

}  // namespace lrtune
