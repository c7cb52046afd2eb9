// Against the textbook's formulas with dense matrices and a decomposition that nobody here wrote (Eigen).
#include "stats/gaussian_process.h"

#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <cmath>

#include "base/random.h"

namespace lrtune {
namespace {

double kernel(double x, double other, double length) {
  return std::exp(-(x - other) * (x - other) / (2 * length * length));
}

// A bowl with noise, seen by three blocks with effects of their own.
std::vector<Observation> noisy_bowl(std::uint32_t key, double block_effect) {
  std::vector<Observation> all;
  for (std::size_t block = 0; block < 3; ++block)
    for (double x : {-3.1, -2.8, -2.5, -2.2}) {
      const double noise = random_normal({key, 0}, Purpose::test, static_cast<std::uint32_t>(block), all.size());
      all.push_back({x, (x + 2.6) * (x + 2.6) + block_effect * static_cast<double>(block) + 0.02 * noise, block});
    }
  return all;
}

struct Dense {
  Eigen::MatrixXd k;
  Eigen::VectorXd y;
  Eigen::VectorXd one;
  double mu;
  double squares;

  Dense(const std::vector<Observation>& all, const GaussianProcess::Hyperparameters& h)
      : k(all.size(), all.size()), y(all.size()), one(Eigen::VectorXd::Ones(static_cast<Eigen::Index>(all.size()))) {
    for (Eigen::Index i = 0; i < y.size(); ++i) {
      const auto& a = all[static_cast<std::size_t>(i)];
      y[i] = a.y;
      for (Eigen::Index j = 0; j < y.size(); ++j) {
        const auto& b = all[static_cast<std::size_t>(j)];
        k(i, j) = kernel(a.x, b.x, h.length) + (a.block == b.block ? h.block : 0) + (i == j ? h.noise + 1e-9 : 0);
      }
    }
    mu = one.dot(k.ldlt().solve(y)) / one.dot(k.ldlt().solve(one));
    squares = (y - mu * one).dot(k.ldlt().solve(y - mu * one)) + 0.01;
  }
  double scale() const { return squares / static_cast<double>(y.size()); }
  double log_posterior(const GaussianProcess::Hyperparameters& h) const {
    const double width = std::log(h.noise / 0.03);
    return -0.5 * static_cast<double>(y.size()) * std::log(squares) - 0.5 * std::log(k.determinant()) -
           0.5 * std::log(one.dot(k.ldlt().solve(one))) - 0.5 * width * width;
  }
  Eigen::VectorXd correlations(const std::vector<Observation>& all, double x, double length) const {
    Eigen::VectorXd c(y.size());
    for (Eigen::Index i = 0; i < c.size(); ++i) c[i] = kernel(x, all[static_cast<std::size_t>(i)].x, length);
    return c;
  }
};

TEST(GaussianProcess, MeanAndVarianceAreTheTextbooks) {
  for (std::uint32_t key = 0; key < 10; ++key) {
    const auto all = noisy_bowl(key, 0.3);
    const GaussianProcess process(all);
    const auto h = process.hyperparameters();
    const Dense dense(all, h);
    for (double x : {-3.3, -2.9, -2.65, -2.2, -1.9}) {
      const Eigen::VectorXd c = dense.correlations(all, x, h.length);
      EXPECT_NEAR(process.mean(x), dense.mu + c.dot(dense.k.ldlt().solve(dense.y - dense.mu * dense.one)), 1e-6);
      const Eigen::VectorXd d = c - dense.correlations(all, -2.6, h.length);
      const double variance = dense.scale() * (2 - 2 * kernel(x, -2.6, h.length) - d.dot(dense.k.ldlt().solve(d)));
      EXPECT_NEAR(process.difference_variance(x, -2.6), variance, 1e-6);
    }
  }
}

TEST(GaussianProcess, ChoosesTheMostProbableHyperparametersOfItsGrid) {
  const auto all = noisy_bowl(3, 0.3);
  const auto chosen = GaussianProcess(all).hyperparameters();
  const double best = Dense(all, chosen).log_posterior(chosen);
  for (double length : {0.25, 0.35, 0.5, 0.7})
    for (double noise : {0.003, 0.01, 0.03, 0.1, 0.3})
      for (double block : {0.0, 0.01, 0.1, 1.0}) {
        const GaussianProcess::Hyperparameters other{length, noise, block};
        EXPECT_LE(Dense(all, other).log_posterior(other), best + 1e-6) << length << " " << noise << " " << block;
      }
}

TEST(GaussianProcess, ABlocksOwnEffectHardlyMovesTheCurve) {
  const GaussianProcess without(noisy_bowl(5, 0));
  const GaussianProcess with(noisy_bowl(5, 0.3));
  for (double x : {-3.0, -2.8, -2.4})
    EXPECT_NEAR(with.mean(x) - with.mean(-2.6), without.mean(x) - without.mean(-2.6), 0.02);
}

TEST(GaussianProcess, OneObservationIsItsMeanEverywhere) {
  const std::vector<Observation> one = {{-3, 1.5, 0}};
  const GaussianProcess process(one);
  EXPECT_NEAR(process.mean(-3), 1.5, 1e-9);
  EXPECT_NEAR(process.mean(0), 1.5, 1e-9);
  EXPECT_EQ(process.difference_variance(-3, -3), 0);
}

}  // namespace
}  // namespace lrtune
