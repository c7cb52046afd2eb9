#include "plan/planner.h"

#include <algorithm>
#include <cmath>

#include "base/math.h"
#include "plan/ledger.h"
#include "plan/rungs.h"

namespace lrtune {
namespace {

constexpr double kNarrowDecades = 0.3;    // of the interval, at which no more seeds are added
constexpr double kBlockStep = 1.0 / 3;    // decade, between the rates of a block
constexpr double kAmpleBudget = 16;       // below it, search wider with fewer rates:
constexpr double kWideBlockStep = 0.42;   // blocks,
constexpr std::size_t kSparse = 2;        // and at most so many coarse rates a decade
constexpr double kCoarseShare = 0.2;      // of the budget, at most, for the first rung
constexpr double kOneDefaultSeed = 14;    // budget from which the default rate gets one seed; an ample one: all
constexpr std::size_t kLackingSeeds = 2;  // the best rate is advised though the budget leaves it that many seeds short

// One entry's part in planning; every member function is a pure function of what it was made from.
class EntryPlan {
 public:
  EntryPlan(const PlanContext& context, std::size_t entry, const EntryResults& results)
      : context_(context),
        search_(context.search),
        entry_(entry),
        results_(results),
        ledger_(context, results.trials),
        coarse_(affordable_lattice()),
        fine_(lattice_of(search_.fine_per_decade)) {}

  std::vector<TrialRequest> next() const {
    if (results_.trials.empty()) return first_round();
    if (!ledger_.has(Stage::fine) && !ledger_.has(Stage::confirm)) {
      if (auto more = climb(); !more.empty()) return more;
      if (auto more = walk(); !more.empty()) return more;
    }
    const auto best = advise(points(), fine_, [](double) { return true; });
    if (!best) return {};
    if (!ledger_.has(Stage::confirm)) {
      if (auto more = outward(*best); !more.empty()) return more;
      if (auto more = block(*best); !more.empty()) return more;
    }
    return confirm(advice()->rate);
  }

  std::optional<Advice> advice() const {
    const auto known = points();
    // An ample budget has had its pick confirmed: that is not given up for a rate on fewer seeds.
    const bool is_confirmed = is_ample() && ledger_.has(Stage::confirm);
    for (std::size_t lacking = is_confirmed ? 0 : std::min(kLackingSeeds, search_.seeds); lacking <= search_.seeds;
         ++lacking) {
      const auto allowed = [&](double rate) {
        const std::size_t missing = ledger_.missing_seeds(rate);
        const double affordable = std::floor(ledger_.left() + kPlanRounding);
        return static_cast<double>(missing) <= affordable + static_cast<double>(lacking) &&
               (missing < search_.seeds || affordable >= 1);
      };
      if (auto found = advise(known, fine_, allowed)) return found;
    }
    return std::nullopt;
  }

  bool was_shortened() const {
    if (!search_.budget_runs || results_.trials.empty()) return false;
    const auto advised = advice();
    return coarse_.intervals < lattice_of(search_.coarse_per_decade).intervals ||
           (advised &&
            ((search_.seeds > 1 && next_block_seed() < search_.seeds) || ledger_.missing_seeds(advised->rate) > 0));
  }

 private:
  std::vector<RatePoint> points() const { return rate_points(results_.trials, context_.objective); }

  bool is_ample() const { return ledger_.budget() >= kAmpleBudget; }

  RateLattice lattice_of(std::size_t per_decade) const {
    return rate_lattice(search_.lowest_rate, search_.highest_rate, per_decade);
  }

  // Rates further apart where the first rung would take more than its share of the budget.
  RateLattice affordable_lattice() const {
    RateLattice lattice =
        lattice_of(is_ample() ? search_.coarse_per_decade : std::min(search_.coarse_per_decade, kSparse));
    const double share = context_.rungs.empty() ? 1 : ledger_.share_of(context_.rungs.front().updates);
    const double most = std::max(1.0, std::floor(kCoarseShare * ledger_.budget() / share) - 1);
    if (static_cast<double>(lattice.intervals) > most) lattice.intervals = static_cast<std::size_t>(most);
    return lattice;
  }

  Round affording(double limit) const { return {ledger_, entry_, limit}; }

  // For a single run there is nothing better than what the framework would do.
  std::vector<double> coarse_rates() const {
    if (ledger_.budget() < 2) return {std::min(std::max(results_.default_rate, coarse_.lowest), coarse_.highest)};
    std::vector<double> rates;
    for (std::size_t i = 0; i <= coarse_.intervals; ++i) {
      const double rate = coarse_.rate(static_cast<double>(i));
      if (rates.empty() || rate > rates.back()) rates.push_back(rate);
    }
    return rates;
  }

