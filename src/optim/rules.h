// rules.h: the registry of optimizers: one row per rule. Its order is the catalogue's, and the order of entries by
// default.
#pragma once

#include <tuple>
#include <utility>

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
    std::tuple<Sgd, Momentum, Nesterov, Adagrad, Adadelta, RmsProp, Adam, AmsGrad, AdamW, NAdam, RAdam, Adamax, Lion>;

inline constexpr std::size_t kRules = std::tuple_size_v<RuleRegistry>;

using RuleId = std::size_t;  // a row of the registry

template <RuleId kId>
using RuleAt = std::tuple_element_t<kId, RuleRegistry>;

namespace detail {

template <class Function, std::size_t... kIds>
constexpr std::size_t most(const Function& of, std::index_sequence<kIds...>) {
  std::size_t most = 0;
  ((most = of(RuleAt<kIds>{}) > most ? of(RuleAt<kIds>{}) : most), ...);
  return most;
}

}  // namespace detail

inline constexpr std::size_t kMostScalars =
    detail::most([](auto rule) { return std::size_t{decltype(rule)::kScalars}; }, std::make_index_sequence<kRules>{});
inline constexpr std::size_t kMostSlots =
    detail::most([](auto rule) { return decltype(rule)::kSlots; }, std::make_index_sequence<kRules>{});

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
