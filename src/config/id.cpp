// What a configuration is known by. An id must stay what it is when a later version knows more fields, so it is taken
// over what differs from its default: fields, and the parameters of what is named. Version 0.1.0 took it over every
// field that it had.
#include <algorithm>
#include <array>

#include "base/files.h"
#include "config/config_json.h"
#include "config/fields.h"
#include "config/named.h"
#include "config/optimizers.h"
#include "config/values.h"

namespace lrtune {
namespace {

// Fields and parameters that version 0.1.0 did not have, as "training.epochs" and "adam.eps": its ids are without them.
constexpr std::array<std::string_view, 1> kAddedLater = {"search.tolerance"};

enum class Definition { current, of_0_1_0 };

// Whether an id is without it where it has its default.
bool is_left_out(Definition definition, std::string_view owner, std::string_view name) {
  if (definition == Definition::current) return true;
  const std::string place = std::string(owner) + "." + std::string(name);
  return std::ranges::find(kAddedLater, place) != kAddedLater.end();
}

// A config may have no value for a field.
bool is_same(const Json& a, const Json& b) { return a == b || (a.is_discarded() && b.is_discarded()); }

// {"name", parameters} without those that are left out.
Json reduced(Json named, std::span<const Card> cards, Definition definition) {
  const Card& card = card_of(named["name"].get<std::string>(), cards);
  for (const Parameter& p : card.parameters) {
    const bool is_default = named[std::string(p.name)] == number_to_json(p.default_value, p.kind);
    if (is_default && is_left_out(definition, card.name, p.name)) named.erase(std::string(p.name));
  }
  return named;
}

std::string id_of(const Config& config, Definition definition) {
  const Config standard{};
  Json root = Json::object();
  for (const Field& field : fields()) {
    if ((field.formats & format_bit(data_of(config).format)) == 0 || is_path(field)) continue;
    Json value = field.value(config);
    const bool may_go = is_left_out(definition, field.section, field.key);
    if (may_go ? is_same(value, field.value(standard)) : value.is_discarded()) continue;
    if (value.is_discarded()) value = nullptr;
    if (field.cards != nullptr) value = reduced(std::move(value), field.cards(), definition);
    Json& section = root[std::string(field.section)];
    if (section.is_null()) section = Json::object();
    section[std::string(field.key)] = std::move(value);
  }
  root["optimizers"] = Json::array();
  for (const Json& entry : optimizers_to_json(config))
    root["optimizers"].push_back(reduced(entry, optimizer_choices(), definition));
  const nlohmann::json sorted = root;
  return sha256(sorted.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

}  // namespace

std::string config_id(const Config& config) { return id_of(config, Definition::current); }

std::vector<std::string> older_config_ids(const Config& config) { return {id_of(config, Definition::of_0_1_0)}; }

}  // namespace lrtune
