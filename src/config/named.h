// named.h: {"name": …, parameters …}: an optimizer, a schedule, a synthetic set. The card says what may stand in it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "config/complaints.h"
#include "lrtune/catalog.h"

namespace lrtune {

struct Named {
  std::string name;
  std::vector<Setting> settings;  // every parameter of the card, in its order
  std::vector<bool> given;        // which of them the user set
};

// `value`: a name, or an object with "name", parameters and the keys in `more` (which are the caller's to read).
std::optional<Named> read_named(const Json& value, const std::string& path, std::span<const Card> cards,
                                std::span<const std::string_view> more, Complaints& complaints);

// {"name": …, parameters …}
Json named_to_json(const std::string& name, std::span<const Setting> settings, std::span<const Card> cards);

// One alternative for a bare name, one for each card; `more`: schemas of further keys.
Json named_schema(std::span<const Card> cards, const Json& more);

const Card& card_of(std::string_view name, std::span<const Card> cards);
std::vector<std::string_view> card_names(std::span<const Card> cards);

std::vector<Setting> schedule_defaults(std::string_view schedule);

std::span<const Card> optimizer_choices();
std::span<const Card> schedule_choices();

}  // namespace lrtune
