// lane_functions.kernel.cpp: the table of lane_functions.h for the instruction set of this translation unit.
#include "nn/lane_functions.h"

#include "base/lanes.h"
#include "nn/activation.h"
#include "nn/lane_math.h"

namespace lrtune::LRTUNE_ISA {
namespace {

Lanes truth(Mask mask) { return select(mask, Lanes(1.0F), Lanes(0.0F)); }

Lanes gelu_value(Lanes z) { return Gelu::value(z, static_cast<Lanes*>(nullptr)); }

Lanes gelu_slope(Lanes z) {
  Lanes slope;
  (void)Gelu::value(z, &slope);
  return slope;
}

template <class Function>
LRTUNE_INLINE void one(const float* a, float* result, std::size_t n, Function f) {
  for (std::size_t i = 0; i < n; i += kWidth) store(result + i, f(load(a + i)));
}

template <class Function>
LRTUNE_INLINE void two(const float* a, const float* b, float* result, std::size_t n, Function f) {
  for (std::size_t i = 0; i < n; i += kWidth) store(result + i, f(load(a + i), load(b + i)));
}

#define LRTUNE_ONE(expression)                                                                 \
  [](const float* values, float* result, std::size_t n) {                                      \
    one(                                                                                       \
        values, result, n, [](Lanes a) __attribute__((always_inline)) { return expression; }); \
  }
#define LRTUNE_TWO(expression)                                                                               \
  [](const float* left, const float* right, float* result, std::size_t n) {                                  \
    two(                                                                                                     \
        left, right, result, n, [](Lanes a, Lanes b) __attribute__((always_inline)) { return expression; }); \
  }

void fma_of_three(const float* a, const float* b, const float* c, float* result, std::size_t n) {
  for (std::size_t i = 0; i < n; i += kWidth) store(result + i, fma(load(a + i), load(b + i), load(c + i)));
}

#define LRTUNE_NAME_OF(isa) #isa
#define LRTUNE_NAME(isa) LRTUNE_NAME_OF(isa)

}  // namespace

const LaneFunctions kLaneFunctions{
    .name = LRTUNE_NAME(LRTUNE_ISA),
    .sqrt = LRTUNE_ONE(sqrt(a)),
    .rint = LRTUNE_ONE(rint(a)),
    .abs = LRTUNE_ONE(abs(a)),
    .negate = LRTUNE_ONE(-a),
    .add = LRTUNE_TWO(a + b),
    .subtract = LRTUNE_TWO(a - b),
    .multiply = LRTUNE_TWO(a * b),
    .divide = LRTUNE_TWO(a / b),
    .less = LRTUNE_TWO(truth(a < b)),
    .less_or_equal = LRTUNE_TWO(truth(a <= b)),
    .fma = fma_of_three,
    .exp_of_negative = LRTUNE_ONE(exp_of_negative(a)),
    .log_of_positive = LRTUNE_ONE(log_of_positive(a)),
    .tanh = LRTUNE_ONE(tanh(a)),
    .sigmoid = LRTUNE_ONE(sigmoid(a)),
    .gelu = LRTUNE_ONE(gelu_value(a)),
    .gelu_slope = LRTUNE_ONE(gelu_slope(a)),
    .flush_tiny = LRTUNE_ONE(flush_tiny(a)),
};

}  // namespace lrtune::LRTUNE_ISA
