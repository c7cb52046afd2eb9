// targets.h: the registry of fuzz targets, one per reader. A target takes any bytes to its reader: an Error is a fine
// outcome, a fault of its promises or any other exception is a finding. The fuzzers (driver/) give it new bytes for
// hours, replay_test.cpp the committed ones of corpus/<name>/. A new target is one file and one row.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace lrtune::fuzz {

void fuzz_baseline(std::string_view bytes);
void fuzz_config(std::string_view bytes);
void fuzz_csv(std::string_view bytes);
void fuzz_gzip(std::string_view bytes);
void fuzz_idx(std::string_view bytes);
void fuzz_journal(std::string_view bytes);
void fuzz_result(std::string_view bytes);

struct Target {
  std::string_view name;  // of its corpus folder, and fuzz_<name> is its program
  void (*run)(std::string_view bytes);
  // Most that may be allocated at a time for an input of n bytes: fixed + times · n.
  std::size_t fixed;
  std::size_t times;
};

inline constexpr std::array kTargets = {
    Target{"baseline", fuzz_baseline, 1 << 20, 400}, Target{"config", fuzz_config, 1 << 20, 400},
    Target{"csv", fuzz_csv, 1 << 20, 1000},        // one_hot makes up to 1000 features of a cell
    Target{"gzip", fuzz_gzip, 8 << 20, 4 * 1032},  // copies of at most 1 MB; 1032 to 1 is the most that deflate packs
    Target{"idx", fuzz_idx, 1 << 20, 200},           Target{"journal", fuzz_journal, 1 << 20, 400},
    Target{"result", fuzz_result, 1 << 20, 200},
};

constexpr const Target* find_target(std::string_view name) {
  const auto found = std::ranges::find(kTargets, name, &Target::name);
  return found == kTargets.end() ? nullptr : &*found;
}

}  // namespace lrtune::fuzz
