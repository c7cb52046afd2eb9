#include "data/standardize.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <type_traits>

#include "base/text.h"
#include "data/columns.h"
#include "lrtune/error.h"

namespace lrtune {
namespace {

// Of one column over the training rows.
struct Scale {
  double mean = 0;
  double sd = 1;
  bool constant = false;
};

// Sums of all columns at once: [column].
struct Sums {
  explicit Sums(std::size_t columns)
      : sum(columns), squares(columns), count(columns), least(columns, kInf), most(columns, -kInf) {}
  static constexpr double kInf = std::numeric_limits<double>::infinity();
  std::vector<double> sum, squares, count, least, most;
};

// Bytes have no NaN, and asking for one costs half the time of loading images.
template <class Number>
bool is_missing(Number x) {
  if constexpr (std::is_floating_point_v<Number>) return std::isnan(x);
  return false;
}

template <class Number>
std::vector<Scale> measure(const std::vector<Number>& values, std::size_t columns, std::span<const std::size_t> rows) {
  Sums sums(columns);
  for (std::size_t row : rows) {
    const Number* x = values.data() + row * columns;
    for (std::size_t j = 0; j < columns; ++j) {
      if (is_missing(x[j])) continue;
      const auto value = static_cast<double>(x[j]);
      sums.sum[j] += value;
      sums.count[j] += 1;
      sums.least[j] = value < sums.least[j] ? value : sums.least[j];
      sums.most[j] = value > sums.most[j] ? value : sums.most[j];
    }
  }
  std::vector<double> mean(columns);
  for (std::size_t j = 0; j < columns; ++j) mean[j] = sums.sum[j] / sums.count[j];
  for (std::size_t row : rows) {
    const Number* x = values.data() + row * columns;
    for (std::size_t j = 0; j < columns; ++j) {
      const double deviation = is_missing(x[j]) ? 0 : static_cast<double>(x[j]) - mean[j];
      sums.squares[j] += deviation * deviation;
    }
  }
  std::vector<Scale> scales(columns);
  for (std::size_t j = 0; j < columns; ++j) {
    const double sd = std::sqrt(sums.squares[j] / static_cast<double>(rows.size()));
    const bool constant = sums.least[j] == sums.most[j] || sd == 0;
    scales[j] = constant ? Scale{sums.least[j], 1, true} : Scale{mean[j], sd, false};
    if (sums.count[j] == 0) scales[j].mean = std::numeric_limits<double>::quiet_NaN();
  }
  return scales;
}

template <class Number>
std::vector<float> scaled(const std::vector<Number>& values, const std::vector<Scale>& scales,
                          std::span<const std::size_t> rows, bool units) {
  const std::size_t columns = scales.size();
  std::vector<double> fill(columns), shift(columns), divisor(columns, 1.0);
  for (std::size_t j = 0; j < columns; ++j) {
    fill[j] = scales[j].mean;
    if (!units) continue;
    shift[j] = scales[j].mean;
    // A column that is constant in training is 0 in validation too: its weights never see a gradient.
    divisor[j] = scales[j].constant ? std::numeric_limits<double>::infinity() : scales[j].sd;
  }
  std::vector<float> out(rows.size() * columns);
  float* z = out.data();
  for (std::size_t row : rows) {
    const Number* x = values.data() + row * columns;
    for (std::size_t j = 0; j < columns; ++j) {
      const double value = is_missing(x[j]) ? fill[j] : static_cast<double>(x[j]);
      z[j] = static_cast<float>((value - shift[j]) / divisor[j] + 0.0);  // no −0
    }
    z += columns;
  }
  return out;
}

void note_constant(const Dataset& dataset, const std::vector<Scale>& scales, bool images,
                   std::vector<Notice>& notices) {
  std::vector<std::string> names;
  for (std::size_t j = 0; j < scales.size(); ++j)
    if (scales[j].constant) names.push_back(dataset.feature_names[j]);
  if (names.empty()) return;
  Facts facts = {{"constant", names.size()}};
  if (images) {
    facts.push_back({"pixels", scales.size()});
    notices.push_back({NoticeKind::constant_columns, std::move(facts)});
  } else {
    facts.push_back({"columns", std::move(names)});
    notices.push_back({NoticeKind::constant_columns, std::move(facts), "data.ignore"});
  }
}

void check_scales(const Dataset& dataset, const std::vector<Scale>& scales, const DataConfig& config) {
  std::vector<Problem> problems;
  for (std::size_t j = 0; j < scales.size(); ++j)
    if (std::isnan(scales[j].mean))
      problems.push_back({ProblemKind::column_empty,
                          fmt::format("{}, column {}", dataset.train_file, show(dataset.feature_names[j])),
                          {{"column", dataset.feature_names[j]}},
                          "data.ignore",
                          ignoring(config, dataset.feature_names[j])});
  if (problems.empty() && std::ranges::all_of(scales, &Scale::constant))
    problems.push_back({ProblemKind::columns_constant, dataset.train_file, {}, "data.ignore"});
  if (!problems.empty()) throw Error(std::move(problems));
}

// Far from the training rows a value can leave the range of float once it is in their units.
void check_finite(const Dataset& dataset, const std::vector<float>& values, const std::string& file,
                  const DataConfig& config) {
  const auto is_bad = [](float z) { return !(std::fabs(z) <= std::numeric_limits<float>::max()); };
  const auto bad = std::ranges::find_if(values, is_bad);
  if (bad == values.end()) return;
  const auto column = static_cast<std::size_t>(bad - values.begin()) % dataset.feature_names.size();
  const std::string& name = dataset.feature_names[column];
  throw Error(ProblemKind::value_too_far, fmt::format("{}, column {}", file, show(name)), {{"column", name}},
              "data.ignore", ignoring(config, name));
}

template <class Number>
void scale_features(const Dataset& dataset, const std::vector<Number>& values, const Split& split,
                    const DataConfig& config, Task& task) {
  const bool units = config.standardize;
  const std::vector<Scale> scales = measure(values, dataset.feature_names.size(), split.train);
  check_scales(dataset, scales, config);
  task.summary.feature_names = dataset.feature_names;
  for (const Scale& scale : scales) {
    task.summary.feature_means.push_back(scale.mean);
    task.summary.feature_sds.push_back(scale.constant ? 0 : scale.sd);
  }
  task.train.features = scaled(values, scales, split.train, units);
  task.validation.features = scaled(values, scales, split.validation, units);
  check_finite(dataset, task.train.features, dataset.train_file, config);
  const bool ready = dataset.ready_train_rows.has_value();
  check_finite(dataset, task.validation.features, ready ? dataset.validation_file : dataset.train_file, config);
  if (units) note_constant(dataset, scales, std::is_same_v<Number, std::uint8_t>, task.notices);
}

void scale_targets(const Dataset& dataset, const Split& split, Task& task) {
  const std::vector<Scale> scales = measure(dataset.targets, 1, split.train);
  if (scales[0].constant)
    throw Error(ProblemKind::target_constant, dataset.train_file, {{"target", scales[0].mean}}, "data.target");
  task.summary.target_mean = scales[0].mean;
  task.summary.target_sd = scales[0].sd;
  task.train.targets = scaled(dataset.targets, scales, split.train, true);
  task.validation.targets = scaled(dataset.targets, scales, split.validation, true);
  const auto is_finite = [](float z) { return std::fabs(z) <= std::numeric_limits<float>::max(); };
  if (!std::ranges::all_of(task.validation.targets, is_finite))
    throw Error(ProblemKind::target_too_far, dataset.ready_train_rows ? dataset.validation_file : dataset.train_file);
}

}  // namespace

Task standardize(const Dataset& dataset, const Split& split, const DataConfig& config) {
  Task task;
  task.summary.kind = dataset.kind;
  task.summary.train_rows = task.train.count = split.train.size();
  task.summary.validation_rows = task.validation.count = split.validation.size();
  task.summary.features = dataset.feature_names.size();
  task.summary.one_hot = dataset.one_hot;
  task.notices = dataset.notices;
  std::visit([&](const auto& values) { scale_features(dataset, values, split, config, task); }, dataset.features);
  if (dataset.kind == TaskKind::classification) {
    task.summary.classes = dataset.classes;
    task.summary.outputs = dataset.classes.size();
    for (std::size_t row : split.train) task.train.labels.push_back(dataset.labels[row]);
    for (std::size_t row : split.validation) task.validation.labels.push_back(dataset.labels[row]);
  } else {
    task.summary.outputs = 1;
    scale_targets(dataset, split, task);
  }
  if (!dataset.ready_train_rows)
    for (std::size_t row : split.validation)
      task.validation_rows.push_back(dataset.kept_rows.empty() ? row : dataset.kept_rows[row]);
  return task;
}

}  // namespace lrtune
