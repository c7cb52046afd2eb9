// node.h: a value of a file that is being read, which knows its place, so that every mistake can be told with file and
// JSON path. Such files are written by a program, so the first mistake is told and ends the reading.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "lrtune/catalog.h"
#include "lrtune/problem.h"

namespace lrtune {

class Node {
 public:
  // `where`: the file as the user wrote it; it and `value` must outlive the node.
  Node(const Json& value, const std::string& where, std::string path = {})
      : value_(&value), where_(&where), path_(std::move(path)) {}

  const Json& json() const { return *value_; }
  bool is_null() const { return value_->is_null(); }

  [[noreturn]] void fail(ProblemKind kind, Facts facts = {}) const;
  // stored_value, with what it must be.
  [[noreturn]] void expected(Facts wanted) const;

  const Node& object() const;
  // A member that must be there; the object is checked on the way.
  Node operator[](std::string_view key) const;
  // nullopt where it is missing.
  std::optional<Node> find(std::string_view key) const;
  std::vector<Node> items() const;

  std::string text() const;
  bool boolean() const;
  double number(const Bounds& bounds = {}) const;
  std::size_t count(const Bounds& bounds = {}) const;

 private:
  const Json* value_;
  const std::string* where_;
  std::string path_;
};

// First of all, so that any other file is called what it is: an object with a "schema_version" that is known.
void check_version(const Node& root);

}  // namespace lrtune
