#include "optim/rules.h"

#include "base/require.h"

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

constexpr auto kAllRules = RuleRegistry::each([]<class R>(R) { return row<R>(); });
constexpr auto kAllCards = RuleRegistry::each([]<class R>(R) { return R::kCard; });

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
