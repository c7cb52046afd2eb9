// columns.h: which column is the target, which are features, and where a column stands in each of two files.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "data/table.h"
#include "lrtune/config.h"

namespace lrtune {

// The training table and, if there is a ready split, the validation table.
using TextTables = std::vector<const TextTable*>;

struct ColumnUse {
  std::string name;
  std::array<std::size_t, 2> index{};  // [table]
  bool one_hot = false;
};

struct ColumnPlan {
  ColumnUse target;
  std::vector<ColumnUse> features;  // in the order of the training table
};

// What to set data.ignore to, to leave this column out too.
std::string ignoring(const DataConfig& config, const std::string& column);

// Columns go by name if both tables have a header, else by place. Throws Error: target, ignore or one_hot not found, a
// column that only one table has, no feature left.
ColumnPlan plan_columns(const TextTables& tables, const DataConfig& config);

}  // namespace lrtune
