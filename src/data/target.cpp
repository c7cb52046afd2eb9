#include "data/target.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "base/text.h"
#include "lrtune/enum_words.h"
#include "lrtune/error.h"

namespace lrtune {
namespace {

constexpr std::size_t kMostGuessedClasses = 20;  // docs: training.md, "Data"

// Different values, in order.
template <class Key>
std::vector<Key> distinct(std::vector<Key> keys) {
  std::ranges::sort(keys);
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

template <class Key>
std::vector<std::int32_t> ranks(const std::vector<Key>& keys, const std::vector<Key>& classes) {
  std::vector<std::int32_t> labels;
  labels.reserve(keys.size());
  for (const Key& key : keys)
    labels.push_back(static_cast<std::int32_t>(std::ranges::lower_bound(classes, key) - classes.begin()));
  return labels;
}

// Both files of a ready split need rows of every class.
void check_classes(const DataConfig& config, const Dataset& dataset) {
  if (dataset.classes.size() < 2)
    throw Error(ProblemKind::class_single, dataset.train_file, {{"class", dataset.classes.at(0)}},
                config.max_rows ? "data.max_rows" : "data.target", config.max_rows ? "null" : "");
  if (!dataset.ready_train_rows) return;
  std::vector<bool> in_train(dataset.classes.size());
  std::vector<bool> in_validation(dataset.classes.size());
  for (std::size_t row = 0; row < dataset.rows; ++row)
    (row < *dataset.ready_train_rows ? in_train : in_validation)[static_cast<std::size_t>(dataset.labels[row])] = true;
  std::vector<Problem> problems;
  for (std::size_t c = 0; c < dataset.classes.size(); ++c) {
    if (in_train[c] && in_validation[c]) continue;
    const auto& [without, with] = in_train[c] ? std::tie(dataset.validation_file, dataset.train_file)
                                              : std::tie(dataset.train_file, dataset.validation_file);
    problems.push_back({ProblemKind::class_missing,
                        without,
                        {{"class", dataset.classes[c]}, {"other", with}},
                        config.max_rows ? "data.max_rows" : "",
                        config.max_rows ? "null" : ""});
  }
  if (!problems.empty()) throw Error(std::move(problems));
}

bool looks_like_classes(const TargetColumn& target) {
  if (!target.numeric) return true;
  if (std::ranges::any_of(target.numbers, [](double x) { return x != std::floor(x); })) return false;
  return distinct(target.numbers).size() <= kMostGuessedClasses;
}

Notice guess_notice(const TargetColumn& target, TaskKind kind) {
  const bool classes = kind == TaskKind::classification;
  const std::string name = word(kind);
  Facts facts = {{"kind", name}};
  if (classes && target.numeric) facts.push_back({"different_numbers", distinct(target.numbers).size()});
  if (!classes) facts.push_back({"most_classes", kMostGuessedClasses});
  return {NoticeKind::kind_guessed, std::move(facts), "data.kind", name};
}

void label_texts(const TargetColumn& target, const DataConfig& config, Dataset& dataset) {
  const std::vector<std::string_view> classes = distinct(target.texts);
  dataset.labels = ranks(target.texts, classes);
  dataset.classes.assign(classes.begin(), classes.end());
  check_classes(config, dataset);
}

}  // namespace

TargetColumn read_target(const TextTables& tables, const ColumnUse& use, const DataConfig& config,
                         std::vector<Problem>& problems) {
  TargetColumn target;
  ColumnFaults as_number;
  ColumnFaults as_text;
  std::vector<bool> empty;
  for_each_row(tables, [&](std::size_t, const TextTable& table, std::size_t t, std::size_t r) {
    const std::string_view text = table.cell(r, use.index[t]);
    const Cell cell = read_cell(text);
    target.texts.push_back(text);
    target.numbers.push_back(cell.value);
    target.missing.push_back(cell.kind == CellKind::missing);
    empty.push_back(text.empty());
    as_number.count(cell.kind, table, r, use, use.index[t]);
    as_text.count(text.empty() ? CellKind::missing : CellKind::number, table, r, use, use.index[t]);
  });
  target.numeric = as_number.text.count == 0 && as_number.numbers + as_number.out_of_range.count > 0;
  if (target.numeric || config.kind == TaskKind::regression) {
    report_target_faults(as_number, config.missing, problems);
  } else {
    target.missing = std::move(empty);
    report_target_faults(as_text, config.missing, problems);
  }
  return target;
}

void finish_target(const TargetColumn& target, const DataConfig& config, Dataset& dataset) {
  const TaskKind guess = looks_like_classes(target) ? TaskKind::classification : TaskKind::regression;
  dataset.kind = config.kind.value_or(guess);
  if (!config.kind) dataset.notices.push_back(guess_notice(target, guess));
  if (dataset.kind == TaskKind::regression)
    dataset.targets = target.numbers;
  else if (target.numeric)
    number_labels(target.numbers, target.texts, config, dataset);
  else
    label_texts(target, config, dataset);
}

void number_labels(const std::vector<double>& numbers, const std::vector<std::string_view>& texts,
                   const DataConfig& config, Dataset& dataset) {
  const std::vector<double> classes = distinct(numbers);
  dataset.labels = ranks(numbers, classes);
  dataset.classes.resize(classes.size());
  if (texts.empty()) std::ranges::transform(classes, dataset.classes.begin(), format_number);
  for (std::size_t row = 0; row < texts.size(); ++row) {
    std::string& name = dataset.classes[static_cast<std::size_t>(dataset.labels[row])];
    if (name.empty() || texts[row] < name) name = texts[row];
  }
  check_classes(config, dataset);
}

}  // namespace lrtune
