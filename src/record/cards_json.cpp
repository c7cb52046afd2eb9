#include "record/cards_json.h"

#include <array>
#include <string_view>

#include "base/json.h"

namespace lrtune {
namespace {

constexpr std::array<std::string_view, 3> kKinds = {"real", "integer", "boolean"};  // in the order of ParameterKind

Json parameter(const Parameter& p) {
  return {{"name", p.name},
          {"kind", kKinds[static_cast<std::size_t>(p.kind)]},
          {"default", p.default_value},
          {"summary", p.summary}};
}

}  // namespace

std::string cards_to_json(const std::vector<ListedCard>& cards) {
  Json list = Json::array();
  for (const ListedCard& listed : cards) {
    Json parameters = Json::array();
    for (const Parameter& p : listed.card.parameters) parameters.push_back(parameter(p));
    Json row = {{"name", listed.card.name}, {"summary", listed.card.summary}, {"source", listed.card.source}};
    if (listed.default_rate) row["default_learning_rate"] = *listed.default_rate;
    row["parameters"] = std::move(parameters);
    list.push_back(std::move(row));
  }
  return write_json(list, 1);
}

}  // namespace lrtune
