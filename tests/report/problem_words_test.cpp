// Every problem in words, as the user reads it.
#include "report/problem_words.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "lrtune/error.h"

namespace lrtune {
namespace {

using enum ProblemKind;

struct Case {
  Problem problem;
  std::string line;
};

const std::vector<Case>& cases() {
  static const std::vector<Case> kCases = {
      {{file_missing, "trian.csv", {{"path", "data/trian.csv"}, {"nearest", "train.csv"}}},
       "trian.csv: there is no such file (data/trian.csv); did you mean \"train.csv\"?"},
      {{file_is_device, "/dev/zero"}, "/dev/zero: is a device, not a file"},
      {{file_too_large, "t.csv", {{"bytes", 5000000U}}},
       "t.csv: has 5.0 MB, more than half of this machine's memory; take a part of it"},
      {{file_empty, "t.csv"}, "t.csv: is empty"},
      {{utf16, "t.csv"}, "t.csv: is UTF-16 text; save it as UTF-8"},
      {{nul_byte, "t.csv, row 3", {}, "data.format", "idx"},
       "t.csv, row 3: a NUL byte: this is no text file; \"data.format\" is csv, which is text; image files are "
       "\"idx\""},
      {{not_utf8, "t.csv, row 3", {{"byte", "\374"}}}, "t.csv, row 3: \"\\xfc\" is not UTF-8; save the file as UTF-8"},
      {{gzip_truncated, "t.csv"}, "t.csv: the gzip data is truncated; fetch or pack the file again"},
      {{gzip_damaged, "t.csv"}, "t.csv: the gzip data is damaged; fetch or pack the file again"},
      {{gzip_foreign_bytes, "t.csv"}, "t.csv: has foreign bytes after its gzip data; fetch or pack the file again"},
      {{idx_header_truncated, "images"}, "images: is truncated within its IDX header"},
      {{idx_not_idx, "images", {}, "data.format", "csv"},
       "images: is not an IDX file; it starts with two zero bytes; text tables are \"format\": \"csv\""},
      {{idx_type, "images", {{"type", "0x0d"}}}, "images: has values of IDX type 0x0d; unsigned bytes (0x08) are read"},
      {{idx_dimensions, "images", {{"dimensions", 1U}, {"wanted", "images (3)"}}},
       "images: has 1 dimension, not those of images (3); \"images\" and \"labels\" may be swapped"},
      {{idx_no_pixels, "images", {{"sizes", "4 × 0"}}}, "images: promises images without pixels: 4 × 0"},
      {{idx_no_rows, "images"}, "images: holds no rows"},
      {{idx_truncated, "images", {{"sizes", "4 × 1 × 3"}, {"bytes", 0U}}},
       "images: is truncated: its header promises 4 × 1 × 3 bytes, 0 are there; fetch the file again"},
      {{idx_excess, "images", {{"bytes", 1U}, {"sizes", "4 × 1 × 3"}}},
       "images: has 1 bytes after the 4 × 1 × 3 that its header promises; fetch the file again"},
      {{idx_label_count, "labels", {{"labels", 3U}, {"images", 4U}, {"file", "images"}}},
       "labels: has 3 labels for the 4 images of images; do the two files belong together?"},
      {{delimiter_impossible, "t.csv", {}, "data.delimiter"},
       "t.csv: cannot be read: the delimiter is a quote, a line break or NUL; set \"data.delimiter\" to the character "
       "between two cells"},
      {{quote_open, "t.csv, row 3"}, "t.csv, row 3: a quote is opened and never closed"},
      {{quote_broken, "t.csv, row 3", {{"cell", 2U}}},
       "t.csv, row 3: broken quotes in cell 2; a cell with quotes in it stands in quotes, with each inner quote "
       "doubled"},
      {{row_ragged, "t.csv, row 3", {{"cells", 3U}, {"columns", 2U}, {"rows", 2U}}, "data.delimiter"},
       "t.csv, row 3: has 3 cells, the first row has 2 (2 such rows); a cell that holds the delimiter stands in "
       "quotes; \"data.delimiter\" sets another one"},
      {{rows_missing, "t.csv", {}, "data.header", "absent"},
       "t.csv: has a header and no rows; \"data.header\": \"absent\" if the one row is data"},
      {{column_single, "t.csv", {}, "data.delimiter", "\";\""},
       "t.csv: has a single column; is \"data.delimiter\": \";\" meant?"},
      {{column_name_twice,
        "t.csv",
        {{"name", "a"}, {"count", 3U}, {"columns", std::vector<std::string>{"0", "2", "5"}}}},
       "t.csv: the header names 3 columns \"a\" (0, 2, 5); every column needs a name of its own; the numbers count "
       "columns from 0"},
      {{column_name_twice, "t.csv", {{"name", "b"}, {"count", 2U}, {"columns", std::vector<std::string>{"1", "4"}}}},
       "t.csv: the header names 2 columns \"b\" (1, 4); every column needs a name of its own; the numbers count "
       "columns from 0"},
      {{columns_differ,
        "v.csv",
        {{"columns", 2U}, {"other", "t.csv"}, {"other_columns", 3U}, {"by_name", "if both files have a header"}}},
       "v.csv: has 2 columns, t.csv has 3; columns are matched by name if both files have a header"},
      {{columns_differ, "v_images", {{"columns", 4U}, {"other", "images"}, {"other_columns", 3U}}},
       "v_images: has 4 columns a row, images has 3"},
      {{column_unmatched,
        "v.csv",
        {{"column", "width"}, {"other", "t.csv"}, {"nearest", "widht"}},
        "data.ignore",
        "[\"width\"]"},
       "v.csv: has no column \"width\", which t.csv has; its \"widht\" may be the same column"},
      {{column_unmatched, "v.csv", {{"column", "mass"}, {"other", "t.csv"}}, "data.ignore", "[\"mass\"]"},
       "v.csv: has no column \"mass\", which t.csv has; \"data.ignore\" leaves the column out"},
      {{column_unknown, "t.csv", {{"nearest", "length"}, {"column", "lenght"}}, "data.ignore"},
       "t.csv: has no column \"lenght\" (in \"data.ignore\"); did you mean \"length\"?"},
      {{column_is_target, "t.csv", {{"column", "kind"}}, "data.ignore"},
       "t.csv: column \"kind\" is the target and in \"data.ignore\"; take it out of one of them"},
      {{column_listed_twice, "t.csv", {{"column", "width"}}, "data.one_hot"},
       "t.csv: column \"width\" is in \"data.ignore\" and in \"data.one_hot\"; take it out of one of them"},
      {{features_missing, "t.csv", {}, "data.ignore", "[]"},
       "t.csv: no feature column is left; \"data.ignore\" leaves out all but the target"},
      {{synthetic_unknown, "data", {{"nearest", "moons"}, {"name", "moon"}}, "data.synthetic.name"},
       "data: there is no synthetic data \"moon\"; did you mean \"moons\"?"},
      {{synthetic_setting,
        "synthetic data \"moons\"",
        {{"setting", "rows"}, {"is", 1.0}, {"least", 10.0}, {"most", 5000000.0}},
        "data.synthetic.rows"},
       "synthetic data \"moons\": rows is 1; between 10 and 5e+06"},
      {{cell_missing, "t.csv, row 4, column \"length\"", {{"cells", 1U}}, "data.missing", "mean"},
       "t.csv, row 4, column \"length\": the cell is empty; \"data.missing\": \"drop\" leaves such rows out, \"mean\" "
       "fills in the column's mean"},
      {{cell_missing, "t.csv, row 4, column \"length\"", {{"cells", 1U}, {"cell", "NA"}}, "data.missing", "mean"},
       "t.csv, row 4, column \"length\": \"NA\" is a missing value; \"data.missing\": \"drop\" leaves such rows out, "
       "\"mean\" fills in the column's mean"},
      {{cell_missing, "t.csv, row 2, column \"z\"", {{"cells", 2U}}, "data.missing", "mean"},
       "t.csv, row 2, column \"z\": the cell is empty (2 such cells); \"data.missing\": \"drop\" leaves such rows out, "
       "\"mean\" fills in the column's mean"},
      {{cell_out_of_range, "t.csv, row 4, column \"length\"", {{"cells", 1U}, {"cell", "1e39"}}},
       "t.csv, row 4, column \"length\": \"1e39\" is out of range: numbers go up to 3.4e38; correct the cell; or empty "
       "it, and \"data.missing\" says what becomes of it"},
      {{cell_not_finite, "t.csv, row 4, column \"length\"", {{"cells", 1U}, {"cell", "-inf"}}},
       "t.csv, row 4, column \"length\": \"-inf\" is not a finite number; correct the cell; or empty it, and "
       "\"data.missing\" says what becomes of it"},
      {{cell_not_number,
        "t.csv, row 4, column \"length\"",
        {{"cells", 1U}, {"cell", "3x"}},
        "data.ignore",
        "[\"length\"]"},
       "t.csv, row 4, column \"length\": \"3x\" is not a number; correct the cell, or empty it and set "
       "\"data.missing\"; \"data.ignore\" leaves the column out"},
      {{cell_not_number,
        "t.csv, row 2, column \"colour\"",
        {{"cells", 3U}, {"cell", "red"}},
        "data.one_hot",
        "[\"colour\"]"},
       "t.csv, row 2, column \"colour\": \"red\" is not a number (3 such cells); \"data.one_hot\" turns a text column "
       "into 0/1 columns, \"data.ignore\" leaves it out"},
      {{one_hot_values,
        "t.csv, column \"id\"",
        {{"column", "id"}, {"values", 200000U}, {"most", 1000U}},
        "data.one_hot",
        "[]"},
       "t.csv, column \"id\": has 200000 different values, a \"data.one_hot\" column has at most 1000; \"data.ignore\" "
       "leaves it out; if it holds numbers, take it out of \"data.one_hot\""},
      {{features_too_large, "t.csv", {{"rows", 300000U}, {"features", 10000U}, {"bytes", 3.6e10}}, "data.max_rows"},
       "t.csv: 300000 rows of 10000 features need 36.0 GB, more than this machine has; a \"data.one_hot\" column with "
       "many values makes many features; \"data.max_rows\" takes fewer rows"},
      {{rows_incomplete, "t.csv", {}, "data.missing", "mean"},
       "t.csv: no row is left: each has a missing cell; \"data.missing\": \"mean\" keeps rows, \"data.ignore\" leaves "
       "out columns"},
      {{target_missing, "t.csv", {}, "data.target"},
       "t.csv: no target is given; \"data.target\" names the column to predict"},
      {{target_index, "t.csv", {{"index", 3U}, {"columns", 3U}, {"last", 2U}}, "data.target"},
       "t.csv: has 3 columns, so none with index 3; \"data.target\" is a name or an index from 0 to 2"},
      {{target_unknown, "t.csv", {{"nearest", "kind"}, {"column", "knd"}}, "data.target", "\"kind\""},
       "t.csv: has no column \"knd\" (the target); did you mean \"kind\"?"},
      {{target_unknown,
        "t.csv",
        {{"known", std::vector<std::string>{"length", "width", "kind"}}, {"column", "zzzzzz"}},
        "data.target"},
       "t.csv: has no column \"zzzzzz\" (the target); one of: length, width, kind"},
      {{target_unknown, "t.csv", {{"column", "kind"}}, "data.header", "present"},
       "t.csv: has no column \"kind\" (the target); the first row was read as data, for a cell of it is a number; "
       "\"data.header\": \"present\" makes it the header"},
      {{target_unknown, "t.csv", {{"column", "kind"}, {"last", 2U}}, "data.target"},
       "t.csv: has no column \"kind\" (the target); the file has no header; \"data.target\" is an index from 0 to 2"},
      {{target_unknown,
        "t.csv",
        {{"known", std::vector<std::string>{"wi\033[31mdth", "kind"}}, {"column", "x"}},
        "data.target"},
       "t.csv: has no column \"x\" (the target); one of: \"wi\\x1b[31mdth\", kind"},
      {{target_cell_missing, "t.csv, row 5, column \"kind\"", {{"cells", 1U}}, "data.missing", "drop"},
       "t.csv, row 5, column \"kind\": no target: the cell is empty; \"data.missing\": \"drop\" leaves such rows out; "
       "a target is never filled in"},
      {{target_cell_missing,
        "t.csv, row 2, column \"kind\"",
        {{"cells", 1U}, {"cell", "none"}},
        "data.missing",
        "drop"},
       "t.csv, row 2, column \"kind\": no target: \"none\" is a missing value; \"data.missing\": \"drop\" leaves such "
       "rows out; a target is never filled in"},
      {{target_not_number,
        "t.csv, row 2, column \"kind\"",
        {{"cells", 10U}, {"cell", "a"}},
        "data.kind",
        "classification"},
       "t.csv, row 2, column \"kind\": the target \"a\" is not a number (10 such cells); \"data.kind\": "
       "\"classification\" takes text as labels"},
      {{target_constant, "t.csv", {{"target", 5.0}}, "data.target"},
       "t.csv: the target is 5 in every training row; \"data.target\" names the column to predict"},
      {{target_too_far, "v.csv"},
       "v.csv: a target is too far from the training rows to be standardized; look for outliers"},
      {{kind_known, "/data/kind", {{"file", "images"}, {"kind", "classification"}}, "data.kind", "null"},
       "/data/kind: images is a classification; leave it out"},
      {{class_single, "t.csv", {{"class", "a"}}, "data.target"},
       "t.csv: all rows have the same class \"a\"; \"data.target\" names the column to predict"},
      {{class_single, "t.csv", {{"class", "a"}}, "data.max_rows", "null"},
       "t.csv: all rows have the same class \"a\"; \"data.max_rows\" may have cut off the others"},
      {{class_missing, "v.csv", {{"class", "b"}, {"other", "t.csv"}}},
       "v.csv: has no row of class \"b\", which t.csv has; both files need rows of every class"},
      {{fraction_too_small, "t.csv", {{"fraction", 0.050000000000000003}, {"rows", 10U}}, "data.validation_fraction"},
       "t.csv: a validation fraction of 0.05 of 10 rows leaves none to validate on; raise "
       "\"data.validation_fraction\""},
      {{column_empty, "t.csv, column \"y\"", {{"column", "y"}}, "data.ignore", "[\"y\"]"},
       "t.csv, column \"y\": has no value in any training row; \"data.ignore\" leaves the column out"},
      {{columns_constant, "t.csv", {}, "data.ignore"},
       "t.csv: every feature column is constant in the training rows; there is nothing to learn from; look at "
       "\"data.ignore\" and \"data.max_rows\""},
      {{value_too_far, "v.csv, column \"x\"", {{"column", "x"}}, "data.ignore", "[\"x\"]"},
       "v.csv, column \"x\": a value is too far from the training rows to be standardized; look for outliers; "
       "\"data.ignore\" leaves the column out"},
      {{file_missing, "a.csv", {{"path", "data/a.csv"}}},
       "a.csv: there is no such file (data/a.csv); data paths are relative to the file that names them"},
      {{rows_missing, "t.csv"}, "t.csv: has a header and no rows"},
      {{column_single, "t.csv", {}, "data.delimiter"},
       "t.csv: has a single column; a target and at least one feature are needed"},
      {{class_missing, "v.csv", {{"class", "b"}, {"other", "t.csv"}}, "data.max_rows", "null"},
       "v.csv: has no row of class \"b\", which t.csv has; both files need every class; \"data.max_rows\" may have cut "
       "it off"},
      {{gzip_too_large, "bomb.gz", {{"limit", 1500U}}},
       "bomb.gz: unpacks to more than 1.5 kB; unpacked data must fit in half of this machine's memory"},
      {{max_rows_zero, "images", {}, "data.max_rows", "null"}, "images: no rows are left; \"data.max_rows\" is 0"},
      {{class_rows_single, "t.csv", {}, "data.kind", "regression"},
       "t.csv: every class has a single row, which leaves none to validate on; \"data.kind\": \"regression\" if the "
       "target is a quantity"},
  };
  return kCases;
}

TEST(ProblemWords, SayWhereWhatIsWrongAndWhatToDo) {
  for (const Case& c : cases()) EXPECT_EQ(to_line(c.problem), c.line);
}

TEST(ProblemWords, OfEveryRowAreCheckedHere) {
  for (const Words<ProblemKind>& row : data_problem_words())
    EXPECT_TRUE(std::ranges::any_of(cases(),
                                    [&](const Case& c) {
                                      const Facts facts =
                                          with_option(c.problem.facts, c.problem.option, c.problem.value);
                                      return find_words(data_problem_words(), c.problem.kind, facts) == &row;
                                    }))
        << row.what << "; " << row.hint;
}

TEST(ProblemWords, OfAnErrorAreALineForEachProblem) {
  const Error error({{file_empty, "a.csv"}, {file_is_device, "b.csv"}});
  EXPECT_STREQ(error.what(), "a.csv: is empty\nb.csv: is a device, not a file");
  EXPECT_STREQ(Error(file_empty, "").what(), "is empty");
}

TEST(Fill, SuggestsNames) {
  EXPECT_EQ(fill("{suggestion}", {{"nearest", "adam"}}), "did you mean \"adam\"?");
  EXPECT_EQ(fill("{suggestion}", {{"known", std::vector<std::string>{"adam", "s\ngd"}}}), "one of: adam, \"s\\x0agd\"");
  EXPECT_EQ(fill("{suggestion}", {{"known", std::vector<std::string>{"a", "b"}}, {"more", 7U}}),
            "one of: a, b, … (7 more)");
}

TEST(Fill, TellsBounds) {
  EXPECT_EQ(fill("a number{bounds}", {}), "a number");
  EXPECT_EQ(fill("{bounds}", {{"least", 1.0}, {"most", 4294967295.0}}), " from 1 to 4294967295");
  EXPECT_EQ(fill("{bounds}", {{"above", 0.0}, {"most", 0.5}}), " above 0 and at most 0.5");
  EXPECT_EQ(fill("{bounds}", {{"above", 0.0}, {"below", 1.0}}), " above 0 and below 1");
  EXPECT_EQ(fill("{bounds}", {{"least", 0.0}, {"below", 1.0}}), " of at least 0 and below 1");
  EXPECT_EQ(fill("{bounds}", {{"least", 2.0}}), " of at least 2");
  EXPECT_EQ(fill("{bounds}", {{"most", 2.0}}), " of at most 2");
}

TEST(Fill, CountsAndCutsLists) {
  const Facts facts = {{"one", 1U}, {"rows", 3U}, {"size", 2.5e9}, {"list", std::vector<std::string>{"0", "1", "2"}}};
  EXPECT_EQ(fill("{one?a row|# rows}, {rows?a row|# rows}{one?| (# such)}", facts), "a row, 3 rows");
  EXPECT_EQ(fill("{list:most 3}; {list:most 2}", facts), "0, 1, 2; 0, 1 and 1 more");
  EXPECT_EQ(fill("{size:bytes} {rows:bytes}", facts), "2.5 GB 0.0 kB");
}

}  // namespace
}  // namespace lrtune
