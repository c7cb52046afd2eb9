#include "config/complaints.h"

#include <fmt/format.h>

#include <algorithm>

namespace lrtune {
namespace {

bool within(const std::string& path, const std::string& parent) {
  return path.starts_with(parent) && (path.size() == parent.size() || path[parent.size()] == '/');
}

}  // namespace

void Complaints::add(const std::string& path, const std::string& what, const std::string& hint) {
  paths_.push_back(path);
  // The last override of the very value wins; else one that made the object around it.
  for (auto o = overrides_.rbegin(); o != overrides_.rend(); ++o) {
    if (!within(path, o->path)) continue;
    problems_.push_back({path == o->path ? o->text : fmt::format("{}: {}", o->text, path), what, hint});
    return;
  }
  for (auto o = overrides_.rbegin(); o != overrides_.rend(); ++o) {
    if (!within(path, o->created)) continue;
    problems_.push_back({within(o->path, path) ? o->text : fmt::format("{}: {}", o->text, path), what, hint});
    return;
  }
  problems_.push_back({path.empty() ? where_ : fmt::format("{}: {}", where_, path), what, hint});
}

bool Complaints::clean(const std::string& path) const {
  return std::ranges::none_of(paths_, [&](const std::string& of) { return within(of, path); });
}

}  // namespace lrtune
