// Compiled for the machine it is built on (bench/CMakeLists.txt), as somebody who writes such a loop for himself would.
#include "eigen_trial.h"

#include <Eigen/Dense>

namespace lrtune {
namespace {

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

struct Layer {
  Matrix w;  // [input][output]
  Eigen::RowVectorXf bias;
  Matrix a;  // [row][output]
  Matrix dz;
};

}  // namespace

struct EigenTrial::Layers {
  std::vector<Layer> all;
  Matrix dw;
};

EigenTrial::EigenTrial(std::span<const std::size_t> units, std::span<const float> initial)
    : layers_(std::make_unique<Layers>()) {
  const float* next = initial.data();
  for (std::size_t l = 1; l < units.size(); ++l) {
    const auto inputs = static_cast<Eigen::Index>(units[l - 1]);
    const auto outputs = static_cast<Eigen::Index>(units[l]);
    Layer layer;
    layer.w = Eigen::Map<const Matrix>(next, inputs, outputs);
    layer.bias = Eigen::Map<const Eigen::RowVectorXf>(next + inputs * outputs, outputs);
    layers_->all.push_back(std::move(layer));
    next += (inputs + 1) * outputs;
  }
}

EigenTrial::~EigenTrial() = default;

float EigenTrial::train(std::span<const float> features, std::span<const std::int32_t> labels, float learning_rate) {
  auto& layers = layers_->all;
  const auto rows = static_cast<Eigen::Index>(labels.size());
  const Eigen::Map<const Matrix> x(features.data(), rows, layers.front().w.rows());
  for (std::size_t l = 0; l < layers.size(); ++l) {
    Layer& layer = layers[l];
    if (l == 0)
      layer.a.noalias() = x * layer.w;
    else
      layer.a.noalias() = layers[l - 1].a * layer.w;
    layer.a.rowwise() += layer.bias;
    if (l + 1 < layers.size()) layer.a = layer.a.cwiseMax(0.0F);
  }
  Layer& last = layers.back();
  const Eigen::VectorXf most = last.a.rowwise().maxCoeff();
  last.dz = (last.a.colwise() - most).array().exp();
  const Eigen::VectorXf sums = last.dz.rowwise().sum();
  float loss = 0;
  for (Eigen::Index b = 0; b < rows; ++b) {
    const auto label = static_cast<Eigen::Index>(labels[static_cast<std::size_t>(b)]);
    loss += std::log(sums[b]) + most[b] - last.a(b, label);
    last.dz.row(b) /= sums[b];
    last.dz(b, label) -= 1;
  }
  last.dz /= static_cast<float>(rows);
  for (std::size_t l = layers.size(); l-- > 0;) {
    Layer& layer = layers[l];
    if (l > 0) {
      Layer& before = layers[l - 1];
      before.dz.noalias() = layer.dz * layer.w.transpose();
      before.dz = (before.a.array() > 0).select(before.dz, 0.0F);
      layers_->dw.noalias() = before.a.transpose() * layer.dz;
    } else {
      layers_->dw.noalias() = x.transpose() * layer.dz;
    }
    layer.w -= learning_rate * layers_->dw;
    layer.bias -= learning_rate * layer.dz.colwise().sum();
  }
  return loss / static_cast<float>(rows);
}

}  // namespace lrtune
