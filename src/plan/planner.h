// planner.h: which trials to run next: a pure function of the configuration and the results so far. Whoever runs them
// (threads, a resumed process, other machines) ends with the same study.
//
//   coarse   seed 0 over the whole range, coarse_per_decade rates a decade; the framework's default rate, on every seed
//   extend   while the pick lies within one interval of an end of what was tried, or the rates that cannot be told from
//            it reach that end, before or after the fine stage: two more rates outward
//   fine     fine_per_decade rates a decade, one coarse interval to either side of the pick, on every seed; again
//   around
//            the new pick if that has moved to the end of the fine rates
//   confirm  the recommended rate itself, on every seed
// An entry is in the round that its own results call for; all entries' rounds are trained together. Pruning has its
// place between coarse and fine. `budget_runs` caps trained updates / T per entry: a round that would pass it is
// shortened, first in seeds, then in fine rates, then in coarse rates.
#pragma once

#include <span>
#include <vector>

#include "lrtune/config.h"
#include "lrtune/study.h"
#include "stats/objective.h"

namespace lrtune {

// What the planner may know of one entry.
struct EntryResults {
  double default_rate;  // of the framework
  std::vector<Trial> trials;
};

// Updates of a full run; with it, a trial's cost is updates / T.
struct PlanContext {
  const SearchConfig& search;
  const ObjectiveRow& objective;
  std::size_t updates;  // T
};

// Empty when every entry is done. Never asks for a (entry, rate, seed) that is in the results.
std::vector<TrialRequest> next_round(const PlanContext& context, std::span<const EntryResults> entries);

// The pick of an entry so far; nullopt: no trial completed.
std::optional<double> picked_rate(const ObjectiveRow& objective, std::span<const Trial> trials);

// Whether the budget has kept an entry from trials that it would have had without.
bool was_shortened(const PlanContext& context, const EntryResults& results);

// Trained updates / T.
double full_runs(std::span<const Trial> trials, std::size_t updates);

}  // namespace lrtune
