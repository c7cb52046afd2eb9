// loaders.cpp: the rows of the registry in loaders.h.
#include "data/loaders.h"

namespace lrtune {
namespace {

using Files = std::vector<std::string>;

Files images_and_labels(const ImageFiles& files) { return {files.images, files.labels}; }

constexpr Loader kLoaders[] = {
    {DataFormat::csv, "csv", [](const DataConfig& c) { return Files{c.train}; },
     [](const DataConfig& c) { return c.validation ? Files{*c.validation} : Files{}; }, load_csv},
    {DataFormat::idx, "idx", [](const DataConfig& c) { return images_and_labels(c.train_images); },
     [](const DataConfig& c) { return c.validation_images ? images_and_labels(*c.validation_images) : Files{}; },
     load_idx},
    {DataFormat::synthetic, "synthetic", [](const DataConfig&) { return Files{}; },
     [](const DataConfig&) { return Files{}; }, load_synthetic},
};

}  // namespace

std::span<const Loader> loaders() { return kLoaders; }

}  // namespace lrtune
