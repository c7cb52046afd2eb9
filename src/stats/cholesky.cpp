#include "stats/cholesky.h"

#include <algorithm>
#include <cmath>

namespace lrtune {

Matrix cholesky(Matrix a, std::size_t n, double least) {
  // Column by column of the factor; kept as rows of its transpose, so that updates run along rows.
  Matrix upper(n * n, 0.0);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j <= i; ++j) upper[j * n + i] = a[i * n + j];
  for (std::size_t k = 0; k < n; ++k) {
    double* row = &upper[k * n];
    if (!(row[k] > least)) {
      std::fill(row + k, row + n, 0.0);
      continue;
    }
    const double pivot = std::sqrt(row[k]);
    for (std::size_t j = k; j < n; ++j) row[j] = j == k ? pivot : row[j] / pivot;
    for (std::size_t i = k + 1; i < n; ++i) {
      const double factor = row[i];
      double* below = &upper[i * n];
      for (std::size_t j = i; j < n; ++j) below[j] -= factor * row[j];
    }
  }
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) a[i * n + j] = j <= i ? upper[j * n + i] : 0;
  return a;
}

Matrix solve_lower(const Matrix& factor, std::size_t n, Matrix b, std::size_t m) {
  for (std::size_t i = 0; i < n; ++i) {
    double* row = &b[i * m];
    for (std::size_t k = 0; k < i; ++k) {
      const double scale = factor[i * n + k];
      const double* above = &b[k * m];
      for (std::size_t j = 0; j < m; ++j) row[j] -= scale * above[j];
    }
    const double pivot = factor[i * n + i];
    for (std::size_t j = 0; j < m; ++j) row[j] /= pivot;
  }
  return b;
}

Matrix product(const Matrix& a, const Matrix& b, std::size_t n, std::size_t k, std::size_t m) {
  Matrix c(n * m, 0.0);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t l = 0; l < k; ++l) {
      const double scale = a[i * k + l];
      if (scale == 0) continue;
      for (std::size_t j = 0; j < m; ++j) c[i * m + j] += scale * b[l * m + j];
    }
  return c;
}

Matrix product_of_transposed(const Matrix& a, const Matrix& b, std::size_t k, std::size_t n, std::size_t m) {
  Matrix c(n * m, 0.0);
  for (std::size_t l = 0; l < k; ++l)
    for (std::size_t i = 0; i < n; ++i) {
      const double scale = a[l * n + i];
      if (scale == 0) continue;
      for (std::size_t j = 0; j < m; ++j) c[i * m + j] += scale * b[l * m + j];
    }
  return c;
}

}  // namespace lrtune
