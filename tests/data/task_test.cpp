// From file to task: columns, classes, guesses, missing cells, standardization against numbers computed by hand.
#include "data/task.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "data/constant_answer.h"
#include "data_helpers.h"

namespace lrtune {
namespace {

class TaskTest : public DataTest {
 protected:
  // Both files through load_task; the split is then known.
  Task load_both(std::string_view train, std::string_view validation) {
    write("t.csv", train);
    write("v.csv", validation);
    config.validation = "v.csv";
    return load_task(config, folder);
  }
};

const Notice* find(const Task& task, NoticeKind kind) {
  for (const Notice& notice : task.notices)
    if (notice.kind == kind) return &notice;
  return nullptr;
}

TEST_F(TaskTest, StandardizesWithMeanAndPopulationSdOfTheTrainingRows) {
  // x: 2 4 4 4 5 5 7 9 has mean 5 and population sd 2.
  const Task task = load_both("x,kind\n2,a\n4,b\n4,a\n4,b\n5,a\n5,b\n7,a\n9,b\n", "x,kind\n100,a\n5,b\n");
  EXPECT_EQ(task.train.features, (std::vector<float>{-1.5F, -0.5F, -0.5F, -0.5F, 0, 0, 1, 2}));
  EXPECT_EQ(task.validation.features, (std::vector<float>{47.5F, 0}));
}

// What the network is given can be made anew from the files and what the summary says.
TEST_F(TaskTest, SaysHowItsFeaturesAreMade) {
  config.target = "y";
  config.one_hot = {"c"};
  config.validation = "v.csv";
  const Task task = load_both("x,c,k,y\n2,red,7,a\n4,blue,7,b\n9,red,7,a\n", "x,c,k,y\n5,blue,8,a\n1,red,7,b\n");
  const DataSummary& data = task.summary;
  EXPECT_EQ(data.feature_names, (std::vector<std::string>{"x", "c=blue", "c=red", "k"}));
  ASSERT_EQ(data.feature_means.size(), 4U);
  ASSERT_EQ(data.feature_sds.size(), 4U);
  EXPECT_DOUBLE_EQ(data.feature_means[0], 5);
  EXPECT_DOUBLE_EQ(data.feature_sds[0], std::sqrt((9 + 1 + 16) / 3.0));
  EXPECT_EQ(data.feature_means[3], 7);
  EXPECT_EQ(data.feature_sds[3], 0) << "constant in the training rows";
  EXPECT_EQ(task.summary.one_hot, (std::vector<OneHotColumn>{{"c", {"blue", "red"}}}));
  EXPECT_TRUE(task.validation_rows.empty()) << "they are those of the ready set";
  const std::vector<std::vector<double>> rows = {{5, 1, 0, 8}, {1, 0, 1, 7}};
  for (std::size_t row = 0; row < rows.size(); ++row)
    for (std::size_t j = 0; j < 4; ++j) {
      const double sd = data.feature_sds[j];
      const double expected = sd == 0 ? 0 : (rows[row][j] - data.feature_means[j]) / sd;
      EXPECT_EQ(task.validation.features[row * 4 + j], static_cast<float>(expected)) << row << ' ' << j;
    }
}

TEST_F(TaskTest, SaysWhichRowsOfTheFileValidate) {
  config.target = "y";
  config.kind = TaskKind::regression;
  config.missing = Missing::drop;
  config.standardize = false;
  config.validation_fraction = 0.4;
  std::string text = "x,y\n";
  for (int row = 0; row < 30; ++row)
    text += row % 5 == 2 ? fmt::format(",{}\n", row) : fmt::format("{},{}\n", row, row);
  const Task task = load(text);
  ASSERT_EQ(task.validation_rows.size(), task.validation.count);
  for (std::size_t i = 0; i < task.validation.count; ++i)
    EXPECT_EQ(task.validation.features[i], static_cast<float>(task.validation_rows[i])) << "x is the row's number";
  config.missing = Missing::error;
  text = "x,y\n";
  for (int row = 0; row < 30; ++row) text += fmt::format("{},{}\n", row, row);
  const Task whole = load(text);
  ASSERT_EQ(whole.validation_rows.size(), 12U);
  for (std::size_t i = 0; i < 12; ++i)
    EXPECT_EQ(whole.validation.features[i], static_cast<float>(whole.validation_rows[i]));
}

TEST_F(TaskTest, LargeOffsetsDoNotCostTheVariance) {
  // Σx²−mean² in double would give sd 0 or nonsense here: 1e9² eats all digits of 1.
  const Task task = load_both("x,kind\n1000000000,a\n1000000002,b\n", "x,kind\n1000000001,a\n1000000003,b\n");
  EXPECT_EQ(task.train.features, (std::vector<float>{-1, 1}));
  EXPECT_EQ(task.validation.features, (std::vector<float>{0, 2}));
}

TEST_F(TaskTest, ConstantColumnIsZeroInBothHalvesAndOneNoticeNamesAll) {
  const Task task = load_both("p,x,q,r,s,kind\n0.1,1,5,6,7,a\n0.1,2,5,6,7,b\n0.1,3,5,6,7,a\n",
                              "p,x,q,r,s,kind\n0.1,2,8,6,7,a\n0.1,2,5,6,7,b\n");
  for (std::size_t row = 0; row < 3; ++row)
    for (std::size_t column : {0U, 2U, 3U, 4U}) EXPECT_EQ(task.train.features[row * 5 + column], 0);
  EXPECT_EQ(task.validation.features[2], 0) << "its weights were never trained";
  const Notice* notice = find(task, NoticeKind::constant_columns);
  ASSERT_NE(notice, nullptr);
  EXPECT_EQ(*notice, (Notice{NoticeKind::constant_columns,
                             {{"constant", 4U}, {"columns", std::vector<std::string>{"p", "q", "r", "s"}}},
                             "data.ignore"}));
}

TEST_F(TaskTest, WithoutStandardizeFeaturesStayAndTargetsDoNot) {
  config.standardize = false;
  config.target = "y";
  config.kind = TaskKind::regression;
  const Task task = load_both("x,c,y\n2,7,10\n4,7,20\n", "x,c,y\n1.5,7,15\n8,7,40\n");
  EXPECT_EQ(task.train.features, (std::vector<float>{2, 7, 4, 7}));
  EXPECT_EQ(task.validation.features, (std::vector<float>{1.5F, 7, 8, 7}));
  EXPECT_EQ(task.train.targets, (std::vector<float>{-1, 1}));
  EXPECT_EQ(task.validation.targets, (std::vector<float>{0, 5}));
  EXPECT_EQ(task.summary.target_mean, 15);
  EXPECT_EQ(task.summary.target_sd, 5);
  EXPECT_EQ(find(task, NoticeKind::constant_columns), nullptr);
  EXPECT_EQ(task.summary.outputs, 1U);
  EXPECT_TRUE(task.train.labels.empty());
}

TEST_F(TaskTest, ClassesGoByNumberIfAllLabelsAreNumbersElseByBytes) {
  EXPECT_EQ(load("x,kind\n1,10\n2,9\n3,-1\n4,10\n5,9\n6,-1\n7,10\n8,10\n9,10\n").summary.classes,
            (std::vector<std::string>{"-1", "9", "10"}));
  EXPECT_EQ(load("x,kind\n1,10\n2,9\n3,x\n4,10\n5,9\n6,10\n7,10\n8,10\n").summary.classes,
            (std::vector<std::string>{"10", "9", "x"}));
}

TEST_F(TaskTest, LabelsThatAreTheSameNumberAreOneClass) {
  const Task task = load("x,kind\n1,1.0\n2,1\n3,2\n4,02\n5,1.0\n6,1\n7,1\n");
  EXPECT_EQ(task.summary.classes, (std::vector<std::string>{"1", "02"}));
}

TEST_F(TaskTest, LabelsFollowTheOrderOfTheClasses) {
  config.validation_fraction = 0.5;
  const Task task = load_both("x,kind\n1,b\n2,a\n3,c\n", "x,kind\n1,c\n2,b\n3,a\n");
  EXPECT_EQ(task.train.labels, (std::vector<std::int32_t>{1, 0, 2}));
  EXPECT_EQ(task.validation.labels, (std::vector<std::int32_t>{2, 1, 0}));
}

TEST_F(TaskTest, KindIsGuessedAndSaidSo) {
  config.target = "y";
  const auto kind_of = [&](int rows, const auto& target) {
    std::string text = "x,y\n";
    for (int i = 0; i < rows; ++i) text += fmt::format("{},{}\n", i, target(i));
    const Task task = load(text);
    EXPECT_NE(find(task, NoticeKind::kind_guessed), nullptr);
    return task.summary.kind;
  };
  EXPECT_EQ(kind_of(100, [](int i) { return std::to_string(i % 20); }), TaskKind::classification);
  EXPECT_EQ(kind_of(100, [](int i) { return std::to_string(i % 21); }), TaskKind::regression);
  EXPECT_EQ(kind_of(100, [](int i) { return std::to_string(i % 3) + ".5"; }), TaskKind::regression);
  EXPECT_EQ(kind_of(100, [](int i) { return fmt::format("v{}", i % 3); }), TaskKind::classification);
  config.kind = TaskKind::classification;
  const Task given = load("x,y\n1,0.5\n2,1.5\n3,0.5\n4,1.5\n5,.5\n6,1.5\n");
  EXPECT_EQ(given.summary.kind, TaskKind::classification);
  EXPECT_EQ(find(given, NoticeKind::kind_guessed), nullptr);
}

TEST_F(TaskTest, ASubjectsLossesAreInUnitsOfTheTargetsVariance) {
  config.target = "y";
  config.kind = TaskKind::regression;
  const Task task = load_both("x,y\n1,2\n2,4\n3,4\n4,4\n5,5\n6,5\n7,7\n8,9\n", "x,y\n1,2\n");  // sd 2
  const Subject subject = subject_of(task, {});
  EXPECT_EQ(subject.fingerprint, task.sha256);
  DataSummary summary = task.summary;
  summary.constant = constant_answer(task, {});
  EXPECT_EQ(subject.data, summary);
  EXPECT_EQ(subject.notices, task.notices);
  EXPECT_EQ(loss_unit(subject), 4.0);
  config.kind = TaskKind::classification;
  config.validation.reset();
  config.validation_fraction = 0.5;
  EXPECT_EQ(loss_unit(subject_of(load("x,y\n1,1\n2,2\n3,1\n4,2\n"), {})), std::nullopt);
  EXPECT_EQ(loss_unit(Subject{}), std::nullopt);
}

TEST_F(TaskTest, NonesAreLabelsAmongTextAndMissingAmongNumbers) {
  EXPECT_EQ(load("x,kind\n1,none\n2,mild\n3,none\n4,mild\n5,none\n6,mild\n").summary.classes,
            (std::vector<std::string>{"mild", "none"}));
  expect_problem(problems_of("x,kind\n1,none\n2,1\n3,0\n4,1\n5,0\n"), {ProblemKind::target_cell_missing,
                                                                       "t.csv, row 2, column \"kind\"",
                                                                       {{"cells", 1U}, {"cell", "none"}},
                                                                       "data.missing",
                                                                       "drop"});
}

TEST_F(TaskTest, TargetByIndexAndWithoutHeader) {
  config.target = std::size_t{0};
  config.ignore = {"2"};
  config.validation_fraction = 0.5;
  const Task task = load("a,1,z\nb,2,z\na,3,z\nb,4,z\n");
  EXPECT_EQ(task.summary.features, 1U);
  EXPECT_EQ(task.summary.classes, (std::vector<std::string>{"a", "b"}));
}

TEST_F(TaskTest, ColumnsOfTheValidationFileGoByNameInAnyOrder) {
  config.standardize = false;
  config.ignore = {"id"};
  const Task task = load_both("id,x,y,kind\nq,1,2,a\nr,3,4,b\n", "kind,y,x\na,20,10\nb,40,30\n");
  EXPECT_EQ(task.train.features, (std::vector<float>{1, 2, 3, 4}));
  EXPECT_EQ(task.validation.features, (std::vector<float>{10, 20, 30, 40}));
}

TEST_F(TaskTest, OneHotMakesAColumnPerValueInItsPlace) {
  config.standardize = false;
  config.one_hot = {"colour"};
  const Task task = load_both("x,colour,y,kind\n1,red,5,a\n2,blue,6,b\n", "x,colour,y,kind\n3,green,7,a\n4,red,8,b\n");
  EXPECT_EQ(task.summary.features, 5U);  // x, blue, green, red, y
  EXPECT_EQ(task.train.features, (std::vector<float>{1, 0, 0, 1, 5, 2, 1, 0, 0, 6}));
  EXPECT_EQ(task.validation.features, (std::vector<float>{3, 0, 1, 0, 7, 4, 0, 0, 1, 8}));
}

TEST_F(TaskTest, MeanFillsWithTheTrainingMeanAlsoInValidation) {
  config.standardize = false;
  config.missing = Missing::mean;
  config.one_hot = {"c"};
  const Task task = load_both("x,c,kind\n1,u,a\n,v,b\n5,,a\nNA,u,b\n", "x,c,kind\n?,u,a\n100,,b\n");
  const float third = 1.0F / 3;
  const float two_thirds = 2.0F / 3;
  EXPECT_EQ(task.train.features, (std::vector<float>{1, 1, 0, 3, 0, 1, 5, two_thirds, third, 3, 1, 0}));
  EXPECT_EQ(task.validation.features, (std::vector<float>{3, 1, 0, 100, two_thirds, third}));
  const Notice* notice = find(task, NoticeKind::values_filled);
  ASSERT_NE(notice, nullptr);
  EXPECT_EQ(*notice,
            (Notice{NoticeKind::values_filled, {{"incomplete_rows", 5U}, {"rows", 6U}}, "data.missing", "drop"}));
}

TEST_F(TaskTest, MeanCountsFilledRowsInTheSd) {
  config.missing = Missing::mean;
  // 0 and 4 with two filled by 2: mean 2, sd √(8 / 4) = √2.
  const Task task = load_both("x,kind\n0,a\n,b\n4,a\n,b\n", "x,kind\n2,a\n4,b\n");
  const auto z = static_cast<float>(2 / std::sqrt(2.0));
  EXPECT_EQ(task.train.features, (std::vector<float>{-z, 0, z, 0}));
  EXPECT_EQ(task.validation.features, (std::vector<float>{0, z}));
}

TEST_F(TaskTest, DropLeavesOutRowsOfBothFilesWithANotice) {
  config.standardize = false;
  config.missing = Missing::drop;
  const Task task = load_both("x,y,kind\n1,1,a\n,2,b\n3,3,b\n4,4,\n", "x,y,kind\n5,,a\n6,6,a\n7,7,b\n");
  EXPECT_EQ(task.train.features, (std::vector<float>{1, 1, 3, 3}));
  EXPECT_EQ(task.train.labels, (std::vector<std::int32_t>{0, 1}));
  EXPECT_EQ(task.validation.features, (std::vector<float>{6, 6, 7, 7}));
  const Notice* notice = find(task, NoticeKind::rows_dropped);
  ASSERT_NE(notice, nullptr);
  EXPECT_EQ(*notice,
            (Notice{NoticeKind::rows_dropped, {{"incomplete_rows", 3U}, {"rows", 7U}}, "data.missing", "mean"}));
}

TEST_F(TaskTest, IgnoredColumnsMayHoldAnything) {
  config.ignore = {"id"};
  EXPECT_EQ(load("id,x,kind\nq,1,a\n,2,b\nnan,3,a\n1e999,4,b\n5,5,a\n6,6,b\n").summary.features, 1U);
}

TEST_F(TaskTest, AValidationValueBeyondFloatOnceScaledIsRefused) {
  write("t.csv", "x,kind\n1e-30,a\n2e-30,b\n");
  write("v.csv", "x,kind\n1e30,a\n1,b\n");
  config.validation = "v.csv";
  expect_problem(problems(),
                 {ProblemKind::value_too_far, "v.csv, column \"x\"", {{"column", "x"}}, "data.ignore", "[\"x\"]"});
}

TEST_F(TaskTest, AValidationTargetBeyondFloatOnceScaledIsRefused) {
  write("t.csv", "x,kind\n1,1e-30\n2,2e-30\n");
  write("v.csv", "x,kind\n1,1e30\n2,1\n");
  config.validation = "v.csv";
  config.kind = TaskKind::regression;
  expect_problem(problems(), {ProblemKind::target_too_far, "v.csv"});
}

TEST_F(TaskTest, SizesAddUp) {
  const Task task = load(kSmall);
  EXPECT_EQ(task.train.count, 8U);
  EXPECT_EQ(task.validation.count, 2U);
  EXPECT_EQ(task.summary.train_rows, 8U);
  EXPECT_EQ(task.summary.validation_rows, 2U);
  EXPECT_EQ(task.train.features.size(), 16U);
  EXPECT_EQ(task.train.labels.size(), 8U);
  EXPECT_TRUE(task.train.targets.empty());
  EXPECT_EQ(task.summary.outputs, 2U);
  EXPECT_EQ(task.sha256.size(), 64U);
}

}  // namespace
}  // namespace lrtune
