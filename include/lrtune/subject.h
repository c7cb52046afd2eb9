// subject.h: what is trained, as results know it. A subject has a fingerprint; two results of one config can be
// compared if theirs are equal. What more there is to tell depends on its kind, and is absent for others: tables and
// reports show what there is.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "lrtune/notice.h"

namespace lrtune {

enum class TaskKind { classification, regression };

// A text column that became one 0/1 feature "column=value" for each value, in this order, in the column's place.
struct OneHotColumn {
  std::string column;
  std::vector<std::string> values;

  friend bool operator==(const OneHotColumn&, const OneHotColumn&) = default;
};

// The best answer that is the same for every row, by the training rows and the loss of the training (under
// cross-entropy the shares of the classes, under mse the mean target): how well it does on the validation rows.
struct ConstantAnswer {
  double loss = 0;
  std::optional<double> error;  // classification

  friend bool operator==(const ConstantAnswer&, const ConstantAnswer&) = default;
};

// A data set for a network. Of a feature x the network sees (x − mean)/sd, with mean and population standard deviation
// of the training rows; a feature that is constant there has sd 0 and is seen as 0 everywhere. Without data.standardize
// it sees x. A missing x is the mean first.
struct DataSummary {
  TaskKind kind = TaskKind::classification;
  std::size_t train_rows = 0;
  std::size_t validation_rows = 0;
  std::size_t features = 0;
  std::size_t outputs = 0;  // classes; 1 for regression
  std::vector<std::string> classes;
  std::optional<double> target_mean;  // regression, of the training rows
  std::optional<double> target_sd;
  std::vector<std::string> feature_names = {};  // in the order of the network's inputs; none in older results
  std::vector<double> feature_means = {};       // of the same length
  std::vector<double> feature_sds = {};
  std::vector<OneHotColumn> one_hot = {};
  std::optional<ConstantAnswer> constant = {};  // none in older results, nor where its loss is infinite

  friend bool operator==(const DataSummary&, const DataSummary&) = default;
};

struct Subject {
  std::string fingerprint;          // data: SHA-256 of the parsed table
  std::optional<DataSummary> data;  // of data and a network
  std::vector<Notice> notices;

  friend bool operator==(const Subject&, const Subject&) = default;
};

// A loss times this is in the subject's own units; absent where losses have none. The target of a regression is
// standardized, so that its losses are in units of its variance.
inline std::optional<double> loss_unit(const Subject& subject) {
  if (!subject.data || !subject.data->target_sd) return std::nullopt;
  return *subject.data->target_sd * *subject.data->target_sd;
}

}  // namespace lrtune
