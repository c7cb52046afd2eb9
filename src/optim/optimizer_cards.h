// optimizer_cards.h: what can be named of the optimizers. The rules themselves are one header each; optim/rules.h lists
// them.
#pragma once

#include <span>

#include "lrtune/catalog.h"

namespace lrtune {

struct OptimizerCard {
  Card card;            // parameters in the order in which a rule reads them; weight_decay is always there
  double default_rate;  // the framework's: what a user gets who sets none
};

std::span<const OptimizerCard> optimizer_cards();

}  // namespace lrtune
