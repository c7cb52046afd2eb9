// names.h: how the enumerations of results and reports are written, in their order.
#pragma once

#include <array>
#include <string_view>

#include "lrtune/check.h"
#include "lrtune/range.h"
#include "lrtune/study.h"

namespace lrtune {

template <class E>
inline constexpr std::array<std::string_view, 0> kResultNames = {};
template <>
inline constexpr std::array<std::string_view, 2> kResultNames<TaskKind> = {"classification", "regression"};
template <>
inline constexpr std::array<std::string_view, 5> kResultNames<Stage> = {"coarse", "extend", "fine", "confirm",
                                                                        "default"};
template <>
inline constexpr std::array<std::string_view, 3> kResultNames<TrialStatus> = {"completed", "diverged", "pruned"};
template <>
inline constexpr std::array<std::string_view, 3> kResultNames<TrialClass> = {"learned", "slow", "stuck"};
template <>
inline constexpr std::array<std::string_view, 6> kResultNames<RateStatus> = {"ok",   "noisy", "flat",
                                                                             "edge", "stuck", "all_diverged"};
template <>
inline constexpr std::array<std::string_view, 2> kResultNames<RateGrowth> = {"exponential", "linear"};
template <>
inline constexpr std::array<std::string_view, 3> kResultNames<RangeLoss> = {"batch", "train", "validation"};
template <>
inline constexpr std::array<std::string_view, 4> kResultNames<RangeStatus> = {"completed", "stopped", "non_finite",
                                                                              "too_short"};

template <>
inline constexpr std::array<std::string_view, 4> kResultNames<Verdict> = {"pass", "inconclusive", "regression",
                                                                          "not_comparable"};
template <>
inline constexpr std::array<std::string_view, 7> kResultNames<Reason> = {
    "rate_lost", "rate_moved", "loss_lost", "loss_worse", "status_worse", "differs", "no_rate"};
template <>
inline constexpr std::array<std::string_view, 7> kResultNames<ObstacleKind> = {
    "no_baseline", "schema", "incomplete", "config", "data", "missing_label", "extra_label"};

template <class E>
constexpr std::string_view result_name(E value) {
  return kResultNames<E>[static_cast<std::size_t>(value)];
}

}  // namespace lrtune
