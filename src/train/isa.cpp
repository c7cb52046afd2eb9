#include "train/isa.h"

#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "lrtune/error.h"

namespace lrtune {

#if defined(__x86_64__)
namespace avx512 {
extern const Kernel kKernel;
}
namespace avx2 {
extern const Kernel kKernel;
}
#elif defined(__aarch64__)
namespace neon {
extern const Kernel kKernel;
}
#endif
namespace scalar {
extern const Kernel kKernel;
}

namespace {

std::vector<const Kernel*> find_usable() {
  std::vector<const Kernel*> kernels;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) kernels.push_back(&avx512::kKernel);
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) kernels.push_back(&avx2::kKernel);
#elif defined(__aarch64__)
  kernels.push_back(&neon::kKernel);
#endif
  kernels.push_back(&scalar::kKernel);
  return kernels;
}

}  // namespace

std::span<const Kernel* const> usable_kernels() {
  static const std::vector<const Kernel*> kKernels = find_usable();
  return kKernels;
}

const Kernel& chosen_kernel() {
  const char* wanted = std::getenv("LRTUNE_ISA");
  if (wanted == nullptr || *wanted == '\0') return *usable_kernels().front();
  std::vector<std::string_view> names;
  for (const Kernel* kernel : usable_kernels()) {
    if (kernel->name == std::string_view(wanted)) return *kernel;
    names.emplace_back(kernel->name);
  }
  Facts facts = suggestion("", names);
  facts.push_back({"isa", std::string(wanted)});
  throw Error(ProblemKind::isa_unknown, "LRTUNE_ISA", std::move(facts));
}

}  // namespace lrtune
