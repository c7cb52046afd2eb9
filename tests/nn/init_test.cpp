// Every row of the initialisations: bounds, moments, biases, independence of layers and seeds.
#include "nn/init.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "nn/nn_cards.h"

namespace lrtune {
namespace {

constexpr LayerShape kShape{120, 80};
constexpr std::size_t kWeights = kShape.inputs * kShape.outputs;

// Standard deviation of the weights of a layer with kShape, worked out by hand from fan_in 120 and fan_out 80.
const std::map<std::string_view, double> kDeviations = {{"kaiming_uniform", std::sqrt(2.0 / 120)},
                                                        {"kaiming_normal", std::sqrt(2.0 / 120)},
                                                        {"xavier_uniform", std::sqrt(2.0 / 200)},
                                                        {"xavier_normal", std::sqrt(2.0 / 200)},
                                                        {"pytorch", std::sqrt(1.0 / 3 / 120)}};

std::vector<double> one_layer(std::string_view init, RandomKey key) {
  const std::vector<float> parameters = initial_parameters(std::span(&kShape, 1), init, key);
  return {parameters.begin(), parameters.end()};
}

double mean(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double moment(std::span<const double> values, int power) {
  double sum = 0;
  for (const double value : values) sum += std::pow(value, power);
  return sum / static_cast<double>(values.size());
}

TEST(Init, RowsAreThoseOfTrainingMd) {
  std::vector<std::string_view> names;
  for (const Card& card : init_cards()) names.push_back(card.name);
  const std::vector<std::string_view> expected = {"kaiming_uniform", "kaiming_normal", "xavier_uniform",
                                                  "xavier_normal", "pytorch"};
  EXPECT_EQ(names, expected);
}

// 9600 draws: four standard errors.
TEST(Init, WeightsHaveTheMomentsOfTheirDistribution) {
  for (const Card& card : init_cards()) {
    SCOPED_TRACE(card.name);
    const double sd = kDeviations.at(card.name);
    const std::vector<double> all = one_layer(card.name, {1, 0});
    const std::span weights(all.data(), kWeights);
    const double n = kWeights;
    EXPECT_NEAR(mean(weights), 0, 4 * sd / std::sqrt(n));
    const bool normal = card.name.find("normal") != std::string_view::npos;
    const double kurtosis = normal ? 3 : 1.8;
    const double variance = sd * sd;
    EXPECT_NEAR(moment(weights, 2), variance, 4 * variance * std::sqrt((kurtosis - 1) / n));
    // Var x⁴: 105 − 9 for the normal, 81/9 − 81/25 for the uniform distribution, in units of sd⁸.
    EXPECT_NEAR(moment(weights, 4), kurtosis * variance * variance,
                4 * variance * variance * std::sqrt((normal ? 96 : 5.76) / n));
    const double largest =
        std::max(std::fabs(*std::ranges::max_element(weights)), std::fabs(*std::ranges::min_element(weights)));
    if (normal) {
      EXPECT_GT(largest, 3 * sd);
    } else {
      EXPECT_LE(largest, std::sqrt(3.0) * sd * (1 + 1e-7));
      EXPECT_GT(largest, 0.99 * std::sqrt(3.0) * sd);
    }
  }
}

TEST(Init, BiasesAreZeroButForPyTorchs) {
  for (const Card& card : init_cards()) {
    SCOPED_TRACE(card.name);
    const std::vector<double> all = one_layer(card.name, {1, 0});
    ASSERT_EQ(all.size(), kWeights + kShape.outputs);
    const std::span biases(all.data() + kWeights, kShape.outputs);
    if (card.name == "pytorch") {
      const double bound = 1 / std::sqrt(120.0);
      EXPECT_NEAR(moment(biases, 2), bound * bound / 3, 4 * bound * bound / 3 * std::sqrt(0.8 / 80));
      for (const double bias : biases) EXPECT_TRUE(bias != 0 && std::fabs(bias) <= bound * (1 + 1e-7)) << bias;
    } else {
      EXPECT_EQ(std::ranges::count(biases, 0.0), 80);
    }
  }
}

// |r| of independent weights is below 4/√n.
double correlation(std::span<const double> a, std::span<const double> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum / static_cast<double>(a.size()) / std::sqrt(moment(a, 2) * moment(b, 2));
}

TEST(Init, LayersAndSeedsShareNothing) {
  const double limit = 4 / std::sqrt(static_cast<double>(kWeights));
  for (const Card& card : init_cards()) {
    SCOPED_TRACE(card.name);
    const std::vector<LayerShape> shapes{kShape, kShape};
    const std::vector<float> floats = initial_parameters(shapes, card.name, {1, 0});
    const std::vector<double> both(floats.begin(), floats.end());
    const std::span first(both.data(), kWeights);
    const std::span second(both.data() + kWeights + kShape.outputs, kWeights);
    EXPECT_LT(std::fabs(correlation(first, second)), limit);
    EXPECT_LT(std::fabs(correlation(first, std::span(one_layer(card.name, {1, 1}).data(), kWeights))), limit);
    EXPECT_LT(std::fabs(correlation(first, std::span(one_layer(card.name, {2, 0}).data(), kWeights))), limit);
  }
}

TEST(Init, ALayerDoesNotDependOnThoseAfterIt) {
  for (const Card& card : init_cards()) {
    const std::vector<LayerShape> shapes{kShape, {80, 3}};
    const std::vector<float> deep = initial_parameters(shapes, card.name, {1, 0});
    const std::vector<float> shallow = initial_parameters(std::span(shapes.data(), 1), card.name, {1, 0});
    EXPECT_TRUE(std::equal(shallow.begin(), shallow.end(), deep.begin())) << card.name;
    EXPECT_EQ(initial_parameters(shapes, card.name, {1, 0}), deep) << card.name;
  }
}

}  // namespace
}  // namespace lrtune
