// idx.cpp: the loader for IDX files, the format of MNIST: images and their labels, unsigned bytes.
//
// Layout, big-endian: two zero bytes, type (08: unsigned byte), number of dimensions d, d sizes of 32 bits, then the
// values, last dimension fastest. Images have d ≥ 2, the first is the row and the others make its pixels; labels have
// d = 1. The sizes are compared with the file's size before anything is allocated.
// Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits", section "The IDX file format".
#include <fmt/format.h>

#include <algorithm>

#include "data/loaders.h"
#include "lrtune/error.h"

namespace lrtune {
namespace {

constexpr std::uint8_t kUnsignedByte = 0x08;

struct IdxHeader {
  std::size_t rows = 0;
  std::size_t columns = 1;   // product of the other dimensions
  std::string_view payload;  // rows · columns bytes
};

std::uint8_t byte_at(std::string_view bytes, std::size_t i) { return static_cast<std::uint8_t>(bytes[i]); }

std::size_t size_at(std::string_view bytes, std::size_t i) {
  std::size_t size = 0;
  for (std::size_t k = 0; k < 4; ++k) size = size << 8U | byte_at(bytes, i + k);
  return size;
}

// What is wrong with the first four bytes.
void check_magic(const Source& source, bool labels) {
  const std::string_view bytes = source.bytes;
  if (bytes.empty()) throw Error(ProblemKind::file_empty, source.file);
  if (bytes.size() < 4) throw Error(ProblemKind::idx_header_truncated, source.file);
  if (byte_at(bytes, 0) != 0 || byte_at(bytes, 1) != 0)
    throw Error(ProblemKind::idx_not_idx, source.file, {}, "data.format", "csv");
  if (byte_at(bytes, 2) != kUnsignedByte)
    throw Error(ProblemKind::idx_type, source.file, {{"type", fmt::format("{:#04x}", byte_at(bytes, 2))}});
  const std::uint8_t dimensions = byte_at(bytes, 3);
  if (labels ? dimensions != 1 : dimensions < 2)
    throw Error(ProblemKind::idx_dimensions, source.file,
                {{"dimensions", std::size_t{dimensions}}, {"wanted", labels ? "labels (1)" : "images (3)"}});
}

IdxHeader read_header(const Source& source, bool labels) {
  check_magic(source, labels);
  const std::string_view bytes = source.bytes;
  const std::size_t dimensions = byte_at(bytes, 3);
  const std::size_t start = 4 + 4 * dimensions;
  if (bytes.size() < start) throw Error(ProblemKind::idx_header_truncated, source.file);
  const std::size_t held = bytes.size() - start;
  IdxHeader header{size_at(bytes, 4), 1, bytes.substr(start)};
  std::string sizes = fmt::format("{}", header.rows);
  bool too_large = header.rows > held;
  for (std::size_t d = 1; d < dimensions; ++d) {
    const std::size_t size = size_at(bytes, 4 + 4 * d);
    sizes += fmt::format(" × {}", size);
    if (size == 0) throw Error(ProblemKind::idx_no_pixels, source.file, {{"sizes", sizes}});
    // Never past held, so the products cannot overflow: each size is below 2^32 and held below 2^63.
    too_large = too_large || header.columns > held / size;
    if (!too_large) header.columns *= size;
  }
  if (header.rows == 0) throw Error(ProblemKind::idx_no_rows, source.file);
  if (too_large || header.columns > held / header.rows)
    throw Error(ProblemKind::idx_truncated, source.file, {{"sizes", sizes}, {"bytes", held}});
  if (header.rows * header.columns < held)
    throw Error(ProblemKind::idx_excess, source.file,
                {{"bytes", held - header.rows * header.columns}, {"sizes", sizes}});
  return header;
}

}  // namespace

Table load_idx(std::span<const Source> sources, const DataConfig&, std::optional<std::size_t> max_rows) {
  const IdxHeader images = read_header(sources[0], false);
  const IdxHeader labels = read_header(sources[1], true);
  if (images.rows != labels.rows)
    throw Error(ProblemKind::idx_label_count, sources[1].file,
                {{"labels", labels.rows}, {"images", images.rows}, {"file", sources[0].file}});
  ImageTable table;
  table.file = sources[0].file;
  table.column_prefix = "pixel_";
  table.rows = std::min(images.rows, max_rows.value_or(images.rows));
  table.columns = images.columns;
  const std::string_view pixels = images.payload.substr(0, table.rows * table.columns);
  table.values.assign(pixels.begin(), pixels.end());
  table.targets.reserve(table.rows);
  for (std::size_t row = 0; row < table.rows; ++row) table.targets.push_back(byte_at(labels.payload, row));
  if (table.rows == 0) throw Error(ProblemKind::max_rows_zero, table.file, {}, "data.max_rows", "null");
  return table;
}

}  // namespace lrtune
