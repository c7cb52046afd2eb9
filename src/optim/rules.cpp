#include "optim/rules.h"

#include "base/check.h"

namespace lrtune {
namespace {

// The rules name their parameters; whoever drives them has values in the card's order.
template <class R>
constexpr Rule row() {
  Rule rule{R::kCard,
            R::kSlots,
            R::kScalars,
            [](Parameters p) { return R::initial_slot(p); },
            [](Parameters p, const Update& update, double* scalars) { R::begin_update(p, update, scalars); },
            nullptr,
            nullptr};
  if constexpr (requires { &R::edge; }) rule.edge = [](Parameters p, std::size_t t) { return R::edge(p, t); };
  if constexpr (requires { &R::divisor; }) rule.divisor = R::divisor;
  return rule;
}

template <std::size_t... kIds>
constexpr std::array<Rule, kRules> all_rules(std::index_sequence<kIds...>) {
  return {row<RuleAt<kIds>>()...};
}

template <std::size_t... kIds>
constexpr std::array<OptimizerCard, kRules> all_cards(std::index_sequence<kIds...>) {
  return {RuleAt<kIds>::kCard...};
}

constexpr auto kAllRules = all_rules(std::make_index_sequence<kRules>{});
constexpr auto kAllCards = all_cards(std::make_index_sequence<kRules>{});

}  // namespace

std::span<const Rule> rules() { return kAllRules; }

std::span<const OptimizerCard> optimizer_cards() { return kAllCards; }

RuleId rule_named(std::string_view name) {
  for (RuleId id = 0; id < kRules; ++id)
    if (kAllRules[id].card.card.name == name) return id;
  LRTUNE_CHECK(false, name);
  return kRules;
}

}  // namespace lrtune
