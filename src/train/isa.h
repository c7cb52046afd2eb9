// isa.h: which instruction set's kernel runs. All give the same bits; they differ in speed only.
#pragma once

#include <span>

#include "train/kernel.h"

namespace lrtune {

// The kernels that this binary holds and this machine can run, fastest first.
std::span<const Kernel* const> usable_kernels();

// The fastest, or the one that the environment variable LRTUNE_ISA names (avx512, avx2, neon, scalar). Throws Error if
// that is unknown or cannot run here.
const Kernel& chosen_kernel();

}  // namespace lrtune
