#include "data/split.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include "base/random.h"
#include "base/text.h"
#include "lrtune/enum_words.h"
#include "lrtune/error.h"

namespace lrtune {
namespace {

// Rows that are split among themselves: those of each class, or all.
std::vector<std::vector<std::size_t>> strata(const Dataset& dataset, bool stratify) {
  const bool by_class = stratify && dataset.kind == TaskKind::classification;
  std::vector<std::vector<std::size_t>> groups(by_class ? dataset.classes.size() : 1);
  for (std::size_t row = 0; row < dataset.rows; ++row)
    groups[by_class ? static_cast<std::size_t>(dataset.labels[row]) : 0].push_back(row);
  return groups;
}

// The rows in the order of their keys; rows of one key, if there are any, in the order of the file.
void sort_by_key(std::vector<std::size_t>& rows, std::uint32_t split_seed) {
  std::vector<std::pair<std::uint64_t, std::size_t>> keyed;
  for (std::size_t row : rows) {
    const PhiloxBlock bits = random_block({split_seed, 0}, Purpose::split, 0, row);
    keyed.emplace_back(std::uint64_t{bits[0]} << 32U | bits[1], row);
  }
  std::ranges::sort(keyed);
  std::ranges::transform(keyed, rows.begin(), &std::pair<std::uint64_t, std::size_t>::second);
}

std::size_t validation_count(std::size_t rows, double fraction) {
  const double wanted = std::floor(static_cast<double>(rows) * fraction + 0.5);
  return std::min(static_cast<std::size_t>(std::max(wanted, 0.0)), rows - 1);
}

}  // namespace

Split split_rows(const Dataset& dataset, const DataConfig& config) {
  Split split;
  std::vector<bool> validates(dataset.rows);
  if (dataset.ready_train_rows) {
    for (std::size_t row = *dataset.ready_train_rows; row < dataset.rows; ++row) validates[row] = true;
  } else {
    for (std::vector<std::size_t>& rows : strata(dataset, config.stratify)) {
      sort_by_key(rows, config.split_seed);
      const std::size_t count = validation_count(rows.size(), config.validation_fraction);
      for (std::size_t i = 0; i < count; ++i) validates[rows[i]] = true;
    }
  }
  for (std::size_t row = 0; row < dataset.rows; ++row) (validates[row] ? split.validation : split.train).push_back(row);
  if (split.validation.empty() && dataset.classes.size() == dataset.rows)
    throw Error(ProblemKind::class_rows_single, dataset.train_file, {}, "data.kind", word(TaskKind::regression));
  if (split.validation.empty())
    throw Error(ProblemKind::fraction_too_small, dataset.train_file,
                {{"fraction", config.validation_fraction}, {"rows", dataset.rows}}, "data.validation_fraction");
  return split;
}

}  // namespace lrtune
