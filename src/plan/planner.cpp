#include "plan/planner.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/math.h"
#include "plan/rates.h"
#include "plan/surface.h"

namespace lrtune {
namespace {

constexpr std::size_t kMostFineRounds = 3;
constexpr double kExtensionStep = 2;  // rates a round

// One entry's part in planning; every member function is a pure function of what it was made from.
class EntryPlan {
 public:
  EntryPlan(const PlanContext& context, std::size_t entry, const EntryResults& results)
      : search_(context.search),
        objective_(context.objective),
        entry_(entry),
        results_(results),
        left_(search_.budget_runs.value_or(std::numeric_limits<double>::infinity()) -
              full_runs(results.trials, context.updates)),
        lattice_(affordable_lattice()) {}

  std::vector<TrialRequest> next() const {
    if (results_.trials.empty()) return coarse();
    if (!has(Stage::confirm))
      if (auto more = extension(); !more.empty()) return more;
    if (!has(Stage::confirm))
      if (auto more = fine(); !more.empty()) return more;
    return confirm();
  }

 private:
  bool has(Stage stage) const {
    return std::ranges::any_of(results_.trials, [&](const Trial& t) { return t.stage == stage; });
  }

  bool known(double rate, std::size_t seed) const {
    return std::ranges::any_of(results_.trials,
                               [&](const Trial& t) { return t.learning_rate == rate && t.seed == seed; });
  }

  // Half the budget is for the coarse stage, though at least three rates if they fit: rates further apart if it does
  // not suffice for coarse_per_decade.
  RateLattice affordable_lattice() const {
    RateLattice lattice = coarse_lattice(search_.lowest_rate, search_.highest_rate, search_.coarse_per_decade);
    if (!search_.budget_runs) return lattice;
    const double runs = std::max(std::min(3.0, *search_.budget_runs - 1), std::floor(*search_.budget_runs / 2));
    const double most = std::max(1.0, std::floor(runs) - 1);
    if (static_cast<double>(lattice.intervals) > most) lattice.intervals = static_cast<std::size_t>(most);
    return lattice;
  }

  void request(std::vector<TrialRequest>& round, Stage stage, double rate, std::size_t seed) const {
    const bool asked =
        std::ranges::any_of(round, [&](const TrialRequest& r) { return r.learning_rate == rate && r.seed == seed; });
    if (!asked && !known(rate, seed)) round.push_back({stage, entry_, rate, seed});
  }

  // Whole runs that fit what is left, less `reserve`.
  std::size_t affordable(double reserve) const {
    const double runs = std::floor(left_ - reserve + 1e-9);
    return runs <= 0 ? 0 : runs > 1e9 ? std::size_t{1000000000} : static_cast<std::size_t>(runs);
  }

  std::vector<TrialRequest> coarse() const {
    std::vector<TrialRequest> round;
    for (std::size_t i = 0; i <= lattice_.intervals; ++i)
      request(round, Stage::coarse, lattice_.rate(static_cast<double>(i)), 0);
    if (round.size() > affordable(0)) round.resize(affordable(0));
    for (std::size_t seed = 0; seed < default_seeds(round.size()); ++seed)
      request(round, Stage::framework_default, results_.default_rate, seed);
    return round;
  }

  // Seeds of the framework's default rate: all, if the other stages leave room for them, else one, if there is one.
  std::size_t default_seeds(std::size_t coarse_rates) const {
    const double each_side = static_cast<double>(search_.fine_per_decade) * lattice_.decades_per_interval();
    const auto seeds = static_cast<double>(search_.seeds);
    if (left_ - static_cast<double>(coarse_rates) >= seeds * (2 * each_side + 3)) return search_.seeds;
    return left_ - static_cast<double>(coarse_rates) >= 2 ? 1 : 0;
  }

  // Lattice position of the lowest and the highest rate that the coarse stage and its extension have tried.
  struct Reach {
    double low;
    double high;
  };
  Reach reach() const {
    Reach reach{0, static_cast<double>(lattice_.intervals)};
    for (const Trial& trial : results_.trials) {
      if (trial.stage != Stage::extend) continue;
      const double position = std::rint(position_of(trial.learning_rate));
      reach.low = std::min(reach.low, position);
      reach.high = std::max(reach.high, position);
    }
    return reach;
  }

  double position_of(double rate) const {
    return math::log10(rate / lattice_.lowest) / lattice_.decades_per_interval();
  }

