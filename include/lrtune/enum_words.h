// enum_words.h: how the enumerations of configs, results and reports are written, each in the order of its enumerators.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <type_traits>

#include "lrtune/check.h"
#include "lrtune/config.h"
#include "lrtune/range.h"
#include "lrtune/study.h"

namespace lrtune {

template <class E>
inline constexpr std::array<std::string_view, 0> kWords = {};

template <>
inline constexpr std::array<std::string_view, 3> kWords<DataFormat> = {"csv", "idx", "synthetic"};
template <>
inline constexpr std::array<std::string_view, 3> kWords<Header> = {"auto", "present", "absent"};
template <>
inline constexpr std::array<std::string_view, 3> kWords<Missing> = {"error", "drop", "mean"};
template <>
inline constexpr std::array<std::string_view, 16> kWords<NoticeKind> = {
    "kind_guessed",   "rows_dropped", "values_filled", "constant_columns", "all_diverged", "stuck",     "flat",
    "edge",           "unstable",     "noisy",         "interrupted",      "extended",     "recovered", "budget",
    "default_better", "other"};
template <>
inline constexpr std::array<std::string_view, 2> kWords<TaskKind> = {"classification", "regression"};
template <>
inline constexpr std::array<std::string_view, 5> kWords<Stage> = {"coarse", "extend", "fine", "confirm", "default"};
template <>
inline constexpr std::array<std::string_view, 3> kWords<TrialStatus> = {"completed", "diverged", "pruned"};
template <>
inline constexpr std::array<std::string_view, 3> kWords<TrialClass> = {"learned", "slow", "stuck"};
template <>
inline constexpr std::array<std::string_view, 7> kWords<RateStatus> = {"ok",       "noisy", "flat",        "edge",
                                                                       "unstable", "stuck", "all_diverged"};
template <>
inline constexpr std::array<std::string_view, 2> kWords<RateGrowth> = {"exponential", "linear"};
template <>
inline constexpr std::array<std::string_view, 3> kWords<RangeLoss> = {"batch", "train", "validation"};
template <>
inline constexpr std::array<std::string_view, 4> kWords<RangeStatus> = {"completed", "stopped", "non_finite",
                                                                        "too_short"};
template <>
inline constexpr std::array<std::string_view, 2> kWords<Compared> = {"baseline", "result"};
template <>
inline constexpr std::array<std::string_view, 4> kWords<Verdict> = {"pass", "inconclusive", "regression",
                                                                    "not_comparable"};
template <>
inline constexpr std::array<std::string_view, 7> kWords<Reason> = {
    "rate_lost", "rate_moved", "loss_lost", "loss_worse", "status_worse", "differs", "no_rate"};
template <>
inline constexpr std::array<std::string_view, 7> kWords<ObstacleKind> = {
    "no_baseline", "schema", "incomplete", "config", "data", "missing_label", "extra_label"};

template <class E>
requires std::is_enum_v<E>
constexpr const char* word(E value) {
  static_assert(!kWords<E>.empty());
  return kWords<E>[static_cast<std::size_t>(value)].data();  // of a literal, so that it ends in a NUL
}

// nullopt: it is none of them.
template <class E>
constexpr std::optional<E> from_word(std::string_view text) {
  static_assert(!kWords<E>.empty());
  const auto found = std::ranges::find(kWords<E>, text);
  if (found == kWords<E>.end()) return std::nullopt;
  return static_cast<E>(found - kWords<E>.begin());
}

}  // namespace lrtune
