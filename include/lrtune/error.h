// error.h: the one exception of lrtune, for what a user can fix: usage, configuration, data and files.
//
// An Error carries one or more Problems; readers collect every problem they find and throw once. Outcomes of an
// experiment (a diverged trial) are data, never an Error; bugs of our own go through LRTUNE_CHECK in base/require.h.
#pragma once

#include <exception>
#include <string>
#include <utility>
#include <vector>

#include "lrtune/problem.h"

namespace lrtune {

class Error : public std::exception {
 public:
  explicit Error(std::vector<Problem> problems) : problems_(std::move(problems)) {
    for (const Problem& problem : problems_) {
      if (!text_.empty()) text_ += '\n';
      text_ += to_line(problem);
    }
  }
  explicit Error(ProblemKind kind, std::string where, Facts facts = {}, std::string option = {}, std::string value = {})
      : Error(std::vector<Problem>{{kind, std::move(where), std::move(facts), std::move(option), std::move(value)}}) {}

  const std::vector<Problem>& problems() const { return problems_; }
  const char* what() const noexcept override { return text_.c_str(); }  // a line for each problem

 private:
  std::vector<Problem> problems_;
  std::string text_;
};

}  // namespace lrtune
