#include "cli/arguments.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "lrtune/error.h"

namespace lrtune {

std::size_t parse_count(const std::string& text, std::string_view option, std::size_t least, std::size_t most) {
  const auto value = parse_number(text);
  if (!value || *value < static_cast<double>(least) || *value > static_cast<double>(most) ||
      *value != static_cast<double>(static_cast<std::size_t>(*value)))
    throw Error(ProblemKind::whole_number_expected, std::string(option),
                {{"least", least}, {"most", most}, {"found", text}});
  return static_cast<std::size_t>(*value);
}

double parse_rate(const std::string& text, std::string_view option) {
  constexpr double kMostRate = 1e6;
  if (text.empty()) throw Error(ProblemKind::rate_absent, std::string(option), {}, std::string(option), "0.003");
  const auto rate = parse_number(text);
  if (rate && *rate < 0) throw Error(ProblemKind::rate_negative, std::string(option), {{"rate", text}});
  if (!rate || !(*rate > 0 && *rate <= kMostRate))
    throw Error(ProblemKind::rate_expected, std::string(option), {{"most", kMostRate}, {"found", text}});
  return *rate;
}

std::size_t place_among(std::span<const std::string_view> names, const std::string& text, std::string_view option,
                        ProblemKind unknown) {
  const auto found = std::ranges::find(names, text);
  if (found == names.end()) {
    Facts facts = suggestion(text, names);
    facts.push_back({unknown == ProblemKind::label_unknown ? "label" : "name", text});
    throw Error(unknown, std::string(option), std::move(facts));
  }
  return static_cast<std::size_t>(found - names.begin());
}

std::vector<std::string_view> labels_of(const Config& config) {
  std::vector<std::string_view> labels;
  for (const OptimizerConfig& entry : config.optimizers) labels.push_back(entry.label);
  return labels;
}

std::size_t entry_labelled(const Config& config, const std::string& label, std::string_view option) {
  return place_among(labels_of(config), label, option, ProblemKind::label_unknown);
}

}  // namespace lrtune
