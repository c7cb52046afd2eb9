#include "plan/planner.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/math.h"
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
constexpr double kRounding = 1e-9;

// One entry's part in planning; every member function is a pure function of what it was made from.
class EntryPlan {
 public:
  EntryPlan(const PlanContext& context, std::size_t entry, const EntryResults& results)
      : context_(context),
        search_(context.search),
        entry_(entry),
        results_(results),
        left_(budget() - full_runs(context, results.trials)),
        coarse_(affordable_lattice()),
        fine_(lattice_of(search_.fine_per_decade)) {}

  std::vector<TrialRequest> next() const {
    if (results_.trials.empty()) return first_round();
    if (!has(Stage::fine) && !has(Stage::confirm)) {
      if (auto more = climb(); !more.empty()) return more;
      if (auto more = walk(); !more.empty()) return more;
    }
    const auto best = advise(points(), fine_, [](double) { return true; });
    if (!best) return {};
    if (!has(Stage::confirm)) {
      if (auto more = outward(*best); !more.empty()) return more;
      if (auto more = block(*best); !more.empty()) return more;
    }
    return confirm(advice()->rate, left_);
  }

  std::optional<Advice> advice() const {
    const auto known = points();
    // An ample budget has had its pick confirmed: that is not given up for a rate on fewer seeds.
    const bool is_confirmed = is_ample() && has(Stage::confirm);
    for (std::size_t lacking = is_confirmed ? 0 : std::min(kLackingSeeds, search_.seeds); lacking <= search_.seeds;
         ++lacking) {
      const auto allowed = [&](double rate) {
        const std::size_t missing = missing_seeds(rate);
        const double affordable = std::floor(left_ + kRounding);
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
           (advised && ((search_.seeds > 1 && next_block_seed() < search_.seeds) || missing_seeds(advised->rate) > 0));
  }

 private:
  std::vector<RatePoint> points() const { return rate_points(results_.trials, context_.objective); }

  // Of the seeds that the recommended rate is to have.
  std::size_t missing_seeds(double rate) const {
    std::size_t missing = 0;
    for (std::size_t seed = 0; seed < search_.seeds; ++seed) missing += is_done(rate, seed) ? 0 : 1;
    return missing;
  }

  double budget() const { return search_.budget_runs.value_or(std::numeric_limits<double>::infinity()); }

  bool is_ample() const { return budget() >= kAmpleBudget; }

  bool has(Stage stage) const {
    return std::ranges::any_of(results_.trials, [&](const Trial& t) { return t.stage == stage; });
  }

  RateLattice lattice_of(std::size_t per_decade) const {
    return rate_lattice(search_.lowest_rate, search_.highest_rate, per_decade);
  }

  // Rates further apart where the first rung would take more than its share of the budget.
  RateLattice affordable_lattice() const {
    RateLattice lattice =
        lattice_of(is_ample() ? search_.coarse_per_decade : std::min(search_.coarse_per_decade, kSparse));
    const double share = context_.rungs.empty() ? 1 : share_of(context_.rungs.front().updates);
    const double most = std::max(1.0, std::floor(kCoarseShare * budget() / share) - 1);
    if (static_cast<double>(lattice.intervals) > most) lattice.intervals = static_cast<std::size_t>(most);
    return lattice;
  }

  double share_of(std::size_t updates) const {
    return static_cast<double>(updates) / static_cast<double>(context_.updates);
  }

  // The trial of that rate and seed that went furthest; null: none.
  const Trial* furthest(double rate, std::size_t seed) const {
    const Trial* best = nullptr;
    for (const Trial& t : results_.trials)
      if (t.learning_rate == rate && t.seed == seed && (best == nullptr || ends_later(t, *best))) best = &t;
    return best;
  }

  static bool ends_later(const Trial& a, const Trial& b) {
    if ((a.status == TrialStatus::pruned) != (b.status == TrialStatus::pruned)) return b.status == TrialStatus::pruned;
    return a.updates > b.updates;
  }

  // Completed or diverged.
  bool is_done(double rate, std::size_t seed) const {
    const Trial* trial = furthest(rate, seed);
    return trial != nullptr && trial->status != TrialStatus::pruned;
  }

  bool is_done_to(double rate, std::size_t updates) const {
    const Trial* trial = furthest(rate, 0);
    return trial != nullptr && (trial->status != TrialStatus::pruned || trial->updates >= updates);
  }

  // What it costs to train that rate and seed to `updates`.
  double cost(double rate, std::size_t seed, std::size_t updates) const {
    const Trial* trial = furthest(rate, seed);
    return share_of(updates - (trial != nullptr && context_.runs_continue ? std::min(trial->updates, updates) : 0));
  }

  // A round that never passes the limit.
  struct Round {
    double left;
    std::vector<TrialRequest> requests = {};
  };

  // False if the trial was not affordable. A trial that is done or asked for costs nothing.
  bool request(Round& round, Stage stage, double rate, std::size_t seed, std::size_t updates = 0) const {
    const bool asked = std::ranges::any_of(
        round.requests, [&](const TrialRequest& r) { return r.learning_rate == rate && r.seed == seed; });
    if (asked || is_done(rate, seed)) return true;
    const double price = cost(rate, seed, updates == 0 ? context_.updates : updates);
    if (price > round.left + kRounding) return false;
    round.left -= price;
    round.requests.push_back({stage, entry_, rate, seed, updates});
    return true;
  }

  // For a single run there is nothing better than what the framework would do.
  std::vector<double> coarse_rates() const {
    if (budget() < 2) return {std::min(std::max(results_.default_rate, search_.lowest_rate), search_.highest_rate)};
    std::vector<double> rates;
    for (std::size_t i = 0; i <= coarse_.intervals; ++i) {
      const double rate = coarse_.rate(static_cast<double>(i));
      if (rates.empty() || rate > rates.back()) rates.push_back(rate);
    }
    return rates;
  }

  std::vector<TrialRequest> first_round() const {
    Round round{left_};
    const std::size_t stop = context_.rungs.empty() ? context_.updates : context_.rungs.front().updates;
    for (double rate : coarse_rates()) request_coarse(round, rate, stop);
    return round.requests;
  }

  void request_defaults(Round& round) const {
    const std::size_t seeds = is_ample() ? search_.seeds : budget() >= kOneDefaultSeed ? 1 : 0;
    for (std::size_t seed = 0; seed < seeds; ++seed)
      request(round, Stage::framework_default, results_.default_rate, seed);
  }

  // Loss of the trial of seed 0 that stopped at that rung; nullopt: diverged before.
  std::optional<double> loss_at(double rate, std::size_t updates) const {
    for (const Trial& t : results_.trials)
      if (t.learning_rate == rate && t.seed == 0 && t.updates == updates && t.status == TrialStatus::pruned)
        return context_.objective.reduce(t.curve.*context_.objective.series);
    return std::nullopt;
  }

  // From rung to rung: what the coarse stage trains next; empty once its survivors are trained to the end.
  std::vector<TrialRequest> climb() const {
    std::vector<double> rates = coarse_rates();
    for (std::size_t r = 0; r <= context_.rungs.size(); ++r) {
      const std::size_t stop = r < context_.rungs.size() ? context_.rungs[r].updates : context_.updates;
      for (;;) {
        Round round{left_};
        bool complete = true;
        for (double rate : rates) complete &= is_done_to(rate, stop) || request_coarse(round, rate, stop);
        if (!round.requests.empty()) return round.requests;
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
    const bool inside = rate >= search_.lowest_rate && rate <= search_.highest_rate;
    return request(round, inside ? Stage::coarse : Stage::extend, rate, 0, stop == context_.updates ? 0 : stop);
  }

  // Ascending by rate; without those that diverged.
  std::vector<RungResult> results_at(const std::vector<double>& rates, std::size_t stop) const {
    std::vector<RungResult> results;
    for (double rate : rates)
      if (const auto loss = loss_at(rate, stop)) results.push_back({rate, *loss});
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
    if (furthest(next, 0) == nullptr && left_ < 1 + share_of(stop)) return false;
    if (rates.size() < 2 || !is_within_reach(next) || next <= rates.back()) return false;
    rates.push_back(next);
    return true;
  }

  // The first of those rates that the budget can pay for, at least one, if half of those that reach the next rung go on
  // from there.
  std::vector<double> affordable(std::vector<double> rates, std::size_t rung) const {
    const std::size_t stop = context_.rungs[rung].updates;
    const double next = rung + 1 < context_.rungs.size() ? share_of(context_.rungs[rung + 1].updates) : 1;
    const double price = next - (context_.runs_continue ? share_of(stop) : 0) +
                         (next < 1 ? 0.5 * (1 - (context_.runs_continue ? next : 0)) : 0);
    // What was left when this rung was reached, not what is left now: the answer must not change on the way up.
    const double left = budget() - paid_until(stop);
    const double most = std::max(1.0, std::floor(left / price + kRounding));
    if (static_cast<double>(rates.size()) > most) rates.resize(static_cast<std::size_t>(most));
    return rates;
  }

  // Cost of the coarse trials up to that rung.
  double paid_until(std::size_t stop) const {
    std::vector<Trial> until;
    for (const Trial& t : results_.trials)
      if ((t.stage == Stage::coarse || t.stage == Stage::extend) && t.updates <= stop) until.push_back(t);
    return full_runs(context_, until);
  }

  // Whole runs for the neighbours of the best coarse rate, outward from the ends of the range if need be.
  std::vector<TrialRequest> walk() const {
    Round round{left_};
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
    return round.requests;
  }

  void request_whole(Round& round, double rate) const {
    if (is_within_reach(rate)) request_coarse(round, rate, context_.updates);
  }

  // The next coarse rate beyond those that have been trained to the end, where the rates there cannot be told from the
  // pick: at an end of what was tried at once; where rates had been given up, only from what the blocks leave.
  std::vector<TrialRequest> outward(const Advice& advice) const {
    Round round{left_};
    const RateRange tried = searched_range(results_.trials);
    const RateRange ended = searched_range(ended_trials(results_.trials));
    const RateInterval interval = advice.interval.value_or(RateInterval{advice.rate, advice.rate});
    const bool spare = next_block_seed() >= search_.seeds && left_ >= 1 + static_cast<double>(search_.seeds);
    if (interval[1] >= ended.max && (spare || ended.max == tried.max))
      request_whole(round, coarse_.rate(std::floor(coarse_.position(ended.max) + 1.5)));
    if (interval[0] <= ended.min && (spare || ended.min == tried.min))
      request_whole(round, coarse_.rate(std::ceil(coarse_.position(ended.min) - 1.5)));
    return round.requests;
  }

  bool is_within_reach(double rate) const {
    if (!search_.extend) return rate >= search_.lowest_rate && rate <= search_.highest_rate;
    const double beyond = math::pow(10, kExtensionDecades) * (1 + kRounding);
    return rate >= search_.lowest_rate / beyond &&
           rate <= std::max(search_.highest_rate, std::min(kHighestRate, search_.highest_rate * beyond));
  }

  // Seeds of blocks: with one seed asked for there is only that one; else seed 0 has had the coarse stage.
  std::size_t next_block_seed() const {
    if (search_.seeds == 1) return has(Stage::fine) ? 1 : 0;
    std::size_t next = 1;
    for (const Trial& t : results_.trials)
      if (t.stage == Stage::fine) next = std::max(next, t.seed + 1);
    return next;
  }

  std::vector<TrialRequest> block(const Advice& advice) const {
    const std::size_t seed = next_block_seed();
    if (seed >= std::max(search_.seeds, search_.seeds == 1 ? 1 : search_.max_seeds)) return {};
    const bool narrow =
        advice.interval && math::log10((*advice.interval)[1] / (*advice.interval)[0]) <= kNarrowDecades + kRounding;
    if (narrow && seed >= search_.seeds) return {};
    // What confirming the pick will cost, less its own run in this block; once the seeds asked for are through, what
    // confirming any other rate would.
    const std::size_t missing =
        seed < search_.seeds
            ? std::max(missing_seeds(advice.rate), search_.seeds - std::min(kLackingSeeds, search_.seeds) + 1)
            : search_.seeds;
    Round round{left_ - static_cast<double>(seed < search_.seeds && missing > 0 ? missing - 1 : missing)};
    // With one seed only, it is for closer rates than those of the coarse stage.
    const double decades = search_.seeds == 1 ? kBlockStep / 2 : is_ample() ? kBlockStep : kWideBlockStep;
    const double step = std::max(1.0, std::rint(static_cast<double>(search_.fine_per_decade) * decades));
    const double place = std::rint(fine_.position(advice.rate));
    // The pick first, then the sides in turn: what one block cannot afford differs from the next.
    const double sign = seed % 2 == 0 ? -1 : 1;
    for (double offset : {0.0, -sign, sign}) {
      const double rate = offset == 0 ? advice.rate : fine_.rate(place + offset * step);
      if (is_within_reach(rate)) request(round, Stage::fine, rate, seed);
    }
    return round.requests;
  }

  std::vector<TrialRequest> confirm(double rate, double limit) const {
    Round round{limit};
    for (std::size_t seed = 0; seed < search_.seeds; ++seed) request(round, Stage::confirm, rate, seed);
    return round.requests;
  }

  const PlanContext& context_;
  const SearchConfig& search_;
  std::size_t entry_;
  const EntryResults& results_;
  double left_;  // full runs
  RateLattice coarse_;
  RateLattice fine_;
};

}  // namespace

bool was_shortened(const PlanContext& context, const EntryResults& results) {
  return EntryPlan(context, 0, results).was_shortened();
}

std::vector<Trial> without_superseded(const PlanContext& context, std::vector<Trial> trials) {
  if (!context.runs_continue) return trials;
  std::vector<Trial> kept;
  for (const Trial& trial : trials) {
    const bool went_on = std::ranges::any_of(trials, [&](const Trial& other) {
      return trial.status == TrialStatus::pruned && other.learning_rate == trial.learning_rate &&
             other.seed == trial.seed && other.updates > trial.updates;
    });
    if (!went_on) kept.push_back(trial);
  }
  return kept;
}

double full_runs(const PlanContext& context, std::span<const Trial> trials) {
  double sum = 0;
  for (const Trial& trial : without_superseded(context, {trials.begin(), trials.end()}))
    sum += static_cast<double>(trial.updates);
  return sum / static_cast<double>(context.updates);
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
