// lrtune list WHAT: the rows of a registry, straight from their cards.
#include <fmt/format.h>

#include <array>
#include <memory>

#include "base/text.h"
#include "cli/command.h"
#include "cli/output.h"
#include "data/synthetic.h"
#include "lrtune/error.h"
#include "nn/catalog.h"
#include "optim/catalog.h"
#include "schedule/schedule.h"
#include "stats/objective.h"
#include "suggest/heuristics.h"

namespace lrtune {
namespace {

std::string parameter_text(const Parameter& p) {
  return fmt::format(
      "    {} = {}: {}\n", p.name,
      p.kind == ParameterKind::boolean ? (p.default_value != 0 ? "true" : "false") : format_number(p.default_value),
      p.summary);
}

std::string card_text(const Card& card) {
  std::string text = fmt::format("{}\n    {}\n", card.name, card.summary);
  if (!card.source.empty()) text += fmt::format("    {}\n", card.source);
  for (const Parameter& parameter : card.parameters) text += parameter_text(parameter);
  return text;
}

std::string cards_text(std::span<const Card> cards) {
  std::string text;
  for (const Card& card : cards) text += card_text(card);
  return text;
}

std::string optimizers_text() {
  std::string text;
  for (const OptimizerCard& row : optimizer_cards())
    text += card_text(row.card) + fmt::format("    default learning rate: {}\n", format_number(row.default_rate));
  return text;
}

template <class Rows>
std::string rows_text(const Rows& rows) {
  std::string text;
  for (const auto& row : rows) text += card_text(row.card);
  return text;
}

struct Listing {
  std::string_view name;
  std::string (*text)();
};

constexpr std::array kListings = {
    Listing{"optimizers", optimizers_text},
    Listing{"schedules", [] { return rows_text(schedules()); }},
    Listing{"activations", [] { return cards_text(activation_cards()); }},
    Listing{"inits", [] { return cards_text(init_cards()); }},
    Listing{"losses", [] { return cards_text(loss_cards()); }},
    Listing{"objectives", [] { return rows_text(objectives()); }},
    Listing{"heuristics", [] { return rows_text(heuristics()); }},
    Listing{"synthetic", [] { return cards_text(synthetic_cards()); }},
};

ExitCode list(const std::string& what) {
  std::vector<std::string_view> names;
  for (const Listing& listing : kListings) {
    if (listing.name == what) {
      print_output(listing.text());
      return ExitCode::ok;
    }
    names.push_back(listing.name);
  }
  if (what.empty()) throw Error("list", "what to list is missing", fmt::format("one of: {}", join(names, ", ")));
  throw Error("list", fmt::format("unknown {}", show(what)), suggest_name(what, names));
}

}  // namespace

Action add_list(CLI::App& app) {
  auto what = std::make_shared<std::string>();
  app.add_option("WHAT", *what,
                 "optimizers, schedules, activations, inits, losses, objectives, heuristics or synthetic");
  return [what] { return list(*what); };
}

}  // namespace lrtune