  std::vector<TrialRequest> extension() const {
    std::vector<TrialRequest> round;
    const auto rate = picked_rate(objective_, results_.trials);
    if (!search_.extend || !rate) return round;
    const double beyond = kExtensionDecades / lattice_.decades_per_interval() + 1e-9;
    const auto [low, high] = reach();
    const double position = position_of(*rate);
    // The pick, or the rates that cannot be told from it, at an end.
    const auto interval = rate_interval(rate_points(results_.trials, objective_, Confirmed::left_out), *rate);
    const bool upward = position > high - 1 || (interval && position_of((*interval)[1]) > high - 0.5);
    const bool downward = position < low + 1 || (interval && position_of((*interval)[0]) < low + 0.5);
    for (double step = 1; step <= kExtensionStep && round.size() < affordable(static_cast<double>(search_.seeds));
         ++step) {
      if (upward && high + step <= static_cast<double>(lattice_.intervals) + beyond &&
          lattice_.rate(high + step) <= kHighestRate)
        request(round, Stage::extend, lattice_.rate(high + step), 0);
      if (downward && low - step >= -beyond) request(round, Stage::extend, lattice_.rate(low - step), 0);
    }
    return round;
  }

  // Rates around the lattice position, one coarse interval to either side; every `thinning`th of fine_per_decade.
  std::vector<double> fine_rates(double position, std::size_t thinning) const {
    const auto [low, high] = reach();
    const double centre = std::rint(position);
    const double each_side = static_cast<double>(search_.fine_per_decade) * lattice_.decades_per_interval();
    const auto steps = static_cast<std::size_t>(std::ceil(each_side - 1e-9));
    std::vector<double> rates = {lattice_.rate(centre)};
    for (std::size_t i = thinning; i <= steps; i += thinning)
      for (double sign : {-1.0, 1.0}) {
        const double place = centre + sign * static_cast<double>(i) / static_cast<double>(steps);
        if (place >= low - 1e-9 && place <= high + 1e-9) rates.push_back(lattice_.rate(place));
      }
    return rates;
  }

  std::vector<TrialRequest> fine() const {
    const auto rate = picked_rate(objective_, results_.trials);
    if (!rate) return {};
    std::vector<double> tried;
    for (const Trial& trial : results_.trials)
      if (trial.stage == Stage::fine) tried.push_back(trial.learning_rate);
    const double step = math::pow(10, 1 / static_cast<double>(search_.fine_per_decade));
    if (!tried.empty()) {
      const auto [low, high] = std::ranges::minmax(tried);
      const bool inside = *rate > low * step && *rate < high / step;
      const double width = math::log10(high / low) / lattice_.decades_per_interval();
      if (inside || width > 2 * static_cast<double>(kMostFineRounds)) return {};
    }
    return affordable_fine(position_of(*rate));
  }

  // Fine rates on every seed, cut to the budget: fewer seeds, then rates further apart.
  std::vector<TrialRequest> affordable_fine(double position) const {
    std::size_t thinning = 1;
    for (std::size_t seeds = search_.seeds;;) {
      std::vector<TrialRequest> round;
      for (std::size_t seed = 0; seed < seeds; ++seed)
        for (double rate : fine_rates(position, thinning)) request(round, Stage::fine, rate, seed);
      if (round.size() <= affordable(static_cast<double>(seeds))) return round;
      if (seeds > 1) {
        --seeds;
      } else {
        ++thinning;
      }
    }
  }

  std::vector<TrialRequest> confirm() const {
    std::vector<TrialRequest> round;
    const auto rate = picked_rate(objective_, results_.trials);
    if (!rate) return round;
    for (std::size_t seed = 0; seed < search_.seeds; ++seed) request(round, Stage::confirm, *rate, seed);
    if (round.size() > affordable(0)) round.resize(affordable(0));
    return round;
  }

  const SearchConfig& search_;
  const ObjectiveRow& objective_;
  std::size_t entry_;
  const EntryResults& results_;
  double left_;  // full runs
  RateLattice lattice_;
};

}  // namespace

bool was_shortened(const PlanContext& context, const EntryResults& results) {
  if (!context.search.budget_runs) return false;
  SearchConfig free = context.search;
  free.budget_runs.reset();
  const auto coarse = [](const std::vector<Trial>& trials) {
    return std::ranges::count_if(
        trials, [](const Trial& t) { return t.stage == Stage::coarse || t.stage == Stage::framework_default; });
  };
  // The first round without a budget, and what would still be asked for.
  const PlanContext unlimited{free, context.objective, context.updates};
  const EntryResults nothing{results.default_rate, {}};
  const auto first = std::ssize(EntryPlan(unlimited, 0, nothing).next());
  return coarse(results.trials) < first || !EntryPlan(unlimited, 0, results).next().empty();
}

double full_runs(std::span<const Trial> trials, std::size_t updates) {
  double sum = 0;
  for (const Trial& trial : trials) sum += static_cast<double>(trial.updates);
  return sum / static_cast<double>(updates);
}

std::optional<double> picked_rate(const ObjectiveRow& objective, std::span<const Trial> trials) {
  return pick_rate(rate_points(trials, objective, Confirmed::left_out));
}

std::vector<TrialRequest> next_round(const PlanContext& context, std::span<const EntryResults> entries) {
  std::vector<TrialRequest> round;
  for (std::size_t entry = 0; entry < entries.size(); ++entry)
    for (const TrialRequest& request : EntryPlan(context, entry, entries[entry]).next()) round.push_back(request);
  return round;
}

}  // namespace lrtune
