// own_fields.h: the fields that are more than one value, or of more than one type: reading, writing and schema of each.
#pragma once

#include <string>

#include "base/json.h"
#include "config/complaints.h"
#include "lrtune/config.h"

namespace lrtune {

void read_train(Config& config, const Json& value, const std::string& path, Complaints& complaints);
Json train_to_json(const Config& config);
void read_validation(Config& config, const Json& value, const std::string& path, Complaints& complaints);
Json validation_to_json(const Config& config);
Json source_schema();  // of both

void read_target(Config& config, const Json& value, const std::string& path, Complaints& complaints);
Json target_to_json(const Config& config);
Json target_schema();

void read_synthetic(Config& config, const Json& value, const std::string& path, Complaints& complaints);
Json synthetic_to_json(const Config& config);
Json synthetic_schema();

void read_delimiter(Config& config, const Json& value, const std::string& path, Complaints& complaints);
Json delimiter_to_json(const Config& config);
Json delimiter_schema();

void read_schedule(Config& config, const Json& value, const std::string& path, Complaints& complaints);
Json schedule_to_json(const Config& config);
Json schedule_schema();

void read_range(Config& config, const Json& value, const std::string& path, Complaints& complaints);
Json range_to_json(const Config& config);
Json range_schema();

}  // namespace lrtune