  std::vector<TrialRequest> first_round() const {
    Round round = affording(ledger_.left());
    const std::size_t stop = context_.rungs.empty() ? context_.updates : context_.rungs.front().updates;
    for (double rate : coarse_rates()) request_coarse(round, rate, stop);
    return round.requests();
  }

  void request_defaults(Round& round) const {
    const std::size_t seeds = is_ample() ? search_.seeds : ledger_.budget() >= kOneDefaultSeed ? 1 : 0;
    for (std::size_t seed = 0; seed < seeds; ++seed)
      round.request(Stage::framework_default, results_.default_rate, seed);
  }

  // From rung to rung: what the coarse stage trains next; empty once its survivors are trained to the end.
  std::vector<TrialRequest> climb() const {
    std::vector<double> rates = coarse_rates();
    for (std::size_t r = 0; r <= context_.rungs.size(); ++r) {
      const std::size_t stop = r < context_.rungs.size() ? context_.rungs[r].updates : context_.updates;
      for (;;) {
        Round round = affording(ledger_.left());
        bool complete = true;
        for (double rate : rates) complete &= ledger_.is_done_to(rate, stop) || request_coarse(round, rate, stop);
        if (!round.requests().empty()) return round.requests();
        if (!complete || stop == context_.updates) return {};
        if (r > 0 || !extend_upward(rates, stop)) break;
      }
      const auto results = results_at(rates, stop);
      if (results.empty()) return {};
      rates = affordable(promoted(results, context_.rungs[r].flow), r);
    }
    return {};
  }

  bool request_coarse(Round& round, double rate, std::size_t stop) const {
    const Stage stage = coarse_.contains(rate) ? Stage::coarse : Stage::extend;
    return round.request(stage, rate, 0, stop == context_.updates ? 0 : stop);
  }

  // Ascending by rate; without those that diverged.
  std::vector<RungResult> results_at(const std::vector<double>& rates, std::size_t stop) const {
    std::vector<RungResult> results;
    for (double rate : rates)
      if (const auto loss = ledger_.loss_at(rate, stop)) results.push_back({rate, *loss});
    std::ranges::sort(results, {}, &RungResult::rate);
    return results;
  }

  // Adds the next rate beyond if the highest leads: at the first rung it costs little. The leader of a short run lies
  // above that of a long one if anything, so that the lower end can wait for whole runs. False if there is none to add.
  bool extend_upward(std::vector<double>& rates, std::size_t stop) const {
    const auto results = results_at(rates, stop);
    if (results.empty() || std::ranges::min_element(results, {}, &RungResult::loss)->rate != rates.back()) return false;
    const double next = coarse_.rate(std::rint(coarse_.position(rates.back())) + 1);
    // A whole run must stay affordable.
    if (ledger_.furthest(next, 0) == nullptr && ledger_.left() < 1 + ledger_.share_of(stop)) return false;
    if (rates.size() < 2 || !is_within_reach(next) || next <= rates.back()) return false;
    rates.push_back(next);
    return true;
  }

  // The first of those rates that the budget can pay for, at least one, if half of those that reach the next rung go on
  // from there.
  std::vector<double> affordable(std::vector<double> rates, std::size_t rung) const {
    const std::size_t stop = context_.rungs[rung].updates;
    const double next = rung + 1 < context_.rungs.size() ? ledger_.share_of(context_.rungs[rung + 1].updates) : 1;
    const double price = next - (context_.runs_continue ? ledger_.share_of(stop) : 0) +
                         (next < 1 ? 0.5 * (1 - (context_.runs_continue ? next : 0)) : 0);
    // What was left when this rung was reached, not what is left now: the answer must not change on the way up.
    const double left = ledger_.budget() - ledger_.paid_until(stop);
    const double most = std::max(1.0, std::floor(left / price + kPlanRounding));
    if (static_cast<double>(rates.size()) > most) rates.resize(static_cast<std::size_t>(most));
    return rates;
  }

  // Whole runs for the neighbours of the best coarse rate, outward from the ends of the range if need be.
  std::vector<TrialRequest> walk() const {
    Round round = affording(ledger_.left());
    const Trial* leader = nullptr;
    for (const Trial& t : results_.trials) {
      if (t.seed != 0 || !t.objective || t.stage == Stage::framework_default) continue;
      if (leader == nullptr || *t.objective < *leader->objective ||
          (*t.objective == *leader->objective && t.learning_rate < leader->learning_rate))
        leader = &t;
    }
    if (leader == nullptr) return {};
    const double place = std::rint(coarse_.position(leader->learning_rate));
    for (double step : {-1.0, 1.0}) request_whole(round, coarse_.rate(place + step));
    request_defaults(round);
    return round.requests();
  }

