#include "cli/event_stream.h"

#include <filesystem>

#include "cli/output.h"

namespace lrtune {

EventStream::EventStream(const std::string& path) : path_(path) {
  if (path.empty() || path == "-") return;
  file_.emplace(path, AppendMode::stream);
  std::error_code error;
  if (std::filesystem::is_regular_file(path, error)) file_->cut(0);
}

void EventStream::write(const std::string& lines) {
  if (file_)
    file_->append(lines);
  else if (path_ == "-")
    print_output(lines);
}

}  // namespace lrtune
