#include "cli/interrupt.h"

#include <array>
#include <csignal>

namespace lrtune {
namespace {

constexpr std::array kSignals = {SIGINT, SIGTERM};

std::atomic<bool> interrupted{false};
std::atomic<int> signal_number{0};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free);

// From the second one on the system does what it does by default: it ends the process.
void on_signal(int number) {
  for (int other : kSignals) {
    struct sigaction action {};
    if (::sigaction(other, nullptr, &action) == 0 && action.sa_handler == on_signal) std::signal(other, SIG_DFL);
  }
  int none = 0;
  if (!signal_number.compare_exchange_strong(none, number)) std::raise(number);  // two at once, on two threads
  interrupted = true;
}

}  // namespace

const std::atomic<bool>& catch_interrupts() {
  for (int number : kSignals) {
    struct sigaction action {};
    // Whoever started this in the background has it ignore the signal: so it does.
    if (::sigaction(number, nullptr, &action) == 0 && action.sa_handler == SIG_IGN) continue;
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART;
    ::sigaction(number, &action, nullptr);
  }
  return interrupted;
}

int caught_signal() { return signal_number; }

}  // namespace lrtune
