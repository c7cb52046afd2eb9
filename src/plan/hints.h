// hints.h: what a rung says about the end of a run that was given up there.
//
// Below the leader a run follows the gradient flow (plan/rungs.h): after a whole run at rate η it is about where rate
// η/φ was at the rung with flow share φ, as long as that rate was stable there, that is not above the rung's leader.
// Above the leader it is worse by what it was worse by at the rung. Both are guesses: they count as observations with
// standard deviations of kFlowDeviation and kAboveDeviation in the log loss.
#pragma once

#include <span>
#include <vector>

#include "plan/ledger.h"

namespace lrtune {

struct RungHint {
  double rate;
  double objective;  // at the end of a whole run
  double deviation;  // of its logarithm
};

// For every rate of seed 0 that was given up, ascending.
std::vector<RungHint> rung_hints(const PlanContext& context, const Ledger& ledger, std::span<const Trial> trials);

}  // namespace lrtune
