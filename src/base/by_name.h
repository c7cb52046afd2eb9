// by_name.h: the numbers of an optimizer or a schedule by the names that its card gives them: with
//   const ByName<kParameters> p(values);
// p["eps"] is the value of the parameter "eps". Names are looked up by the compiler: one that kParameters lacks is an
// error there, and the order of the card is written once, in the card.
#pragma once

#include <cstddef>
#include <span>

#include "lrtune/catalog.h"

namespace lrtune {

// `kParameters`: an array of Parameter; the values are in its order.
template <const auto& kParameters>
class ByName {
 public:
  constexpr ByName(std::span<const double> values) : values_(values) {}

  struct Place {
    consteval Place(const char* name) {
      for (const Parameter& parameter : kParameters) {
        if (parameter.name == name) return;
        ++index;
      }
      throw "the card has no parameter of that name";
    }
    std::size_t index = 0;
  };

  constexpr double operator[](Place place) const { return values_[place.index]; }

 private:
  std::span<const double> values_;
};

}  // namespace lrtune
