// landscape.h: what one entry's trials say of every rate that may be advised.
//
// One process (stats/lattice_process.h) over log10 rate takes every completed trial of every stage, and what rungs say
// of those that were given up (plan/hints.h). Values more than kClip above the lowest count as just that: how bad a bad
// rate is says nothing about the best one. A seed that diverged counts as kClip above too where other seeds completed:
// survivors alone would make a rate at the edge of stability look better than it is; where all diverged, the rate does.
//
//   m(η)   expected objective: exp(g + σ²/2) − 3 L(0)/100, g the process, σ² the noise from seed to seed
//   share  (m(η) − m)/(m + L(0)/100) above another objective m, so that it means something where m is nearly 0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "plan/ledger.h"
#include "plan/rates.h"
#include "plan/surface.h"
#include "stats/lattice_process.h"

namespace lrtune {

// One rate between the lowest and the highest that the search has tried.
struct Candidate {
  double rate;
  double x;              // log10 rate
  bool failed;           // a seed diverged there
  bool within;           // between the lowest and the highest rate with a completed trial of the search
  double mean = 0;       // of ln(m + 3 L(0)/100)
  double deviation = 0;  // its standard deviation, as known
  double smoothed = 0;   // the mean, by a Gaussian kernel of kBandwidth: the loss to expect if the rate is a little off
};

class Landscape {
 public:
  // `lattice`: the rates that may be advised besides those that were tried. At least one trial of the search completed.
  Landscape(const PlanContext& context, const Ledger& ledger, std::span<const Trial> trials,
            const RateLattice& lattice);

  std::span<const RatePoint> points() const { return points_; }
  const RatePoint* point_at(double rate) const;
  std::span<const Candidate> candidates() const { return candidates_; }  // ascending by rate
  bool has_one_seed() const;

  double objective_of(double mean) const;
  double share(double objective, double best) const;

  // Joint draws of ln(m + 3 L(0)/100) at those candidates, [draw][place of `chosen`].
  std::vector<std::vector<double>> draws(std::span<const std::size_t> chosen, std::size_t count) const;

 private:
  double mean_initial(std::span<const Trial> trials) const;
  LatticeProcess make_process(const Ledger& ledger, std::span<const Trial> trials) const;
  std::vector<Candidate> make_candidates(std::span<const Trial> trials, const RateLattice& lattice) const;
  double smoothed(double x) const;

  const PlanContext& context_;
  std::vector<RatePoint> points_;
  double initial_;  // L(0), mean
  LatticeProcess process_;
  std::vector<Candidate> candidates_;
};

// Whether the search has a completed trial: without one there is nothing to advise.
bool can_advise(std::span<const RatePoint> points);

}  // namespace lrtune
