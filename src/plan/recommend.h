// recommend.h: from the trials of an entry to its recommendation, and from the entries to the overall one. Pure
// functions of the results.
//
//   rate       planner's pick; objective, validation error: mean and standard error over the seeds it was trained on
//   regret bound, plateau, interval: of plan/assess.h
//   range      for cyclical schedules: min, the lowest tried rate with at least half of the best improvement over L(0);
//              max, half the lowest rate above the pick at which any seed failed, else the highest that completed
//   status     the first that applies: all_diverged; stuck (best improvement below 5 % of L(0), or hardly better than a
//              constant answer); unstable (a seed diverged there); edge (the plateau ends where the trials do, and the
//              loss is lowest there); noisy (bound above the tolerance or unknown, or fewer seeds than asked for); ok
// Every notice says what to change.
#pragma once

#include <span>
#include <vector>

#include "lrtune/study.h"
#include "plan/planner.h"

namespace lrtune {

// `unit`: loss_unit of the subject, to give the loss in its units too.
Recommendation recommend(const PlanContext& context, const EntryResults& results, std::optional<double> unit);

// Mean over the seeds that the framework's default rate was trained on; absent if any of them diverged.
DefaultRate default_rate_result(const EntryResults& results);

// learned, slow or stuck for every completed trial; the rest keep none. Slow and stuck trials improved on L(0) by less
// than a tenth of the entry's best improvement: slow below the recommended rate, stuck above it.
void classify(std::vector<Trial>& trials, const ObjectiveRow& objective, const Recommendation& recommendation);

// The entry with the lowest objective among those whose rate completed on every seed, and the labels that cannot be
// told from it: the mean of the differences, seed by seed, is within t(.975)·s/√n of 0. nullopt: no entry has a rate.
std::optional<Overall> recommend_overall(std::span<const Entry> entries);

}  // namespace lrtune
