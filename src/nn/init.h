// init.h: initial parameters of a network, the registry behind init_cards().
//
//   kaiming_uniform U(±√6/√fan_in)            kaiming_normal N(0, 2/fan_in)             whatever the activation
//   xavier_uniform  U(±√6/√(fan_in+fan_out))  xavier_normal  N(0, 2/(fan_in+fan_out))   gain 1
//   pytorch         weights and biases U(±1/√fan_in), what torch.nn.Linear does
// Biases are 0 but for `pytorch`. Drawn in double, rounded to float; draw i of stream (key, weights, layer) is weight
// [input][output] number i, biases follow.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "nn/shapes.h"

namespace lrtune {

// Layer by layer: weights [input][output], then biases. The name is known to be valid.
std::vector<float> initial_parameters(std::span<const LayerShape> shapes, std::string_view init, RandomKey key);

}  // namespace lrtune
