#include "stats/lattice_process.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

#include "base/math.h"
#include "base/random.h"
#include "base/require.h"
#include "stats/cholesky.h"

namespace lrtune {
namespace {

constexpr std::array kLengths = {0.25, 0.35, 0.5, 0.7};  // in the unit of x
constexpr std::array kScales = {0.05, 0.1, 0.2, 0.4, 0.8, 1.6};
constexpr double kMeanShare = 25;      // c: the curve's level is all but free
constexpr double kJitter = 1e-6;       // of s², on the diagonal: near places must not make K singular
constexpr double kLeastWeight = 0.02;  // of a component, as a share of the largest
constexpr double kLeastPivot = 1e-7;   // of s²: sums of that many terms are not told from 0

double covariance(double x, double other, double length) {
  const double u = (x - other) / length;
  return kMeanShare + math::exp(-0.5 * u * u);
}

struct Evidence {
  Matrix precision;       // A
  std::vector<double> h;  // of centred values
};

Evidence evidence_of(std::size_t places, std::span<const Observation> observations, std::span<const Hint> hints,
                     const Noise& noise, double center) {
  Evidence e{Matrix(places * places, 0.0), std::vector<double>(places, 0.0)};
  std::map<std::size_t, std::vector<const Observation*>> blocks;
  for (const Observation& o : observations) blocks[o.block].push_back(&o);
  for (const auto& [block, members] : blocks) {
    double sum = 1 / noise.block_variance;
    double weighted = 0;
    for (const Observation* o : members) {
      sum += 1 / noise.variance[o->place];
      weighted += (o->y - center) / noise.variance[o->place];
    }
    for (const Observation* o : members) {
      const double u = 1 / noise.variance[o->place];
      e.precision[o->place * places + o->place] += u;
      e.h[o->place] += u * (o->y - center) - u * weighted / sum;
      for (const Observation* other : members)
        e.precision[o->place * places + other->place] -= u / noise.variance[other->place] / sum;
    }
  }
  for (const Hint& hint : hints) {
    e.precision[hint.place * places + hint.place] += 1 / hint.variance;
    e.h[hint.place] += (hint.y - center) / hint.variance;
  }
  return e;
}

Matrix covariance_matrix(std::span<const double> x, std::span<const double> other, double length) {
  Matrix matrix;
  matrix.reserve(x.size() * other.size());
  for (const double a : x)
    for (const double b : other) matrix.push_back(covariance(a, b, length));
  return matrix;
}

// Standard normal draw `index` of a stream; the same in every process.
double normal(std::size_t stream, std::size_t index) {
  return random_normal({0, 0}, Purpose::advice, static_cast<std::uint32_t>(stream), index);
}

// √(degrees/χ²) by the cube-root approximation (E. B. Wilson and M. M. Hilferty, PNAS 17, 1931).
double t_factor(double degrees, double z) {
  const double a = 2 / (9 * degrees);
  const double root = std::max(1 - a + z * std::sqrt(a), 0.1);
  return 1 / std::sqrt(root * root * root);
}

}  // namespace

LatticeProcess::LatticeProcess(std::vector<double> x, std::span<const Observation> observations,
                               std::span<const Hint> hints, Noise noise)
    : x_(std::move(x)), noise_(std::move(noise)) {
  LRTUNE_CHECK(!x_.empty() && !(observations.empty() && hints.empty()), x_.size());
  const std::size_t n = x_.size();
  center_ = std::numeric_limits<double>::infinity();
  for (const Observation& o : observations) center_ = std::min(center_, o.y);
  for (const Hint& hint : hints) center_ = std::min(center_, hint.y);
  const Evidence evidence = evidence_of(n, observations, hints, noise_, center_);
  double most = -std::numeric_limits<double>::infinity();
  for (const double length : kLengths) {
    Matrix k = covariance_matrix(x_, x_, length);
    for (std::size_t i = 0; i < n; ++i) k[i * n + i] += kJitter;
    corners_.push_back(cholesky(std::move(k), n, 0));
    const Matrix& c = corners_.back();
    const Matrix t = product_of_transposed(c, product(evidence.precision, c, n, n, n), n, n, n);
    const Matrix ch = product_of_transposed(c, evidence.h, n, n, 1);
    for (const double scale : kScales) {
      Matrix b = t;
      for (double& value : b) value *= scale * scale;
      for (std::size_t i = 0; i < n; ++i) b[i * n + i] += 1;
      Component component{0, length, scale, corners_.size() - 1, cholesky(std::move(b), n, 0), {}};
      component.solved = solve_lower(component.factor, n, ch, 1);
      for (std::size_t i = 0; i < n; ++i) component.weight -= math::log(component.factor[i * n + i]);
      for (const double value : component.solved) component.weight += 0.5 * scale * scale * value * value;
      most = std::max(most, component.weight);
      components_.push_back(std::move(component));
    }
  }
  double sum = 0;
  for (Component& component : components_) component.weight = math::exp(component.weight - most);
  std::erase_if(components_, [](const Component& component) { return component.weight < kLeastWeight; });
  std::ranges::stable_sort(components_, std::greater<>{}, &Component::weight);
  for (const Component& component : components_) sum += component.weight;
  for (Component& component : components_) component.weight /= sum;
}

LatticeProcess::Conditional LatticeProcess::conditional(const Component& component, std::span<const double> x,
                                                        bool diagonal_only) const {
  const std::size_t n = x_.size();
  const std::size_t m = x.size();
  const double scale = component.scale * component.scale;
  const Matrix g = solve_lower(corners_[component.corner], n, covariance_matrix(x_, x, component.length), m);
  const Matrix e = solve_lower(component.factor, n, g, m);
  Conditional found{std::vector<double>(m, center_), Matrix(diagonal_only ? m : m * m, 0.0)};
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < m; ++j) found.mean[j] += scale * component.solved[i] * e[i * m + j];
  if (diagonal_only) {
    for (std::size_t j = 0; j < m; ++j) found.covariance[j] = kMeanShare + 1;
    for (std::size_t i = 0; i < n * m; ++i) found.covariance[i % m] += e[i] * e[i] - g[i] * g[i];
  } else {
    for (std::size_t i = 0; i < m; ++i)
      for (std::size_t j = 0; j <= i; ++j) found.covariance[i * m + j] = covariance(x[i], x[j], component.length);
    for (std::size_t l = 0; l < n; ++l)
      for (std::size_t i = 0; i < m; ++i)
        for (std::size_t j = 0; j <= i; ++j)
          found.covariance[i * m + j] += e[l * m + i] * e[l * m + j] - g[l * m + i] * g[l * m + j];
  }
  for (double& value : found.covariance) value *= scale;
  return found;
}

