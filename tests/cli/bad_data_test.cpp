// Data that cannot be trained on, through the whole program: the line on stderr names file, row and column, says what
// is wrong and what would help; exit code 2. Every rule is tested in tests/data/; here are the kinds of mistakes.
#include "cli/program.h"

namespace lrtune {
namespace {

constexpr std::string_view kConfig = R"({"data": {"train": "t.csv", "target": "k"},
  "training": {"epochs": 2, "batch_size": 2}, "optimizers": ["sgd"],
  "search": {"seeds": 1, "max_seeds": 1, "coarse_per_decade": 1, "fine_per_decade": 2}})";
constexpr std::string_view kRows = "1,10,a\n2,20,b\n3,30,a\n4,40,b\n5,50,a\n6,60,b\n";  // rows 2 to 7

std::string table(std::string_view more = "") { return fmt::format("x,y,k\n{}{}", kRows, more); }

class BadData : public Cli {
 protected:
  BadData() { write("c.json", kConfig); }

  void expect_file(std::string_view text, const std::vector<std::string>& lines) const {
    write("t.csv", text);
    expect_refused(run({"tune", "c.json"}), lines);
    expect_refused(run({"validate", "c.json"}), lines);
  }

  void expect_files(std::string_view train, std::string_view validation, const std::vector<std::string>& lines) const {
    write("t.csv", train);
    write("v.csv", validation);
    expect_refused(run({"tune", "c.json", "--set", "data.validation=v.csv"}), lines);
  }

  void expect_good(std::string_view text) const {
    write("t.csv", text);
    const Ran ran = run({"tune", "c.json", "-q"});
    EXPECT_EQ(ran.status, 0);
    EXPECT_EQ(ran.err, "");
  }
};

TEST_F(BadData, FilesThatAreNotThere) {
  expect_refused(run({"tune", "c.json"}),
                 {"t.csv: there is no such file (t.csv); data paths are relative to the file that names them"});
  write("train.csv", table());
  expect_refused(run({"tune", "c.json", "--set", "data.train=trian.csv"}),
                 {R"(trian.csv: there is no such file (trian.csv); did you mean "train.csv"?)"});
  std::filesystem::create_directory(folder / "t.csv");
  expect_refused(run({"tune", "c.json"}), {"t.csv: is a folder, not a file"});
  expect_refused(run({"tune", "c.json", "--set", "data.train=/dev/zero"}), {"/dev/zero: is a device, not a file"});
}

TEST_F(BadData, EmptyAndTruncatedFiles) {
  expect_file("", {"t.csv: is empty"});
  expect_file("x,y,k\n", {"t.csv: has a header but no rows; set \"data.header\" to \"absent\" if that row is data"});
  expect_file(table("7,\"7"), {"t.csv, row 8: a quote is never closed"});
  expect_file(table("7,7"), {"t.csv, row 8: has 2 cells, but the first row has 3; put cells that contain the delimiter "
                             "in quotes, or set \"data.delimiter\" to another one"});
  expect_file("\x1f\x8b\x08", {"t.csv: the gzip data is truncated; download or compress the file again"});
}

TEST_F(BadData, BinaryFiles) {
  using std::string_literals::operator""s;
  expect_file("\x89PNG\r\n\x1a\n", {R"(t.csv, row 1: "\x89" is not UTF-8; save the file as UTF-8)"});
  expect_file(table("7,\0,a\n"s), {"t.csv, row 8: a NUL byte: this is not a text file; \"data.format\": \"csv\" reads "
                                   "text; use \"idx\" for image files"});
  expect_file("\xff\xfex", {"t.csv: is UTF-16 text; save it as UTF-8"});
}

TEST_F(BadData, HugeFilesAreRefusedBeforeTheyAreRead) {
  write("t.csv", table());
  std::filesystem::resize_file(folder / "t.csv", std::uintmax_t{1} << 42U);  // sparse
  const Ran ran = run({"tune", "c.json"});
  expect_refused(ran, {"t.csv: has 4398.0 GB, more than half of this machine's memory; use part of it"});
  EXPECT_LT(ran.peak_bytes, std::size_t{500} << 20U);
}

TEST_F(BadData, RowsThatAreRaggedOrBadlyQuoted) {
  expect_file("x,y,k\n1,2,a\n1,2\n3\n",
              {"t.csv, row 3: has 2 cells, but the first row has 3 (2 such rows); put cells that contain the delimiter "
               "in quotes, or set \"data.delimiter\" to another one"});
  expect_file(table("7,7\"7\"7,a\n"), {"t.csv, row 8: misplaced quotes in cell 2; put a cell that contains quotes in "
                                       "quotes, and double each inner quote"});
  expect_file("x;y;k\n1;2;a\n", {"t.csv: has only one column; did you mean \"data.delimiter\": \";\"?"});
}

