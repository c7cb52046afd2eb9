// entry_plan.h: what the stages of one entry's search share. Pure functions of what it was made from, which must
// outlive it.
#pragma once

#include <optional>
#include <vector>

#include "plan/assess.h"
#include "plan/ledger.h"
#include "plan/policy.h"
#include "plan/rates.h"

namespace lrtune {

class EntryPlan {
 public:
  EntryPlan(const PlanContext& its_context, std::size_t its_entry, const EntryResults& its_results);

  const PlanContext& context;
  const SearchConfig& search;
  const EntryResults& results;
  const Ledger ledger;
  const SearchPolicy& policy;
  const RateLattice coarse;  // what the budget can afford of it
  const RateLattice fine;

  Round affording(double limit) const { return {ledger, entry_, limit}; }

  // For a single run there is nothing better than what the framework would do.
  std::vector<double> coarse_rates() const;

  // Whether the range, or its extension, has the rate.
  bool is_within_reach(double rate) const;

  // Seeds of blocks: with one seed asked for there is only that one; else seed 0 has had the coarse stage.
  std::size_t next_block_seed() const;

  // What the trials say; null: none completed. Made when it is first asked for.
  const Landscape* landscape() const;

  // Whether the advice may be that rate: its missing seeds can be paid for, all but `lacking` of them.
  bool can_be_confirmed(double rate, std::size_t lacking) const;

  // As advice_on() has it: how many seeds the advised rate may lack.
  std::optional<std::size_t> lacking_seeds() const;

 private:
  RateLattice lattice_of(std::size_t per_decade) const;
  RateLattice affordable_lattice() const;

  std::size_t entry_;
  mutable std::optional<Landscape> landscape_;
};

// The stages, in their order: what each asks for; empty when it has nothing to ask.
std::vector<TrialRequest> first_rung(const EntryPlan& plan);
std::vector<TrialRequest> climb(const EntryPlan& plan);
std::vector<TrialRequest> neighbours(const EntryPlan& plan);
std::vector<TrialRequest> outward(const EntryPlan& plan, const Assessment& best);
std::vector<TrialRequest> valleys(const EntryPlan& plan, const Assessment& best);
std::vector<TrialRequest> block(const EntryPlan& plan, const Assessment& best);
std::vector<TrialRequest> confirmation(const EntryPlan& plan, double rate);

}  // namespace lrtune
