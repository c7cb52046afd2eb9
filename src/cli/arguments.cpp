#include "cli/arguments.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "lrtune/error.h"

namespace lrtune {

std::size_t parse_count(const std::string& text, std::string_view option, std::size_t least, std::size_t most) {
  const auto value = parse_number(text);
  if (!value || *value < static_cast<double>(least) || *value > static_cast<double>(most) ||
      *value != static_cast<double>(static_cast<std::size_t>(*value)))
    throw Error(std::string(option),
                fmt::format("must be a whole number from {} to {}, not {}", least, most, show(text)));
  return static_cast<std::size_t>(*value);
}

double parse_rate(const std::string& text, std::string_view option) {
  constexpr double kMostRate = 1e6;
  if (text.empty())
    throw Error(std::string(option), "no learning rate given", fmt::format("for example {} 0.003", option));
  const auto rate = parse_number(text);
  if (rate && *rate < 0)
    throw Error(std::string(option), fmt::format("{} is negative: it would climb the loss", text), "a rate above 0");
  if (!rate || !(*rate > 0 && *rate <= kMostRate))
    throw Error(std::string(option),
                fmt::format("must be a number above 0 and at most {:g}, not {}", kMostRate, show(text)));
  return *rate;
}

std::size_t place_among(std::span<const std::string_view> names, const std::string& text, std::string_view option,
                        std::string_view what) {
  const auto found = std::ranges::find(names, text);
  if (found == names.end())
    throw Error(std::string(option), fmt::format("unknown {}{}", what, show(text)), suggest_name(text, names));
  return static_cast<std::size_t>(found - names.begin());
}

std::vector<std::string_view> labels_of(const Config& config) {
  std::vector<std::string_view> labels;
  for (const OptimizerConfig& entry : config.optimizers) labels.push_back(entry.label);
  return labels;
}

std::size_t entry_labelled(const Config& config, const std::string& label, std::string_view option) {
  return place_among(labels_of(config), label, option, "label ");
}

}  // namespace lrtune
