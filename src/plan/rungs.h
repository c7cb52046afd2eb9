// rungs.h: which coarse rates go on after a rung. A stable run of t steps at rate η follows the gradient flow to time
// τ = η·Σ factor: a slower rate is not yet a worse one, so ranking by loss alone falls for short horizons. After rung r
// with leader η_b (the lowest loss) go on
//   the kBest rates with the lowest loss,
//   every rate below η_b that by the end of a whole run will have flowed half as far as the leader has by now:
//   η ≥ ½·η_b·flow(r); half, because where a task overfits the optimum sits on that boundary,
//   and the next rate above η_b.
#pragma once

#include <cstddef>
#include <vector>

namespace lrtune {

struct RungResult {
  double rate;
  double loss;  // finite
};

// The rates that go on, the most promising first: the leader, its neighbours below and above, the second best, then
// those further below, nearest first. `results`: ascending by rate, of the trials that have not diverged; not empty.
std::vector<double> promoted(const std::vector<RungResult>& results, double flow);

}  // namespace lrtune
