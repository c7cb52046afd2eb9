// fma_peak.h: the most float multiply-adds a core can do, measured.
#pragma once

#include <cstddef>

namespace lrtune {

// Runs `rounds` rounds of independent fused multiply-adds held in registers; the number of floating-point operations
// done (2 per multiply-add and element). Compiled for the machine it is built on.
double fma_loop(std::size_t rounds);

}  // namespace lrtune
