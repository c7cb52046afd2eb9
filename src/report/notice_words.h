// notice_words.h: notices in words.
#pragma once

#include <string>

#include "lrtune/notice.h"

namespace lrtune {

// What was seen, and what to change: one line each. Where a notice brings words of its own, these.
std::string notice_text(const Notice& notice);
std::string notice_remedy(const Notice& notice);

// "what was seen; what to change"
std::string notice_line(const Notice& notice);

}  // namespace lrtune
