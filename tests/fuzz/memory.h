// memory.h: counts what this program holds in allocated memory: all of it in a build with the address sanitizer, which
// has a hook for that; elsewhere what operator new gives out (memory.cpp replaces it).
#pragma once

#include <cstddef>

namespace lrtune::fuzz {

void start_counting();         // from here on, on one thread at a time
std::size_t most_allocated();  // bytes beyond those at the start, at the worst moment since

}  // namespace lrtune::fuzz
