#include "stats/lanczos.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/require.h"

namespace lrtune {
namespace {

constexpr std::size_t kPartials = 16;

// Σ a_i·b_i: term i into partial i mod 16, the partials in a fixed tree.
template <class A>
double dot(std::span<const A> a, std::span<const double> b) {
  std::array<double, kPartials> sum{};
  const std::size_t whole = a.size() / kPartials * kPartials;
  for (std::size_t i = 0; i < whole; i += kPartials)
    for (std::size_t p = 0; p < kPartials; ++p) sum[p] += static_cast<double>(a[i + p]) * b[i + p];
  for (std::size_t i = whole; i < a.size(); ++i) sum[i - whole] += static_cast<double>(a[i]) * b[i];
  for (std::size_t half = kPartials / 2; half > 0; half /= 2)
    for (std::size_t p = 0; p < half; ++p) sum[p] += sum[p + half];
  return sum[0];
}

double length(std::span<const double> a) { return std::sqrt(dot(a, a)); }

std::vector<float> scaled(std::span<const double> a, double divisor) {
  std::vector<float> result(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) result[i] = static_cast<float>(a[i] / divisor);
  return result;
}

// How many eigenvalues lie above x: positive pivots of the factorization of T − x·I (Sylvester).
std::size_t count_above(std::span<const double> diagonal, std::span<const double> off, double x, double tiny) {
  std::size_t above = 0;
  double pivot = 1;
  for (std::size_t i = 0; i < diagonal.size(); ++i) {
    const double b = i == 0 ? 0 : off[i - 1];
    pivot = diagonal[i] - x - b * b / pivot;
    if (std::fabs(pivot) < tiny) pivot = -tiny;
    if (pivot > 0) ++above;
  }
  return above;
}

// |last component| of the eigenvector of θ, of length 1: by the three-term recurrence from the first component.
double last_component(std::span<const double> diagonal, std::span<const double> off, double theta) {
  double before = 0;
  double current = 1;
  double squares = 1;
  for (std::size_t i = 0; i + 1 < diagonal.size(); ++i) {
    const double next = ((theta - diagonal[i]) * current - (i == 0 ? 0 : off[i - 1] * before)) / off[i];
    before = current;
    current = next;
    squares += current * current;
    if (squares > 0x1p500) {  // only the ratio matters
      before *= 0x1p-250;
      current *= 0x1p-250;
      squares *= 0x1p-500;
    }
  }
  return std::fabs(current) / std::sqrt(squares);
}

}  // namespace

double tridiagonal_eigenvalue(std::span<const double> diagonal, std::span<const double> off, std::size_t from_largest) {
  LRTUNE_CHECK(from_largest < diagonal.size(), from_largest, diagonal.size());
  double low = diagonal[0];
  double high = diagonal[0];
  for (std::size_t i = 0; i < diagonal.size(); ++i) {  // Gershgorin
    const double reach = (i == 0 ? 0 : std::fabs(off[i - 1])) + (i + 1 == diagonal.size() ? 0 : std::fabs(off[i]));
    low = std::min(low, diagonal[i] - reach);
    high = std::max(high, diagonal[i] + reach);
  }
  const double size = std::max(std::fabs(low), std::fabs(high));
  const double tiny = std::max(size * 0x1p-60, 0x1p-1000);
  for (;;) {
    const double middle = low + (high - low) / 2;
    if (!(high - low > size * 0x1p-50) || middle <= low || middle >= high) return middle;
    (count_above(diagonal, off, middle, tiny) > from_largest ? low : high) = middle;
  }
}

Lanczos::Lanczos(std::span<const double> start, std::size_t most) : most_(most) {
  const double norm = length(start);
  LRTUNE_CHECK(norm > 0 && most > 0, norm, most);
  basis_.push_back(scaled(start, norm));
}

void Lanczos::advance(std::span<const double> product) {
  LRTUNE_CHECK(!finished_ && product.size() == basis_[0].size(), product.size());
  std::vector<double> rest(product.begin(), product.end());
  const double alpha = dot(direction(), product);
  if (!std::isfinite(alpha) || !std::isfinite(length(rest))) {
    value_.reset();
    finished_ = true;
    return;
  }
  // Twice is enough: what rounding leaves of the basis in the residual after the first pass, the second takes out.
  for (int pass = 0; pass < 2; ++pass)
    for (const std::vector<float>& q : basis_) {
      const double share = dot(std::span(q), std::span<const double>(rest));
      for (std::size_t i = 0; i < rest.size(); ++i) rest[i] -= share * static_cast<double>(q[i]);
    }
  diagonal_.push_back(alpha);
  off_.push_back(length(rest));

  const std::size_t k = diagonal_.size();
  const double theta = tridiagonal_eigenvalue(diagonal_, off_, 0);
  value_ = theta;
  residual_ = off_.back() * last_component(diagonal_, off_, theta);
  // Products are in float: below this share of the matrix's size the residual is rounding, and the basis is complete.
  double size = 0;
  for (std::size_t i = 0; i < k; ++i) size = std::max({size, std::fabs(diagonal_[i]), i + 1 < k ? off_[i] : 0.0});
  const bool complete = k == rest.size() || off_.back() <= 1e-6 * size;
  converged_ = complete || residual_ <= kTolerance * std::fabs(theta);
  finished_ = complete || k == most_ || residual_ <= kStop * std::fabs(theta);
  if (!finished_) basis_.push_back(scaled(rest, off_.back()));
}

}  // namespace lrtune
