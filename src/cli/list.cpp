// lrtune list WHAT: the rows of a registry, straight from their cards.
#include <fmt/format.h>

#include <array>
#include <memory>
#include <span>
#include <vector>

#include "base/text.h"
#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/output.h"
#include "data/synthetic.h"
#include "lrtune/error.h"
#include "nn/nn_cards.h"
#include "optim/optimizer_cards.h"
#include "record/cards_json.h"
#include "report/reporters.h"
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

std::vector<ListedCard> of_cards(std::span<const Card> cards) {
  std::vector<ListedCard> listed;
  for (const Card& card : cards) listed.push_back({card});
  return listed;
}

template <class Rows>
std::vector<ListedCard> of_rows(const Rows& rows) {
  std::vector<ListedCard> listed;
  for (const auto& row : rows) listed.push_back({row.card});
  return listed;
}

std::vector<ListedCard> of_optimizers() {
  std::vector<ListedCard> listed;
  for (const OptimizerCard& row : optimizer_cards()) listed.push_back({row.card, row.default_rate});
  return listed;
}

std::string text_of(const std::vector<ListedCard>& cards) {
  std::string text;
  for (const ListedCard& listed : cards) {
    text += card_text(listed.card);
    if (listed.default_rate)
      text += fmt::format("    default learning rate: {}\n", format_number(*listed.default_rate));
  }
  return text;
}

struct Listing {
  std::string_view name;
  std::vector<ListedCard> (*cards)();
};

constexpr std::array kListings = {
    Listing{"optimizers", of_optimizers},
    Listing{"schedules", [] { return of_rows(schedules()); }},
    Listing{"activations", [] { return of_cards(activation_cards()); }},
    Listing{"inits", [] { return of_cards(init_cards()); }},
    Listing{"losses", [] { return of_cards(loss_cards()); }},
    Listing{"objectives", [] { return of_rows(objectives()); }},
    Listing{"heuristics", [] { return of_rows(heuristics()); }},
    Listing{"synthetic", [] { return of_cards(synthetic_cards()); }},
    Listing{"reporters", [] { return of_rows(reporters()); }},
};

struct ListOptions {
  std::string what;
  bool json = false;
};

ExitCode list(const ListOptions& o) {
  std::vector<std::string_view> names;
  for (const Listing& listing : kListings) names.push_back(listing.name);
  if (o.what.empty()) throw Error(ProblemKind::list_absent, "list", suggestion("", names));
  const std::vector<ListedCard> cards = kListings[place_among(names, o.what, "list")].cards();
  print_output(o.json ? cards_to_json(cards) : text_of(cards));
  return ExitCode::ok;
}

}  // namespace

Action add_list(CLI::App& app) {
  auto o = std::make_shared<ListOptions>();
  app.add_option("WHAT", o->what,
                 "optimizers, schedules, activations, inits, losses, objectives, heuristics, synthetic or reporters");
  app.add_flag("--json", o->json, "print the rows as JSON instead of text");
  return [o] { return list(*o); };
}

}  // namespace lrtune
