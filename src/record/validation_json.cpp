#include "record/validation_json.h"

#include "record/describe_head.h"
#include "record/json_writer.h"

namespace lrtune {

void describe(auto& v, Record<Validation> auto& validation) {
  describe_tool(v, validation.tool_version);
  v.field("config_id", validation.config_id);
  v.field("data", validation.subject);
  v.field("updates", validation.updates);
  v.field("optimizers", validation.labels);
}

std::string validation_to_json(const Validation& validation) { return write_json(json_of(validation), 1); }

}  // namespace lrtune
