// sharpness.h: how sharp the training loss is where trainings start and end, and the largest stable rate that follows.
//
// λ is the largest algebraic eigenvalue of the Hessian of the mean loss over all training rows (also those of the last,
// incomplete minibatch), without weight decay: exact Hessian-vector products (train/curvature.h) in a Lanczos iteration
// (stats/lanczos.h). On a quadratic a step of rate η along curvature λ is stable up to an edge that the rule knows
// (optim/rule.h): 2/λ for sgd, (2 + 2µ)/λ for momentum, (2 + 2µ)/((1 + 2µ)·λ) for nesterov, and for the Adam family
// (2 + 2β1)/((1 − β1)·λ_P), with λ_P of P^-½·H·P^-½, P the divisor at that point. Cohen et al., ICLR 2021
// (arXiv:2103.00065) and arXiv:2207.14484. Reported, never used to choose a rate.
//
// Everything is a pure function of (experiment, seed, rates): docs/determinism.md.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "lrtune/runner.h"
#include "train/experiment.h"
#include "train/trials.h"

namespace lrtune {

// One Stability per entry of the experiment; `rates[entry]` is the rate it is trained at to its end, absent: the start
// only. `lowest_diverged` is left for the caller. Empty if the experiment is stopped before the end.
std::vector<Stability> measure_stability(const Experiment& experiment, std::size_t seed,
                                         std::span<const std::optional<double>> rates, std::size_t threads,
                                         const TrialsFinished& finished = {});

}  // namespace lrtune
