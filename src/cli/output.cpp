#include "cli/output.h"

#include <unistd.h>

#include <cstdio>

#include "lrtune/error.h"

namespace lrtune {

void print_output(std::string_view text) {
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  if (!written) throw Error("standard output", "cannot be written", "is the disk full, or the output closed?");
}

void print_error(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

bool error_is_terminal() { return ::isatty(STDERR_FILENO) == 1; }

}  // namespace lrtune
