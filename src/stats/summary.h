// summary.h: means, standard errors and the quantile that intervals need.
#pragma once

#include <cstddef>
#include <span>

#include "lrtune/study.h"

namespace lrtune {

// Mean and, from two values on, standard error s/√n with s² = Σ(x − x̄)²/(n − 1), two passes. At least one value.
Estimate estimate(std::span<const double> values);

// 97.5 % quantile of Student's t with that many degrees of freedom (≥ 1): tabulated to 30, beyond by the expansion of
// Cornish and Fisher (Abramowitz and Stegun 26.7.5); error below 1e-3.
double student_t_975(std::size_t degrees_of_freedom);

}  // namespace lrtune
