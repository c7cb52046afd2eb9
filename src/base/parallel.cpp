#include "base/parallel.h"

#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cfenv>
#include <cmath>
#include <exception>
#include <fstream>
#include <limits>
#include <mutex>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "base/require.h"
#include "base/text.h"

namespace lrtune {
namespace {

// The words of the first line of a cgroup file; empty if there is none.
std::vector<std::string> cgroup_words(const char* path) {
  std::ifstream file(path);
  std::vector<std::string> words;
  for (std::string word; words.size() < 2 && file >> word;) words.push_back(word);
  return words;
}

}  // namespace

void check_float_environment() {
  LRTUNE_CHECK(std::fegetround() == FE_TONEAREST, std::fegetround());
  const volatile float smallest = std::numeric_limits<float>::min();
  const volatile float half = smallest * 0.5F;
  LRTUNE_CHECK(half > 0, static_cast<double>(half));  // neither results nor
  LRTUNE_CHECK(half * 2.0F == smallest);              // operands are flushed to zero
}

void for_each_job(std::size_t count, std::size_t threads, const std::function<void(std::size_t)>& job) {
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::exception_ptr error;
  std::size_t error_job = count;
  const auto work = [&] {
    std::size_t i = count;
    try {
      check_float_environment();
      while ((i = next.fetch_add(1)) < count) job(i);
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!error || i < error_job) {
        error = std::current_exception();
        error_job = i;
      }
      next.store(count);
    }
  };
  {
    std::vector<std::jthread> others;
    try {
      for (std::size_t i = 1; i < std::min(threads, count); ++i) others.emplace_back(work);
    } catch (const std::system_error&) {  // no more threads to be had: those there are do the work
    }
    work();
  }
  if (error) std::rethrow_exception(error);
}

std::size_t usable_processors() {
  std::size_t processors = std::max(1U, std::thread::hardware_concurrency());
  cpu_set_t mask;
  if (::sched_getaffinity(0, sizeof mask, &mask) == 0) processors = static_cast<std::size_t>(CPU_COUNT(&mask));
  const auto quota = cgroup_words("/sys/fs/cgroup/cpu.max");
  if (quota.size() == 2) {
    const auto used = parse_number(quota[0]);
    const auto period = parse_number(quota[1]);
    if (used && period && *period > 0)
      processors =
          std::min(processors, std::max<std::size_t>(1, static_cast<std::size_t>(std::floor(*used / *period + 0.5))));
  }
  return processors;
}

std::size_t usable_memory() {
  std::size_t bytes =
      static_cast<std::size_t>(::sysconf(_SC_PHYS_PAGES)) * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  const auto limit = cgroup_words("/sys/fs/cgroup/memory.max");
  if (!limit.empty())
    if (const auto value = parse_number(limit[0]); value && *value < static_cast<double>(bytes))
      bytes = static_cast<std::size_t>(*value);
  return bytes;
}

}  // namespace lrtune
