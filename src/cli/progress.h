// progress.h: how far a sweep is, on stderr: a bar that redraws itself on a terminal, elsewhere a plain line now and
// then.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "sweep/sweep.h"

namespace lrtune {

class Progress {
 public:
  // quiet: says nothing at all.
  enum class Style { quiet, lines, bar };

  // What standard error is fit for.
  static Style fitting(bool quiet);

  explicit Progress(Style style);
  ~Progress();  // clears the bar
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void say(const std::string& line);
  void plan(std::size_t trials);
  void finish(std::size_t trials);
  void clear();

  // What a sweep is to tell it.
  SweepProgress of_sweep();

 private:
  void show();

  Style style_;
  std::size_t planned_ = 0;
  std::size_t finished_ = 0;
  bool drawn_ = false;
  std::chrono::steady_clock::time_point start_;
  std::chrono::steady_clock::time_point shown_;
};

}  // namespace lrtune
