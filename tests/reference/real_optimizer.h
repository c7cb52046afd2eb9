// real_optimizer.h: any rule of the registry in double, for one trial: the template R::apply with Real in place of
// lanes.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "optim/rules.h"
#include "reference/real.h"

namespace lrtune::reference {

// The new weight; changes the slots.
using ApplyInDouble = double (*)(double w, double g, double* slots, const double* scalars);

template <class R>
double apply_in_double(double w, double g, double* slots, const double* scalars) {
  Real slot[R::kSlots + 1];
  Real c[R::kScalars];
  for (std::size_t s = 0; s < R::kSlots; ++s) slot[s] = slots[s];
  for (std::size_t s = 0; s < R::kScalars; ++s) c[s] = scalars[s];
  const Real updated = R::apply(Real(w), Real(g), slot, c);
  for (std::size_t s = 0; s < R::kSlots; ++s) slots[s] = slot[s].v;
  return updated.v;
}

inline ApplyInDouble apply_in_double_of(RuleId rule) {
  return RuleRegistry::at(rule, []<class R>(R) { return apply_in_double<R>; });
}

class RealOptimizer {
 public:
  // `parameters` in the order of the rule's card; `count` weights.
  RealOptimizer(RuleId rule, std::vector<double> parameters, std::size_t count)
      : rule_(rules()[rule]),
        apply_(apply_in_double_of(rule)),
        parameters_(std::move(parameters)),
        slots_(count * rule_.slots, rule_.initial_slot(parameters_)) {
    memory_.fill(1);
  }

  // One update of all weights.
  void update(std::span<double> w, std::span<const double> g, double learning_rate) {
    std::array<double, kMostScalars> scalars{};
    rule_.begin_update(parameters_, {++updates_, learning_rate, memory_}, scalars.data());
    for (std::size_t p = 0; p < w.size(); ++p)
      w[p] = apply_(w[p], g[p], slots_.data() + p * rule_.slots, scalars.data());
  }

 private:
  const Rule& rule_;
  ApplyInDouble apply_;
  std::vector<double> parameters_;
  std::vector<double> slots_;  // [weight][slot]
  std::array<double, kMemory> memory_{};
  std::size_t updates_ = 0;
};

}  // namespace lrtune::reference
