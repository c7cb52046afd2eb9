#include "base/by_name.h"

#include <gtest/gtest.h>

#include <array>

namespace lrtune {
namespace {

constexpr std::array kParameters = {Parameter{"rho", 0.9, {}, ParameterKind::real, ""},
                                    Parameter{"eps", 1e-6, {}, ParameterKind::real, ""},
                                    Parameter{"eps2", 0, {}, ParameterKind::real, ""}};

TEST(ByName, FindsTheValueThatStandsWhereTheCardHasTheName) {
  const std::array values{1.5, 2.5, 3.5};
  const ByName<kParameters> p(values);
  EXPECT_EQ(p["rho"], 1.5);
  EXPECT_EQ(p["eps"], 2.5);
  EXPECT_EQ(p["eps2"], 3.5);
}

}  // namespace
}  // namespace lrtune
