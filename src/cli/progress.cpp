#include "cli/progress.h"

#include <fmt/format.h>

#include "cli/output.h"

namespace lrtune {
namespace {

constexpr std::size_t kBarWidth = 30;
constexpr std::chrono::milliseconds kRedraw{50};
constexpr std::chrono::seconds kNextLine{5};

}  // namespace

Progress::Style Progress::fitting(bool quiet) {
  if (quiet) return Style::quiet;
  return error_is_terminal() ? Style::bar : Style::lines;
}

Progress::Progress(Style style)
    : style_(style), start_(std::chrono::steady_clock::now()), shown_(std::chrono::steady_clock::now()) {}

Progress::~Progress() { clear(); }

void Progress::say(const std::string& line) {
  clear();
  if (style_ != Style::quiet) print_error(line + "\n");
}

void Progress::plan(std::size_t trials) {
  planned_ += trials;
  show();
}

void Progress::finish(std::size_t trials) {
  finished_ += trials;
  show();
}

SweepProgress Progress::of_sweep() {
  return {[this](std::size_t trials) { plan(trials); }, [this](std::size_t trials) { finish(trials); }};
}

void Progress::clear() {
  if (drawn_) print_error("\r\x1b[K");
  drawn_ = false;
}

void Progress::show() {
  const auto now = std::chrono::steady_clock::now();
  const double seconds = std::chrono::duration<double>(now - start_).count();
  if (style_ == Style::bar && (now - shown_ >= kRedraw || !drawn_)) {
    const std::size_t full = planned_ == 0 ? 0 : kBarWidth * finished_ / planned_;
    print_error(fmt::format("\r\x1b[K[{:=<{}}{:{}}] {} of {} tasks planned so far, {:.0f} s", "", full, "",
                            kBarWidth - full, finished_, planned_, seconds));
    drawn_ = true;
    shown_ = now;
  }
  if (style_ == Style::lines && now - shown_ >= kNextLine) {
    print_error(fmt::format("lrtune: {} of {} tasks planned so far, {:.0f} s\n", finished_, planned_, seconds));
    shown_ = now;
  }
}

}  // namespace lrtune
