#include "report/table.h"

#include <algorithm>

#include "base/check.h"

namespace lrtune {
namespace {

std::size_t width(const std::string& text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

std::string table(const std::vector<Column>& columns, const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    widths.push_back(width(columns[c].heading));
    for (const auto& row : rows) widths[c] = std::max(widths[c], width(row.at(c)));
  }
  std::string text;
  const auto add_line = [&](const auto& cell_of) {
    std::string line;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const std::string& cell = cell_of(c);
      const std::string padding(widths[c] - width(cell), ' ');
      line += columns[c].align == Align::left ? cell + padding : padding + cell;
      line += "  ";
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  };
  add_line([&](std::size_t c) -> const std::string& { return columns[c].heading; });
  for (const auto& row : rows) add_line([&](std::size_t c) -> const std::string& { return row[c]; });
  return text;
}

}  // namespace lrtune