LatticeProcess::Moments LatticeProcess::at(std::span<const double> x) const {
  Moments moments{std::vector<double>(x.size(), 0.0), std::vector<double>(x.size(), 0.0)};
  std::vector<double> squares(x.size(), 0.0);
  for (const Component& component : components_) {
    const Conditional found = conditional(component, x, true);
    for (std::size_t i = 0; i < x.size(); ++i) {
      moments.mean[i] += component.weight * (found.mean[i] - center_);
      squares[i] += component.weight *
                    (std::max(found.covariance[i], 0.0) + (found.mean[i] - center_) * (found.mean[i] - center_));
    }
  }
  for (std::size_t i = 0; i < x.size(); ++i) {
    moments.deviation[i] = std::sqrt(std::max(squares[i] - moments.mean[i] * moments.mean[i], 0.0));
    moments.mean[i] += center_;
  }
  return moments;
}

std::vector<std::vector<double>> LatticeProcess::draws(std::span<const double> x, std::size_t count) const {
  const std::size_t m = x.size();
  std::vector<std::vector<double>> drawn;
  double weight = 0;
  for (const Component& component : components_) {
    weight += component.weight;
    const auto until = &component == &components_.back()
                           ? count
                           : static_cast<std::size_t>(std::rint(weight * static_cast<double>(count)));
    if (drawn.size() >= until) continue;
    const Conditional found = conditional(component, x, false);
    const Matrix factor = cholesky(found.covariance, m, kLeastPivot * component.scale * component.scale);
    for (std::size_t d = drawn.size(); d < until; ++d) {
      std::vector<double> z;
      for (std::size_t i = 0; i < m; ++i) z.push_back(normal(d, i + 1));
      const double heavier = t_factor(noise_.degrees, normal(d, 0));
      std::vector<double> g = found.mean;
      for (std::size_t i = 0; i < m; ++i) {
        double sum = 0;
        for (std::size_t j = 0; j <= i; ++j) sum += factor[i * m + j] * z[j];
        g[i] += heavier * sum;
      }
      drawn.push_back(std::move(g));
    }
  }
  return drawn;
}

double LatticeProcess::noise_variance(double x) const {
  std::size_t nearest = 0;
  for (std::size_t i = 1; i < x_.size(); ++i)
    if (std::fabs(x_[i] - x) < std::fabs(x_[nearest] - x)) nearest = i;
  return noise_.variance[nearest];
}

}  // namespace lrtune
