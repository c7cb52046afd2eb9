// cholesky.h: dense symmetric systems of a few dozen unknowns, row by row in plain double: the same bits everywhere.
// Matrices are row-major, n × n or n × m. Inner loops run over columns, so that compilers can use wide registers
// without changing the order of any sum (G. H. Golub and C. F. Van Loan, "Matrix Computations", 4th ed., 2013,
// section 4.2).
#pragma once

#include <cstddef>
#include <vector>

namespace lrtune {

using Matrix = std::vector<double>;

// L with L·Lᵀ = a, of the lower triangle of `a`; what lies above is 0. A pivot of at most `least` is what rounding has
// left of nothing: that column of L is 0.
Matrix cholesky(Matrix a, std::size_t n, double least);

// L⁻¹·b, b n × m.
Matrix solve_lower(const Matrix& factor, std::size_t n, Matrix b, std::size_t m);

// a·b, n × k times k × m.
Matrix product(const Matrix& a, const Matrix& b, std::size_t n, std::size_t k, std::size_t m);

// aᵀ·b, a k × n, b k × m.
Matrix product_of_transposed(const Matrix& a, const Matrix& b, std::size_t k, std::size_t n, std::size_t m);

}  // namespace lrtune
