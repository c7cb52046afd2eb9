#include "nn/nn_cards.h"

#include <array>

#include "nn/activation.h"

namespace lrtune {
namespace {

constexpr auto kActivationCards = ActivationRegistry::each([]<class A>(A) { return A::kCard; });
constexpr auto kKeepsSlope = ActivationRegistry::each([]<class A>(A) { return A::kKeepsSlope; });

constexpr std::array kLosses = {
    Card{"cross_entropy", "mean over rows of −log softmax(z)[class]", "", {}},
    Card{"mse", "mean over rows and outputs of (z − y)²", "", {}},
};

}  // namespace

std::span<const Card> activation_cards() { return kActivationCards; }

bool keeps_slope(ActivationId activation) { return kKeepsSlope[activation]; }

std::span<const Card> loss_cards() { return kLosses; }

}  // namespace lrtune
