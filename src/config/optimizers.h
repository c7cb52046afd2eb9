// optimizers.h: the list of optimizers in a configuration, and the labels by which results know them.
#pragma once

#include "base/json.h"
#include "config/complaints.h"
#include "lrtune/config.h"

namespace lrtune {

// `value`: the list, or nullptr where it is left out: then every row of the registry. Needs
// config.training.weight_decay.
void read_optimizers(const Json* value, Config& config, Complaints& complaints);
Json optimizers_to_json(const Config& config);
Json optimizers_schema();

}  // namespace lrtune
