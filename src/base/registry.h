// registry.h: a registry whose rows are types, for what must be known while compiling: rules and activations.
#pragma once

#include <array>
#include <cstddef>
#include <type_traits>

#include "base/inline.h"

namespace lrtune {

template <class... Rows>
struct Registry {
  static constexpr std::size_t kRows = sizeof...(Rows);

  // make(T{}) of every row's T, in order.
  template <class Make>
  static constexpr auto each(const Make& make) {
    return std::array{make(Rows{})...};
  }

  // make(T{}) of one row's T, such as a function that is compiled for it; `make` captures nothing. Always inlined:
  // kernels use it too.
  template <class Make>
  static LRTUNE_INLINE auto at(std::size_t row, Make) {
    using Made = std::common_type_t<decltype(Make{}(Rows{}))...>;
    static constexpr Made kMade[] = {Make{}(Rows{})...};
    return kMade[row];
  }
};

}  // namespace lrtune
