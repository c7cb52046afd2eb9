#include "config/config_json.h"
#include "config/fields.h"
#include "config/optimizers.h"

namespace lrtune {
namespace {

// A null that [] is to make an object of is left half made where memory runs out, and destroying it crashes: objects
// are made as such.
Json resolved(const Config& config) {
  Json root = Json::object();
  const unsigned format = format_bit(data_of(config).format);
  for (const Field& field : fields()) {
    if ((field.formats & format) == 0) continue;
    Json value = field.value(config);
    if (value.is_discarded()) continue;
    Json& section = root[std::string(field.section)];
    if (section.is_null()) section = Json::object();
    section[std::string(field.key)] = std::move(value);
  }
  root["optimizers"] = optimizers_to_json(config);
  return root;
}

}  // namespace

std::string config_to_json(const Config& config) { return write_json(resolved(config), 2); }

}  // namespace lrtune
