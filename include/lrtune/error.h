// error.h: the one exception of lrtune, for what a user can fix: usage, configuration, data and files.
//
// An Error carries one or more Problems; readers collect every problem they find and throw once. Outcomes of an
// experiment (a diverged trial) are data, never an Error; bugs of our own go through LRTUNE_CHECK in base/check.h.
#pragma once

#include <exception>
#include <string>
#include <utility>
#include <vector>

namespace lrtune {

// One line to the user: "where: what; hint".
struct Problem {
  std::string where;  // a file, file and JSON path, or file, row and column; may be empty
  std::string what;   // what is wrong, with the offending value
  std::string hint;   // what would be right; may be empty

  friend bool operator==(const Problem&, const Problem&) = default;
};

inline std::string to_line(const Problem& problem) {
  std::string line = problem.where.empty() ? problem.what : problem.where + ": " + problem.what;
  if (!problem.hint.empty()) line += "; " + problem.hint;
  return line;
}

class Error : public std::exception {
 public:
  explicit Error(std::vector<Problem> problems) : problems_(std::move(problems)) {
    for (const Problem& problem : problems_) {
      if (!text_.empty()) text_ += '\n';
      text_ += to_line(problem);
    }
  }
  Error(std::string where, std::string what, std::string hint = {})
      : Error(std::vector<Problem>{{std::move(where), std::move(what), std::move(hint)}}) {}

  const std::vector<Problem>& problems() const { return problems_; }
  const char* what() const noexcept override { return text_.c_str(); }

 private:
  std::vector<Problem> problems_;
  std::string text_;
};

}  // namespace lrtune
