// workload.h: small networks and random tables for the tests of the engine, keyed by the test's own numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/random.h"
#include "nn/init.h"
#include "reference/vectors.h"
#include "train/cohort.h"

namespace lrtune::reference {

// sizes: features, hidden layers, outputs.
inline Network make_network(std::span<const std::size_t> sizes, ActivationId activation, Loss loss) {
  Network network{{}, activation, loss};
  for (std::size_t l = 0; l + 1 < sizes.size(); ++l) network.shapes.push_back({sizes[l], sizes[l + 1]});
  return network;
}

// Rows with standard normal features; labels and targets both.
struct Table {
  std::size_t inputs;
  std::size_t outputs;
  std::vector<float> features;
  std::vector<std::int32_t> labels;
  std::vector<float> targets;

  Table(const Network& network, std::size_t rows, std::uint32_t seed)
      : inputs(network.shapes.front().inputs), outputs(network.shapes.back().outputs) {
    const RandomKey key{seed, 0};
    for (std::size_t i = 0; i < rows * inputs; ++i)
      features.push_back(static_cast<float>(random_normal(key, Purpose::test, 0, i)));
    for (std::size_t i = 0; i < rows * outputs; ++i)
      targets.push_back(static_cast<float>(random_normal(key, Purpose::test, 1, i)));
    for (std::size_t i = 0; i < rows; ++i)
      labels.push_back(static_cast<std::int32_t>(random_block(key, Purpose::test, 2, i)[0] % outputs));
  }

  RowBlock block(std::size_t first, std::size_t rows) const {
    return {rows, features.data() + first * inputs, labels.data() + first, targets.data() + first * outputs};
  }
};

// A lane with a rule's defaults.
inline LaneOptimizer default_lane(RuleId rule) { return {rule, default_parameters(rules()[rule].card.card)}; }

}  // namespace lrtune::reference
