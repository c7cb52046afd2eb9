#include "base/parallel.h"

#include <gtest/gtest.h>

#include <barrier>
#include <cfenv>
#include <stdexcept>
#include <string>

#include "base/require.h"

#if defined(__SSE__)
#include <xmmintrin.h>
#endif

namespace lrtune {
namespace {

// A debug build ends at a failed check; the others throw.
#ifdef NDEBUG
TEST(FloatEnvironment, OtherRoundingIsRefusedBeforeAnyWork) {
  bool worked = false;
  std::fesetround(FE_UPWARD);
  EXPECT_THROW(for_each_job(1, 1, [&](std::size_t) { worked = true; }), Bug);
  std::fesetround(FE_TONEAREST);
  EXPECT_FALSE(worked);
  for_each_job(1, 1, [&](std::size_t) { worked = true; });
  EXPECT_TRUE(worked);
}

#if defined(__SSE__)
TEST(FloatEnvironment, FlushingSubnormalNumbersToZeroIsRefused) {
  const unsigned before = _mm_getcsr();
  for (const unsigned mode : {0x8000U, 0x0040U}) {  // results (FTZ); operands (DAZ)
    _mm_setcsr(before | mode);
    EXPECT_THROW(check_float_environment(), Bug);
    _mm_setcsr(before);
  }
  EXPECT_NO_THROW(check_float_environment());
}
#endif
#endif

// Both jobs have begun before either fails.
TEST(Parallel, OfTwoErrorsThatOfTheFirstJobIsThrown) {
  for (int repeat = 0; repeat < 20; ++repeat) {
    std::barrier both(2);
    std::string thrown;
    try {
      for_each_job(2, 2, [&](std::size_t i) {
        both.arrive_and_wait();
        throw std::runtime_error(i == 0 ? "first" : "second");
      });
    } catch (const std::runtime_error& error) {
      thrown = error.what();
    }
    EXPECT_EQ(thrown, "first");
  }
}

TEST(Parallel, UsesNoMoreThanTheMachineHas) {
  EXPECT_GE(usable_processors(), 1U);
  EXPECT_GT(usable_memory(), std::size_t{1} << 20U);
}

}  // namespace
}  // namespace lrtune
