// notice_words.h: notices in words.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "lrtune/notice.h"

namespace lrtune {

// How files write the kinds, in their order.
inline constexpr std::array<std::string_view, 15> kNoticeKindNames = {
    "kind_guessed", "rows_dropped",   "values_filled", "constant_columns", "all_diverged", "stuck",
    "flat",         "edge",           "noisy",         "interrupted",      "extended",     "recovered",
    "budget",       "default_better", "other"};

constexpr std::string_view notice_name(NoticeKind kind) { return kNoticeKindNames[static_cast<std::size_t>(kind)]; }

// What was seen, and what to change: one line each. Where a notice brings words of its own, these.
std::string notice_text(const Notice& notice);
std::string notice_remedy(const Notice& notice);

// "what was seen; what to change"
std::string notice_line(const Notice& notice);

}  // namespace lrtune
