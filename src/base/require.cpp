#include "base/require.h"

#include <cstdio>
#include <cstdlib>

namespace lrtune {

void fail_check(const char* file, int line, const char* condition, const std::string& values) {
  std::string text = fmt::format("{}:{}: check failed: {}", file, line, condition);
  if (!values.empty()) text += fmt::format(" (values: {})", values);
#ifdef NDEBUG
  throw Bug(text);
#else
  std::fprintf(stderr, "%s\n", text.c_str());
  std::abort();
#endif
}

}  // namespace lrtune
