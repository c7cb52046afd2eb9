// result.h: what every result begins and ends with: who made it, of what, where and how.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "lrtune/subject.h"

namespace lrtune {

// Where and how a result was made: the only part, with the tool's version, that differs between machines.
struct RunInfo {
  std::string started_at;  // UTC, ISO 8601
  double wall_seconds = 0;
  std::size_t threads = 0;
  std::optional<std::string> isa;  // instruction set of the built-in engine; absent if it trained nothing
  std::string host;
  std::string cpu;
  std::string compiler;

  friend bool operator==(const RunInfo&, const RunInfo&) = default;
};

struct ResultHead {
  std::string tool_version;
  std::string config_json;  // resolved configuration, as JSON text
  std::string config_id;    // SHA-256 of its canonical dump (config/config_json.h)
  Subject subject;
  RunInfo run;

  friend bool operator==(const ResultHead&, const ResultHead&) = default;
};

}  // namespace lrtune
