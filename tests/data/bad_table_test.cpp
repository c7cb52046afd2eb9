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
  expect_problem(problems_of(with_cell("")), "t.csv, row 4, column \"length\"", "the cell is empty",
                 "\"data.missing\": \"drop\"");
  for (const char* word : {"NA", "nan", "N/A", "?", "null"})
    expect_problem(problems_of(with_cell(word)), "t.csv, row 4, column \"length\"", "is a missing value", "\"mean\"");
}

TEST_F(BadTable, TextInANumberColumnAsksForACorrection) {
  expect_problem(problems_of(with_cell("3x")), "t.csv, row 4, column \"length\"", "\"3x\" is not a number",
                 "correct the cell");
}

TEST_F(BadTable, InfiniteAndOutOfRangeCellsAreRefused) {
  expect_problem(problems_of(with_cell("-inf")), "t.csv, row 4, column \"length\"", "\"-inf\" is not a finite number",
                 "\"data.missing\"");
  for (const char* cell : {"1e39", "-3.5e38", "1e999"})
    expect_problem(problems_of(with_cell(cell)), "t.csv, row 4, column \"length\"", "is out of range",
                   "correct the cell");
  EXPECT_EQ(load(with_cell("1e-999")).summary.train_rows, 8U);
}

TEST_F(BadTable, TextColumnAsksForOneHotOrIgnore) {
  expect_problem(problems_of("x,colour,kind\n1,red,a\n2,blue,b\n3,7,a\n4,red,b\n"), "t.csv, row 2, column \"colour\"",
                 "\"red\" is not a number (3 such cells)",
                 "\"data.one_hot\" turns a text column into 0/1 columns, \"data.ignore\" leaves it out");
}

TEST_F(BadTable, EveryBadColumnGetsItsLine) {
  const auto found = problems_of("x,y,z,kind\n1,red,,a\n2,blue,2,b\n3,red,,a\n1e99,red,1,\n");
  ASSERT_EQ(found.size(), 4U);
  EXPECT_EQ(found[0].where, "t.csv, row 5, column \"x\"");
  EXPECT_EQ(found[1].where, "t.csv, row 2, column \"y\"");
  EXPECT_EQ(found[2].where, "t.csv, row 2, column \"z\"");
  EXPECT_EQ(found[2].what, "the cell is empty (2 such cells)");
  EXPECT_EQ(found[3].where, "t.csv, row 5, column \"kind\"");
}

TEST_F(BadTable, MissingTargetIsFilledByNothing) {
  std::string text(kSmall);
  text.replace(text.find("30,a"), 4, "30,");
  expect_problem(problems_of(text), "t.csv, row 4, column \"kind\"", "no target", "\"drop\"");
  config.missing = Missing::mean;
  expect_problem(problems_of(text), "t.csv, row 4, column \"kind\"", "no target", "\"drop\"");
  config.missing = Missing::drop;
  EXPECT_EQ(load(text).summary.train_rows + load(text).summary.validation_rows, 9U);
}

TEST_F(BadTable, TargetNotFoundSuggestsTheNearest) {
  config.target = "knd";
  expect_problem(problems_of(kSmall), "t.csv", "has no column \"knd\" (the target)", "did you mean \"kind\"?");
  config.target = "zzzzzz";
  expect_problem(problems_of(kSmall), "t.csv", "has no column", "one of: length, width, kind");
  config.target = std::size_t{3};
  expect_problem(problems_of(kSmall), "t.csv", "has 3 columns, so none with index 3", "0 to 2");
  config.target.reset();
  expect_problem(problems_of(kSmall), "t.csv", "no target", "\"data.target\"");
}

TEST_F(BadTable, HeaderTakenForDataIsToldByTheTargetInIt) {
  expect_problem(problems_of("1990,2000,kind\n1,2,a\n"), "t.csv", "has no column \"kind\"",
                 "\"data.header\": \"present\"");
  expect_problem(problems_of("1,2,a\n1,2,b\n"), "t.csv", "has no column \"kind\"", "index from 0 to 2");
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
  EXPECT_TRUE(has(found[0].what, "\"kind\" is the target and in \"data.ignore\""));
  EXPECT_TRUE(has(found[1].what, "\"width\" is in \"data.ignore\" and in \"data.one_hot\""));
}

TEST_F(BadTable, NoFeatureLeftIsAnError) {
  config.ignore = {"length", "width"};
  expect_problem(problems_of(kSmall), "t.csv", "no feature column is left", "\"data.ignore\"");
}

TEST_F(BadTable, OneClassIsAnError) {
  expect_problem(problems_of("x,kind\n1,a\n2,a\n3,a\n"), "t.csv", "the same class \"a\"", "\"data.target\"");
  config.max_rows = 2;
  expect_problem(problems_of("x,kind\n1,a\n2,a\n3,b\n"), "t.csv", "the same class \"a\"", "\"data.max_rows\"");
}

