// obstacle_row.h: an Obstacle as the report of a check writes it: every kind with the same fields.
#pragma once

#include <optional>
#include <string>

#include "lrtune/check.h"

namespace lrtune {

struct ObstacleRow {
  ObstacleKind kind = ObstacleKind::config;
  std::optional<std::string> label = {};
  std::string where;  // a field, a label, or which of the two
  std::string before = {};
  std::string now = {};
};

ObstacleRow row_of(const Obstacle& obstacle);

// Back again. A version that is not a number becomes 0.
Obstacle obstacle_of(const ObstacleRow& row);

}  // namespace lrtune
