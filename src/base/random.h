// random.h: counter-based random numbers. A draw is a pure function of (key, counter); there is no generator to carry
// around, so nothing depends on who drew before. Every draw names its key, its purpose and its place.
//
// Philox4x32-10: J. Salmon, M. Moraes, R. Dror, D. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace lrtune {

using PhiloxBlock = std::array<std::uint32_t, 4>;

// Key words: the user's seed and the index of the trial seed (0 where there is none).
struct RandomKey {
  std::uint32_t seed = 0;
  std::uint32_t index = 0;
};

// What the numbers are for: the third word of the counter, so that two uses of one key share nothing.
enum class Purpose : std::uint32_t {
  weights = 1,
  minibatch_order = 2,
  split = 3,
  synthetic_data = 4,
  curvature = 5,
  advice = 6,
  test = 255
};

// One block of 128 random bits, 10 rounds.
PhiloxBlock philox(PhiloxBlock counter, std::array<std::uint32_t, 2> key);

// Draw number `index` of the stream (key, purpose, sub); sub is the layer, the epoch, the class, …
PhiloxBlock random_block(RandomKey key, Purpose purpose, std::uint32_t sub, std::uint64_t index);

// Uniform on the open interval (0, 1): (i + ½)·2^-53 with i from 53 random bits. Draw `index`.
double random_uniform(RandomKey key, Purpose purpose, std::uint32_t sub, std::uint64_t index);

// Standard normal by Box and Muller, from one block: √(−2·ln u1)·cos(2π·u2). Draw `index`.
double random_normal(RandomKey key, Purpose purpose, std::uint32_t sub, std::uint64_t index);

// 0 … n−1 in random order: Fisher and Yates from the end, draw i for place i; a place is the high word of a 64 × 64 bit
// product, whose bias is below n / 2^64.
std::vector<std::uint32_t> random_permutation(std::size_t n, RandomKey key, Purpose purpose, std::uint32_t sub);

}  // namespace lrtune
