// files.h: whole files in and out. Writing is atomic: beside the target, then renamed into place, so that there is
// always the old file or the whole new one. A symbolic link stays one: what it leads to is replaced. Devices and pipes
// cannot be replaced, they are written to.
#pragma once

#include <cstddef>
#include <filesystem>
#include <limits>
#include <string>
#include <string_view>

#include "lrtune/problem.h"

namespace lrtune {

// The file's bytes; "-" reads standard input. Throws Error naming the file: missing, a folder, unreadable, or of more
// than `most_bytes` (of which it reads no more).
std::string read_file(const std::filesystem::path& path,
                      std::size_t most_bytes = std::numeric_limits<std::size_t>::max());

// Whether both names lead to one file: one that is there, or one that would be made.
bool same_file(const std::filesystem::path& a, const std::filesystem::path& b);

// Throws Error naming the file if its folder does not exist or cannot be written, or if the file itself must not be
// written; nothing is created.
void check_writable(const std::filesystem::path& path);

// Writes `bytes` to a temporary beside `path`, flushes it to the disk and renames it into place. Throws Error; the old
// file then is as it was and no temporary is left. The permissions of an old file stay.
void write_file_atomically(const std::filesystem::path& path, std::string_view bytes);

// record: an ordinary file, which one process at a time may hold. stream: any file, device or pipe, to be written only.
enum class AppendMode { record, stream };

// A file that grows at its end. Throws Error naming the file.
class AppendFile {
 public:
  // Opens it, makes it if there is none.
  AppendFile(std::filesystem::path path, AppendMode mode);
  AppendFile(const AppendFile&) = delete;
  AppendFile& operator=(const AppendFile&) = delete;
  ~AppendFile();

  std::string read() const;  // all of it
  void cut(std::size_t bytes);
  void append(std::string_view bytes);  // reaches the system before it returns: a killed process loses nothing
  void flush();                         // reaches the disk
  void remove();                        // the file, while nobody else can hold it

 private:
  [[noreturn]] void fail(ProblemKind kind) const;
  bool hold();

  std::filesystem::path path_;
  int fd_;
};

// Hexadecimal SHA-256 of the bytes.
std::string sha256(std::string_view bytes);

}  // namespace lrtune