TEST_F(BadData, CellsThatAreNoNumbers) {
  const std::string missing = R"(; "data.missing": "drop" leaves such rows out, "mean" fills in the column's mean)";
  const std::string correct = "; correct the cell, or empty it and set \"data.missing\"";
  expect_file(table("7,,a\n8,,b\n"),
              {fmt::format("{}{}", R"(t.csv, row 8, column "y": the cell is empty (2 such cells))", missing)});
  expect_file(table("7,nan,a\n"),
              {fmt::format("{}{}", R"(t.csv, row 8, column "y": "nan" is a missing value)", missing)});
  expect_file(table("7,abc,a\n"),
              {R"(t.csv, row 8, column "y": "abc" is not a number; correct the cell, or empty it and set )"
               R"("data.missing"; "data.ignore" leaves the column out)"});
  expect_file(table("7,-inf,a\n"),
              {fmt::format("{}{}", R"(t.csv, row 8, column "y": "-inf" is not a finite number)", correct)});
  expect_file(table("7,1e39,a\n"),
              {fmt::format("{}{}", R"(t.csv, row 8, column "y": "1e39" is out of range: the largest number is 3.4e38)",
                           correct)});
  expect_file(
      table("7,7,\n"),
      {R"(t.csv, row 8, column "k": no target: the cell is empty; "data.missing": "drop" leaves such rows out; )"
       "a target is never filled in"});
}

TEST_F(BadData, ColumnsThatAreNotThereOrThereTwice) {
  expect_file("x,x,k\n1,2,a\n", {"t.csv: the header has 2 columns named \"x\" (0, 1); give every column a name of its "
                                 "own; the numbers count columns from 0"});
  expect_file("width,height,kind\n1,2,a\n", {R"(t.csv: has no column "k" (the target); one of: width, height, kind)"});
  write("t.csv", table());
  expect_refused(
      run({"tune", "c.json", "--set", "data.target=7"}),
      {"t.csv: has 3 columns, and none with index 7; set \"data.target\" to a name or an index from 0 to 2"});
}

TEST_F(BadData, ClassesAndColumnsOfOnlyOneFile) {
  expect_file("x,y,k\n1,2,a\n2,3,a\n3,4,a\n",
              {"t.csv: all rows have the same class, \"a\"; set \"data.target\" to the column to predict"});
  expect_files(table(), "x,y,k\n1,2,a\n3,4,c\n",
               {"v.csv: has no row of class \"b\", but t.csv does; both files need rows of every class",
                "t.csv: has no row of class \"c\", but v.csv does; both files need rows of every class"});
  expect_files(table(), "x,k\n1,a\n3,b\n",
               {"v.csv: has no column \"y\", which t.csv has; leave the column out with \"data.ignore\""});
  expect_files(table(), "x,y,z,k\n1,2,3,a\n3,4,5,b\n",
               {"t.csv: has no column \"z\", which v.csv has; leave the column out with \"data.ignore\""});
}

TEST_F(BadData, NothingLeftToValidateOn) {
  write("t.csv", table());
  expect_refused(run({"tune", "c.json", "--set", "data.validation_fraction=0.01"}),
                 {R"(t.csv: a validation fraction of 0.01 of 6 rows leaves none for validation; raise )"
                  R"("data.validation_fraction")"});
  expect_file("x,y,k\n1,2,a\n2,3,b\n3,4,c\n", {"t.csv: every class has only one row, which leaves none for validation; "
                                               "set \"data.kind\" to \"regression\" if the target is a quantity"});
}

TEST_F(BadData, FewerRowsThanABatch) {
  write("t.csv", table());
  expect_refused(run({"tune", "c.json", "--set", "training.batch_size=5"}),
                 {"--set training.batch_size: 5 is more than the 4 training rows; use at most 4"});
}

TEST_F(BadData, TellsTenBadColumnsAndCountsTheRest) {
  std::string header;
  std::string row;
  std::vector<std::string> lines;
  for (int i = 0; i < 12; ++i) {
    header += fmt::format("x{},", i);
    row += ',';
    if (i < 10)
      lines.push_back(
          fmt::format("t.csv, row 2, column \"x{}\": the cell is empty; \"data.missing\": \"drop\" leaves "
                      "such rows out, \"mean\" fills in the column's mean",
                      i));
  }
  lines.emplace_back("and 2 more");
  expect_file(fmt::format("{}k\n{}a\n", header, row), lines);
}

TEST_F(BadData, CarriageReturnsAndByteOrderMarksAreFine) {
  const std::string text = table();
  expect_good(text);
  const std::string hash = parse(run({"tune", "c.json", "--json"}).out).at("data").at("sha256");
  std::string marked = "\xEF\xBB\xBF";
  for (char c : text) {
    if (c == '\n') marked += '\r';
    marked += c;
  }
  expect_good(marked);
  EXPECT_EQ(parse(run({"tune", "c.json", "--json"}).out).at("data").at("sha256"), hash) << "the table is the same";
}

}  // namespace
}  // namespace lrtune
