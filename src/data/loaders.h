// loaders.h: the registry of data formats. A loader is bytes → Table: adding a format is one file and one row.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/table.h"
#include "lrtune/config.h"

namespace lrtune {

// A file as it came from the disk, unpacked if it was gzipped.
struct Source {
  std::string file;  // as named in the configuration
  std::string bytes;
};

// Sources in the order of the row's files; at most `max_rows` rows are made. Throws Error with every problem found.
using Load = Table (*)(std::span<const Source> sources, const DataConfig& config, std::optional<std::size_t> max_rows);

struct Loader {
  DataFormat format;
  std::string_view name;
  std::vector<std::string> (*training_files)(const DataConfig&);
  std::vector<std::string> (*validation_files)(const DataConfig&);  // none: there is no ready split
  Load load;
};

std::span<const Loader> loaders();

Table load_csv(std::span<const Source> sources, const DataConfig& config, std::optional<std::size_t> max_rows);
Table load_idx(std::span<const Source> sources, const DataConfig& config, std::optional<std::size_t> max_rows);
Table load_synthetic(std::span<const Source> sources, const DataConfig& config, std::optional<std::size_t> max_rows);

}  // namespace lrtune
