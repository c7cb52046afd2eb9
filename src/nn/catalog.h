// catalog.h: what can be named of a network: activations, initialisations, losses.
#pragma once

#include <cstddef>
#include <span>

#include "lrtune/catalog.h"

namespace lrtune {

std::span<const Card> activation_cards();
// Whether the forward pass stores the slope of that row of activation_cards().
bool keeps_slope(std::size_t activation);
std::span<const Card> init_cards();
std::span<const Card> loss_cards();

}  // namespace lrtune
