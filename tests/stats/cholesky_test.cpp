#include "stats/cholesky.h"

#include <gtest/gtest.h>

namespace lrtune {
namespace {

const Matrix kA = {4, 2, 6, 2, 10, 9, 6, 9, 14};
const Matrix kL = {2, 0, 0, 1, 3, 0, 3, 2, 1};

TEST(Cholesky, IsTheFactorKnownByHand) {
  const Matrix l = cholesky(kA, 3, 0);
  for (std::size_t i = 0; i < 9; ++i) EXPECT_DOUBLE_EQ(l[i], kL[i]) << i;
}

TEST(Cholesky, OfASingularMatrixEndsWhereItsRankDoes) {
  const Matrix l = cholesky({1, 1, 1, 1, 1, 1, 1, 1, 1}, 3, 1e-9);
  EXPECT_EQ(l, (Matrix{1, 0, 0, 1, 0, 0, 1, 0, 0}));
}

TEST(SolveLower, UndoesTheProduct) {
  const Matrix b = {1, -2, 0.5, 3, 4, -1};
  const Matrix product_with_l = product(kL, b, 3, 3, 2);
  const Matrix x = solve_lower(kL, 3, product_with_l, 2);
  for (std::size_t i = 0; i < 6; ++i) EXPECT_DOUBLE_EQ(x[i], b[i]) << i;
}

TEST(Product, OfATransposedMatrixIsThatOfTheMatrixItself) {
  const Matrix a = {1, 2, 3, 4, 5, 6};   // 2 × 3
  const Matrix at = {1, 4, 2, 5, 3, 6};  // 3 × 2
  const Matrix b = {1, 0, -1, 2};        // 2 × 2
  EXPECT_EQ(product_of_transposed(a, b, 2, 3, 2), product(at, b, 3, 2, 2));
  EXPECT_EQ(product(at, b, 3, 2, 2), (Matrix{-3, 8, -3, 10, -3, 12}));
}

}  // namespace
}  // namespace lrtune
