#include "library/run_info.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <utility>

#include "config/config_json.h"

namespace lrtune {
namespace {

#if defined(__clang__)
constexpr const char* kCompiler = "clang " __clang_version__;
#else
constexpr const char* kCompiler = "gcc " __VERSION__;
#endif

std::string cpu_name() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);)
    if (line.starts_with("model name")) return line.substr(std::min(line.size(), line.find(':') + 2));
  return "unknown";
}

}  // namespace

RunClock::RunClock() : started_at_(std::chrono::system_clock::now()), start_(std::chrono::steady_clock::now()) {}

double RunClock::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

RunInfo RunClock::info(std::size_t threads, std::string isa) const {
  std::array<char, 256> host{};
  if (::gethostname(host.data(), host.size() - 1) != 0) host[0] = '\0';
  const std::time_t started_at = std::chrono::system_clock::to_time_t(started_at_);
  return {.started_at = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(started_at)),
          .wall_seconds = seconds(),
          .threads = threads,
          .isa = std::move(isa),
          .host = host.data(),
          .cpu = cpu_name(),
          .compiler = kCompiler};
}

ResultHead head_of(const Config& config, Subject subject, RunInfo run) {
  return {LRTUNE_VERSION, config_to_json(config), config_id(config), std::move(subject), std::move(run)};
}

}  // namespace lrtune
