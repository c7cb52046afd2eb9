// notices.h: notices as lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lrtune/notice.h"

namespace lrtune {

// What was seen and what to change, a line each with `prefix` in front: "data: ".
std::string notice_lines(const std::vector<Notice>& notices, std::string_view prefix);

}  // namespace lrtune
