// parallel.h: independent jobs on several threads. What a job computes must not depend on which thread runs it or when.
#pragma once

#include <cstddef>
#include <functional>

namespace lrtune {

// Calls job(0) … job(count − 1), each once, on up to `threads` threads (the caller's is one of them); returns when all
// are done. The first exception (by job number) is thrown again after the other running jobs have ended. Every thread
// first checks that its float environment is the one that results rest on.
void for_each_job(std::size_t count, std::size_t threads, const std::function<void(std::size_t)>& job);

// Processors that this process may use: its affinity mask, cut by the cgroup's quota.
std::size_t usable_processors();

// Bytes of memory that this process may use: the machine's, cut by the cgroup's limit.
std::size_t usable_memory();

// Rounding to nearest, subnormal numbers kept: a failed check is a bug of the caller's environment.
void check_float_environment();

}  // namespace lrtune
