#include "stats/gaussian_process.h"

#include <array>
#include <cmath>
#include <limits>

#include "base/math.h"
#include "base/require.h"

namespace lrtune {
namespace {

constexpr std::array kLengths = {0.25, 0.35, 0.5, 0.7};
constexpr std::array kNoises = {0.003, 0.01, 0.03, 0.1, 0.3};
constexpr std::array kBlockShares = {0.0, 0.01, 0.1, 1.0};
constexpr double kNoiseMedian = 0.03;
constexpr double kJitter = 1e-9;  // on the diagonal: equal observations must not make K singular
constexpr double kPriorDegrees = 1;
constexpr double kPriorVariance = 0.01;

double correlation(double x, double other, double length) {
  const double u = (x - other) / length;
  return math::exp(-0.5 * u * u);
}

// Cholesky's factor of the matrix whose lower triangle is `matrix`, in its place, row by row.
void factorize(std::vector<double>& matrix, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = matrix[i * n + j];
      for (std::size_t k = 0; k < j; ++k) sum -= matrix[i * n + k] * matrix[j * n + k];
      matrix[i * n + j] = i == j ? std::sqrt(sum) : sum / matrix[j * n + j];
    }
}

// L·x = values, in place.
void solve_lower(const std::vector<double>& factor, std::vector<double>& values) {
  const std::size_t n = values.size();
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < i; ++k) values[i] -= factor[i * n + k] * values[k];
    values[i] /= factor[i * n + i];
  }
}

// Lᵀ·x = values, in place.
void solve_upper(const std::vector<double>& factor, std::vector<double>& values) {
  const std::size_t n = values.size();
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k) values[i] -= factor[k * n + i] * values[k];
    values[i] /= factor[i * n + i];
  }
}

double dot(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

// Lower triangle of the correlations of f, row-major.
std::vector<double> correlation_matrix(std::span<const Observation> all, double length) {
  const std::size_t n = all.size();
  std::vector<double> matrix(n * n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j <= i; ++j) matrix[i * n + j] = correlation(all[i].x, all[j].x, length);
  return matrix;
}

// K/s² for these hyperparameters, factorized.
std::vector<double> factor_of(std::span<const Observation> all, std::vector<double> matrix, double noise,
                              double block_share) {
  const std::size_t n = all.size();
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j)
      if (all[i].block == all[j].block) matrix[i * n + j] += block_share;
    matrix[i * n + i] += noise + kJitter;
  }
  factorize(matrix, n);
  return matrix;
}

// What the data say of µ and s² under one factor, and how probable that makes it.
struct Fit {
  double mu;
  double scale;
  double log_likelihood;
};

Fit fit(std::span<const Observation> all, const std::vector<double>& factor) {
  const std::size_t n = all.size();
  std::vector<double> y;
  for (const Observation& o : all) y.push_back(o.y);
  std::vector<double> one(n, 1.0);
  solve_lower(factor, y);
  solve_lower(factor, one);
  const double precision = dot(one, one);
  const double mu = dot(one, y) / precision;
  double squares = kPriorDegrees * kPriorVariance;
  double log_determinant = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double residual = y[i] - mu * one[i];
    squares += residual * residual;
    log_determinant += math::log(factor[i * n + i]);
  }
  const double degrees = static_cast<double>(n) - 1 + kPriorDegrees;
  return {mu, squares / degrees, -0.5 * degrees * math::log(squares) - log_determinant - 0.5 * math::log(precision)};
}

}  // namespace

GaussianProcess::GaussianProcess(std::span<const Observation> observations)
    : observations_(observations.begin(), observations.end()) {
  LRTUNE_CHECK(!observations.empty());
  double most = -std::numeric_limits<double>::infinity();
  for (double length : kLengths) {
    const std::vector<double> correlated = correlation_matrix(observations, length);
    for (double noise : kNoises)
      for (double block_share : kBlockShares) {
        std::vector<double> factor = factor_of(observations, correlated, noise, block_share);
        const Fit found = fit(observations, factor);
        const double width = math::log(noise / kNoiseMedian);
        const double log_posterior = found.log_likelihood - 0.5 * width * width;
        if (log_posterior <= most) continue;
        most = log_posterior;
        factor_ = std::move(factor);
        chosen_ = {length, noise, block_share};
        mu_ = found.mu;
        scale_ = found.scale;
      }
  }
  for (const Observation& o : observations) weights_.push_back(o.y - mu_);
  solve_lower(factor_, weights_);
  solve_upper(factor_, weights_);
}

double GaussianProcess::mean(double x) const {
  double sum = mu_;
  for (std::size_t i = 0; i < observations_.size(); ++i)
    sum += correlation(x, observations_[i].x, chosen_.length) * weights_[i];
  return sum;
}

std::vector<double> GaussianProcess::correlations(double x) const {
  std::vector<double> k;
  for (const Observation& o : observations_) k.push_back(correlation(x, o.x, chosen_.length));
  solve_lower(factor_, k);
  return k;
}

double GaussianProcess::difference_variance(double x, double other) const {
  const std::vector<double> a = correlations(x);
  const std::vector<double> b = correlations(other);
  double known = 0;
  for (std::size_t i = 0; i < a.size(); ++i) known += (a[i] - b[i]) * (a[i] - b[i]);
  const double variance = scale_ * (2 - 2 * correlation(x, other, chosen_.length) - known);
  return variance > 0 ? variance : 0;
}

}  // namespace lrtune
