#include "report/sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "base/require.h"
#include "base/text.h"
#include "report/escape.h"

namespace lrtune {
namespace {

std::size_t width(const std::string& text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// The headings as rows of cells, each at the bottom of its column.
std::vector<std::vector<std::string>> heading_rows(const std::vector<SheetColumn>& columns) {
  std::size_t height = 0;
  for (const SheetColumn& column : columns) height = std::max(height, lines_of(column.heading).size());
  std::vector<std::vector<std::string>> rows(height);
  for (const SheetColumn& column : columns) {
    std::vector<std::string> lines = lines_of(column.heading);
    lines.insert(lines.begin(), height - lines.size(), "");
    for (std::size_t i = 0; i < height; ++i) rows[i].push_back(lines[i]);
  }
  return rows;
}

// The columns that people see, with the cells of every row.
Sheet shown(const Sheet& table) {
  Sheet out;
  for (std::size_t c = 0; c < table.columns.size(); ++c)
    if (!table.columns[c].heading.empty()) out.columns.push_back(table.columns[c]);
  for (const std::vector<SheetCell>& row : table.rows) {
    LRTUNE_CHECK(row.size() == table.columns.size(), row.size(), table.columns.size());
    std::vector<SheetCell>& cells = out.rows.emplace_back();
    for (std::size_t c = 0; c < row.size(); ++c)
      if (!table.columns[c].heading.empty()) cells.push_back(row[c]);
  }
  return out;
}

std::string csv_text(const CellValue& value) {
  struct Writer {
    std::string operator()(std::monostate) const { return ""; }
    std::string operator()(double number) const { return format_number(number); }
    std::string operator()(std::size_t count) const { return fmt::format("{}", count); }
    std::string operator()(bool flag) const { return flag ? "true" : "false"; }
    std::string operator()(const std::string& text) const { return csv_cell(text); }
  };
  return std::visit(Writer{}, value);
}

}  // namespace

std::string text_table(const Sheet& table) {
  const Sheet seen = shown(table);
  std::vector<std::vector<std::string>> rows = heading_rows(seen.columns);
  for (const std::vector<SheetCell>& row : seen.rows) {
    std::vector<std::string>& cells = rows.emplace_back();
    for (const SheetCell& cell : row) cells.push_back(plain(cell.lead + cell.text));
  }
  std::vector<std::size_t> widths(seen.columns.size(), 0);
  for (const std::vector<std::string>& row : rows)
    for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], width(row[c]));
  std::string text;
  for (const std::vector<std::string>& row : rows) {
    std::string line;
    for (std::size_t c = 0; c < row.size(); ++c) {
      const std::string padding(widths[c] - width(row[c]), ' ');
      line += seen.columns[c].align == Align::left ? row[c] + padding : padding + row[c];
      line += "  ";
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

std::string csv_table(const Sheet& table) {
  std::vector<std::string> names;
  for (const SheetColumn& column : table.columns)
    for (const std::string& name : column.names) names.push_back(csv_cell(name));
  std::string text = fmt::format("{}\n", fmt::join(names, ","));
  for (const std::vector<SheetCell>& row : table.rows) {
    std::vector<std::string> cells;
    for (std::size_t c = 0; c < row.size(); ++c) {
      LRTUNE_CHECK(row[c].values.size() == table.columns[c].names.size(), c, row[c].values.size());
      for (const CellValue& value : row[c].values) cells.push_back(csv_text(value));
    }
    text += fmt::format("{}\n", fmt::join(cells, ","));
  }
  return text;
}

std::string markdown_table(const Sheet& table) {
  const Sheet seen = shown(table);
  std::string headings = "|";
  std::string rule = "|";
  for (const SheetColumn& column : seen.columns) {
    headings += fmt::format(" {} |", markdown_cell(column.heading));
    rule += column.align == Align::left ? "---|" : "--:|";
  }
  std::string text = fmt::format("{}\n{}\n", headings, rule);
  for (const std::vector<SheetCell>& row : seen.rows) {
    text += "|";
    for (const SheetCell& cell : row)
      text += fmt::format(" {}{} |", cell.lead.empty() ? "" : fmt::format("**{}**", markdown_cell(cell.lead)),
                          markdown_cell(cell.text));
    text += "\n";
  }
  return text;
}

}  // namespace lrtune
