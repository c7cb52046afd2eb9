// sgd.h: w −= lr·g. H. Robbins and S. Monro, 1951; torch.optim.SGD.
#pragma once

#include "optim/rule.h"

namespace lrtune {

struct Sgd {
  static constexpr std::array kParameters = {parameter::kL2};
  using Parameters = ByName<kParameters>;
  static constexpr OptimizerCard kCard{{"sgd", "w −= lr·g", "Robbins and Monro 1951; torch.optim.SGD", kParameters},
                                       1e-2};
  static constexpr std::size_t kSlots = 0;
  enum Scalar { kRate, kDecay, kScalars };

  static double initial_slot(Parameters) { return 0; }
  static void begin_update(Parameters p, const Update& update, double* c) {
    c[kRate] = update.learning_rate;
    c[kDecay] = p["weight_decay"];
  }
  static Edge edge(Parameters p, std::size_t) { return {2, p["weight_decay"]}; }
  template <class V>
  static LRTUNE_INLINE V apply(V w, V g, V*, const V* c) {
    return fma(-c[kRate], fma(c[kDecay], w, g), w);
  }
};

}  // namespace lrtune
