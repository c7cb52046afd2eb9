// rule.h: the contract of an optimizer's update rule, and what rules share. An optimizer is one header with one struct:
//
//   using Parameters = ByName<kParameters>;    the card's parameters: p["eps"]
//   static constexpr OptimizerCard kCard;      name, formula, source, parameters, default rate
//   static constexpr std::size_t kSlots;       numbers kept per weight (moments, buffers)
//   enum Scalar { …, kScalars };               what one update needs besides weight, gradient and slots
//   static double initial_slot(Parameters);    what the slots hold before the first update
//   static void begin_update(Parameters, const Update&, double* scalars);
//                                              in double, once per lane and update; rounded to float for the kernel
//   template <class V> static V apply(V w, V g, V* slot, const V* c);
//                                              element-wise: new weight; changes the slots
//
// A rule whose largest stable rate on a quadratic is known (docs/sharpness.md) also has
//   static Edge edge(Parameters, std::size_t t);
// and, if it divides the gradient by something that changes slowly, element by element,
//   static double divisor(const double* slot, const double* scalars, const Memory&);
//                                              P of the step lr·m/P; the scalars are those of a rate of 1
//
// `apply` is written once and used for float lanes (base/lanes.h) and for double (tests/reference). g is the gradient
// of the mean loss over the minibatch, after clipping. Everything follows PyTorch's forms; L2 weight decay is added to
// g everywhere but where it is decoupled. State below 2^-120 becomes +0 (kept): a decaying buffer of a dead unit would
// reach the subnormal numbers after some 800 updates.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <span>

#include "base/by_name.h"
#include "base/inline.h"
#include "lrtune/catalog.h"
#include "optim/optimizer_cards.h"

namespace lrtune {

using Parameters = std::span<const double>;  // a card's parameters, in its order

inline constexpr std::size_t kMemory = 3;
using Memory = std::array<double, kMemory>;
inline constexpr Memory kFirstMemory{1, 1, 1};  // before the first update

// One update of one lane.
struct Update {
  std::size_t t;         // counted from 1
  double learning_rate;  // schedule included
  // Numbers that a rule carries from update to update (β^t by repeated multiplication), from kFirstMemory on.
  Memory& memory;
};

// A direction of curvature λ (of P^-½·H·P^-½ where the rule has a divisor P) begins to grow once
// rate·(λ + l2) > product: frozen P, constant rate, the momentum's bias correction over.
struct Edge {
  double product;
  double l2;  // weight decay that is part of the gradient, which adds to every curvature
};

template <class V>
LRTUNE_INLINE V kept(V state) {
  return select(abs(state) < V(0x1p-120F), V(0.0F), state);
}

// decay·average + (1 − decay)·value.
template <class V>
LRTUNE_INLINE V moving_average(V decay, V one_minus_decay, V average, V value) {
  return kept(fma(decay, average, one_minus_decay * value));
}

namespace parameter {

inline constexpr Bounds kBelowOne{.min = 0, .max = 1, .min_open = false, .max_open = true};
inline constexpr Bounds kNotNegative{.min = 0, .max = 1e6, .min_open = false, .max_open = false};
inline constexpr Bounds kPositive{.min = 0, .max = 1, .min_open = true, .max_open = false};
inline constexpr Bounds kShare{.min = 0, .max = 1, .min_open = false, .max_open = false};

constexpr Parameter real(std::string_view name, double value, Bounds bounds, std::string_view summary) {
  return {name, value, bounds, ParameterKind::real, summary};
}

inline constexpr Parameter kL2 =
    real("weight_decay", 0, kNotNegative, "L2 penalty: this times w is added to the gradient");
inline constexpr Parameter kBeta1 = real("beta1", 0.9, kBelowOne, "decay of the first moment");
inline constexpr Parameter kBeta2 = real("beta2", 0.999, kBelowOne, "decay of the second moment");
inline constexpr Parameter kEps = real("eps", 1e-8, kPositive, "added to the divisor");

constexpr Parameter decoupled_decay(double value) {
  return real("weight_decay", value, kNotNegative, "decoupled: w is multiplied by 1 − lr·this");
}

}  // namespace parameter
}  // namespace lrtune
