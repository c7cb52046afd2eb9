// real.h: one double with the operations of base/lanes.h, so that the update rules of optim/ run in double.
#pragma once

#include <cmath>

namespace lrtune::reference {

struct Real {
  double v;

  Real() : v(0) {}
  Real(double value) : v(value) {}
};

inline Real operator+(Real a, Real b) { return {a.v + b.v}; }
inline Real operator-(Real a, Real b) { return {a.v - b.v}; }
inline Real operator*(Real a, Real b) { return {a.v * b.v}; }
inline Real operator/(Real a, Real b) { return {a.v / b.v}; }
inline Real operator-(Real a) { return {-a.v}; }

struct RealMask {
  bool set;
};

inline RealMask operator<(Real a, Real b) { return {a.v < b.v}; }
inline RealMask operator<=(Real a, Real b) { return {a.v <= b.v}; }
inline RealMask operator&(RealMask a, RealMask b) { return {a.set && b.set}; }
inline Real select(RealMask mask, Real yes, Real no) { return mask.set ? yes : no; }

inline Real fma(Real a, Real b, Real c) { return {std::fma(a.v, b.v, c.v)}; }
inline Real sqrt(Real a) { return {std::sqrt(a.v)}; }
inline Real abs(Real a) { return {std::fabs(a.v)}; }

}  // namespace lrtune::reference
