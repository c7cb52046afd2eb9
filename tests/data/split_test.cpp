#include "data/split.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "data/standardize.h"
#include "lrtune/error.h"

namespace lrtune {
namespace {

// Classes of 50, 7, 3 and 1 rows, mixed.
Dataset labelled() {
  Dataset data;
  data.classes = {"a", "b", "c", "d"};
  for (std::int32_t i = 0; i < 61; ++i)
    data.labels.push_back(i == 30 ? 3 : i % 20 == 5 ? 2 : i % 8 == 2 && i < 55 ? 1 : 0);
  data.rows = data.labels.size();
  return data;
}

std::vector<std::size_t> class_counts(const Dataset& data, const std::vector<std::size_t>& rows) {
  std::vector<std::size_t> counts(data.classes.size());
  for (std::size_t row : rows) ++counts[static_cast<std::size_t>(data.labels[row])];
  return counts;
}

TEST(Split, HoldsEveryRowOnceInFileOrder) {
  const Dataset data = labelled();
  for (bool stratify : {true, false}) {
    DataConfig config;
    config.stratify = stratify;
    const Split split = split_rows(data, config);
    EXPECT_TRUE(std::ranges::is_sorted(split.train));
    EXPECT_TRUE(std::ranges::is_sorted(split.validation));
    std::vector<std::size_t> all = split.train;
    all.insert(all.end(), split.validation.begin(), split.validation.end());
    std::ranges::sort(all);
    ASSERT_EQ(all.size(), data.rows);
    for (std::size_t row = 0; row < data.rows; ++row) EXPECT_EQ(all[row], row);
  }
}

TEST(Split, GivesEachClassItsRoundedShareAndLeavesOneToTrain) {
  const Dataset data = labelled();
  ASSERT_EQ(class_counts(data, split_rows(data, {}).train).size(), 4U);
  const std::vector<std::size_t> all = [&] {
    std::vector<std::size_t> rows(data.rows);
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = i;
    return class_counts(data, rows);
  }();
  ASSERT_EQ(all, (std::vector<std::size_t>{50, 7, 3, 1}));
  DataConfig config;
  config.validation_fraction = 0.2;  // 10, 1.4, 0.6, 0.2
  EXPECT_EQ(class_counts(data, split_rows(data, config).validation), (std::vector<std::size_t>{10, 1, 1, 0}));
  config.validation_fraction = 0.5;  // 25, 3.5, 1.5, 0.5
  EXPECT_EQ(class_counts(data, split_rows(data, config).validation), (std::vector<std::size_t>{25, 4, 2, 0}));
  config.validation_fraction = 0.99;
  EXPECT_EQ(class_counts(data, split_rows(data, config).validation), (std::vector<std::size_t>{49, 6, 2, 0}));
}

TEST(Split, DependsOnTheSplitSeedAlone) {
  Dataset data = labelled();
  DataConfig config;
  const Split first = split_rows(data, config);
  data.features = std::vector<double>(61, 7.0);
  data.train_file = "other";
  config.synthetic.seed = 9;
  config.max_rows = 61;
  EXPECT_EQ(split_rows(data, config).validation, first.validation);
  config.split_seed = 1;
  EXPECT_NE(split_rows(data, config).validation, first.validation);
}

TEST(Split, AClassKeepsItsRowsWhenAnotherGrows) {
  Dataset data = labelled();
  const auto of_class_a = [&](const Split& split) {
    std::vector<std::size_t> rows;
    for (std::size_t row : split.validation)
      if (data.labels[row] == 0) rows.push_back(row);
    return rows;
  };
  const auto before = of_class_a(split_rows(data, {}));
  data.labels.insert(data.labels.end(), 20, 1);
  data.rows = data.labels.size();
  EXPECT_EQ(of_class_a(split_rows(data, {})), before);
}

TEST(Split, RegressionTakesTheShareOfAllRows) {
  Dataset data;
  data.kind = TaskKind::regression;
  data.rows = 442;
  EXPECT_EQ(split_rows(data, {}).validation.size(), 88U);  // 88.4
}

TEST(Split, AReadySplitIsKept) {
  Dataset data = labelled();
  data.ready_train_rows = 60;
  const Split split = split_rows(data, {});
  EXPECT_EQ(split.train.size(), 60U);
  EXPECT_EQ(split.validation, (std::vector<std::size_t>{60}));
}

}  // namespace
}  // namespace lrtune
