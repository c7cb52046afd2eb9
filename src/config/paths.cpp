#include "config/paths.h"

namespace lrtune {
namespace {

// `path` behind `way`, which leads through no symbolic link.
std::string behind(std::filesystem::path way, const std::filesystem::path& path) {
  auto part = path.begin();
  for (; part != path.end() && *part == ".."; ++part) way = (way / *part).lexically_normal();
  if (way == ".") way.clear();
  for (; part != path.end(); ++part) way /= *part;
  return way.generic_string();
}

}  // namespace

std::string rebased(const std::string& path, const std::filesystem::path& from, const std::filesystem::path& to) {
  if (path.empty() || std::filesystem::path(path).is_absolute()) return path;
  const auto or_here = [](const std::filesystem::path& f) { return f.empty() ? std::filesystem::path(".") : f; };
  return behind(std::filesystem::proximate(or_here(from), or_here(to)), path);
}

}  // namespace lrtune
