// table.h: a plain-text table: columns as wide as their widest cell, two blanks between, the first left-aligned.
#pragma once

#include <string>
#include <vector>

namespace lrtune {

enum class Align { left, right };

struct Column {
  std::string heading;
  Align align;
};

// Each row has a cell per column. Widths count UTF-8 code points. No blanks at the ends of lines.
std::string table(const std::vector<Column>& columns, const std::vector<std::vector<std::string>>& rows);

}  // namespace lrtune
