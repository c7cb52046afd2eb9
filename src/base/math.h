// math.h: the transcendental functions of lrtune, in double. Results of the C library differ between versions and
// machines, so no libm function but the exact ones (sqrt, floor, rint, fma, fabs) may touch a result. The float
// versions for lanes are in nn/lane_math.h. Largest errors, measured against long double: tests/base/math_test.cpp.
#pragma once

namespace lrtune::math {

inline constexpr double kPi = 3.141592653589793238462643383279502884;
inline constexpr double kLn10 = 2.302585092994045684017991454684364208;

double exp(double x);    // +0 below −708 (no subnormals), +inf above 709.78
double log(double x);    // natural; −inf at 0, NaN below
double log10(double x);  // log(x) / ln 10
double pow(double base,
           double exponent);  // base > 0: exp(exponent·log(base)), relative error grows with |exponent·log|
double cos(double x);         // |x| ≤ 2^20

}  // namespace lrtune::math
