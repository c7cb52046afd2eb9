// synthetic.h: the registry of synthetic data sets, for tests and demonstrations.
#pragma once

#include <span>

#include "lrtune/catalog.h"

namespace lrtune {

// Cards of the synthetic sets (moons, spirals, blobs, noisy_regression).
std::span<const Card> synthetic_cards();

}  // namespace lrtune
