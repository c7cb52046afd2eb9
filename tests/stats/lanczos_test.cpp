#include "stats/lanczos.h"

#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <cmath>
#include <limits>

#include "base/random.h"

namespace lrtune {
namespace {

std::vector<double> normal(std::uint32_t key, std::size_t count) {
  std::vector<double> values;
  for (std::size_t i = 0; i < count; ++i) values.push_back(random_normal({key, 0}, Purpose::test, 0, i));
  return values;
}

// A symmetric matrix with those eigenvalues.
Eigen::MatrixXd matrix_with(const std::vector<double>& eigenvalues, std::uint32_t key) {
  const auto n = static_cast<Eigen::Index>(eigenvalues.size());
  const std::vector<double> entries = normal(key, eigenvalues.size() * eigenvalues.size());
  const Eigen::MatrixXd q =
      Eigen::HouseholderQR<Eigen::MatrixXd>(Eigen::Map<const Eigen::MatrixXd>(entries.data(), n, n)).householderQ();
  return q * Eigen::Map<const Eigen::VectorXd>(eigenvalues.data(), n).asDiagonal() * q.transpose();
}

Lanczos searched(const Eigen::MatrixXd& a, std::size_t most, const std::vector<double>& start) {
  Lanczos lanczos(start, most);
  while (!lanczos.finished()) {
    const Eigen::VectorXd v = Eigen::Map<const Eigen::VectorXf>(lanczos.direction().data(), a.rows()).cast<double>();
    const Eigen::VectorXd product = a * v;
    lanczos.advance({product.data(), static_cast<std::size_t>(product.size())});
  }
  return lanczos;
}

TEST(TridiagonalEigenvalue, IsTheOneOfEigen) {
  for (std::uint32_t key = 1; key <= 20; ++key) {
    const std::size_t n = 1 + key % 9;
    const std::vector<double> diagonal = normal(key, n);
    const std::vector<double> off = normal(100 + key, n - 1);
    Eigen::MatrixXd t = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(n), static_cast<Eigen::Index>(n));
    for (std::size_t i = 0; i < n; ++i) {
      const auto at = static_cast<Eigen::Index>(i);
      t(at, at) = diagonal[i];
      if (i + 1 < n) t(at, at + 1) = t(at + 1, at) = off[i];
    }
    const Eigen::VectorXd expected = Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(t).eigenvalues();
    for (std::size_t j = 0; j < n; ++j)
      EXPECT_NEAR(tridiagonal_eigenvalue(diagonal, off, j), expected(static_cast<Eigen::Index>(n - 1 - j)), 1e-13);
  }
}

TEST(TridiagonalEigenvalue, ManagesZerosAndEqualOnes) {
  const std::vector<double> zeros(5, 0);
  EXPECT_EQ(tridiagonal_eigenvalue(zeros, std::span(zeros).first(4), 2), 0);
  const std::vector<double> threes(5, 3);
  EXPECT_NEAR(tridiagonal_eigenvalue(threes, std::span(zeros).first(4), 4), 3, 1e-14);
}

// Spectra like those of networks: a few large eigenvalues above a bulk, also with large negative ones.
TEST(Lanczos, FindsTheLargestEigenvalue) {
  std::size_t most_products = 0;
  for (std::uint32_t key = 1; key <= 40; ++key) {
    std::vector<double> eigenvalues = normal(key, 200);
    for (double& value : eigenvalues) value *= 0.2;
    const double largest = 2 + key % 5;
    eigenvalues[3] = largest;
    eigenvalues[9] = 0.9 * largest;
    eigenvalues[12] = -3 * largest;
    const Lanczos lanczos = searched(matrix_with(eigenvalues, 1000 + key), 30, normal(2000 + key, 200));
    EXPECT_TRUE(lanczos.converged());
    EXPECT_NEAR(*lanczos.value(), largest, 1e-5 * largest) << key;
    EXPECT_LE(*lanczos.value(), largest * (1 + 1e-6));
    most_products = std::max(most_products, lanczos.products());
  }
  EXPECT_LE(most_products, 16U);
}

TEST(Lanczos, FindsANegativeLargestEigenvalue) {
  std::vector<double> eigenvalues(50, -5);
  eigenvalues[7] = -1;
  const Lanczos lanczos = searched(matrix_with(eigenvalues, 1), 30, normal(2, 50));
  EXPECT_NEAR(*lanczos.value(), -1, 1e-5);
}

TEST(Lanczos, EndsWhenTheSpaceIsExhausted) {
  const std::vector<double> one = {2};
  EXPECT_EQ(*searched(Eigen::MatrixXd::Constant(1, 1, -7), 30, one).value(), -7);
  const Lanczos zero = searched(Eigen::MatrixXd::Zero(9, 9), 30, normal(1, 9));
  EXPECT_EQ(zero.value(), 0);
  EXPECT_EQ(zero.products(), 1U);
  const Lanczos identity = searched(Eigen::MatrixXd::Identity(9, 9) * 4, 30, normal(1, 9));
  EXPECT_NEAR(*identity.value(), 4, 1e-6);
  EXPECT_TRUE(identity.converged());
  EXPECT_LE(identity.products(), 2U);
}

TEST(Lanczos, SaysWhenItRanOutOfProducts) {
  std::vector<double> eigenvalues;
  for (int i = 0; i < 300; ++i) eigenvalues.push_back(std::cos(i));  // a bulk without outliers
  const Lanczos lanczos = searched(matrix_with(eigenvalues, 1), 4, normal(2, 300));
  EXPECT_EQ(lanczos.products(), 4U);
  EXPECT_FALSE(lanczos.converged());
  EXPECT_LT(*lanczos.value(), 1);
}

TEST(Lanczos, HasNoValueWhereAProductIsNotFinite) {
  for (const double bad : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(), 1e200}) {
    Lanczos lanczos(normal(1, 20), 30);
    lanczos.advance(std::vector<double>(20, bad));
    EXPECT_TRUE(lanczos.finished());
    EXPECT_FALSE(lanczos.value());
    EXPECT_FALSE(lanczos.converged());
  }
}

}  // namespace
}  // namespace lrtune
