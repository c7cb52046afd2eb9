// gzip.cpp: gzip.h by zlib's inflate, one buffer at a time.
#include "data/gzip.h"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <new>
#include <vector>

#include "data/table.h"
#include "lrtune/error.h"

namespace lrtune {
namespace {

constexpr int kGzipOnly = 15 + 16;  // zlib's windowBits: the largest window, and a gzip header is required
constexpr std::size_t kBufferBytes = std::size_t{1} << 18U;

// An inflate stream that ends itself.
class Inflater {
 public:
  Inflater() {
    if (inflateInit2(&stream_, kGzipOnly) != Z_OK) throw std::bad_alloc();
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() { inflateEnd(&stream_); }

  z_stream& stream() { return stream_; }

 private:
  z_stream stream_{};
};

// Unpacks the member that `bytes` begins with onto `out` and takes it off `bytes`.
void unpack_member(std::string_view& bytes, std::string& out, const std::string& file, std::uint64_t limit_bytes) {
  Inflater inflater;
  z_stream& stream = inflater.stream();
  std::vector<unsigned char> buffer(kBufferBytes);
  for (;;) {
    const auto offered = static_cast<uInt>(std::min<std::size_t>(bytes.size(), std::numeric_limits<uInt>::max()));
    // zlib reads through this pointer only; its interface predates const.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = offered;
    stream.next_out = buffer.data();
    stream.avail_out = static_cast<uInt>(buffer.size());
    const int status = inflate(&stream, Z_NO_FLUSH);
    bytes.remove_prefix(offered - stream.avail_in);
    const std::size_t made = buffer.size() - stream.avail_out;
    if (made > limit_bytes - out.size()) throw Error(ProblemKind::gzip_too_large, file, {{"limit", limit_bytes}});
    out.append(reinterpret_cast<const char*>(buffer.data()), made);
    if (status == Z_STREAM_END) return;
    if (status == Z_BUF_ERROR || (status == Z_OK && bytes.empty() && made < buffer.size()))
      throw Error(ProblemKind::gzip_truncated, file);
    if (status == Z_MEM_ERROR) throw std::bad_alloc();
    if (status != Z_OK) throw Error(ProblemKind::gzip_damaged, file);
  }
}

}  // namespace

bool is_gzip(std::string_view bytes) { return bytes.starts_with("\x1f\x8b"); }

std::string gunzip(std::string_view bytes, const std::string& file, std::uint64_t limit_bytes) {
  std::string out;
  while (!bytes.empty()) {
    if (!is_gzip(bytes) && bytes.size() > 1) throw Error(ProblemKind::gzip_foreign_bytes, file);
    unpack_member(bytes, out, file, limit_bytes);
  }
  return out;
}

}  // namespace lrtune
