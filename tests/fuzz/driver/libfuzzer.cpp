// libfuzzer.cpp: one target as a libFuzzer program; LRTUNE_FUZZ_TARGET is its name.
#include <cstdint>

#include "fuzz/promises.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr const lrtune::fuzz::Target* kTarget = lrtune::fuzz::find_target(LRTUNE_FUZZ_TARGET);
  static_assert(kTarget != nullptr, "a target needs a row in targets.h");
  lrtune::fuzz::run_target(*kTarget, {reinterpret_cast<const char*>(data), size});
  return 0;
}
