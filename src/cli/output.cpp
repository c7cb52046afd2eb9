#include "cli/output.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>

#include "lrtune/error.h"

namespace lrtune {
namespace {

// Memory may run out where nothing can be caught: before main begins (CLI11 has static objects), or in a destructor.
[[noreturn]] void end_without_memory() {
  try {
    if (std::current_exception()) std::rethrow_exception(std::current_exception());
  } catch (const std::bad_alloc&) {
    print_error(kOutOfMemory);
    ::_exit(1);
  } catch (...) {
  }
  std::abort();
}

struct LastResort {
  LastResort() { std::set_terminate(end_without_memory); }
};
// Before any other static object.
__attribute__((init_priority(101))) const LastResort last_resort;

}  // namespace

void hold_standard_descriptors() {
  for (int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})  // in this order: open takes the lowest that is free
    if (::fcntl(fd, F_GETFD) < 0)
      (void)::open(fd == STDIN_FILENO ? "/dev/null" : "/", O_PATH);  // /: nor be opened anew
}

void print_output(std::string_view text) {
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  if (!written) throw Error(ProblemKind::output_failed, "standard output");
}

void print_error(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

bool error_is_terminal() { return ::isatty(STDERR_FILENO) == 1; }

}  // namespace lrtune
