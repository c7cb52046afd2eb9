// gzip.h: unpacks gzip data (RFC 1952), also several members one after the other. Knows nothing of files.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lrtune {

bool is_gzip(std::string_view bytes);  // starts with 1f 8b

// The unpacked bytes. Throws Error at `file`: truncated, damaged, foreign bytes after the end, or more than
// `limit_bytes` once unpacked (nothing beyond the limit is ever allocated).
std::string gunzip(std::string_view bytes, const std::string& file, std::uint64_t limit_bytes);

}  // namespace lrtune
