#include "data/split.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>

#include "base/random.h"
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

// Five classes of very different size in 2922 rows, as of eight years of weather.
Dataset weather() {
  Dataset data;
  data.classes = {"drizzle", "fog", "rain", "snow", "sun"};
  data.rows = 2922;
  for (std::size_t row = 0; row < data.rows; ++row) {
    const double u = random_uniform({5, 0}, Purpose::test, 0, row);
    data.labels.push_back(u < 0.04 ? 0 : u < 0.18 ? 1 : u < 0.62 ? 2 : u < 0.63 ? 3 : 4);
  }
  return data;
}

std::size_t moved_rows(const Split& a, const Split& b, std::size_t rows) {
  std::size_t moved = 0;
  for (std::size_t row = 0; row < rows; ++row)
    moved +=
        static_cast<std::size_t>(std::ranges::binary_search(a.train, row) != std::ranges::binary_search(b.train, row));
  return moved;
}

TEST(Split, OneOtherLabelMovesHardlyAnyRow) {
  const Dataset data = weather();
  for (bool stratify : {true, false}) {
    DataConfig config;
    config.stratify = stratify;
    const Split before = split_rows(data, config);
    std::size_t most = 0;
    std::size_t sum = 0;
    for (std::size_t row = 0; row < data.rows; row += 40) {
      Dataset other = data;
      other.labels[row] = (other.labels[row] + 1) % 5;
      const std::size_t moved = moved_rows(before, split_rows(other, config), data.rows);
      most = std::max(most, moved);
      sum += moved;
    }
    EXPECT_LE(most, stratify ? 2U : 0U);
    EXPECT_LE(sum, stratify ? 74U : 0U) << "one per changed label on average";
  }
}

// Each row is drawn for itself: neighbours, classes and seeds have nothing to do with each other.
TEST(Split, TakesAFifthOfTheRowsEverywhereInTheFile) {
  const Dataset data = weather();
  std::vector<std::vector<std::size_t>> parts;
  for (std::uint32_t seed : {0U, 1U, 2U}) {
    DataConfig config;
    config.split_seed = seed;
    parts.push_back(split_rows(data, config).validation);
    EXPECT_NEAR(static_cast<double>(parts.back().size()), 584.4, 3);
    const auto half = std::ranges::lower_bound(parts.back(), data.rows / 2) - parts.back().begin();
    EXPECT_NEAR(static_cast<double>(half), 292.2, 45) << "four standard deviations";
    std::size_t pairs = 0;
    for (std::size_t i = 1; i < parts.back().size(); ++i)
      pairs += static_cast<std::size_t>(parts.back()[i] == parts.back()[i - 1] + 1);
    EXPECT_NEAR(static_cast<double>(pairs), 116.9, 39);
  }
  for (std::size_t a = 0; a < 3; ++a) {
    std::vector<std::size_t> both;
    std::ranges::set_intersection(parts[a], parts[(a + 1) % 3], std::back_inserter(both));
    EXPECT_NEAR(static_cast<double>(both.size()), 116.9, 35) << "of independent fifths";
  }
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
