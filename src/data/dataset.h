// dataset.h: all rows as numbers, not yet split and not yet standardized, and how Tables become one.
//
// The rows of a ready validation table follow those of the training table. Features are row-major; a missing one is
// NaN until the training mean fills it in (standardize.h). Exactly one of labels and targets is filled.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "data/table.h"
#include "lrtune/config.h"
#include "lrtune/notice.h"
#include "lrtune/subject.h"

namespace lrtune {

struct Dataset {
  std::string train_file;
  std::string validation_file;  // empty unless there is a ready split
  TaskKind kind = TaskKind::classification;
  std::size_t rows = 0;
  std::optional<std::size_t> ready_train_rows;  // the rows from here on are the validation set
  std::vector<std::size_t> kept_rows;  // [row]: its row of the files, counted from 0 over both, if any was dropped
  std::vector<std::string> feature_names;
  std::vector<OneHotColumn> one_hot;
  std::variant<std::vector<double>, std::vector<std::uint8_t>> features;  // [row][feature]; bytes for images
  std::vector<std::string> classes;                                       // in the order of the labels
  std::vector<std::int32_t> labels;                                       // [row], 0 … classes − 1
  std::vector<double> targets;                                            // [row]
  std::vector<Notice> notices;
};

// Throws Error with every problem found: columns first, then cells, then classes.
Dataset resolve(Table train, std::optional<Table> validation, const DataConfig& config);

}  // namespace lrtune
