// complaints.h: the problems of one configuration, and whom they are blamed on: the file, or the --set that put the
// value there.
#pragma once

#include <string>
#include <vector>

#include "lrtune/error.h"

namespace lrtune {

class Complaints {
 public:
  explicit Complaints(std::string where) : where_(std::move(where)) {}

  // `path`: JSON pointer of the offending value. `value`: what to set this field to instead, as --set takes it, unless
  // the user has to choose.
  void add(const std::string& path, ProblemKind kind, Facts facts = {}, const std::string& value = {});
  void add(Problem problem) { problems_.push_back(std::move(problem)); }

  // An override set `path`; `created` is the outermost value on the way that was not there before.
  void blame(std::string text, std::string path, std::string created) {
    overrides_.push_back({std::move(text), std::move(path), std::move(created)});
  }

  // Nothing to complain of at `path` or in it, so far.
  bool clean(const std::string& path) const;

  std::vector<Problem>& problems() { return problems_; }
  void throw_if_any() const {
    if (!problems_.empty()) throw Error(problems_);
  }

 private:
  struct Override {
    std::string text;
    std::string path;
    std::string created;
  };

  // Where the value at `path` comes from, in front of a message.
  std::string blamed(const std::string& path) const;

  std::string where_;
  std::vector<Override> overrides_;
  std::vector<Problem> problems_;
  std::vector<std::string> paths_;  // of the problems that have one
};

}  // namespace lrtune
