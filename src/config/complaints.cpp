#include "config/complaints.h"

#include <fmt/format.h>

#include <algorithm>

namespace lrtune {
namespace {

bool within(const std::string& path, const std::string& parent) {
  return path.starts_with(parent) && (path.size() == parent.size() || path[parent.size()] == '/');
}

}  // namespace

void Complaints::add(const std::string& path, ProblemKind kind, Facts facts, const std::string& value) {
  paths_.push_back(path);
  std::string option;
  if (!value.empty()) {
    option = path.substr(1);
    std::ranges::replace(option, '/', '.');
  }
  problems_.push_back({kind, blamed(path), std::move(facts), std::move(option), value});
}

std::string Complaints::blamed(const std::string& path) const {
  // The last override of the very value wins; else one that made the object around it.
  for (auto o = overrides_.rbegin(); o != overrides_.rend(); ++o)
    if (within(path, o->path)) return path == o->path ? o->text : fmt::format("{}: {}", o->text, path);
  for (auto o = overrides_.rbegin(); o != overrides_.rend(); ++o)
    if (within(path, o->created)) return within(o->path, path) ? o->text : fmt::format("{}: {}", o->text, path);
  return path.empty() ? where_ : fmt::format("{}: {}", where_, path);
}

bool Complaints::clean(const std::string& path) const {
  return std::ranges::none_of(paths_, [&](const std::string& of) { return within(of, path); });
}

}  // namespace lrtune
