// paths.h: names of files that are relative to one folder, made relative to another.
#pragma once

#include <filesystem>
#include <string>

namespace lrtune {

// `path`, relative to the folder `from`, as it is found from the folder `to`; an empty folder is the current one.
// Absolute and empty paths stay. Symbolic links in the path itself stay too: data are often put in their place by one.
std::string rebased(const std::string& path, const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace lrtune
