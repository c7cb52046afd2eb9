// csv.cpp: the loader for comma-separated text (RFC 4180), on libcsv in strict mode.
//
// Any of LF, CRLF and CR ends a row; blank lines are skipped; blanks around an unquoted cell are not part of it; a
// UTF-8 byte order mark is skipped. Header "auto": the first row is a header iff none of its cells is a number (an
// empty cell is none). An unnamed column of a header is called "column i".
#include <csv.h>
#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <map>
#include <new>
#include <span>

#include "base/text.h"
#include "data/loaders.h"
#include "lrtune/error.h"

namespace lrtune {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kChunkBytes = std::size_t{1} << 16U;  // what is parsed between two looks at max_rows

std::string line_of(const std::string& file, std::string_view bytes, std::size_t position) {
  const auto breaks = std::ranges::count(bytes.substr(0, position), '\n');
  return fmt::format("{}, row {}", file, breaks + 1);
}

void check_is_text(const std::string& file, std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) throw Error(ProblemKind::utf16, file);
  if (const std::size_t nul = bytes.find('\0'); nul != std::string_view::npos)
    throw Error(ProblemKind::nul_byte, line_of(file, bytes, nul), {}, "data.format", "idx");
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t length = utf8_length(bytes.substr(i, 4));
    if (length == 0)
      throw Error(ProblemKind::not_utf8, line_of(file, bytes, i), {{"byte", std::string(bytes.substr(i, 1))}});
    i += length;
  }
}

// Takes libcsv's cells and row ends. No exception may pass through libcsv: it is kept and thrown afterwards.
class RowReader {
 public:
  RowReader(const std::string& file, Header header, std::size_t max_rows) : header_(header), max_rows_(max_rows) {
    table.file = file;
  }

  TextTable table;
  std::size_t row_number = 1;  // of the row being read
  std::size_t cells = 0;       // read of it so far
  std::size_t ragged_rows = 0;
  std::size_t ragged_row_number = 0;
  std::size_t ragged_cells = 0;
  bool first_row_seen = false;
  std::exception_ptr failure;

  bool done() const { return failure || (first_row_seen && table.rows >= max_rows_); }

  static void on_cell(void* text, std::size_t size, void* self) {
    static_cast<RowReader*>(self)->guarded([&](RowReader& reader) {
      reader.add_cell({static_cast<const char*>(text), size});
    });
  }
  static void on_row_end(int terminator, void* self) {
    static_cast<RowReader*>(self)->guarded([&](RowReader& reader) { reader.end_row(terminator); });
  }

 private:
  template <class Action>
  void guarded(Action action) noexcept {
    if (done()) return;
    try {
      action(*this);
    } catch (...) {
      failure = std::current_exception();
    }
  }

  void add_cell(std::string_view text) {
    table.text += text;
    table.ends.push_back(table.text.size());
    ++cells;
  }

  // libcsv reports every CR and LF, so a blank line is a row end without cells; the LF of a CRLF is no row of its own.
  void end_row(int terminator) {
    const bool second_half = terminator == '\n' && last_terminator_ == '\r' && cells == 0;
    last_terminator_ = terminator;
    if (second_half) return;
    if (cells > 0) take_row();
    cells = 0;
    ++row_number;
  }

  void take_row() {
    if (!first_row_seen) {
      first_row_seen = true;
      if (take_header()) return;
    }
    if (cells != table.columns()) {
      if (ragged_rows++ == 0) {
        ragged_row_number = row_number;
        ragged_cells = cells;
      }
      table.ends.resize(table.ends.size() - cells);
      table.text.resize(table.ends.back());
      return;
    }
    table.row_numbers.push_back(row_number);
    ++table.rows;
  }

  // Makes the names; true if the row was a header.
  bool take_header() {
    for (std::size_t i = 0; i < cells; ++i)
      table.names.emplace_back(table.text, table.ends[i], table.ends[i + 1] - table.ends[i]);
    const auto is_number = [](const std::string& name) { return parse_number(name).has_value(); };
    table.named =
        header_ == Header::present || (header_ == Header::automatic && std::ranges::none_of(table.names, is_number));
    if (table.named) {
      table.text.clear();
      table.ends = {0};
    }
    for (std::size_t i = 0; i < cells; ++i) {
      if (!table.named) table.names[i] = fmt::format("{}", i);
      if (table.names[i].empty()) table.names[i] = fmt::format("column {}", i);
    }
    return table.named;
  }

