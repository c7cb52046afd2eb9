// tune.h: the library's verb: a config and data in memory → a Study, as `lrtune tune` makes it of files.
// docs/library.md has an example. Functions throw Error (lrtune/error.h) with every problem found.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lrtune/config.h"
#include "lrtune/study.h"

namespace lrtune {

// Rows in memory. Exactly one of labels and targets is filled.
struct Samples {
  std::vector<double> values;         // [row][feature], row-major; NaN is missing (data.missing)
  std::vector<std::int32_t> labels;   // [row]: a class, whatever number stands for it
  std::vector<double> targets;        // [row]: a quantity
  std::vector<std::string> features;  // names, one per feature; empty: x0, x1, …, as many as the values make
};

struct TuneOptions {
  std::size_t threads = 0;                  // 0: what affinity and cgroup allow
  const std::atomic<bool>* stop = nullptr;  // once it is set, the search ends soon; the Study is not complete
  // Called now and then, from one thread at a time, with the trials finished and those planned so far.
  std::function<void(std::size_t finished, std::size_t planned)> progress = {};
};

// A config as a file has it (JSON with comments; docs/formats.md), where everything has a default. `data` is for what
// concerns the data in memory: validation_fraction, split_seed, stratify, standardize, missing ("error", "mean").
Config config_of(std::string_view json = "{}");

// Tunes every optimizer of the config. A part of the rows validates, or all of `validation`. Results are the same bits
// for any number of threads.
Study tune(const Config& config, const Samples& samples, const std::optional<Samples>& validation = std::nullopt,
           const TuneOptions& options = {});

// The text of a result file, as `lrtune tune -o` writes it.
std::string result_json(const Study& study);

}  // namespace lrtune
