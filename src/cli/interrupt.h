// interrupt.h: Ctrl-C and SIGTERM as a flag that trainings look at. A second one ends the process at once.
#pragma once

#include <atomic>

namespace lrtune {

// From now on the first SIGINT or SIGTERM only sets the flag.
const std::atomic<bool>& catch_interrupts();

// The signal that has set it; 0: none.
int caught_signal();

}  // namespace lrtune
