// catalog.h: what can be named in a configuration. Every registry (optimizers, schedules, activations, …) is a
// constexpr array of rows, and every row opens with a Card. The configuration reader, "did you mean", `lrtune list`,
// the JSON Schema and the conformance tests all read the cards; none of them knows a name of its own.
#pragma once

#include <cmath>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lrtune {

enum class ParameterKind { real, integer, boolean };

// The numbers a parameter may take: between min and max, each end included unless it is said to be open.
struct Bounds {
  double min = -std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();
  bool min_open = false;
  bool max_open = false;
};

constexpr bool contains(const Bounds& b, double value) {
  return (b.min_open ? value > b.min : value >= b.min) && (b.max_open ? value < b.max : value <= b.max);
}

// One number of an optimizer, a schedule or a synthetic data set. A boolean is 0 or 1.
struct Parameter {
  std::string_view name;
  double default_value;
  Bounds bounds;
  ParameterKind kind;
  std::string_view summary;
};

struct Card {
  std::string_view name;
  std::string_view summary;  // one line; the formula where there is one
  std::string_view source;   // citation
  std::span<const Parameter> parameters;
};

// A parameter with its value; a resolved entry holds one for each parameter of its card, in the card's order.
struct Setting {
  std::string name;
  double value;

  friend bool operator==(const Setting&, const Setting&) = default;
};

inline std::vector<Setting> default_settings(const Card& card) {
  std::vector<Setting> settings;
  for (const Parameter& p : card.parameters) settings.push_back({std::string(p.name), p.default_value});
  return settings;
}

}  // namespace lrtune
