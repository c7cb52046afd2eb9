// fact.h: what a notice or a problem is about: numbers, texts and lists of texts, with their names. report/ makes
// sentences of them.
#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

namespace lrtune {

struct Fact {
  std::string name;  // snake_case; with the unit where it is not evident
  std::variant<std::size_t, double, std::string, std::vector<std::string>> value;

  friend bool operator==(const Fact&, const Fact&) = default;
};

using Facts = std::vector<Fact>;

}  // namespace lrtune