  void request_whole(Round& round, double rate) const {
    if (is_within_reach(rate)) request_coarse(round, rate, context_.updates);
  }

  // The next coarse rate beyond those that have been trained to the end, where the rates there cannot be told from the
  // pick: at an end of what was tried at once; where rates had been given up, only from what the blocks leave.
  std::vector<TrialRequest> outward(const Advice& advice) const {
    Round round = affording(ledger_.left());
    const RateRange tried = searched_range(results_.trials);
    const RateRange ended = searched_range(ended_trials(results_.trials));
    const RateInterval interval = advice.interval.value_or(RateInterval{advice.rate, advice.rate});
    const bool spare = next_block_seed() >= search_.seeds && ledger_.left() >= 1 + static_cast<double>(search_.seeds);
    if (interval[1] >= ended.max && (spare || ended.max == tried.max))
      request_whole(round, coarse_.rate(std::floor(coarse_.position(ended.max) + 1.5)));
    if (interval[0] <= ended.min && (spare || ended.min == tried.min))
      request_whole(round, coarse_.rate(std::ceil(coarse_.position(ended.min) - 1.5)));
    return round.requests();
  }

  bool is_within_reach(double rate) const {
    if (!search_.extend) return coarse_.contains(rate);
    const double beyond = math::pow(10, kExtensionDecades) * (1 + kPlanRounding);
    return rate >= coarse_.lowest / beyond &&
           rate <= std::max(coarse_.highest, std::min(kHighestRate, coarse_.highest * beyond));
  }

  // Seeds of blocks: with one seed asked for there is only that one; else seed 0 has had the coarse stage.
  std::size_t next_block_seed() const {
    if (search_.seeds == 1) return ledger_.has(Stage::fine) ? 1 : 0;
    std::size_t next = 1;
    for (const Trial& t : results_.trials)
      if (t.stage == Stage::fine) next = std::max(next, t.seed + 1);
    return next;
  }

  std::vector<TrialRequest> block(const Advice& advice) const {
    const std::size_t seed = next_block_seed();
    if (seed >= std::max(search_.seeds, search_.seeds == 1 ? 1 : search_.max_seeds)) return {};
    const bool narrow =
        advice.interval && math::log10((*advice.interval)[1] / (*advice.interval)[0]) <= kNarrowDecades + kPlanRounding;
    if (narrow && seed >= search_.seeds) return {};
    // What confirming the pick will cost, less its own run in this block; once the seeds asked for are through, what
    // confirming any other rate would.
    const std::size_t missing =
        seed < search_.seeds
            ? std::max(ledger_.missing_seeds(advice.rate), search_.seeds - std::min(kLackingSeeds, search_.seeds) + 1)
            : search_.seeds;
    Round round =
        affording(ledger_.left() - static_cast<double>(seed < search_.seeds && missing > 0 ? missing - 1 : missing));
    // With one seed only, it is for closer rates than those of the coarse stage.
    const double decades = search_.seeds == 1 ? kBlockStep / 2 : is_ample() ? kBlockStep : kWideBlockStep;
    const double step = std::max(1.0, std::rint(static_cast<double>(search_.fine_per_decade) * decades));
    const double place = std::rint(fine_.position(advice.rate));
    // The pick first, then the sides in turn: what one block cannot afford differs from the next.
    const double sign = seed % 2 == 0 ? -1 : 1;
    for (double offset : {0.0, -sign, sign}) {
      const double rate = offset == 0 ? advice.rate : fine_.rate(place + offset * step);
      if (is_within_reach(rate)) round.request(Stage::fine, rate, seed);
    }
    return round.requests();
  }

  std::vector<TrialRequest> confirm(double rate) const {
    Round round = affording(ledger_.left());
    for (std::size_t seed = 0; seed < search_.seeds; ++seed) round.request(Stage::confirm, rate, seed);
    return round.requests();
  }

  const PlanContext& context_;
  const SearchConfig& search_;
  std::size_t entry_;
  const EntryResults& results_;
  Ledger ledger_;
  RateLattice coarse_;
  RateLattice fine_;
};

}  // namespace

bool was_shortened(const PlanContext& context, const EntryResults& results) {
  return EntryPlan(context, 0, results).was_shortened();
}

std::optional<Advice> advice_on(const PlanContext& context, const EntryResults& results) {
  return EntryPlan(context, 0, results).advice();
}

std::vector<TrialRequest> next_round(const PlanContext& context, std::span<const EntryResults> entries) {
  std::vector<TrialRequest> round;
  for (std::size_t entry = 0; entry < entries.size(); ++entry)
    for (const TrialRequest& request : EntryPlan(context, entry, entries[entry]).next()) round.push_back(request);
  return round;
}

}  // namespace lrtune
