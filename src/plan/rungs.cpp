#include "plan/rungs.h"

#include <algorithm>

namespace lrtune {
namespace {

constexpr std::size_t kBest = 2;
constexpr double kFlowShare = 0.5;

}  // namespace

std::vector<double> promoted(const std::vector<RungResult>& results, double flow) {
  const auto leader = std::ranges::min_element(results, {}, &RungResult::loss);
  std::vector<double> rates = {leader->rate};
  const auto add = [&](double rate) {
    if (std::ranges::count(rates, rate) == 0) rates.push_back(rate);
  };
  const auto flows_far_enough = [&](double rate) { return rate >= kFlowShare * leader->rate * flow; };
  if (leader != results.begin() && flows_far_enough((leader - 1)->rate)) add((leader - 1)->rate);
  if (leader + 1 != results.end()) add((leader + 1)->rate);
  // Of equals, as rates that have not learned at all may be, the higher first.
  std::vector<RungResult> by_loss(results.rbegin(), results.rend());
  std::ranges::stable_sort(by_loss, {}, &RungResult::loss);
  for (std::size_t i = 0; i < std::min(kBest, by_loss.size()); ++i) add(by_loss[i].rate);
  for (auto below = leader; below != results.begin() && flows_far_enough((below - 1)->rate); --below)
    add((below - 1)->rate);
  return rates;
}

}  // namespace lrtune