TEST_F(BadTable, ConstantRegressionTargetIsAnError) {
  config.target = "y";
  config.kind = TaskKind::regression;
  expect_problem(problems_of("x,y\n1,5\n2,5\n3,5\n4,5\n5,5\n"), "t.csv", "the target is 5 in every training row",
                 "\"data.target\"");
}

TEST_F(BadTable, TextTargetIsNoRegression) {
  config.kind = TaskKind::regression;
  expect_problem(problems_of(kSmall), "t.csv, row 2, column \"kind\"",
                 "the target \"a\" is not a number (10 such cells)", "\"data.kind\": \"classification\"");
}

TEST_F(BadTable, AllColumnsConstantIsAnError) {
  expect_problem(problems_of("x,y,kind\n1,2,a\n1,2,b\n1,2,a\n1,2,b\n1,2,a\n1,2,b\n"), "t.csv",
                 "every feature column is constant", "\"data.ignore\"");
}

TEST_F(BadTable, DroppingEveryRowIsAnError) {
  config.missing = Missing::drop;
  expect_problem(problems_of("x,y,kind\n1,,a\n,2,b\n"), "t.csv", "no row is left", "\"data.missing\": \"mean\"");
}

TEST_F(BadTable, AColumnWithoutAnyValueHasNoMean) {
  config.missing = Missing::mean;
  expect_problem(problems_of("x,y,kind\n1,,a\n3,,b\n2,,a\n5,,b\n6,,a\n7,,b\n"), "t.csv, column \"y\"",
                 "no value in any training row", "\"data.ignore\"");
}

TEST_F(BadTable, AFractionThatLeavesNothingToValidateIsAnError) {
  config.validation_fraction = 0.05;
  expect_problem(problems_of(kSmall), "t.csv", "0.05 of 10 rows leaves none", "\"data.validation_fraction\"");
}

TEST_F(BadTable, ColumnsThatOnlyOneFileHasAreNamed) {
  write("t.csv", "length,width,mass,kind\n1,2,3,a\n2,3,4,b\n");
  write("v.csv", "length,widht,kind\n1,2,a\n2,4,b\n");
  config.validation = "v.csv";
  const auto found = problems();
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(to_line(found[0]), "v.csv: has no column \"width\", which t.csv has; its \"widht\" may be the same column");
  EXPECT_EQ(to_line(found[1]), "v.csv: has no column \"mass\", which t.csv has; \"data.ignore\" leaves the column out");
  EXPECT_EQ(to_line(found[2]), "t.csv: has no column \"widht\", which v.csv has; its \"width\" may be the same column");
}

TEST_F(BadTable, ClassesThatOnlyOneFileHasAreNamed) {
  write("t.csv", kSmall);
  write("v.csv", "length,width,kind\n1,2,a\n2,4,c\n");
  config.validation = "v.csv";
  const auto found = problems();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].what, "has no row of class \"b\", which t.csv has");
  EXPECT_EQ(found[0].where, "v.csv");
  EXPECT_EQ(found[1].what, "has no row of class \"c\", which v.csv has");
  EXPECT_EQ(found[1].where, "t.csv");
}

TEST_F(BadTable, BadCellsOfTheValidationFileAreFoundThere) {
  write("t.csv", kSmall);
  write("v.csv", "kind,width,length\na,2,1\nb,x,3\n");
  config.validation = "v.csv";
  expect_problem(problems(), "v.csv, row 3, column \"width\"", "\"x\" is not a number", "correct the cell");
}

TEST_F(BadTable, ColumnCountsMustAgreeWithoutHeaders) {
  write("t.csv", "1,2,a\n2,3,b\n");
  write("v.csv", "1,a\n2,b\n");
  config.validation = "v.csv";
  config.target = std::size_t{1};
  expect_problem(problems(), "v.csv", "has 2 columns, t.csv has 3", "by name");
}

TEST_F(BadTable, OneHotOfAnIdIsRefused) {
  const auto ids = [](int rows) {
    std::string text = "id,kind\n";
    for (int i = 0; i < rows; ++i) text += fmt::format("n{},{}\n", i, i % 2 == 0 ? "a" : "b");
    return text;
  };
  config.one_hot = {"id"};
  expect_problem(problems_of(ids(200000)), "t.csv, column \"id\"",
                 "has 200000 different values, a \"data.one_hot\" column has at most 1000", "\"data.ignore\"");
  expect_problem(problems_of(ids(1001)), "t.csv, column \"id\"", "has 1001 different values", "");
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
  expect_problem(problems_of("wi\x1b[31mdth,kind\n1,a\n2,b\n"), "t.csv", "has no column \"kond\"", "\"kind\"?");
  config.target = "x";
  expect_problem(problems_of("wi\x1b[31mdth,kind\n1,a\n2,b\n"), "t.csv", "has no column \"x\"",
                 "one of: \"wi\\x1b[31mdth\", kind");
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
  expect_problem(problems(), "data", "no synthetic data \"moon\"", "did you mean \"moons\"?");
  config.synthetic = {.name = "moons", .rows = 1, .noise = -1};
  EXPECT_EQ(problems().size(), 2U);
}

}  // namespace
}  // namespace lrtune
