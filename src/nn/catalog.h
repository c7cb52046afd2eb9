// catalog.h: what can be named of a network: activations, initialisations, losses.
#pragma once

#include <span>

#include "lrtune/catalog.h"

namespace lrtune {

std::span<const Card> activation_cards();
std::span<const Card> init_cards();
std::span<const Card> loss_cards();

}  // namespace lrtune
