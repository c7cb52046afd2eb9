// resolve.cpp: Tables → Dataset: the cells of the planned columns read as numbers, rows with missing cells dropped,
// labels numbered.
//
// one_hot: column c with values v1 < v2 < … (bytes; of both files) becomes "c=v1", "c=v2", … of 0 and 1, in its place.
#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "base/text.h"
#include "data/cells.h"
#include "data/columns.h"
#include "data/dataset.h"
#include "data/target.h"
#include "lrtune/enum_words.h"
#include "lrtune/error.h"

namespace lrtune {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

// Features as they are read from text.
struct FeatureBlock {
  std::vector<std::string> names;
  std::vector<double> values;                          // [row over both tables][feature]
  std::vector<bool> missing;                           // [row]: a cell of it is missing
  std::vector<std::vector<std::string_view>> one_hot;  // [planned column]: its values in order
};

std::vector<std::string> without(std::vector<std::string> names, const std::string& name) {
  std::erase(names, name);
  return names;
}

// The values of each one_hot column, in order. A column of names or numbers would make rows × rows features.
void find_one_hot_values(const TextTables& tables, const ColumnPlan& plan, const DataConfig& config,
                         FeatureBlock& block) {
  constexpr std::size_t kMostValues = 1000;
  block.one_hot.resize(plan.features.size());
  for (std::size_t j = 0; j < plan.features.size(); ++j) {
    if (!plan.features[j].one_hot) continue;
    std::vector<std::string_view>& values = block.one_hot[j];
    for_each_row(tables, [&](std::size_t, const TextTable& table, std::size_t t, std::size_t r) {
      const std::string_view cell = table.cell(r, plan.features[j].index[t]);
      if (!cell.empty()) values.push_back(cell);
    });
    std::ranges::sort(values);
    values.erase(std::unique(values.begin(), values.end()), values.end());
    if (values.size() > kMostValues)
      throw Error(ProblemKind::one_hot_values,
                  fmt::format("{}, column {}", tables[0]->file, show(plan.features[j].name)),
                  {{"column", plan.features[j].name}, {"values", values.size()}, {"most", kMostValues}}, "data.one_hot",
                  json_texts(without(config.one_hot, plan.features[j].name)));
  }
}

void name_features(const ColumnPlan& plan, FeatureBlock& block) {
  for (std::size_t j = 0; j < plan.features.size(); ++j) {
    const ColumnUse& use = plan.features[j];
    if (!use.one_hot) block.names.push_back(use.name);
    for (std::string_view value : block.one_hot[j]) block.names.push_back(fmt::format("{}={}", use.name, value));
  }
}

// Doubles here and floats later: 12 bytes a cell.
void check_memory(const std::string& file, std::size_t rows, std::size_t features) {
  const double bytes = 12.0 * static_cast<double>(rows) * static_cast<double>(features);
  if (bytes > static_cast<double>(memory_bytes()))
    throw Error(ProblemKind::features_too_large, file, {{"rows", rows}, {"features", features}, {"bytes", bytes}},
                "data.max_rows");
}

void read_features(const TextTables& tables, const ColumnPlan& plan, const DataConfig& config, FeatureBlock& block,
                   std::vector<Problem>& problems) {
  std::vector<ColumnFaults> faults(plan.features.size());
  for_each_row(tables, [&](std::size_t row, const TextTable& table, std::size_t t, std::size_t r) {
    double* value = block.values.data() + row * block.names.size();
    for (std::size_t j = 0; j < plan.features.size(); ++j) {
      const ColumnUse& use = plan.features[j];
      const std::string_view text = table.cell(r, use.index[t]);
      CellKind kind = CellKind::number;
      if (use.one_hot) {
        if (text.empty()) kind = CellKind::missing;
        for (std::string_view v : block.one_hot[j]) *value++ = text.empty() ? kMissing : v == text ? 1 : 0;
      } else {
        const Cell cell = read_cell(text);
        kind = cell.kind;
        *value++ = cell.value;
      }
      if (kind == CellKind::missing) block.missing[row] = true;
      faults[j].count(kind, table, r, use, use.index[t]);
    }
  });
  for (std::size_t j = 0; j < faults.size(); ++j) report_faults(faults[j], plan.features[j].name, config, problems);
}

// Takes the rows with a missing cell out of `block` and `target`.
void drop_rows(FeatureBlock& block, TargetColumn& target, Dataset& dataset) {
  const std::size_t width = block.names.size();
  const std::size_t train_rows = dataset.ready_train_rows.value_or(dataset.rows);
  std::size_t kept = 0;
  std::size_t kept_train = 0;
  for (std::size_t row = 0; row < dataset.rows; ++row) {
    if (block.missing[row] || target.missing[row]) continue;
    dataset.kept_rows.push_back(row);
    const auto from = block.values.begin() + static_cast<std::ptrdiff_t>(row * width);
    std::copy_n(from, width, block.values.begin() + static_cast<std::ptrdiff_t>(kept * width));
    target.texts[kept] = target.texts[row];
    target.numbers[kept] = target.numbers[row];
    ++kept;
    if (row < train_rows) ++kept_train;
  }
  if (kept == dataset.rows) return dataset.kept_rows.clear();
  dataset.notices.push_back({NoticeKind::rows_dropped,
                             {{"incomplete_rows", dataset.rows - kept}, {"rows", dataset.rows}},
                             "data.missing",
                             "mean"});
  block.values.resize(kept * width);
  target.texts.resize(kept);
  target.numbers.resize(kept);
  dataset.rows = kept;
  if (dataset.ready_train_rows) dataset.ready_train_rows = kept_train;
}

void note_filled(const FeatureBlock& block, Dataset& dataset) {
  const auto incomplete = static_cast<std::size_t>(std::ranges::count(block.missing, true));
  if (incomplete == 0) return;
  dataset.notices.push_back(
      {NoticeKind::values_filled, {{"incomplete_rows", incomplete}, {"rows", dataset.rows}}, "data.missing", "drop"});
}

void check_rows_left(const Dataset& dataset) {
  const bool no_training = dataset.ready_train_rows.value_or(dataset.rows) == 0;
  const bool no_validation = dataset.ready_train_rows == dataset.rows;
  if (no_training || no_validation)
    throw Error(ProblemKind::rows_incomplete, no_training ? dataset.train_file : dataset.validation_file, {},
                "data.missing", "mean");
}

Dataset resolve_text(const TextTables& tables, const DataConfig& config, Dataset dataset) {
  const ColumnPlan plan = plan_columns(tables, config);
  FeatureBlock block;
  find_one_hot_values(tables, plan, config, block);
  name_features(plan, block);
  dataset.rows = row_count(tables);
  check_memory(dataset.train_file, dataset.rows, block.names.size());
  block.values.resize(dataset.rows * block.names.size());
  block.missing.resize(dataset.rows);

  std::vector<Problem> problems;
  read_features(tables, plan, config, block, problems);
  TargetColumn target = read_target(tables, plan.target, config, problems);
  if (!problems.empty()) throw Error(std::move(problems));

  if (config.missing == Missing::drop) drop_rows(block, target, dataset);
  if (config.missing == Missing::mean) note_filled(block, dataset);
  check_rows_left(dataset);
  finish_target(target, config, dataset);
  dataset.feature_names = std::move(block.names);
  for (std::size_t j = 0; j < plan.features.size(); ++j)
    if (plan.features[j].one_hot)
      dataset.one_hot.push_back({plan.features[j].name, {block.one_hot[j].begin(), block.one_hot[j].end()}});
  dataset.features = std::move(block.values);
  return dataset;
}

template <class Number>
Dataset resolve_numbers(NumberTable<Number> train, NumberTable<Number>* validation, const DataConfig& config,
                        Dataset dataset) {
  if (validation) {
    if (validation->columns != train.columns)
      throw Error(ProblemKind::columns_differ, validation->file,
                  {{"columns", validation->columns}, {"other", train.file}, {"other_columns", train.columns}});
    train.values.insert(train.values.end(), validation->values.begin(), validation->values.end());
    train.targets.insert(train.targets.end(), validation->targets.begin(), validation->targets.end());
  }
  if (config.kind && *config.kind != train.kind)
    throw Error(ProblemKind::kind_known, "/data/kind", {{"file", dataset.train_file}, {"kind", word(train.kind)}},
                "data.kind", "null");
  dataset.kind = train.kind;
  dataset.rows = train.targets.size();
  check_memory(dataset.train_file, dataset.rows, train.columns);
  dataset.feature_names = std::move(train.names);
  for (std::size_t i = dataset.feature_names.size(); i < train.columns; ++i)
    dataset.feature_names.push_back(fmt::format("{}{}", train.column_prefix, i));
  if (train.kind == TaskKind::classification)
    number_labels(train.targets, {}, config, dataset);
  else
    dataset.targets = std::move(train.targets);
  dataset.features = std::move(train.values);
  return dataset;
}

}  // namespace

Dataset resolve(Table train, std::optional<Table> validation, const DataConfig& config) {
  Dataset dataset;
  const auto file = [](const auto& table) { return table.file; };
  const auto rows = [](const auto& table) { return table.rows; };
  dataset.train_file = std::visit(file, train);
  if (validation) {
    dataset.validation_file = std::visit(file, *validation);
    dataset.ready_train_rows = std::visit(rows, train);
  }
  if (const auto* text = std::get_if<TextTable>(&train)) {
    TextTables tables = {text};
    if (validation) tables.push_back(&std::get<TextTable>(*validation));
    return resolve_text(tables, config, std::move(dataset));
  }
  if (auto* images = std::get_if<ImageTable>(&train))
    return resolve_numbers(std::move(*images), validation ? &std::get<ImageTable>(*validation) : nullptr, config,
                           std::move(dataset));
  return resolve_numbers(std::move(std::get<RealTable>(train)),
                         validation ? &std::get<RealTable>(*validation) : nullptr, config, std::move(dataset));
}

}  // namespace lrtune
