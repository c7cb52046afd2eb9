// planner.h: which trials to run next: a pure function of the configuration and one entry's results so far. Whoever
// runs them (threads, a resumed process, other machines) ends with the same study; no entry waits for what another
// knows.
//
//   coarse   seed 0 over the whole range, coarse_per_decade rates a decade, stopped at rungs: after each, rates that
//            can no longer win are given up (plan/rungs.h); the rest, and the leader's neighbours, go to the end
//   extend   where the leader lies at an end of the range: the next rates outward
//   fine     every valley that is left gets a second seed; then block after block, each with seeds of its own: the pick
//            and the rates to either side where the most is to be learned about how much worse than the best it may be,
//            until that bound is within the tolerance, the seeds are used up or the budget is
//   confirm  the recommended rate on the seeds it has not had yet; if they speak against it, the next best, and so on
// The framework's default rate is trained beside the coarse stage. The budget caps trained updates / T per entry: what
// a round cannot afford is left out, first seeds of the default rate, then fine rates, then coarse rates.
#pragma once

#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "lrtune/config.h"
#include "lrtune/runner.h"
#include "lrtune/study.h"
#include "stats/objective.h"

namespace lrtune {

struct Assessment;

// What the planner may know of one entry.
struct EntryResults {
  double default_rate;        // of the framework
  std::vector<Trial> trials;  // in any order; a trial that was paused and went on is there several times
};

struct PlanContext {
  const SearchConfig& search;
  const ObjectiveRow& objective;
  std::size_t updates;           // T; a trial's cost is updates / T
  std::vector<Rung> rungs = {};  // ascending, below T; none: coarse trials run to their end
  // Whether a stopped trial can go on, so that only what is new is paid for. Otherwise a longer one starts anew.
  bool runs_continue = true;
  double budget = std::numeric_limits<double>::infinity();  // full runs per entry
  std::optional<double> constant = {};  // objective of the best constant answer, where that can be told
};

// Empty when the entry is done. Never asks twice for the same (rate, seed) and number of updates.
std::vector<TrialRequest> next_trials(const PlanContext& context, std::size_t entry, const EntryResults& results);

// The advice on an entry as things stand: the best of the rates that have all seeds or can be given them, up to two
// seeds short unless an ample budget has confirmed a rate; where there is none, of those that lack the fewest. A rate
// at which a seed diverged is advised only if that is so of all. nullopt: no trial completed.
std::optional<Assessment> advice_on(const PlanContext& context, const EntryResults& results);

// Whether the budget has kept an entry from a part of its search: coarse rates, blocks on all of `seeds`, or the
// confirmation.
bool was_shortened(const PlanContext& context, const EntryResults& results);

}  // namespace lrtune
