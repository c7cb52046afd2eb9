// table.cpp: the canonical bytes of a table, and how messages name its places.
#include "data/table.h"

#include <fmt/format.h>
#include <unistd.h>

#include <bit>
#include <cstring>
#include <iterator>

#include "base/files.h"
#include "base/text.h"

namespace lrtune {
namespace {

static_assert(std::endian::native == std::endian::little, "table_sha256 hashes doubles as they lie in memory");

void append_text(std::string& bytes, std::string_view text) {
  fmt::format_to(std::back_inserter(bytes), "{}:", text.size());
  bytes += text;
  bytes += ',';
}

template <class Number>
void append_numbers(std::string& bytes, const std::vector<Number>& numbers) {
  if (numbers.empty()) return;
  const std::size_t start = bytes.size();
  bytes.resize(start + numbers.size() * sizeof(Number));
  std::memcpy(bytes.data() + start, numbers.data(), numbers.size() * sizeof(Number));
}

std::string canonical_bytes(const TextTable& table) {
  std::string bytes = fmt::format("text {} {} {}\n", table.rows, table.columns(), table.named ? "named" : "unnamed");
  bytes.reserve(bytes.size() + table.text.size() + 4 * table.ends.size());
  if (table.named)
    for (const std::string& name : table.names) append_text(bytes, name);
  for (std::size_t row = 0; row < table.rows; ++row)
    for (std::size_t column = 0; column < table.columns(); ++column) append_text(bytes, table.cell(row, column));
  return bytes;
}

template <class Number>
std::string canonical_bytes(const NumberTable<Number>& table) {
  std::string bytes = fmt::format("{} {} {}\n", sizeof(Number) == 1 ? "bytes" : "reals", table.rows, table.columns);
  bytes.reserve(bytes.size() + table.values.size() * sizeof(Number) + table.targets.size() * sizeof(double));
  append_numbers(bytes, table.values);
  append_numbers(bytes, table.targets);
  return bytes;
}

std::string one_sha256(const Table& table) {
  return std::visit([](const auto& kind) { return sha256(canonical_bytes(kind)); }, table);
}

}  // namespace

std::string table_sha256(const Table& train, const std::optional<Table>& validation) {
  return sha256(
      fmt::format("lrtune table 1\n{}\n{}\n", one_sha256(train), validation ? one_sha256(*validation) : "none"));
}

std::string place(const TextTable& table, std::size_t row, std::string_view column) {
  const std::string where = fmt::format("{}, row {}", table.file, table.row_numbers[row]);
  return column.empty() ? where : fmt::format("{}, column {}", where, show(column));
}

std::uint64_t memory_bytes() {
  const long pages = ::sysconf(_SC_PHYS_PAGES);
  const long page = ::sysconf(_SC_PAGESIZE);
  if (pages <= 0 || page <= 0) return std::uint64_t{1} << 32U;  // unknown: 4 GB, what any machine of today has
  return static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(page);
}

}  // namespace lrtune
