// Two configurations side by side, and the paths of their data, which are no part of what is asked for.
#include <algorithm>

#include "config/config_json.h"
#include "config/fields.h"
#include "config/optimizers.h"
#include "config/paths.h"

namespace lrtune {
namespace {

std::string text_of(const Json& value) { return value.is_discarded() ? "nothing" : value.dump(); }

void add_optimizers(const Config& before, const Config& now, std::vector<Difference>& found) {
  for (const OptimizerConfig& old : before.optimizers) {
    const auto fresh = std::ranges::find(now.optimizers, old.label, &OptimizerConfig::label);
    if (fresh == now.optimizers.end() || *fresh == old) continue;
    if (fresh->name != old.name) {
      found.push_back({"name", old.name, fresh->name, old.label});
      continue;
    }
    for (std::size_t i = 0; i < old.settings.size(); ++i)
      if (!(old.settings[i] == fresh->settings[i]))
        found.push_back({old.settings[i].name, Json(old.settings[i].value).dump(),
                         Json(fresh->settings[i].value).dump(), old.label});
  }
}

// The files of a DataConfig, one by one.
template <class Change>
void change_paths(DataConfig& data, const Change& change) {
  change(data.train);
  if (data.validation) change(*data.validation);
  change(data.train_images.images);
  change(data.train_images.labels);
  if (data.validation_images) change(data.validation_images->images);
  if (data.validation_images) change(data.validation_images->labels);
}

}  // namespace

std::vector<Difference> config_differences(const Config& before, const Config& now) {
  std::vector<Difference> found;
  const unsigned formats = format_bit(data_of(before).format) | format_bit(data_of(now).format);
  for (const Field& field : fields()) {
    if ((field.formats & formats) == 0 || is_path(field)) continue;
    const std::string old = text_of(field.value(before));
    const std::string fresh = text_of(field.value(now));
    if (old != fresh) found.push_back({std::string(field.section) + "." + std::string(field.key), old, fresh});
  }
  if (data_of(before).validation.has_value() != data_of(now).validation.has_value() ||
      data_of(before).validation_images.has_value() != data_of(now).validation_images.has_value()) {
    const auto has = [](const Config& c) {
      return data_of(c).validation || data_of(c).validation_images ? "a file" : "null";
    };
    found.push_back({"data.validation", has(before), has(now)});
  }
  add_optimizers(before, now, found);
  return found;
}

Config moved_to(Config config, const std::filesystem::path& folder) {
  change_paths(data_of(config), [&](std::string& path) { path = rebased(path, config.base_directory, folder); });
  config.base_directory = folder;
  return config;
}

Config with_data_paths_of(Config config, const Config& from) {
  if (data_of(config).format != data_of(from).format) return config;
  data_of(config).train = data_of(from).train;
  data_of(config).train_images = data_of(from).train_images;
  if (data_of(config).validation && data_of(from).validation) data_of(config).validation = data_of(from).validation;
  if (data_of(config).validation_images && data_of(from).validation_images)
    data_of(config).validation_images = data_of(from).validation_images;
  return config;
}

}  // namespace lrtune
