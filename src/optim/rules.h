// rules.h: the registry of optimizers: one row per rule. Its order is the catalogue's, and the order of entries by
// default.
#pragma once

#include <algorithm>

#include "base/registry.h"
#include "optim/adadelta.h"
#include "optim/adagrad.h"
#include "optim/adam.h"
#include "optim/adamax.h"
#include "optim/lion.h"
#include "optim/momentum.h"
#include "optim/nadam.h"
#include "optim/radam.h"
#include "optim/rmsprop.h"
#include "optim/sgd.h"

namespace lrtune {

using RuleRegistry =
    Registry<Sgd, Momentum, Nesterov, Adagrad, Adadelta, RmsProp, Adam, AmsGrad, AdamW, NAdam, RAdam, Adamax, Lion>;

inline constexpr std::size_t kRules = RuleRegistry::kRows;

using RuleId = std::size_t;  // a row of the registry

inline constexpr std::size_t kMostScalars =
    std::ranges::max(RuleRegistry::each([]<class R>(R) { return std::size_t{R::kScalars}; }));
inline constexpr std::size_t kMostSlots = std::ranges::max(RuleRegistry::each([]<class R>(R) { return R::kSlots; }));

// A rule without its type, for the code that drives lanes. The element-wise part is the kernel's (train/kernel.h).
struct Rule {
  OptimizerCard card;
  std::size_t slots;
  std::size_t scalars;
  double (*initial_slot)(Parameters);
  void (*begin_update)(Parameters, const Update&, double* scalars);
  Edge (*edge)(Parameters, std::size_t t);                                             // null: none
  double (*divisor)(const double* slot, const double* scalars, const Memory& memory);  // null: none
};

std::span<const Rule> rules();

// The row of that name; the name is known to be valid.
RuleId rule_named(std::string_view name);

}  // namespace lrtune
