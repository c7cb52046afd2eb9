// task.h: a data set made ready for training: numeric, standardized, split, and what must be told about it.
//
// Bytes of a file → Table (loader, one per format) → columns resolved → split → standardized by training statistics.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "data/table.h"
#include "lrtune/config.h"
#include "lrtune/subject.h"

namespace lrtune {

// One half of the split. Exactly one of labels and targets is filled.
struct Rows {
  std::size_t count = 0;
  std::vector<float> features;       // [row][feature], row-major
  std::vector<std::int32_t> labels;  // [row], 0 … classes−1
  std::vector<float> targets;        // [row], standardized
};

struct Task {
  DataSummary summary;  // kind, sizes, class names, target mean and sd
  std::string sha256;   // of the parsed table (data/table.h)
  std::vector<Notice> notices;
  Rows train;
  Rows validation;
  std::vector<std::size_t> validation_rows;  // rows of the training file, counted from 0; empty with a ready set
};

// The task as results know it. The loss of the training says which constant answer is best (data/constant_answer.h).
Subject subject_of(const Task& task, const TrainingConfig& training);

// Of tables that have been read: resolved, split and standardized. Throws Error.
Task make_task(Table train, std::optional<Table> validation, const DataConfig& config);

// Reads the files named in `config` (relative to `base_directory`) or makes the synthetic set. Throws Error with every
// problem found: where (file, row from 1 counting the header line, column name), what, and the option that would help.
Task load_task(const DataConfig& config, const std::filesystem::path& base_directory);

}  // namespace lrtune
