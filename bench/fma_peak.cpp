// 12 accumulators of the widest vector: more chains than the latency times the throughput of the machines in use (4 to
// 5 cycles, 2 a cycle), and few enough for the registers of AVX2.
#include "fma_peak.h"

#include "base/lanes.h"

namespace lrtune {

double fma_loop(std::size_t rounds) {
  using namespace LRTUNE_ISA;
  constexpr std::size_t kChains = 12;
  Lanes sum[kChains];
  for (std::size_t i = 0; i < kChains; ++i) sum[i] = Lanes(1.0F + static_cast<float>(i));
  const Lanes a(0.999999F);
  const Lanes b(1e-6F);
  for (std::size_t r = 0; r < rounds; ++r) {
    for (std::size_t i = 0; i < kChains; ++i) sum[i] = fma(sum[i], a, b);
  }
  float out[kWidth];
  for (std::size_t i = 0; i < kChains; ++i) {
    store(out, sum[i]);
    asm volatile("" : : "r"(out) : "memory");
  }
  return 2.0 * static_cast<double>(rounds * kChains * kWidth);
}

}  // namespace lrtune
