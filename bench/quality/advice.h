// advice.h: what one method said about one optimizer on one task, once: the record between asking and judging. Files of
// it are JSON lists, so that a method may be written in any language.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "lrtune/study.h"

namespace lrtune::quality {

struct Advice {
  std::string method;
  std::optional<double> budget;  // full runs asked for; absent: the method has no such knob, or no cap
  std::string task;
  std::string optimizer;
  std::size_t replay = 0;      // from 1; another replay has other seeds
  std::optional<double> rate;  // absent: it gave none
  std::optional<RateInterval> interval;
  std::optional<double> bound;  // how much worse than the best it may be, at 95 %
  std::string status;           // empty where the method has none
  double full_runs = 0;
  double seconds = 0;  // wall time of the whole task, all optimizers, one thread
};

std::vector<Advice> read_advice(const std::filesystem::path& file);
void write_advice(const std::filesystem::path& file, std::span<const Advice> advice);

}  // namespace lrtune::quality
