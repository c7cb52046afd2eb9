// event_stream.h: where --events goes: standard output, or a file that grows.
#pragma once

#include <optional>
#include <string>

#include "base/files.h"

namespace lrtune {

class EventStream {
 public:
  // "-": standard output; empty: nowhere. A file is begun anew; a device or a pipe is written to.
  explicit EventStream(const std::string& path);

  void write(const std::string& lines);

 private:
  std::string path_;
  std::optional<AppendFile> file_;
};

}  // namespace lrtune
