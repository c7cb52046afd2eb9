// One test per kind of table that cannot be trained on: where, what, and the option that helps.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "data/table.h"
#include "data_helpers.h"
#include "report/notice_words.h"

namespace lrtune {
namespace {

using BadTable = DataTest;

// kSmall with the cell "3" of row 4 replaced.
std::string with_cell(std::string_view cell) {
  std::string text(kSmall);
  return text.replace(text.find("3,30"), 1, cell);
}

TEST_F(BadTable, MissingCellNamesRowColumnAndOption) {
  expect_problem(
      problems_of(with_cell("")),
      {ProblemKind::cell_missing, "t.csv, row 4, column \"length\"", {{"cells", 1U}}, "data.missing", "mean"});
  for (const char* word : {"NA", "nan", "N/A", "?", "null"})
    expect_problem(problems_of(with_cell(word)), "t.csv, row 4, column \"length\"", "is a missing value", "\"mean\"");
}

TEST_F(BadTable, TextInANumberColumnAsksForACorrection) {
  expect_problem(problems_of(with_cell("3x")), {ProblemKind::cell_not_number,
                                                "t.csv, row 4, column \"length\"",
                                                {{"cells", 1U}, {"cell", "3x"}},
                                                "data.ignore",
                                                "[\"length\"]"});
}

TEST_F(BadTable, InfiniteAndOutOfRangeCellsAreRefused) {
  expect_problem(problems_of(with_cell("-inf")),
                 {ProblemKind::cell_not_finite, "t.csv, row 4, column \"length\"", {{"cells", 1U}, {"cell", "-inf"}}});
  for (const char* cell : {"1e39", "-3.5e38", "1e999"})
    expect_problem(problems_of(with_cell(cell)), "t.csv, row 4, column \"length\"", "is out of range",
                   "correct the cell");
  EXPECT_EQ(load(with_cell("1e-999")).summary.train_rows, 8U);
}

TEST_F(BadTable, TextColumnAsksForOneHotOrIgnore) {
  expect_problem(problems_of("x,colour,kind\n1,red,a\n2,blue,b\n3,7,a\n4,red,b\n"), {ProblemKind::cell_not_number,
                                                                                     "t.csv, row 2, column \"colour\"",
                                                                                     {{"cells", 3U}, {"cell", "red"}},
                                                                                     "data.one_hot",
                                                                                     "[\"colour\"]"});
}

TEST_F(BadTable, EveryBadColumnGetsItsLine) {
  const auto found = problems_of("x,y,z,kind\n1,red,,a\n2,blue,2,b\n3,red,,a\n1e99,red,1,\n");
  ASSERT_EQ(found.size(), 4U);
  EXPECT_EQ(found[0].where, "t.csv, row 5, column \"x\"");
  EXPECT_EQ(found[1].where, "t.csv, row 2, column \"y\"");
  EXPECT_EQ(found[2].where, "t.csv, row 2, column \"z\"");
  EXPECT_EQ(problem_what(found[2]), "the cell is empty (2 such cells)");
  EXPECT_EQ(found[3].where, "t.csv, row 5, column \"kind\"");
}

TEST_F(BadTable, MissingTargetIsFilledByNothing) {
  std::string text(kSmall);
  text.replace(text.find("30,a"), 4, "30,");
  expect_problem(
      problems_of(text),
      {ProblemKind::target_cell_missing, "t.csv, row 4, column \"kind\"", {{"cells", 1U}}, "data.missing", "drop"});
  config.missing = Missing::mean;
  expect_problem(
      problems_of(text),
      {ProblemKind::target_cell_missing, "t.csv, row 4, column \"kind\"", {{"cells", 1U}}, "data.missing", "drop"});
  config.missing = Missing::drop;
  EXPECT_EQ(load(text).summary.train_rows + load(text).summary.validation_rows, 9U);
}

TEST_F(BadTable, TargetNotFoundSuggestsTheNearest) {
  config.target = "knd";
  expect_problem(
      problems_of(kSmall),
      {ProblemKind::target_unknown, "t.csv", {{"nearest", "kind"}, {"column", "knd"}}, "data.target", "\"kind\""});
  config.target = "zzzzzz";
  expect_problem(problems_of(kSmall),
                 {ProblemKind::target_unknown,
                  "t.csv",
                  {{"known", std::vector<std::string>{"length", "width", "kind"}}, {"column", "zzzzzz"}},
                  "data.target"});
  config.target = std::size_t{3};
  expect_problem(problems_of(kSmall),
                 {ProblemKind::target_index, "t.csv", {{"index", 3U}, {"columns", 3U}, {"last", 2U}}, "data.target"});
  config.target.reset();
  expect_problem(problems_of(kSmall), {ProblemKind::target_missing, "t.csv", {}, "data.target"});
}

TEST_F(BadTable, HeaderTakenForDataIsToldByTheTargetInIt) {
  expect_problem(problems_of("1990,2000,kind\n1,2,a\n"),
                 {ProblemKind::target_unknown, "t.csv", {{"column", "kind"}}, "data.header", "present"});
  expect_problem(problems_of("1,2,a\n1,2,b\n"),
                 {ProblemKind::target_unknown, "t.csv", {{"column", "kind"}, {"last", 2U}}, "data.target"});
}

TEST_F(BadTable, UnknownColumnsInListsSuggestTheNearest) {
  config.ignore = {"lenght"};
  config.one_hot = {"widht"};
  const auto found = problems_of(kSmall);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(to_line(found[0]), "t.csv: has no column \"lenght\" (in \"data.ignore\"); did you mean \"length\"?");
  EXPECT_EQ(to_line(found[1]), "t.csv: has no column \"widht\" (in \"data.one_hot\"); did you mean \"width\"?");
}

TEST_F(BadTable, ContradictoryListsAreErrors) {
  config.ignore = {"kind", "width"};
  config.one_hot = {"width"};
  const auto found = problems_of(kSmall);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_TRUE(has(problem_what(found[0]), "\"kind\" is both the target and in \"data.ignore\""));
  EXPECT_TRUE(has(problem_what(found[1]), "\"width\" is in both \"data.ignore\" and \"data.one_hot\""));
}

TEST_F(BadTable, NoFeatureLeftIsAnError) {
  config.ignore = {"length", "width"};
  expect_problem(problems_of(kSmall), {ProblemKind::features_missing, "t.csv", {}, "data.ignore", "[]"});
}

TEST_F(BadTable, OneClassIsAnError) {
  expect_problem(problems_of("x,kind\n1,a\n2,a\n3,a\n"),
                 {ProblemKind::class_single, "t.csv", {{"class", "a"}}, "data.target"});
  config.max_rows = 2;
  expect_problem(problems_of("x,kind\n1,a\n2,a\n3,b\n"),
                 {ProblemKind::class_single, "t.csv", {{"class", "a"}}, "data.max_rows", "null"});
}

TEST_F(BadTable, ConstantRegressionTargetIsAnError) {
  config.target = "y";
  config.kind = TaskKind::regression;
  expect_problem(problems_of("x,y\n1,5\n2,5\n3,5\n4,5\n5,5\n"),
                 {ProblemKind::target_constant, "t.csv", {{"target", 5.0}}, "data.target"});
}

TEST_F(BadTable, TextTargetIsNoRegression) {
  config.kind = TaskKind::regression;
  expect_problem(problems_of(kSmall), {ProblemKind::target_not_number,
                                       "t.csv, row 2, column \"kind\"",
                                       {{"cells", 10U}, {"cell", "a"}},
                                       "data.kind",
                                       "classification"});
}

TEST_F(BadTable, AllColumnsConstantIsAnError) {
  expect_problem(problems_of("x,y,kind\n1,2,a\n1,2,b\n1,2,a\n1,2,b\n1,2,a\n1,2,b\n"),
                 {ProblemKind::columns_constant, "t.csv", {}, "data.ignore"});
}

TEST_F(BadTable, DroppingEveryRowIsAnError) {
  config.missing = Missing::drop;
  expect_problem(problems_of("x,y,kind\n1,,a\n,2,b\n"),
                 {ProblemKind::rows_incomplete, "t.csv", {}, "data.missing", "mean"});
}

TEST_F(BadTable, AColumnWithoutAnyValueHasNoMean) {
  config.missing = Missing::mean;
  expect_problem(problems_of("x,y,kind\n1,,a\n3,,b\n2,,a\n5,,b\n6,,a\n7,,b\n"),
                 {ProblemKind::column_empty, "t.csv, column \"y\"", {{"column", "y"}}, "data.ignore", "[\"y\"]"});
}

TEST_F(BadTable, AFractionThatLeavesNothingToValidateIsAnError) {
  config.validation_fraction = 0.05;
  expect_problem(problems_of(kSmall), {ProblemKind::fraction_too_small,
                                       "t.csv",
                                       {{"fraction", 0.050000000000000003}, {"rows", 10U}},
                                       "data.validation_fraction"});
}

TEST_F(BadTable, ColumnsThatOnlyOneFileHasAreNamed) {
  write("t.csv", "length,width,mass,kind\n1,2,3,a\n2,3,4,b\n");
  write("v.csv", "length,widht,kind\n1,2,a\n2,4,b\n");
  config.validation = "v.csv";
  const auto found = problems();
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(to_line(found[0]),
            "v.csv: has no column \"width\", which t.csv has; its column \"widht\" may be the same one");
  EXPECT_EQ(to_line(found[1]),
            "v.csv: has no column \"mass\", which t.csv has; leave the column out with \"data.ignore\"");
  EXPECT_EQ(to_line(found[2]),
            "t.csv: has no column \"widht\", which v.csv has; its column \"width\" may be the same one");
}

TEST_F(BadTable, ClassesThatOnlyOneFileHasAreNamed) {
  write("t.csv", kSmall);
  write("v.csv", "length,width,kind\n1,2,a\n2,4,c\n");
  config.validation = "v.csv";
  const auto found = problems();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(problem_what(found[0]), "has no row of class \"b\", but t.csv does");
  EXPECT_EQ(found[0].where, "v.csv");
  EXPECT_EQ(problem_what(found[1]), "has no row of class \"c\", but v.csv does");
  EXPECT_EQ(found[1].where, "t.csv");
}

TEST_F(BadTable, BadCellsOfTheValidationFileAreFoundThere) {
  write("t.csv", kSmall);
  write("v.csv", "kind,width,length\na,2,1\nb,x,3\n");
  config.validation = "v.csv";
  expect_problem(problems(), {ProblemKind::cell_not_number,
                              "v.csv, row 3, column \"width\"",
                              {{"cells", 1U}, {"cell", "x"}},
                              "data.ignore",
                              "[\"width\"]"});
}

TEST_F(BadTable, ColumnCountsMustAgreeWithoutHeaders) {
  write("t.csv", "1,2,a\n2,3,b\n");
  write("v.csv", "1,a\n2,b\n");
  config.validation = "v.csv";
  config.target = std::size_t{1};
  expect_problem(
      problems(),
      {ProblemKind::columns_differ,
       "v.csv",
       {{"columns", 2U}, {"other", "t.csv"}, {"other_columns", 3U}, {"by_name", "if both files have a header"}}});
}

TEST_F(BadTable, OneHotOfAnIdIsRefused) {
  const auto ids = [](int rows) {
    std::string text = "id,kind\n";
    for (int i = 0; i < rows; ++i) text += fmt::format("n{},{}\n", i, i % 2 == 0 ? "a" : "b");
    return text;
  };
  config.one_hot = {"id"};
  expect_problem(problems_of(ids(200000)), {ProblemKind::one_hot_values,
                                            "t.csv, column \"id\"",
                                            {{"column", "id"}, {"values", 200000U}, {"most", 1000U}},
                                            "data.one_hot",
                                            "[]"});
  expect_problem(problems_of(ids(1001)), {ProblemKind::one_hot_values,
                                          "t.csv, column \"id\"",
                                          {{"column", "id"}, {"values", 1001U}, {"most", 1000U}},
                                          "data.one_hot",
                                          "[]"});
  EXPECT_EQ(load(ids(1000)).summary.features, 1000U);
}

TEST_F(BadTable, OneHotThatNeedsMoreMemoryThanThereIsIsRefused) {
  // Ten columns of 1000 values are 12 · 10000 bytes a row; most cells are empty, which makes the file no larger.
  const std::uint64_t rows = memory_bytes() / 120000 + 1001;
  std::string text = "kind,a,b,c,d,e,f,g,h,i,j\n";
  for (int i = 0; i < 1000; ++i) text += fmt::format("x,{0},{0},{0},{0},{0},{0},{0},{0},{0},{0}\n", i);
  for (std::uint64_t i = 1000; i < rows; ++i) text += "y,,,,,,,,,,\n";
  config.one_hot = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"};
  expect_problem(problems_of(text), "t.csv", fmt::format("{} rows of 10000 features need", rows), "\"data.one_hot\"");
}

TEST_F(BadTable, NamesOfColumnsCannotReachTheTerminalRaw) {
  config.target = "kond";
  expect_problem(
      problems_of("wi\x1b[31mdth,kind\n1,a\n2,b\n"),
      {ProblemKind::target_unknown, "t.csv", {{"nearest", "kind"}, {"column", "kond"}}, "data.target", "\"kind\""});
  config.target = "x";
  expect_problem(problems_of("wi\x1b[31mdth,kind\n1,a\n2,b\n"),
                 {ProblemKind::target_unknown,
                  "t.csv",
                  {{"known", std::vector<std::string>{"wi\033[31mdth", "kind"}}, {"column", "x"}},
                  "data.target"});
  config.target = "kind";
  const Task task = load("wi\x1b[31mdth,n,kind\n1,1,a\n1,2,b\n1,3,a\n1,4,b\n1,5,a\n1,6,b\n");
  const auto is_constant = [](const Notice& notice) { return notice.kind == NoticeKind::constant_columns; };
  const auto notice = std::ranges::find_if(task.notices, is_constant);
  ASSERT_NE(notice, task.notices.end());
  EXPECT_TRUE(notice_text(*notice).starts_with("\"wi\\x1b[31mdth\" is constant")) << notice_text(*notice);
}

TEST_F(BadTable, UnknownSyntheticDataSuggestsTheNearest) {
  config.format = DataFormat::synthetic;
  config.synthetic.name = "moon";
  expect_problem(
      problems(),
      {ProblemKind::synthetic_unknown, "data", {{"nearest", "moons"}, {"name", "moon"}}, "data.synthetic.name"});
  config.synthetic = {.name = "moons", .rows = 1, .noise = -1};
  EXPECT_EQ(problems().size(), 2U);
}

}  // namespace
}  // namespace lrtune
