#include "base/random.h"

#include <cmath>
#include <utility>

#include "base/math.h"

namespace lrtune {
namespace {

__extension__ using Wide = unsigned __int128;

// Constants of the paper's table 2: two multipliers and the two Weyl increments of the key.
constexpr std::uint64_t kMultiplier0 = 0xD2511F53;
constexpr std::uint64_t kMultiplier1 = 0xCD9E8D57;
constexpr std::uint32_t kWeyl0 = 0x9E3779B9;
constexpr std::uint32_t kWeyl1 = 0xBB67AE85;
constexpr int kRounds = 10;

std::uint64_t word(const PhiloxBlock& block, std::size_t i) {
  return std::uint64_t{block[i]} << 32U | std::uint64_t{block[i + 1]};
}

double uniform(std::uint64_t bits) { return (static_cast<double>(bits >> 11U) + 0.5) * 0x1p-53; }

}  // namespace

PhiloxBlock philox(PhiloxBlock counter, std::array<std::uint32_t, 2> key) {
  for (int round = 0; round < kRounds; ++round) {
    const std::uint64_t p0 = kMultiplier0 * counter[0];
    const std::uint64_t p1 = kMultiplier1 * counter[2];
    counter = {static_cast<std::uint32_t>(p1 >> 32U) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(p1),
               static_cast<std::uint32_t>(p0 >> 32U) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(p0)};
    key = {key[0] + kWeyl0, key[1] + kWeyl1};
  }
  return counter;
}

PhiloxBlock random_block(RandomKey key, Purpose purpose, std::uint32_t sub, std::uint64_t index) {
  return philox({static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(index >> 32U),
                 static_cast<std::uint32_t>(purpose), sub},
                {key.seed, key.index});
}

double random_uniform(RandomKey key, Purpose purpose, std::uint32_t sub, std::uint64_t index) {
  return uniform(word(random_block(key, purpose, sub, index), 0));
}

double random_normal(RandomKey key, Purpose purpose, std::uint32_t sub, std::uint64_t index) {
  const PhiloxBlock block = random_block(key, purpose, sub, index);
  const double radius = std::sqrt(-2.0 * math::log(uniform(word(block, 0))));
  return radius * math::cos(2.0 * math::kPi * uniform(word(block, 2)));
}

std::vector<std::uint32_t> random_permutation(std::size_t n, RandomKey key, Purpose purpose, std::uint32_t sub) {
  std::vector<std::uint32_t> order(n);
  for (std::size_t i = 0; i < n; ++i) order[i] = static_cast<std::uint32_t>(i);
  for (std::size_t i = n; i > 1; --i) {
    const std::uint64_t bits = word(random_block(key, purpose, sub, i - 1), 0);
    const auto j = static_cast<std::size_t>(Wide{bits} * Wide{i} >> 64U);
    std::swap(order[i - 1], order[j]);
  }
  return order;
}

}  // namespace lrtune
