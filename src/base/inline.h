// inline.h: LRTUNE_INLINE, for small functions that kernels are made of: always inlined, so that no copy of them is
// shared between translation units compiled for different instruction sets.
#pragma once

#define LRTUNE_INLINE inline __attribute__((always_inline))
