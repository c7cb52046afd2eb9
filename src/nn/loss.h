// loss.h: the two losses and their gradients at the outputs, for a cohort of lanes.
//
//   cross_entropy  row loss = ln Σ_j e^(z_j − m) + (m − z_y), m = max_j z_j;  dz_j = (e^(z_j − m)/Σ − [j = y])/B
//   mse            row loss = Σ_j (z_j − y_j)²/K;                             dz_j = 2·(z_j − y_j)/(B·K)
//
// The batch's loss is the mean of its row losses, a long sum (nn/sums.h): row b is its term b. Shapes, lane fastest: z
// and dz [row][output]; labels [row]; targets [row][output] without lanes.
#pragma once

#include <cstdint>

#include "base/lanes.h"
#include "nn/lane_math.h"
#include "nn/sums.h"

namespace lrtune::LRTUNE_ISA {

LRTUNE_INLINE void add_row(LossSum& sum, std::size_t row, std::size_t lane, Lanes row_loss) {
  for (std::size_t t = 0; t < kWidth; ++t) sum.loss[row % kPartials][lane + t] += static_cast<double>(row_loss.v[t]);
}

// The row's largest output. Compare and select: a NaN at any place but the first is passed over, and makes itself seen
// in the sum of exponentials.
LRTUNE_INLINE Lanes largest(const float* z, std::size_t outputs, std::size_t lane) {
  Lanes largest = load(z + lane);
  for (std::size_t j = 1; j < outputs; ++j) {
    const Lanes other = load(z + j * kLanes + lane);
    largest = select(largest < other, other, largest);
  }
  return largest;
}

// Σ_j e^(z_j − m), chain over j; the exponentials go to `e` unless it is null.
LRTUNE_INLINE Lanes sum_of_exponentials(const float* z, std::size_t outputs, std::size_t lane, Lanes m, float* e) {
  Lanes sum(0.0F);
  for (std::size_t j = 0; j < outputs; ++j) {
    const Lanes term = exp_of_negative(load(z + j * kLanes + lane) - m);
    if (e != nullptr) store(e + j * kLanes + lane, term);
    sum = sum + term;
  }
  return sum;
}

// Training: row losses into `sum`, gradients into dz (which may not be z).
inline void cross_entropy_gradient(std::size_t rows, std::size_t outputs, const std::int32_t* labels, const float* z,
                                   float* dz, LossSum& sum) {
  const Lanes share(1.0F / static_cast<float>(rows));
  for (std::size_t b = 0; b < rows; ++b, z += outputs * kLanes, dz += outputs * kLanes) {
    const auto label = static_cast<std::size_t>(labels[b]);
    for (std::size_t lane = 0; lane < kLanes; lane += kWidth) {
      const Lanes m = largest(z, outputs, lane);
      const Lanes total = sum_of_exponentials(z, outputs, lane, m, dz);
      add_row(sum, b, lane, log_of_positive(total) + (m - load(z + label * kLanes + lane)));
      const Lanes scale = share / total;
      for (std::size_t j = 0; j < outputs; ++j) {
        float* place = dz + j * kLanes + lane;
        const Lanes p = load(place) * scale;
        store(place, flush_tiny(j == label ? p - share : p));
      }
    }
  }
}

// Evaluation: row losses.
inline void cross_entropy_loss(std::size_t rows, std::size_t outputs, const std::int32_t* labels, const float* z,
                               LossSum& sum) {
  for (std::size_t b = 0; b < rows; ++b, z += outputs * kLanes) {
    const auto label = static_cast<std::size_t>(labels[b]);
    for (std::size_t lane = 0; lane < kLanes; lane += kWidth) {
      const Lanes m = largest(z, outputs, lane);
      const Lanes total = sum_of_exponentials(z, outputs, lane, m, nullptr);
      add_row(sum, b, lane, log_of_positive(total) + (m - load(z + label * kLanes + lane)));
    }
  }
}

// Counts the misclassified rows: a row's class is the first of its largest outputs; with a NaN among them it is wrong.
inline void count_wrong(std::size_t rows, std::size_t outputs, const std::int32_t* labels, const float* z,
                        LossSum& sum) {
  for (std::size_t b = 0; b < rows; ++b, z += outputs * kLanes) {
    const auto label = static_cast<std::size_t>(labels[b]);
    for (std::size_t lane = 0; lane < kLanes; lane += kWidth) {
      const Lanes own = load(z + label * kLanes + lane);
      Lanes right = select(own <= own, Lanes(1.0F), Lanes(0.0F));
      for (std::size_t j = 0; j < outputs; ++j) {
        const Lanes other = load(z + j * kLanes + lane);
        if (j < label) right = select(other < own, right, Lanes(0.0F));
        if (j > label) right = select(other <= own, right, Lanes(0.0F));
      }
      for (std::size_t t = 0; t < kWidth; ++t) sum.wrong[lane + t] += 1.0 - static_cast<double>(right.v[t]);
    }
  }
}

// Row losses into `sum`; gradients into dz unless it is null.
inline void mse(std::size_t rows, std::size_t outputs, const float* targets, const float* z, float* dz, LossSum& sum) {
  const Lanes mean(1.0F / static_cast<float>(outputs));
  const Lanes share(2.0F / static_cast<float>(rows * outputs));
  for (std::size_t b = 0; b < rows; ++b, z += outputs * kLanes) {
    for (std::size_t lane = 0; lane < kLanes; lane += kWidth) {
      Lanes squares(0.0F);
      for (std::size_t j = 0; j < outputs; ++j) {
        const Lanes difference = load(z + j * kLanes + lane) - Lanes(targets[b * outputs + j]);
        squares = fma(difference, difference, squares);
        if (dz != nullptr) store(dz + (b * outputs + j) * kLanes + lane, flush_tiny(difference * share));
      }
      add_row(sum, b, lane, squares * mean);
    }
  }
}

}  // namespace lrtune::LRTUNE_ISA
