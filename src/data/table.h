// table.h: what a loader makes of the bytes of one data file, before anybody asks what the columns mean.
//
// A loader is bytes → Table, with no file access (loaders.h); resolve.h turns Tables into numbers. Indices count from
// 0; row numbers in messages count from 1 as a spreadsheet does: the header and blank lines count, a quoted line break
// within a cell does not. Tables are plain values; a const one may be read from many threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "lrtune/config.h"

namespace lrtune {

// Text cells, one after the other in `text`, row-major.
struct TextTable {
  std::string file;                // as named in the configuration
  bool named = false;              // the file has a header
  std::vector<std::string> names;  // [column]; without a header "0", "1", …
  std::size_t rows = 0;
  std::string text;
  std::vector<std::size_t> ends = {0};   // cell i is text[ends[i] … ends[i + 1])
  std::vector<std::size_t> row_numbers;  // [row], for messages

  std::size_t columns() const { return names.size(); }
  std::string_view cell(std::size_t row, std::size_t column) const {
    const std::size_t i = row * names.size() + column;
    return std::string_view(text).substr(ends[i], ends[i + 1] - ends[i]);
  }
};

// Numbers with their targets set apart; nothing about them is left to guess. For classification a target is the label.
template <class Number>
struct NumberTable {
  std::string file;
  TaskKind kind = TaskKind::classification;
  std::string_view column_prefix;  // column i is called prefix + i, unless there are names
  std::vector<std::string> names = {};
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<Number> values;   // [row][column], row-major
  std::vector<double> targets;  // [row]
};

using ImageTable = NumberTable<std::uint8_t>;
using RealTable = NumberTable<double>;
using Table = std::variant<TextTable, ImageTable, RealTable>;

// SHA-256 of the parsed tables, the same for CRLF and LF, with and without BOM, gzip or quotes. Hashed is the text
//   "lrtune table 1\n" + hex SHA-256 of the training table + "\n" + the same of a ready validation table or "none" +
//   "\n"
// and of each table: "text", "bytes" or "reals" and its rows and columns; then for text every name (if there is a
// header) and every cell, in file order, as "length:text,"; for numbers the values and then the targets, one byte each
// or as little-endian IEEE doubles (targets always as doubles). Rows past max_rows are not part of the table.
std::string table_sha256(const Table& train, const std::optional<Table>& validation);

// "file, row R, column "name""; the column is left out when its name is empty.
std::string place(const TextTable& table, std::size_t row, std::string_view column = {});

// Physical memory of this machine: what needs more is refused before it is allocated.
std::uint64_t memory_bytes();

}  // namespace lrtune
