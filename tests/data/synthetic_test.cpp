#include "data/synthetic.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/math.h"
#include "data/loaders.h"
#include "data_helpers.h"

namespace lrtune {
namespace {

RealTable make(std::string_view name, std::size_t rows, double noise, std::uint32_t seed) {
  DataConfig config;
  config.synthetic = {std::string(name), rows, noise, seed};
  return std::get<RealTable>(load_synthetic({}, config, std::nullopt));
}

TEST(Synthetic, EverySetIsAPureFunctionOfItsSettings) {
  for (const Card& card : synthetic_cards()) {
    const RealTable table = make(card.name, 60, 0.1, 3);
    EXPECT_EQ(table.values, make(card.name, 60, 0.1, 3).values) << card.name;
    EXPECT_NE(table.values, make(card.name, 60, 0.1, 4).values) << card.name;
    const RealTable longer = make(card.name, 90, 0.1, 3);
    EXPECT_TRUE(std::equal(table.values.begin(), table.values.end(), longer.values.begin())) << card.name;
    EXPECT_TRUE(std::equal(table.targets.begin(), table.targets.end(), longer.targets.begin())) << card.name;
  }
}

TEST(Synthetic, NumbersAreTheOnesOfTheFirstVersion) {
  const std::pair<std::string_view, std::uint64_t> expected[] = {{"moons", 0xd3c4cd0f9f293420U},
                                                                 {"spirals", 0x5f36d7c87e14e2f7U},
                                                                 {"blobs", 0xd2645f587f6b7eb0U},
                                                                 {"noisy_regression", 0xcac3fac4686186a8U}};
  ASSERT_EQ(std::size(expected), synthetic_cards().size());
  for (const auto& [name, hash] : expected) {
    RealTable table = make(name, 100, 0.1, 1);
    table.values.insert(table.values.end(), table.targets.begin(), table.targets.end());
    EXPECT_EQ(fingerprint(table.values), hash) << name;
  }
}

TEST(Synthetic, MoonsWithoutNoiseLieOnTheirHalfCircles) {
  const RealTable table = make("moons", 200, 0, 0);
  for (std::size_t row = 0; row < 200; ++row) {
    const bool lower = table.targets[row] == 1;
    const double x = table.values[2 * row] - (lower ? 1 : 0);
    const double y = table.values[2 * row + 1] - (lower ? 0.5 : 0);
    EXPECT_NEAR(x * x + y * y, 1, 1e-12);
    EXPECT_TRUE(lower ? y <= 0 : y >= 0);
  }
}

TEST(Synthetic, SpiralArmsWithoutNoiseTurnWithTheRadius) {
  const RealTable table = make("spirals", 300, 0, 0);
  for (std::size_t row = 0; row < 300; ++row) {
    const double x = table.values[2 * row];
    const double y = table.values[2 * row + 1];
    const double radius = std::sqrt(x * x + y * y);
    const double angle = 2 * math::kPi * (1.25 * radius + table.targets[row] / 3);
    EXPECT_NEAR(x, radius * std::cos(angle), 1e-12);
    EXPECT_NEAR(y, radius * std::sin(angle), 1e-12);
  }
}

TEST(Synthetic, BlobsScatterAboutTheirCentresByTheNoise) {
  const RealTable centres = make("blobs", 10, 0, 5);
  EXPECT_TRUE(std::equal(centres.values.begin(), centres.values.begin() + 40, centres.values.begin() + 40));
  const RealTable table = make("blobs", 5000, 0.5, 5);
  double squares = 0;
  for (std::size_t i = 0; i < table.values.size(); ++i) {
    const double d = table.values[i] - centres.values[i % 40];
    squares += d * d;
  }
  EXPECT_NEAR(squares / 40000, 0.25, 4 * 0.25 * std::sqrt(2.0 / 40000));
}

TEST(Synthetic, RegressionWithoutNoiseIsFriedmansFunction) {
  const RealTable table = make("noisy_regression", 100, 0, 2);
  for (std::size_t row = 0; row < 100; ++row) {
    const double* x = table.values.data() + 10 * row;
    const double y = 10 * std::sin(math::kPi * x[0] * x[1]) + 20 * (x[2] - 0.5) * (x[2] - 0.5) + 10 * x[3] + 5 * x[4];
    EXPECT_NEAR(table.targets[row], y, 1e-12);
  }
}

TEST_F(DataTest, EverySyntheticSetMakesATask) {
  config.format = DataFormat::synthetic;
  for (const Card& card : synthetic_cards()) {
    config.synthetic.name = card.name;
    const Task task = load_task(config, "/nowhere");
    EXPECT_EQ(task.summary.train_rows + task.summary.validation_rows, 500U) << card.name;
    EXPECT_NEAR(static_cast<double>(task.summary.validation_rows), 100, 1) << card.name;  // 3 · round(33.3) = 99
    EXPECT_TRUE(task.notices.empty()) << card.name;
    EXPECT_EQ(card.parameters.size(), 3U);
  }
}

}  // namespace
}  // namespace lrtune
