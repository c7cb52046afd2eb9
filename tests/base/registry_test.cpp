#include "base/registry.h"

#include <gtest/gtest.h>

namespace lrtune {
namespace {

struct One {
  static constexpr int kNumber = 1;
};
struct Two {
  static constexpr int kNumber = 2;
};
struct Three {
  static constexpr int kNumber = 3;
};

using Numbers = Registry<One, Two, Three>;

TEST(Registry, EachRowGivesItsValueInOrder) {
  constexpr auto kSquares = Numbers::each([]<class T>(T) { return T::kNumber * T::kNumber; });
  static_assert(Numbers::kRows == 3);
  EXPECT_EQ(kSquares, (std::array{1, 4, 9}));
}

template <class T>
int times(int factor) {
  return factor * T::kNumber;
}

TEST(Registry, AtGivesTheFunctionThatIsCompiledForThatRow) {
  for (std::size_t row = 0; row < Numbers::kRows; ++row)
    EXPECT_EQ(Numbers::at(row, []<class T>(T) { return times<T>; })(10), static_cast<int>(10 * (row + 1)));
}

}  // namespace
}  // namespace lrtune