  Header header_;
  std::size_t max_rows_;
  int last_terminator_ = 0;
};

// libcsv's parser with its buffer.
class Parser {
 public:
  explicit Parser(char delimiter) {
    if (csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0) throw std::bad_alloc();
    csv_set_delim(&parser_, static_cast<unsigned char>(delimiter));
  }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
  ~Parser() { csv_free(&parser_); }

  void parse(std::string_view bytes, RowReader& reader) {
    while (!bytes.empty() && !reader.done()) {
      const std::string_view chunk = bytes.substr(0, kChunkBytes);
      const std::size_t used =
          csv_parse(&parser_, chunk.data(), chunk.size(), RowReader::on_cell, RowReader::on_row_end, &reader);
      if (used != chunk.size() && !reader.done()) fail(reader);
      bytes.remove_prefix(chunk.size());
    }
    if (!reader.done() && csv_fini(&parser_, RowReader::on_cell, RowReader::on_row_end, &reader) != 0)
      throw Error(ProblemKind::quote_open, fmt::format("{}, row {}", reader.table.file, reader.row_number));
    if (reader.failure) std::rethrow_exception(reader.failure);
  }

 private:
  [[noreturn]] void fail(const RowReader& reader) {
    if (csv_error(&parser_) != CSV_EPARSE) throw std::bad_alloc();
    throw Error(ProblemKind::quote_broken, fmt::format("{}, row {}", reader.table.file, reader.row_number),
                {{"cell", reader.cells + 1}});
  }

  csv_parser parser_{};
};

// One problem per name that comes twice.
void find_duplicate_names(const TextTable& table, std::vector<Problem>& problems) {
  std::map<std::string_view, std::vector<std::string>> places;
  for (std::size_t i = 0; i < table.columns(); ++i) places[table.names[i]].push_back(fmt::format("{}", i));
  for (const auto& [name, columns] : places)
    if (columns.size() > 1)
      problems.push_back({ProblemKind::column_name_twice,
                          table.file,
                          {{"name", std::string(name)}, {"count", columns.size()}, {"columns", columns}}});
}

// The delimiter that the first line seems to have, as JSON; empty: none.
std::string other_delimiter(const TextTable& table, char delimiter) {
  const std::string_view line = table.named || table.rows == 0 ? std::string_view(table.names[0]) : table.cell(0, 0);
  for (const auto& [other, json] : {std::pair{';', R"(";")"}, {'\t', R"("\t")"}, {',', R"(",")"}, {'|', R"("|")"}})
    if (other != delimiter && line.find(other) != std::string_view::npos) return json;
  return "";
}

void check_shape(const RowReader& reader, const DataConfig& config) {
  const TextTable& table = reader.table;
  if (!reader.first_row_seen) throw Error(ProblemKind::file_empty, table.file);
  if (table.columns() == 1)
    throw Error(ProblemKind::column_single, table.file, {}, "data.delimiter", other_delimiter(table, config.delimiter));
  std::vector<Problem> problems;
  if (table.named) find_duplicate_names(table, problems);
  if (reader.ragged_rows > 0)
    problems.push_back({ProblemKind::row_ragged,
                        fmt::format("{}, row {}", table.file, reader.ragged_row_number),
                        {{"cells", reader.ragged_cells}, {"columns", table.columns()}, {"rows", reader.ragged_rows}},
                        "data.delimiter"});
  else if (table.rows == 0 && config.header == Header::automatic)
    problems.push_back({ProblemKind::rows_missing, table.file, {}, "data.header", "absent"});
  else if (table.rows == 0)
    problems.push_back({ProblemKind::rows_missing, table.file});
  if (!problems.empty()) throw Error(std::move(problems));
}

}  // namespace

Table load_csv(std::span<const Source> sources, const DataConfig& config, std::optional<std::size_t> max_rows) {
  const Source& source = sources[0];
  if (std::string_view("\"\r\n\0", 4).find(config.delimiter) != std::string_view::npos)
    throw Error(ProblemKind::delimiter_impossible, source.file, {}, "data.delimiter");
  check_is_text(source.file, source.bytes);
  std::string_view bytes = source.bytes;
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  RowReader reader(source.file, config.header, max_rows.value_or(static_cast<std::size_t>(-1)));
  reader.table.text.reserve(max_rows ? 0 : bytes.size());
  Parser(config.delimiter).parse(bytes, reader);
  check_shape(reader, config);
  return std::move(reader.table);
}

}  // namespace lrtune
