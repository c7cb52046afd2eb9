// cards_json.h: the rows of a registry as `lrtune list --json` prints them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lrtune/catalog.h"

namespace lrtune {

struct ListedCard {
  Card card;
  std::optional<double> default_rate = {};  // of an optimizer
};

// A list of {"name", "summary", "source", "parameters"}, of optimizers with "default_learning_rate". A parameter has
// "name", "kind", "default" and "summary".
std::string cards_to_json(const std::vector<ListedCard>& cards);

}  // namespace lrtune
