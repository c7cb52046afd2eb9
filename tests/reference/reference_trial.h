// reference_trial.h: the slow reference: one trial in double with plain matrices, written without a look at the engine.
// Forward, loss, gradient, clipping by the global norm, update. Central differences and PyTorch's numbers check it
// (tests/train/engine_reference_test.cpp); it checks the engine.
//
// Parameters are one vector as in train/cohort.h: layer by layer, weights [input][output], then biases.
#pragma once

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "nn/nn_cards.h"
#include "reference/real_optimizer.h"
#include "train/cohort.h"

namespace lrtune::reference {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Row = Eigen::Matrix<double, 1, Eigen::Dynamic>;

struct ExactActivation {
  std::string_view name;
  double (*value)(double z);
  double (*slope)(double z);
};

inline double normal_cdf(double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); }
inline double normal_density(double z) { return std::exp(-z * z / 2) / std::sqrt(2 * std::acos(-1.0)); }

inline ExactActivation exact_activation(std::size_t id) {
  static constexpr ExactActivation kAll[] = {
      {"relu", [](double z) { return z > 0 ? z : 0; }, [](double z) { return z > 0 ? 1.0 : 0.0; }},
      {"leaky_relu", [](double z) { return z > 0 ? z : 0.01 * z; }, [](double z) { return z > 0 ? 1 : 0.01; }},
      {"tanh", [](double z) { return std::tanh(z); }, [](double z) { return 1 / (std::cosh(z) * std::cosh(z)); }},
      {"sigmoid", [](double z) { return 1 / (1 + std::exp(-z)); },
       [](double z) { return 1 / (2 + std::exp(z) + std::exp(-z)); }},
      {"gelu", [](double z) { return z * normal_cdf(z); },
       [](double z) { return normal_cdf(z) + z * normal_density(z); }},
  };
  const std::string_view name = activation_cards()[id].name;
  for (const ExactActivation& activation : kAll)
    if (activation.name == name) return activation;
  throw std::logic_error(std::string(name));  // a new activation belongs here too
}

class ReferenceTrial {
 public:
  ReferenceTrial(Network network, const LaneOptimizer& optimizer, std::span<const float> initial,
                 std::optional<double> clip_norm)
      : network_(std::move(network)),
        activation_(exact_activation(network_.activation)),
        optimizer_(optimizer.rule, optimizer.parameters, initial.size()),
        clip_norm_(clip_norm),
        parameters_(initial.begin(), initial.end()) {}

  std::vector<double>& parameters() { return parameters_; }

  // One update; the minibatch's loss before it.
  double train(const RowBlock& batch, double learning_rate) {
    std::vector<double> g = gradient(batch);
    const double before = loss(batch);
    if (clip_norm_) {
      const double norm = Eigen::Map<Eigen::VectorXd>(g.data(), index(g.size())).norm();
      for (double& value : g) value *= std::min(1.0, *clip_norm_ / (norm + 1e-6));
    }
    optimizer_.update(parameters_, g, learning_rate);
    return before;
  }

  double loss(const RowBlock& rows) const {
    const Matrix z = forward(rows).back();
    double sum = 0;
    for (Eigen::Index b = 0; b < z.rows(); ++b) {
      const Row row = z.row(b);
      if (network_.loss == Loss::cross_entropy) {
        sum += log_sum_exp(row) - row(rows.labels[b]);
      } else {
        sum += (row - target(rows, b)).squaredNorm() / static_cast<double>(row.size());
      }
    }
    return sum / static_cast<double>(z.rows());
  }

  // Share of rows whose largest output is not the label's.
  double error(const RowBlock& rows) const {
    const Matrix z = forward(rows).back();
    double wrong = 0;
    for (Eigen::Index b = 0; b < z.rows(); ++b) {
      Eigen::Index predicted = 0;
      z.row(b).maxCoeff(&predicted);
      wrong += predicted == rows.labels[b] ? 0 : 1;
    }
    return wrong / static_cast<double>(z.rows());
  }

  // The first row's class, as the network has it.
  std::int32_t prediction(const RowBlock& rows) const {
    Eigen::Index predicted = 0;
    forward(rows).back().row(0).maxCoeff(&predicted);
    return static_cast<std::int32_t>(predicted);
  }

  // Of the mean loss, in the order of the parameters; not clipped.
  std::vector<double> gradient(const RowBlock& rows) const {
    const std::vector<Matrix> z = forward(rows);
    Matrix dz = output_gradient(rows, z.back());
    std::vector<double> result(parameters_.size());
    std::size_t end = parameters_.size();
    for (std::size_t l = z.size(); l-- > 0;) {
      const LayerShape& shape = network_.shapes[l];
      end -= (shape.inputs + 1) * shape.outputs;
      const Matrix input = l == 0 ? features(rows) : Matrix(z[l - 1].unaryExpr(activation_.value));
      Eigen::Map<Matrix>(result.data() + end, index(shape.inputs), index(shape.outputs)) = input.transpose() * dz;
      Eigen::Map<Row>(result.data() + end + shape.inputs * shape.outputs, index(shape.outputs)) = dz.colwise().sum();
      if (l > 0) {
        const Matrix da = dz * weights(end, shape).transpose();
        dz = da.cwiseProduct(Matrix(z[l - 1].unaryExpr(activation_.slope)));
      }
    }
    return result;
  }

 private:
  static Eigen::Index index(std::size_t n) { return static_cast<Eigen::Index>(n); }

  static double log_sum_exp(const Row& z) {
    const double largest = z.maxCoeff();
    return largest + std::log((z.array() - largest).exp().sum());
  }

  Eigen::Map<const Matrix> weights(std::size_t begin, const LayerShape& shape) const {
    return {parameters_.data() + begin, index(shape.inputs), index(shape.outputs)};
  }

  Matrix features(const RowBlock& rows) const {
    using Table = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    return Eigen::Map<const Table>(rows.features, index(rows.rows), index(network_.shapes[0].inputs)).cast<double>();
  }

  Row target(const RowBlock& rows, Eigen::Index b) const {
    const Eigen::Index outputs = index(network_.shapes.back().outputs);
    return Eigen::Map<const Eigen::RowVectorXf>(rows.targets + b * outputs, outputs).cast<double>();
  }

  // z of every layer, [row][output].
  std::vector<Matrix> forward(const RowBlock& rows) const {
    std::vector<Matrix> z;
    Matrix input = features(rows);
    std::size_t begin = 0;
    for (const LayerShape& shape : network_.shapes) {
      const Eigen::Map<const Row> bias(parameters_.data() + begin + shape.inputs * shape.outputs, index(shape.outputs));
      z.emplace_back((input * weights(begin, shape)).rowwise() + bias);
      input = z.back().unaryExpr(activation_.value);
      begin += (shape.inputs + 1) * shape.outputs;
    }
    return z;
  }

  Matrix output_gradient(const RowBlock& rows, const Matrix& z) const {
    Matrix dz(z.rows(), z.cols());
    for (Eigen::Index b = 0; b < z.rows(); ++b) {
      const Row row = z.row(b);
      if (network_.loss == Loss::cross_entropy) {
        dz.row(b) = (row.array() - log_sum_exp(row)).exp();
        dz(b, rows.labels[b]) -= 1;
      } else {
        dz.row(b) = 2 * (row - target(rows, b)) / static_cast<double>(z.cols());
      }
    }
    return dz / static_cast<double>(z.rows());
  }

  Network network_;
  ExactActivation activation_;
  RealOptimizer optimizer_;
  std::optional<double> clip_norm_;
  std::vector<double> parameters_;
};

}  // namespace lrtune::reference
