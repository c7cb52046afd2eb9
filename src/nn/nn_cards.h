// nn_cards.h: what can be named of a network: activations, initialisations, losses.
#pragma once

#include <cstddef>
#include <span>

#include "lrtune/catalog.h"

namespace lrtune {

using ActivationId = std::size_t;  // a row of activation_cards()

std::span<const Card> activation_cards();
// Whether the forward pass stores its slope.
bool keeps_slope(ActivationId activation);
std::span<const Card> init_cards();
std::span<const Card> loss_cards();

}  // namespace lrtune
