// running_mean.h: exponentially weighted running mean of a loss that comes one number at a time, bias corrected:
//
//   a_k = β·a_{k−1} + (1 − β)·l_k,  a_{−1} = 0        s_k = a_k / (1 − β^(k+1)),  k = 0, 1, …
//
// The correction makes s a weighted mean of l_0 … l_k: s_0 = l_0, and a constant loss is its own mean. `correction` is
// the power of β at k = 0; 1 is the right one, 2 what PyTorch Lightning's finder uses. β^k by repeated multiplication.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace lrtune {

class RunningMean {
 public:
  explicit RunningMean(double beta, std::size_t correction = 1) : beta_(beta) {
    for (std::size_t i = 1; i < correction; ++i) power_ *= beta;
  }

  // The mean with one more number in it. From a number that is not finite on it is not finite either.
  double add(double value) {
    mean_ = beta_ * mean_ + (1 - beta_) * value;
    power_ *= beta_;
    return mean_ / (1 - power_);
  }

 private:
  double beta_;
  double power_ = 1;
  double mean_ = 0;
};

inline std::vector<double> running_means(std::span<const double> values, double beta, std::size_t correction = 1) {
  RunningMean mean(beta, correction);
  std::vector<double> means;
  for (double value : values) means.push_back(mean.add(value));
  return means;
}

}  // namespace lrtune
