// output.h: the only place that prints. stdout carries the answer and nothing else; progress, notices and errors go to
// stderr.
#pragma once

#include <string_view>

namespace lrtune {

// Gives those of the standard descriptors that are closed to something that can be neither read nor written: a file
// that is opened later does not get their place, and what is meant for them is refused as if they were closed still.
void hold_standard_descriptors();

// Writes all of `text` to stdout. Throws Error if it cannot be written (a full disk); when the reader of a pipe has
// gone the process ends silently, as SIGPIPE has it (141 in a shell).
void print_output(std::string_view text);

// Writes to stderr; a failure there has nobody left to be told.
void print_error(std::string_view text);

bool error_is_terminal();

// What is told when there is no memory left.
inline constexpr std::string_view kOutOfMemory =
    "lrtune: out of memory; use a smaller network, fewer threads (--threads), or a machine with more memory\n";

}  // namespace lrtune
