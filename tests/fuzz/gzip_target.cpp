// The input's first byte picks what the rest is: a gzip file; or (odd) a raw deflate stream, which is given the header
// and the checksum that make it a file, so that mutations get past the checksum. Either way: what is unpacked is
// bounded by the limit and by deflate's own 1032 to 1, and a limit of just that many bytes is enough, of one less is
// not.
#include <zlib.h>

#include <optional>
#include <string>

#include "data/gzip.h"
#include "fuzz/promises.h"

namespace lrtune::fuzz {
namespace {

constexpr std::size_t kMostPacked = 1032;  // a 258-byte match of two bits
constexpr std::size_t kLimit = std::size_t{1} << 20U;

void append_little_endian(std::string& out, unsigned long number) {
  for (const unsigned shift : {0U, 8U, 16U, 24U}) out += static_cast<char>(number >> shift & 0xFFU);
}

// What zlib makes of a raw deflate stream, if it is whole, ends with the bytes, and has at most kLimit bytes.
std::optional<std::string> inflate_raw(std::string_view bytes) {
  z_stream stream{};
  require(inflateInit2(&stream, -15) == Z_OK, "zlib starts");
  std::string out(kLimit, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const bool whole = inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_in == 0;
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return whole ? std::optional(out) : std::nullopt;
}

std::string as_file(std::string_view deflated, std::string_view content) {
  std::string file("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10);
  file += deflated;
  append_little_endian(file,
                       crc32(0, reinterpret_cast<const Bytef*>(content.data()), static_cast<uInt>(content.size())));
  append_little_endian(file, content.size());
  return file;
}

// Unpacks `file`, holding it to the bounds; nothing if it is refused.
std::optional<std::string> unpack(const std::string& file) {
  std::string out;
  if (!accepts([&] { out = gunzip(file, "f.gz", kLimit); })) return std::nullopt;
  require(out.size() <= kLimit && out.size() <= kMostPacked * file.size(), "what is unpacked is bounded");
  require(gunzip(file, "f.gz", out.size()) == out, "a limit that is just enough changes nothing");
  if (!out.empty())
    require(!accepts([&] { gunzip(file, "f.gz", out.size() - 1); }), "nothing is unpacked past the limit");
  return out;
}

}  // namespace

void fuzz_gzip(std::string_view bytes) {
  if (bytes.empty()) return;
  const bool raw = (static_cast<unsigned char>(bytes[0]) & 1U) != 0;
  bytes.remove_prefix(1);
  if (!raw) {
    unpack(std::string(bytes));
    return;
  }
  const auto content = inflate_raw(bytes);
  if (!content) return;
  const std::string file = as_file(bytes, *content);
  require(unpack(file) == content, "a deflate stream unpacks to what zlib makes of it");
  if (2 * content->size() <= kLimit) require(unpack(file + file) == *content + *content, "members follow each other");
}

}  // namespace lrtune::fuzz
