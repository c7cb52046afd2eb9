#include "record/validation_json.h"

#include "base/json.h"
#include "record/parts.h"

namespace lrtune {

std::string validation_to_json(const Validation& validation) {
  const Json root = {{"tool", tool(validation.tool_version)},
                     {"config_id", validation.config_id},
                     {"data", to_json(validation.subject)},
                     {"updates", validation.updates},
                     {"optimizers", validation.labels}};
  return write_json(root, 1);
}

}  // namespace lrtune
