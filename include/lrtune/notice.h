// notice.h: something the user should know, and what to change.
#pragma once

#include <string>

namespace lrtune {

struct Notice {
  std::string kind;
  std::string text;
  std::string remedy;

  friend bool operator==(const Notice&, const Notice&) = default;
};

}  // namespace lrtune
