// lanczos.h: the largest (algebraic) eigenvalue of a symmetric matrix that is only known by its products with vectors.
//
// Lanczos with full reorthogonalization (C. Lanczos 1950; B. Parlett, "The symmetric eigenvalue problem", chapter 13):
// from a start vector, k products give an orthonormal basis Q and the tridiagonal T = QᵀAQ, whose largest eigenvalue θ
// is never above λ. With T's eigenvector s, the residual is ρ = |A·Qs − θ·Qs| = β_k·|s_k|: some eigenvalue lies within
// ρ of θ, nearly always the largest, and then the error is rather ρ²/(distance to the next).
//
// The basis is kept in float, just as it is multiplied; everything else is in double, sums in a fixed order.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace lrtune {

// An eigenvalue of a tridiagonal matrix, counted from the largest (0), by bisection with Sturm's count. `off` has one
// number less than `diagonal`.
double tridiagonal_eigenvalue(std::span<const double> diagonal, std::span<const double> off, std::size_t from_largest);

class Lanczos {
 public:
  static constexpr double kTolerance = 0.01;  // residual, relative to the value, up to which it counts as converged
  // At which to stop. A looser one costs a product or two less, but is now and then met by the second eigenvector where
  // the start vector holds little of the first (docs/sharpness.md).
  static constexpr double kStop = 0.001;

  // `start` has any length but 0; `most` products at most.
  Lanczos(std::span<const double> start, std::size_t most);

  // The vector to multiply next; of length 1.
  std::span<const float> direction() const { return basis_.back(); }
  // A·direction(). One that is not finite ends the search without a value.
  void advance(std::span<const double> product);

  bool finished() const { return finished_; }
  std::size_t products() const { return diagonal_.size(); }
  bool converged() const { return converged_; }
  std::optional<double> value() const { return value_; }
  double residual() const { return residual_; }

 private:
  std::size_t most_;
  std::vector<std::vector<float>> basis_;
  std::vector<double> diagonal_;  // of T
  std::vector<double> off_;       // beside it; the last is the residual's length
  std::optional<double> value_;
  double residual_ = 0;
  bool finished_ = false;
  bool converged_ = false;
};

}  // namespace lrtune
