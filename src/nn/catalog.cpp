#include "nn/catalog.h"

#include <array>

#include "nn/activation.h"

namespace lrtune {
namespace {

template <std::size_t... kIds>
constexpr std::array<Card, kActivations> cards_of_activations(std::index_sequence<kIds...>) {
  return {std::tuple_element_t<kIds, ActivationRegistry>::kCard...};
}

template <std::size_t... kIds>
constexpr std::array<bool, kActivations> slopes_of_activations(std::index_sequence<kIds...>) {
  return {std::tuple_element_t<kIds, ActivationRegistry>::kKeepsSlope...};
}

constexpr auto kActivationCards = cards_of_activations(std::make_index_sequence<kActivations>{});
constexpr auto kKeepsSlope = slopes_of_activations(std::make_index_sequence<kActivations>{});

constexpr std::array kLosses = {
    Card{"cross_entropy", "mean over rows of −log softmax(z)[class]", "", {}},
    Card{"mse", "mean over rows and outputs of (z − y)²", "", {}},
};

}  // namespace

std::span<const Card> activation_cards() { return kActivationCards; }

bool keeps_slope(ActivationId activation) { return kKeepsSlope[activation]; }

std::span<const Card> loss_cards() { return kLosses; }

}  // namespace lrtune
