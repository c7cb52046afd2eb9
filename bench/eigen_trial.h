// eigen_trial.h: what lrtune's engine is measured against: one trial trained by SGD with Eigen's matrix products.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace lrtune {

// A multilayer perceptron with ReLU and cross-entropy. `initial`: as nn/init.h orders them, per layer weights
// [input][output], then biases.
class EigenTrial {
 public:
  EigenTrial(std::span<const std::size_t> units, std::span<const float> initial);
  ~EigenTrial();

  // One update on a minibatch, features [row][feature]; its mean loss before the update.
  float train(std::span<const float> features, std::span<const std::int32_t> labels, float learning_rate);

 private:
  struct Layers;
  std::unique_ptr<Layers> layers_;
};

}  // namespace lrtune
