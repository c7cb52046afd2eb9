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
       "t.csv: has 5.0 MB, more than half of this machine's memory; use part of it"},
      {{file_empty, "t.csv"}, "t.csv: is empty"},
      {{utf16, "t.csv"}, "t.csv: is UTF-16 text; save it as UTF-8"},
      {{nul_byte, "t.csv, row 3", {}, "data.format", "idx"},
       "t.csv, row 3: a NUL byte: this is not a text file; \"data.format\": \"csv\" reads text; use \"idx\" for image "
       "files"},
      {{not_utf8, "t.csv, row 3", {{"byte", "\374"}}}, "t.csv, row 3: \"\\xfc\" is not UTF-8; save the file as UTF-8"},
      {{gzip_truncated, "t.csv"}, "t.csv: the gzip data is truncated; download or compress the file again"},
      {{gzip_damaged, "t.csv"}, "t.csv: the gzip data is damaged; download or compress the file again"},
      {{gzip_foreign_bytes, "t.csv"},
       "t.csv: has extra bytes after its gzip data; download or compress the file again"},
      {{idx_header_truncated, "images"}, "images: is truncated within its IDX header"},
      {{idx_not_idx, "images", {}, "data.format", "csv"},
       "images: is not an IDX file; IDX files start with two zero bytes; use \"format\": \"csv\" for text tables"},
      {{idx_type, "images", {{"type", "0x0d"}}},
       "images: has values of IDX type 0x0d; lrtune reads unsigned bytes (0x08)"},
      {{idx_dimensions, "images", {{"dimensions", 1U}, {"wanted", "images (3)"}}},
       "images: has 1 dimension, unlike images (3); check whether \"images\" and \"labels\" are swapped"},
      {{idx_no_pixels, "images", {{"sizes", "4 × 0"}}}, "images: says that its images have no pixels: 4 × 0"},
      {{idx_no_rows, "images"}, "images: contains no rows"},
      {{idx_truncated, "images", {{"sizes", "4 × 1 × 3"}, {"bytes", 0U}}},
       "images: is truncated: its header says 4 × 1 × 3 bytes, but there are 0; download the file again"},
      {{idx_excess, "images", {{"bytes", 1U}, {"sizes", "4 × 1 × 3"}}},
       "images: has 1 extra bytes after the 4 × 1 × 3 that its header says; download the file again"},
      {{idx_label_count, "labels", {{"labels", 3U}, {"images", 4U}, {"file", "images"}}},
       "labels: has 3 labels, but images has 4 images; check that the two files belong together"},
      {{delimiter_impossible, "t.csv", {}, "data.delimiter"},
       "t.csv: cannot be read with a quote, a line break or NUL as the delimiter; set \"data.delimiter\" to the "
       "character "
       "between two cells"},
      {{quote_open, "t.csv, row 3"}, "t.csv, row 3: a quote is never closed"},
      {{quote_broken, "t.csv, row 3", {{"cell", 2U}}},
       "t.csv, row 3: misplaced quotes in cell 2; put a cell that contains quotes in quotes, and double each inner "
       "quote"},
      {{row_ragged, "t.csv, row 3", {{"cells", 3U}, {"columns", 2U}, {"rows", 2U}}, "data.delimiter"},
       "t.csv, row 3: has 3 cells, but the first row has 2 (2 such rows); put cells that contain the delimiter in "
       "quotes, or set \"data.delimiter\" to another one"},
      {{rows_missing, "t.csv", {}, "data.header", "absent"},
       "t.csv: has a header but no rows; set \"data.header\" to \"absent\" if that row is data"},
      {{column_single, "t.csv", {}, "data.delimiter", "\";\""},
       "t.csv: has only one column; did you mean \"data.delimiter\": \";\"?"},
      {{column_name_twice,
        "t.csv",
        {{"name", "a"}, {"count", 3U}, {"columns", std::vector<std::string>{"0", "2", "5"}}}},
       "t.csv: the header has 3 columns named \"a\" (0, 2, 5); give every column a name of its own; the numbers count "
       "columns from 0"},
      {{column_name_twice, "t.csv", {{"name", "b"}, {"count", 2U}, {"columns", std::vector<std::string>{"1", "4"}}}},
       "t.csv: the header has 2 columns named \"b\" (1, 4); give every column a name of its own; the numbers count "
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
       "v.csv: has no column \"width\", which t.csv has; its column \"widht\" may be the same one"},
      {{column_unmatched, "v.csv", {{"column", "mass"}, {"other", "t.csv"}}, "data.ignore", "[\"mass\"]"},
       "v.csv: has no column \"mass\", which t.csv has; leave the column out with \"data.ignore\""},
      {{column_unknown, "t.csv", {{"nearest", "length"}, {"column", "lenght"}}, "data.ignore"},
       "t.csv: has no column \"lenght\" (in \"data.ignore\"); did you mean \"length\"?"},
      {{column_is_target, "t.csv", {{"column", "kind"}}, "data.ignore"},
       "t.csv: column \"kind\" is both the target and in \"data.ignore\"; remove it from one of them"},
      {{column_listed_twice, "t.csv", {{"column", "width"}}, "data.one_hot"},
       "t.csv: column \"width\" is in both \"data.ignore\" and \"data.one_hot\"; remove it from one of them"},
      {{features_missing, "t.csv", {}, "data.ignore", "[]"},
       "t.csv: no feature column is left; \"data.ignore\" names all but the target; remove one from it"},
      {{synthetic_unknown, "data", {{"nearest", "moons"}, {"name", "moon"}}, "data.synthetic.name"},
       "data: there is no synthetic data set \"moon\"; did you mean \"moons\"?"},
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
       "t.csv, row 4, column \"length\": \"1e39\" is out of range: the largest number is 3.4e38; correct the cell, or "
       "empty it and set \"data.missing\""},
      {{cell_not_finite, "t.csv, row 4, column \"length\"", {{"cells", 1U}, {"cell", "-inf"}}},
       "t.csv, row 4, column \"length\": \"-inf\" is not a finite number; correct the cell, or empty it and set "
       "\"data.missing\""},
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
       "t.csv, column \"id\": has 200000 different values; a \"data.one_hot\" column may have at most 1000; leave it "
       "out with \"data.ignore\"; if it contains numbers, remove it from \"data.one_hot\""},
      {{features_too_large, "t.csv", {{"rows", 300000U}, {"features", 10000U}, {"bytes", 3.6e10}}, "data.max_rows"},
       "t.csv: 300000 rows of 10000 features need 36.0 GB of memory, more than this machine has; a \"data.one_hot\" "
       "column with many values makes many features; or read fewer rows with \"data.max_rows\""},
      {{rows_incomplete, "t.csv", {}, "data.missing", "mean"},
       "t.csv: no row is left: every row has a missing cell; \"data.missing\": \"mean\" keeps rows, \"data.ignore\" "
       "leaves "
       "out columns"},
      {{target_missing, "t.csv", {}, "data.target"},
       "t.csv: no target is given; set \"data.target\" to the column to predict"},
      {{target_index, "t.csv", {{"index", 3U}, {"columns", 3U}, {"last", 2U}}, "data.target"},
       "t.csv: has 3 columns, and none with index 3; set \"data.target\" to a name or an index from 0 to 2"},
      {{target_unknown, "t.csv", {{"nearest", "kind"}, {"column", "knd"}}, "data.target", "\"kind\""},
       "t.csv: has no column \"knd\" (the target); did you mean \"kind\"?"},
      {{target_unknown,
        "t.csv",
        {{"known", std::vector<std::string>{"length", "width", "kind"}}, {"column", "zzzzzz"}},
        "data.target"},
       "t.csv: has no column \"zzzzzz\" (the target); one of: length, width, kind"},
      {{target_unknown, "t.csv", {{"column", "kind"}}, "data.header", "present"},
       "t.csv: has no column \"kind\" (the target); the first row was read as data because one of its cells is a "
       "number; \"data.header\": \"present\" makes it the header"},
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
       "t.csv: the target is 5 in every training row; set \"data.target\" to the column to predict"},
      {{target_too_far, "v.csv"},
       "v.csv: a target is too far from those of the training rows to be standardized; look for outliers"},
      {{kind_known, "/data/kind", {{"file", "images"}, {"kind", "classification"}}, "data.kind", "null"},
       "/data/kind: images is a classification; leave it out"},
      {{class_single, "t.csv", {{"class", "a"}}, "data.target"},
       "t.csv: all rows have the same class, \"a\"; set \"data.target\" to the column to predict"},
      {{class_single, "t.csv", {{"class", "a"}}, "data.max_rows", "null"},
       "t.csv: all rows have the same class, \"a\"; \"data.max_rows\" may have cut off the others"},
      {{class_missing, "v.csv", {{"class", "b"}, {"other", "t.csv"}}},
       "v.csv: has no row of class \"b\", but t.csv does; both files need rows of every class"},
      {{fraction_too_small, "t.csv", {{"fraction", 0.050000000000000003}, {"rows", 10U}}, "data.validation_fraction"},
       "t.csv: a validation fraction of 0.05 of 10 rows leaves none for validation; raise "
       "\"data.validation_fraction\""},
      {{column_empty, "t.csv, column \"y\"", {{"column", "y"}}, "data.ignore", "[\"y\"]"},
       "t.csv, column \"y\": has no value in any training row; leave the column out with \"data.ignore\""},
      {{columns_constant, "t.csv", {}, "data.ignore"},
       "t.csv: every feature column is constant in the training rows; there is nothing to learn from; check "
       "\"data.ignore\" and \"data.max_rows\""},
      {{value_too_far, "v.csv, column \"x\"", {{"column", "x"}}, "data.ignore", "[\"x\"]"},
       "v.csv, column \"x\": a value is too far from those of the training rows to be standardized; look for outliers, "
       "or leave the column out with \"data.ignore\""},
      {{file_missing, "a.csv", {{"path", "data/a.csv"}}},
       "a.csv: there is no such file (data/a.csv); data paths are relative to the file that names them"},
      {{rows_missing, "t.csv"}, "t.csv: has a header but no rows"},
      {{column_single, "t.csv", {}, "data.delimiter"},
       "t.csv: has only one column; lrtune needs a target and at least one feature"},
      {{class_missing, "v.csv", {{"class", "b"}, {"other", "t.csv"}}, "data.max_rows", "null"},
       "v.csv: has no row of class \"b\", but t.csv does; both files need every class; \"data.max_rows\" may have cut "
       "it off"},
      {{gzip_too_large, "bomb.gz", {{"limit", 1500U}}},
       "bomb.gz: unpacks to more than 1.5 kB; use a file that fits in half of this machine's memory"},
      {{max_rows_zero, "images", {}, "data.max_rows", "null"},
       "images: no rows are left; \"data.max_rows\" is 0; raise it"},
      {{class_rows_single, "t.csv", {}, "data.kind", "regression"},
       "t.csv: every class has only one row, which leaves none for validation; set \"data.kind\" to \"regression\" if "
       "the target is a quantity"},
      // runs
      {{loss_not_for_data, "/training/loss", {}, "training.loss", "auto"},
       "/training/loss: \"cross_entropy\" cannot be used for regression; use \"auto\" or \"mse\""},
      {{objective_not_for_data, "/search/objective", {}, "search.objective", "final_validation_loss"},
       "/search/objective: there is no classification error in regression; use \"final_validation_loss\""},
      {{batch_too_large,
        "/training/batch_size",
        {{"batch_size", 1000000U}, {"rows", 400U}},
        "training.batch_size",
        "400"},
       "/training/batch_size: 1000000 is more than the 400 training rows; use at most 400"},
      {{updates_too_many, "/training/epochs", {}, "training.epochs"},
       "/training/epochs: more than 2^31 updates per trial; use fewer epochs or a larger batch_size"},
      {{looks_too_many,
        "/training/looks_per_epoch",
        {{"most", 100000U}, {"looks", 25U}, {"epochs", 1000000U}},
        "training.looks_per_epoch"},
       "/training/looks_per_epoch: more than 100000 looks per trial: 25 in each of 1000000 epochs; use fewer "
       "looks_per_epoch or fewer epochs"},
      {{memory_exceeded, "/model/hidden", {{"needed_gib", 1024.04}, {"memory_gib", 15.55}}, "model.hidden"},
       "/model/hidden: training needs 1024.0 GiB of memory, but this machine has 15.6 GiB; use a smaller network, a "
       "smaller batch_size or fewer threads"},
      {{isa_unknown, "LRTUNE_ISA", {{"known", std::vector<std::string>{"avx2", "scalar"}}, {"isa", "avx9"}}},
       "LRTUNE_ISA: \"avx9\" is unknown or cannot run on this machine; one of: avx2, scalar"},
      {{samples_target_missing, "samples"},
       "samples: has neither labels nor targets; labels for classes, targets for quantities"},
      {{samples_target_twice, "samples"},
       "samples: has both labels and targets; labels for classes, targets for quantities"},
      {{samples_value_count, "validation", {{"values", 7U}, {"rows", 3U}}},
       "validation: has 7 values for 3 rows; rows times features of them, row by row"},
      {{samples_name_count, "samples", {{"names", 1U}, {"features", 2U}}},
       "samples: has 1 names for 2 features; one for each, or none"},
      {{sample_missing, "samples, row 1, feature 0", {}, "data.missing", "mean"},
       "samples, row 1, feature 0: is missing; \"data.missing\": \"mean\" fills it in"},
      {{sample_infinite, "samples, row 1, feature 0"},
       "samples, row 1, feature 0: is infinite; every value must be finite"},
      {{sample_target_not_finite, "samples, row 1"}, "samples, row 1: the target is not finite; leave the row out"},
      // files and folders
      {{file_not_opened, "a", {{"reason", "permission denied"}}}, "a: cannot be opened: permission denied"},
      {{file_not_read, "a", {{"reason", "is a folder"}}}, "a: cannot be read: is a folder"},
      {{file_not_written, "a", {{"reason", "the disk is full"}}}, "a: cannot be written: the disk is full"},
      {{file_not_written, "b/a", {{"folder", "b"}, {"reason", "permission denied"}}},
       "b/a: cannot be written in b: permission denied"},
      {{file_not_cut, "a", {{"reason", "permission denied"}}}, "a: cannot be truncated: permission denied"},
      {{file_not_flushed, "a", {{"reason", "the disk is full"}}}, "a: cannot be flushed to the disk: the disk is full"},
      {{file_is_folder, "a"}, "a: is a folder, not a file"},
      {{file_too_long, "a", {{"most_bytes", 1048576U}}},
       "a: is larger than 1048576 bytes; check that it is the right file"},
      {{file_in_use, "a"}, "a: is in use by another lrtune; wait for that one to end, or name another file"},
      {{file_cannot_grow, "a"}, "a: is not a regular file; name a regular file"},
      {{folder_unusable, "b/a", {{"folder", "b"}, {"reason", "no such file or folder"}}},
       "b/a: the folder b cannot be used: no such file or folder; create it first"},
      {{folder_is_file, "b/a", {{"folder", "b"}}}, "b/a: b is not a folder"},
      // JSON
      {{json_empty, "a"}, "a: is empty; expected JSON, starting with {"},
      {{json_nul_byte, "a", {{"byte", 12U}}}, "a: is not a text file (byte 12 is NUL); expected JSON in UTF-8"},
      {{json_too_deep, "a", {{"most", 64U}}}, "a: is nested more than 64 levels deep"},
      {{json_key_twice, "a: /b", {{"line", 3U}}}, "a: /b: appears twice (both on line 3); remove one of the two"},
      {{json_key_twice, "a: /b", {{"line", 3U}, {"first_line", 1U}}},
       "a: /b: appears twice (lines 1 and 3); remove one of the two"},
      {{json_key_unquoted, "a"}, "a: a key without double quotes; write \"key\": value"},
      {{json_unexpected, "a", {{"expected", "a value or \"]\""}, {"found", "\x01"}}},
       "a: unexpected \"\\x01\"; expected a value or \"]\""},
      {{json_unexpected, "a", {{"after", "key"}, {"found", "1"}}}, "a: unexpected \"1\"; expected \":\" after the key"},
      {{json_unexpected, "a", {{"found", "}"}}}, "a: unexpected \"}\"; expected the end of the file"},
      {{json_ends_early, "a", {{"after", "key"}}}, "a: unexpected end of the file; expected \":\" after the key"},
      {{json_ends_early, "a", {{"expected", "\",\" or \"}\""}}},
       "a: unexpected end of the file; expected \",\" or \"}\""},
      {{json_ends_early, "a"}, "a: unexpected end of the file; expected the end of the file"},
      {{json_comma_last, "a", {{"before", "}"}}}, "a: a comma before \"}\"; remove the comma"},
      {{json_comment_refused, "a"}, "a: unexpected \"/\"; comments are not allowed in this file"},
      {{json_comment_open, "a"}, "a: unterminated comment; close it with */"},
      {{json_comment_malformed, "a"},
       "a: unexpected \"/\"; write comments as // to the end of the line, or as /* … */"},
      {{json_word_unknown, "a", {{"word", "None"}}}, "a: unknown word None; did you mean null?"},
      {{json_word_unknown, "a", {{"word", "True"}, {"nearest", "true"}}},
       "a: unknown word \"True\"; did you mean true?"},
      {{json_word_unknown, "a", {{"word", "adam"}}}, "a: unknown word \"adam\"; put strings in double quotes"},
      {{json_number_not_finite, "a", {{"word", "-inf"}}}, "a: -inf is not allowed; use a finite number"},
      {{json_number_too_large, "a", {{"word", "1e999"}}}, "a: \"1e999\" is too large; use a number below 1.8e308"},
      {{json_number_malformed, "a", {{"word", "01"}}},
       "a: \"01\" is not a JSON number; write no leading + or 0, and a digit on both sides of the point"},
      {{json_text_single_quotes, "a"}, "a: a string in single quotes; use double quotes"},
      {{json_text_open, "a", {{"end", "line"}}}, "a: a string that does not end on its line; end it with \""},
      {{json_text_open, "a"}, "a: a string that does not end; end it with \""},
      {{json_text_control_byte, "a", {{"byte", "1f"}}}, "a: byte \\x1f in a string; write \\u001f"},
      {{json_text_escape, "a", {{"found", "x"}}}, "a: a \\ before \"x\"; write \\\\ for a backslash"},
      {{json_text_escape_digits, "a"}, "a: \\u without four hexadecimal digits; for example \\u00e9"},
      {{json_text_not_utf8, "a"}, "a: a string with bytes that are not UTF-8; save the file as UTF-8"},
      // the command line
      {{command_absent, "", {{"help", "lrtune --help"}}}, "no command given; see \"lrtune --help\""},
      {{command_unknown, "", {{"argument", "tun"}, {"help", "lrtune --help"}, {"nearest", "tune"}}},
       "unknown command \"tun\"; did you mean \"tune\"?"},
      {{command_unknown, "", {{"argument", "xyzzy"}, {"help", "lrtune --help"}}},
       "unknown command \"xyzzy\"; see \"lrtune --help\""},
      {{option_unknown, "tune", {{"argument", "--sed=1"}, {"help", "lrtune tune --help"}, {"nearest", "--set"}}},
       "tune: unknown option \"--sed=1\"; did you mean \"--set\"?"},
      {{option_unknown, "tune", {{"argument", "-x"}, {"help", "lrtune tune --help"}}},
       "tune: unknown option \"-x\"; see \"lrtune tune --help\""},
      {{option_before_command, "tune", {{"name", "--json"}, {"command", "tune"}}},
       "tune: option \"--json\" is in front of the command; write \"lrtune tune --json …\""},
      {{option_repeated, "tune", {{"name", "--seeds"}, {"times", 2U}}}, "tune: --seeds appears 2 times; use it once"},
      {{option_takes_no_value, "tune", {{"name", "--json"}, {"help", "lrtune tune --help"}}},
       "tune: --json takes no value; see \"lrtune tune --help\""},
      {{option_needs_value, "tune", {{"name", "--seeds"}, {"help", "lrtune tune --help"}}},
       "tune: --seeds needs a value; see \"lrtune tune --help\""},
      {{option_value_empty, "tune", {{"name", "CONFIG"}, {"of", "argument"}}},
       "tune: the value of CONFIG is empty; check for a shell variable that is not set"},
      {{option_value_empty, "tune", {{"name", "-o"}, {"of", "option"}}},
       "tune: the value of -o is empty; give one, or leave it out"},
      {{argument_unexpected, "tune", {{"argument", "b.json"}, {"help", "lrtune tune --help"}}},
       "tune: unexpected argument \"b.json\"; see \"lrtune tune --help\""},
      {{whole_number_expected, "--seed", {{"least", 0U}, {"most", 4294967295U}, {"found", "-1"}}},
       "--seed: must be a whole number from 0 to 4294967295, not \"-1\""},
      {{number_within_expected, "--tolerance", {{"within", "from 0"}, {"found", "x"}}},
       "--tolerance: must be a number from 0, not \"x\""},
      {{budget_malformed, "--budget", {{"found", "0.5"}}}, "--budget: must be at least 1 full run, not \"0.5\""},
      {{rate_absent, "--learning-rate", {}, "--learning-rate", "0.003"},
       "--learning-rate: no learning rate given; for example --learning-rate 0.003"},
      {{rate_negative, "--from", {{"rate", "-0.10"}}},
       "--from: -0.10 is negative and would increase the loss; use a rate above 0"},
      {{rate_expected, "--from", {{"most", 1e6}, {"found", "x"}}},
       "--from: must be a number above 0 and at most 1e+06, not \"x\""},
      {{label_unknown, "--print", {{"nearest", "best"}, {"label", "bset"}}},
       "--print: unknown label \"bset\"; did you mean \"best\"?"},
      {{config_absent, ""}, "no config given; name a config file, or - for standard input"},
      {{result_absent, "report"}, "report: no result given; name the file of one, or - for standard input"},
      {{baseline_absent, "check"}, "check: no baseline given; name its file"},
      {{baseline_not_file, "check"}, "check: the baseline must be a file; - is for RESULT"},
      {{optimizer_absent, "--optimizer", {{"labels", std::vector<std::string>{"sgd", "my adam", "a", "b"}}}},
       "--optimizer: no optimizer given; one of: sgd, my adam, a, b"},
      {{list_absent, "list", {{"known", std::vector<std::string>{"optimizers", "schedules"}}}},
       "list: nothing to list was named; one of: optimizers, schedules"},
      {{schema_absent, "schema", {{"known", std::vector<std::string>{"config", "result"}}}},
       "schema: no schema was named; one of: config, result"},
      {{sides_twice, "check"},
       "check: RESULT and --config are both given; give RESULT to compare a file, or --config to run a config"},
      {{update_with_report, "check"}, "check: --update writes no report; leave out -o, --json, --junit and --markdown"},
      {{update_with_verdict, "check"}, "check: --update gives no verdict; leave out --exact and --allow-new"},
      {{update_in_ci, "check"},
       "check: --update under CI would let every regression pass (CI is set); update where somebody reviews the "
       "change, or add --force"},
      {{force_without_update, "check"}, "check: --force is for --update only; leave it out"},
      {{sweep_too_narrow, "--to", {{"to", 0.0015}, {"ratio", 2.0}, {"from", 0.001}}},
       "--to: 0.0015 is less than 2 times --from, 0.001"},
      {{sweep_too_long, "--updates", {{"updates", 1000000U}, {"runs", 30U}, {"most", 10000000U}}},
       "--updates: 1000000 in each of 30 runs is too many; use at most 10000000 in all"},
      {{rows_of_other_file, "--rows", {{"file", "held out.csv"}}},
       "--rows: no row of the training file validates: \"data.validation\" is held out.csv; all of its rows do"},
      {{table_not_of_result,
        "a.json",
        {{"result", "a result of range"},
         {"table", "trials"},
         {"tables", std::vector<std::string>{"recommendations", "curves"}}}},
       "a.json: is a result of range, which has no trials; --table can be: recommendations, curves"},
      {{format_not_of_result,
        "a.json",
        {{"result", "a result of tune"}, {"format", "junit"}, {"formats", std::vector<std::string>{"table", "csv"}}}},
       "a.json: is a result of tune, which cannot be shown as junit; --format can be: table, csv"},
      {{table_empty, "a.json", {{"rows", "recommendations"}, {"why", "outcome"}}},
       "a.json: holds no recommendations; --format table tells why"},
      {{table_empty, "a.json", {{"rows", "curves"}, {"why", "no_look"}}},
       "a.json: holds no curves; no trial came as far as its first look, --table trials has how they ended"},
      {{table_empty, "a.json", {{"rows", "trials"}, {"why", "baseline"}}},
       "a.json: holds no trials; a baseline leaves them out, name the result that it was made of"},
      {{output_failed, "standard output"},
       "standard output: cannot be written; check whether the disk is full or the output is closed"},
      {{output_is_input, "--junit", {{"file", "a.json"}}}, "--junit: would overwrite a.json; write to another file"},
      {{output_is_input, "a.json", {{"of", "config"}}},
       "a.json: is the config, which would be overwritten; write to another file"},
      {{output_is_input, "a.csv", {{"of", "data"}}},
       "a.csv: is a data file of the config, which would be overwritten; write to another file"},
      {{output_is_input, "a.json", {{"of", "result"}}},
       "a.json: is the result, which would be overwritten; write to another file"},
      {{output_is_stdout, "a.json"},
       "a.json: is the file that standard output goes to; use -o - to write the result there instead of the summary"},
      {{stdout_wanted_twice, "validate", {{"first", "--rows"}, {"second", "--json"}}},
       "validate: --rows and --json would both go to standard output; call it twice"},
      {{stdout_wanted_twice, "tune", {{"first", "--print"}, {"second", "the result"}}},
       "tune: --print and the result would both go to standard output; write the result to a file: -o FILE"},
      {{stdout_wanted_twice, "tune", {{"first", "--events -"}, {"second", "--print"}}},
       "tune: --events - and --print would both go to standard output; write the events to a file: --events FILE"},
      {{report_not_file, "--junit"},
       "--junit: needs a file; standard output has the summary, or with --json the report"},
      {{report_files_same, "check", {{"first", "--junit"}, {"second", "-o"}}},
       "check: --junit and -o name the same file; name two different files"},
      {{events_file_taken, "--events", {{"file", "a"}}},
       "--events: a is already an output of this run; name another file"},
      {{journal_not_file, "--journal"}, "--journal: the journal must be a file; name one"},
      {{journal_is_result, "--journal"},
       "--journal: is the file of the result, which would overwrite it; name another file"},
      {{journal_absent, "--resume"}, "--resume: there is no journal to continue from; add -o FILE or --journal FILE"},
      {{journal_of_other, "a.journal", {{"of", "config"}}},
       "a.journal: is the journal of another config; name another file, or remove this one"},
      {{journal_of_other, "a.journal", {{"of", "data"}}},
       "a.journal: is the journal of other data; name another file, or remove this one"},
      {{journal_of_other, "a.journal", {{"of", "later"}}},
       "a.journal: is the journal of a later version of lrtune; continue with that version, name another file, or "
       "remove this one"},
      {{journal_of_other, "a.journal", {{"of", "version"}, {"version", "0.1.0"}}},
       "a.journal: is the journal of lrtune 0.1.0, whose trainings give other bits; continue with that version, name "
       "another file, or remove this one"},
      {{not_a_result, "r.json", {{"without", "schema_version"}}},
       "r.json: is not a result of lrtune; expected a JSON object with \"schema_version\""},
      {{not_a_result, "r.json"},
       "r.json: is not a result of lrtune; name a file that lrtune tune, range, train or check has written"},
      {{schema_version_unknown, "r.json: /schema_version", {{"version", 9U}, {"newest", 1U}}},
       "r.json: /schema_version: version 9 is unknown; this lrtune reads versions up to 1"},
      {{stored_value, "r.json: /a", {{"wanted", "object"}, {"found", "3"}}}, "r.json: /a: must be an object, not 3"},
      {{stored_value, "r.json: /a", {{"wanted", "list"}, {"found", "3"}}}, "r.json: /a: must be a list, not 3"},
      {{stored_value, "r.json: /a", {{"wanted", "text"}, {"found", "3"}}}, "r.json: /a: must be a string, not 3"},
      {{stored_value, "r.json: /a", {{"wanted", "flag"}, {"found", "3"}}}, "r.json: /a: must be true or false, not 3"},
      {{stored_value, "r.json: /a", {{"wanted", "rates"}, {"found", "3"}}},
       "r.json: /a: must be a list of 2 rates, not of 3"},
      {{stored_value, "r.json: /a", {{"wanted", "choice"}, {"choices", "1, 2"}, {"found", "3"}}},
       "r.json: /a: must be one of 1, 2, not 3"},
      {{stored_value, "r.json: /a", {{"wanted", "rate"}, {"above", 0.0}, {"found", "-3"}}},
       "r.json: /a: must be a rate above 0, not -3"},
      {{stored_value, "r.json: /a", {{"wanted", "whole"}, {"least", 0.0}, {"most", 9.0}, {"found", "-3"}}},
       "r.json: /a: must be a whole number from 0 to 9, not -3"},
      {{stored_value, "r.json: /a", {{"wanted", "number"}, {"least", 0.0}, {"found", "-3"}}},
       "r.json: /a: must be a number of at least 0, not -3"},
      {{stored_member_absent, "r.json: /a", {{"key", "b"}}}, "r.json: /a: has no \"b\""},
      {{stored_lists_differ, "r.json: /a"}, "r.json: /a: has lists of different lengths"},
      {{stored_heuristics_differ, "r.json: /a"}, "r.json: /a: does not name the heuristics of the first optimizer"},
      {{not_a_journal, "a.journal"},
       "a.journal: is not a journal of lrtune, or its first line is damaged; name another file, or remove this one"},
      {{journal_damaged, "a.journal: record 3", {{"intact", 3U}}},
       "a.journal: record 3: is damaged; the lines before it are intact: keep them with head -n 3, or remove the file "
       "to start over"},
      {{journal_member, "a.journal: record 3", {{"key", "entry"}, {"most", 4U}}},
       "a.journal: record 3: \"entry\" must be a whole number of at most 4"},
      {{journal_trial_absent, "a.journal: record 3"}, "a.journal: record 3: contains no trial"},
      {{label_malformed, "r.json: /a", {{"label", "a\nb"}}},
       "r.json: /a: \"a\\x0ab\" cannot be a label; use one line of text"},
      {{label_twice, "r.json: /a", {{"label", "sgd"}, {"other", "/optimizers/0"}, {"of", "result"}}},
       "r.json: /a: label \"sgd\" is already used by /optimizers/0"},
      {{journal_not_empty, "a.journal"},
       "a.journal: already contains finished trials; add --resume to continue from them, or remove it, or name another "
       "file"},
      {{optimizers_empty, "--optimizers", {{"list", ","}}},
       "--optimizers: \",\" names no optimizer; leave it out for all optimizers"},
  };
  return kCases;
}

TEST(ProblemWords, SayWhereWhatIsWrongAndWhatToDo) {
  for (const Case& c : cases()) EXPECT_EQ(to_line(c.problem), c.line);
}

TEST(ProblemWords, OfEveryRowAreCheckedHere) {
  for (const auto& table :
       {data_problem_words(), run_problem_words(), file_problem_words(), record_problem_words(), cli_problem_words()})
    for (const Words<ProblemKind>& row : table)
      EXPECT_TRUE(std::ranges::any_of(cases(),
                                      [&](const Case& c) {
                                        const Facts facts =
                                            with_option(c.problem.facts, c.problem.option, c.problem.value);
                                        return find_words(table, c.problem.kind, facts) == &row;
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
