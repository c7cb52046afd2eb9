// The input is three bytes of options and then the file. A table that was read is the same table when it is written
// with every cell in quotes and read again, and it can be made a task of.
#include <string>

#include "data/loaders.h"
#include "fuzz/promises.h"
#include "lrtune/error.h"

namespace lrtune::fuzz {
namespace {

constexpr std::size_t kOptionBytes = 3;

// Bits of the first byte pick an enumerator or a flag, the second is the target, the third bounds the rows.
DataConfig read_options(std::string_view bytes) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  DataConfig config;
  config.train = "t.csv";
  config.delimiter = ",;\t|"[byte(0) & 3U];
  config.header = static_cast<Header>((byte(0) >> 2U & 3U) % 3);
  config.missing = static_cast<Missing>((byte(0) >> 4U & 3U) % 3);
  config.standardize = (byte(0) >> 6U & 1U) == 0;
  if (byte(0) >> 7U) config.kind = TaskKind::regression;
  config.target = std::size_t{byte(1) & 7U};
  if (byte(1) & 8U) config.target = "y";
  if (byte(1) & 16U) config.one_hot = {"c"};
  if (byte(1) & 32U) config.ignore = {"i"};
  if (byte(2) != 0) config.max_rows = byte(2);
  return config;
}

void append_quoted(std::string& out, std::string_view cell, char after) {
  out += '"';
  for (const char c : cell) out.append(c == '"' ? 2 : 1, c);
  out += '"';
  out += after;
}

std::string as_csv(const TextTable& table, char delimiter) {
  std::string out;
  const auto end = [&](std::size_t column) { return column + 1 < table.columns() ? delimiter : '\n'; };
  if (table.named)
    for (std::size_t j = 0; j < table.columns(); ++j) append_quoted(out, table.names[j], end(j));
  for (std::size_t row = 0; row < table.rows; ++row)
    for (std::size_t j = 0; j < table.columns(); ++j) append_quoted(out, table.cell(row, j), end(j));
  return out;
}

void check_table(const TextTable& table, const DataConfig& config, std::size_t file_bytes) {
  require(table.rows > 0 && table.columns() > 1, "a table has rows and at least two columns");
  require(!config.max_rows || table.rows <= *config.max_rows, "max_rows holds");
  require(table.row_numbers.size() == table.rows, "a number for each row");
  require(table.ends.size() == table.rows * table.columns() + 1 && table.ends.front() == 0, "a cell for each place");
  require(std::ranges::is_sorted(table.ends) && table.ends.back() == table.text.size(), "cells follow each other");
  require(table.text.size() <= file_bytes, "cells are bytes of the file");
}

}  // namespace

void fuzz_csv(std::string_view bytes) {
  if (bytes.size() < kOptionBytes) return;
  DataConfig config = read_options(bytes);
  bytes.remove_prefix(kOptionBytes);
  const auto load = [&config](std::string text) {
    const Source source{"t.csv", std::move(text)};
    return load_csv({&source, 1}, config, config.max_rows);
  };
  Table table;
  if (!accepts([&] { table = load(std::string(bytes)); })) return;
  const auto& cells = std::get<TextTable>(table);
  check_table(cells, config, bytes.size());

  make_task(table, config);
  config.header = cells.named ? Header::present : Header::absent;
  const Table again = load(as_csv(cells, config.delimiter));
  require(table_sha256(again, std::nullopt) == table_sha256(table, std::nullopt), "cells in quotes are the same cells");
}

}  // namespace lrtune::fuzz
