// run_info.h: what a result says of its making.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "lrtune/config.h"
#include "lrtune/result.h"

namespace lrtune {

// Takes the time from its making on.
class RunClock {
 public:
  RunClock();
  // Host, processor and compiler too; `isa` is the kernel's name.
  RunInfo info(std::size_t threads, std::string isa) const;
  double seconds() const;

 private:
  std::chrono::system_clock::time_point started_at_;
  std::chrono::steady_clock::time_point start_;
};

// What a result begins and ends with.
ResultHead head_of(const Config& config, Subject subject, RunInfo run);

}  // namespace lrtune
