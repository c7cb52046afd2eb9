#include "config/named.h"

#include <algorithm>

#include "base/require.h"
#include "base/text.h"
#include "config/values.h"
#include "optim/optimizer_cards.h"
#include "schedule/schedule.h"

namespace lrtune {
std::optional<Named> read_named(const Json& value, const std::string& path, std::span<const Card> cards,
                                std::span<const std::string_view> more, Complaints& complaints) {
  const std::vector<std::string_view> names = card_names(cards);
  if (!value.is_object() && !value.is_string()) {
    complaints.add(path, ProblemKind::name_expected,
                   {{"found", describe_json(value)}, {"example", std::string(names.front())}});
    return std::nullopt;
  }
  if (value.is_object() && !value.contains("name")) {
    complaints.add(path, ProblemKind::name_missing, suggestion("", names));
    return std::nullopt;
  }
  const std::string name_path = value.is_object() ? json_path(path, "name") : path;
  const auto name = check_name(value.is_object() ? value["name"] : value, name_path, names, complaints);
  if (!name) return std::nullopt;

  const Card& card = card_of(*name, cards);
  Named named{*name, default_settings(card), std::vector<bool>(card.parameters.size())};
  if (value.is_string()) return named;
  std::vector<std::string_view> keys = {"name"};
  for (const Parameter& p : card.parameters) keys.push_back(p.name);
  keys.insert(keys.end(), more.begin(), more.end());
  check_keys(value, path, keys, complaints);
  for (std::size_t i = 0; i < card.parameters.size(); ++i) {
    const Parameter& p = card.parameters[i];
    const auto found = value.find(p.name);
    if (found == value.end()) continue;
    const auto number = check_number(*found, json_path(path, p.name), p.bounds, p.kind, complaints);
    if (number) named.settings[i].value = *number;
    named.given[i] = true;
  }
  return named;
}

Json named_to_json(const std::string& name, std::span<const Setting> settings, std::span<const Card> cards) {
  const Card& card = card_of(name, cards);
  LRTUNE_CHECK(settings.size() == card.parameters.size(), name, settings.size());
  Json out = {{"name", name}};
  for (std::size_t i = 0; i < settings.size(); ++i)
    out[settings[i].name] = number_to_json(settings[i].value, card.parameters[i].kind);
  return out;
}

Json named_schema(std::span<const Card> cards, const Json& more) {
  Json names = Json::array();
  Json alternatives = Json::array({nullptr});
  for (const Card& card : cards) {
    names.push_back(card.name);
    Json properties = {{"name", {{"const", card.name}}}};
    for (const Parameter& p : card.parameters) {
      Json schema = number_schema(p.bounds, p.kind);
      schema["default"] = number_to_json(p.default_value, p.kind);
      schema["description"] = p.summary;
      properties[std::string(p.name)] = std::move(schema);
    }
    properties.update(more);
    alternatives.push_back({{"type", "object"},
                            {"description", card.summary},
                            {"properties", std::move(properties)},
                            {"required", {"name"}},
                            {"additionalProperties", false}});
  }
  alternatives[0] = {{"enum", std::move(names)}};
  return {{"anyOf", std::move(alternatives)}};
}

const Card& card_of(std::string_view name, std::span<const Card> cards) {
  const auto card = std::ranges::find(cards, name, &Card::name);
  LRTUNE_CHECK(card != cards.end(), name);
  return *card;
}

std::vector<Setting> schedule_defaults(std::string_view schedule) {
  return default_settings(card_of(schedule, schedule_choices()));
}

std::vector<std::string_view> card_names(std::span<const Card> cards) {
  std::vector<std::string_view> names;
  for (const Card& card : cards) names.push_back(card.name);
  return names;
}

std::span<const Card> optimizer_choices() {
  static const std::vector<Card> cards = [] {
    std::vector<Card> out;
    for (const OptimizerCard& row : optimizer_cards()) out.push_back(row.card);
    return out;
  }();
  return cards;
}

std::span<const Card> schedule_choices() {
  static const std::vector<Card> cards = [] {
    std::vector<Card> out;
    for (const ScheduleRow& row : schedules()) out.push_back(row.card);
    return out;
  }();
  return cards;
}

}  // namespace lrtune
