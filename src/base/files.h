// files.h: whole files in and out. Writing is atomic: beside the target, then renamed into place, so that there is
// always the old file or the whole new one. A symbolic link stays one: what it leads to is replaced. Devices and pipes
// cannot be replaced, they are written to.
#pragma once

#include <cstddef>
#include <filesystem>
#include <limits>
#include <string>
#include <string_view>

namespace lrtune {

// The file's bytes; "-" reads standard input. Throws Error naming the file: missing, a folder, unreadable, or of more
// than `most_bytes` (of which it reads no more).
std::string read_file(const std::filesystem::path& path,
                      std::size_t most_bytes = std::numeric_limits<std::size_t>::max());

// Throws Error naming the file if its folder does not exist or cannot be written; nothing is created.
void check_writable(const std::filesystem::path& path);

// Writes `bytes` to a temporary beside `path`, flushes it to the disk and renames it into place. Throws Error; the old
// file then is as it was and no temporary is left.
void write_file_atomically(const std::filesystem::path& path, std::string_view bytes);

// Hexadecimal SHA-256 of the bytes.
std::string sha256(std::string_view bytes);

}  // namespace lrtune
