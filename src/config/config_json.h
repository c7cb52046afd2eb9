// config_json.h: configurations as JSON text: read, resolved, checked, written. The fields are a table
// (config/fields.h) that the reader, the writer, the JSON Schema and "did you mean" share; optimizers, schedules and
// synthetic sets take their parameters from the cards of the registries.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "lrtune/check.h"
#include "lrtune/config.h"

namespace lrtune {

// The configuration in `text` (JSON, comments allowed), every default filled in. `where` is the file as the user wrote
// it, for messages. `overrides` are "training.epochs=5": a dotted path, indices of lists as numbers, and a value that
// is JSON or else a text; they are applied in order, before anything is resolved. Files of data in them are relative to
// the current folder, those in `text` to `base_directory`. Throws one Error with every problem
// found.
Config read_config(std::string_view text, const std::string& where, const std::filesystem::path& base_directory,
                   std::span<const std::string> overrides = {});

// The same for data in memory: "train" and "target" name no file and no column, and "data" may be left out.
Config read_memory_config(std::string_view text, const std::string& where);

// The resolved configuration as JSON text, fields in the order of the table, ending in a line break. read_config gives
// an equal Config for it. Fields that the data's format does not have are left out.
std::string config_to_json(const Config& config);

// SHA-256 of the canonical dump (keys sorted, no blanks) of what differs from its default, without the paths of the
// data. A field that is added later is no part of the id until it is set.
std::string config_id(const Config& config);

// What older versions of lrtune have as the id of this configuration; a journal of one of these is of it too.
std::vector<std::string> older_config_ids(const Config& config);

// Fields of two resolved configurations that are not the same, in the order of the table; then of optimizers that have
// the same label. The data's paths are not compared, nor is which optimizers there are.
std::vector<Difference> config_differences(const Config& before, const Config& now);

// The configuration, whose data paths start at its base directory, for a file in `folder`: absolute ones stay.
Config moved_to(Config config, const std::filesystem::path& folder);

// The data's paths of `from`, where the formats are the same; everything else is `config`'s own.
Config with_data_paths_of(Config config, const Config& from);

// JSON Schema, draft 7, of what read_config takes; it cannot say what concerns several fields at once.
std::string config_schema();

}  // namespace lrtune
