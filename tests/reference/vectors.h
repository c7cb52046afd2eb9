// vectors.h: the committed PyTorch numbers (tests/vectors/, made by scripts/make_vectors.py).
#pragma once

#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "lrtune/catalog.h"

namespace lrtune::reference {

using Json = nlohmann::json;

inline Json read_vectors(const std::string& name) {
  const std::string path = fmt::format("{}/tests/vectors/{}", LRTUNE_SOURCE_DIR, name);
  std::ifstream file(path);
  if (!file) throw std::runtime_error(path);
  Json content = Json::parse(file);
  if (content.at("cases").empty()) throw std::runtime_error(path);
  return content;
}

// A record's settings in the card's order; every parameter is there, and nothing else.
inline std::vector<double> parameters_in_order(const Card& card, const Json& settings) {
  if (settings.size() != card.parameters.size()) throw std::runtime_error(std::string(card.name));
  std::vector<double> values;
  for (const Parameter& parameter : card.parameters) values.push_back(settings.at(std::string(parameter.name)));
  return values;
}

// The defaults in the card's order.
inline std::vector<double> default_parameters(const Card& card) {
  std::vector<double> values;
  for (const Parameter& parameter : card.parameters) values.push_back(parameter.default_value);
  return values;
}

}  // namespace lrtune::reference
