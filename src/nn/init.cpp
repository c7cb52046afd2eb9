#include "nn/init.h"

#include <array>
#include <cmath>

#include "base/require.h"
#include "nn/nn_cards.h"

namespace lrtune {
namespace {

enum class Distribution { uniform, normal };

struct InitRow {
  Card card;
  Distribution distribution;
  bool draws_biases;
  double (*scale)(double fan_in, double fan_out);  // bound of a uniform, standard deviation of a normal distribution
};

constexpr std::array kInits = {
    InitRow{{"kaiming_uniform", "U(±√6/√fan_in), biases 0", "He et al. 2015", {}},
            Distribution::uniform,
            false,
            [](double in, double) { return std::sqrt(6 / in); }},
    InitRow{{"kaiming_normal", "N(0, 2/fan_in), biases 0", "He et al. 2015", {}},
            Distribution::normal,
            false,
            [](double in, double) { return std::sqrt(2 / in); }},
    InitRow{{"xavier_uniform", "U(±√6/√(fan_in + fan_out)), biases 0", "Glorot and Bengio 2010", {}},
            Distribution::uniform,
            false,
            [](double in, double out) { return std::sqrt(6 / (in + out)); }},
    InitRow{{"xavier_normal", "N(0, 2/(fan_in + fan_out)), biases 0", "Glorot and Bengio 2010", {}},
            Distribution::normal,
            false,
            [](double in, double out) { return std::sqrt(2 / (in + out)); }},
    InitRow{{"pytorch", "weights and biases U(±1/√fan_in)", "torch.nn.Linear", {}},
            Distribution::uniform,
            true,
            [](double in, double) { return std::sqrt(1 / in); }},
};

constexpr auto kCards = [] {
  std::array<Card, kInits.size()> cards{};
  for (std::size_t i = 0; i < cards.size(); ++i) cards[i] = kInits[i].card;
  return cards;
}();

const InitRow& row_named(std::string_view name) {
  for (const InitRow& row : kInits)
    if (row.card.name == name) return row;
  LRTUNE_CHECK(false, name);
  return kInits.front();
}

}  // namespace

std::span<const Card> init_cards() { return kCards; }

std::vector<float> initial_parameters(std::span<const LayerShape> shapes, std::string_view init, RandomKey key) {
  const InitRow& row = row_named(init);
  std::vector<float> parameters;
  for (std::size_t l = 0; l < shapes.size(); ++l) {
    const std::size_t weights = shapes[l].inputs * shapes[l].outputs;
    const double scale = row.scale(static_cast<double>(shapes[l].inputs), static_cast<double>(shapes[l].outputs));
    const std::size_t drawn = weights + (row.draws_biases ? shapes[l].outputs : 0);
    const auto layer = static_cast<std::uint32_t>(l);
    for (std::size_t i = 0; i < drawn; ++i) {
      const double value = row.distribution == Distribution::normal
                               ? random_normal(key, Purpose::weights, layer, i)
                               : 2 * random_uniform(key, Purpose::weights, layer, i) - 1;
      parameters.push_back(static_cast<float>(scale * value));
    }
    parameters.resize(parameters.size() + weights + shapes[l].outputs - drawn, 0.0F);
  }
  return parameters;
}

}  // namespace lrtune
