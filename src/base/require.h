// require.h: LRTUNE_CHECK(condition, values…) for what only a bug of ours can break. Stays on in release builds; not
// for inner loops. A debug build aborts, a release build throws Bug, which main() turns into exit code 1.
#pragma once

#include <fmt/format.h>

#include <stdexcept>
#include <string>

namespace lrtune {

class Bug : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

[[noreturn]] void fail_check(const char* file, int line, const char* condition, const std::string& values);

}  // namespace lrtune

// The values are printed as given, e.g. LRTUNE_CHECK(rows > 0, rows, columns).
#define LRTUNE_CHECK(condition, ...)                                                                             \
  do {                                                                                                           \
    if (!(condition)) ::lrtune::fail_check(__FILE__, __LINE__, #condition, ::lrtune::check_values(__VA_ARGS__)); \
  } while (false)

namespace lrtune {

template <class... Values>
std::string check_values(const Values&... values) {
  std::string text;
  ((text += fmt::format("{}{}", text.empty() ? "" : ", ", values)), ...);
  return text;
}

}  // namespace lrtune
