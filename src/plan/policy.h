// policy.h: every constant of a search, by what its budget allows. docs/method.md says why each is what it is.
#pragma once

#include <cstddef>
#include <limits>

namespace lrtune {

struct SearchPolicy {
  double from_runs;  // budget of full runs from which the row holds

  // coarse
  std::size_t coarse_per_decade;  // at most; the config's own otherwise
  double coarse_share;            // of the budget, at most, for the first rung
  std::size_t default_seeds;      // of the framework's default rate; at most search.seeds
  // fine
  double block_step;          // decade, between the rates of a block while nothing tells them apart
  std::size_t lacking_seeds;  // the best rate is advised though the budget leaves it that many seeds short
};

inline constexpr std::size_t kAllSeeds = std::numeric_limits<std::size_t>::max();

// By rising budget; the last row that the budget reaches holds.
inline constexpr SearchPolicy kPolicies[] = {
    {0, 2, 0.2, 0, 0.42, 2},                // short: wide steps, few seeds
    {14, 2, 0.2, 1, 0.42, 2},               //
    {16, 1000, 0.2, kAllSeeds, 1.0 / 3, 2}  // ample
};

constexpr const SearchPolicy& policy_for(double budget) {
  const SearchPolicy* found = &kPolicies[0];
  for (const SearchPolicy& row : kPolicies)
    if (budget >= row.from_runs) found = &row;
  return *found;
}

// Whether the pick is confirmed on every seed asked for.
constexpr bool is_ample(const SearchPolicy& policy) { return policy.default_seeds == kAllSeeds; }

}  // namespace lrtune
