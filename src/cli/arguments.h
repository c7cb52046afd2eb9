// arguments.h: values of options, from what the user typed. Whatever is wrong is an Error that names the option.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lrtune/config.h"
#include "lrtune/problem.h"

namespace lrtune {

// A whole number within bounds.
std::size_t parse_count(const std::string& text, std::string_view option, std::size_t least, std::size_t most);

// A learning rate above 0.
double parse_rate(const std::string& text, std::string_view option);

// The place of `text` among the names; `unknown`: what is wrong where it is none of them.
std::size_t place_among(std::span<const std::string_view> names, const std::string& text, std::string_view option,
                        ProblemKind unknown = ProblemKind::name_unknown);

// Of all entries, in their order.
std::vector<std::string_view> labels_of(const Config& config);

// Which entry of the config has that label.
std::size_t entry_labelled(const Config& config, const std::string& label, std::string_view option);

// Of the rows of a registry.
template <class Rows>
std::vector<std::string_view> names_of(const Rows& rows) {
  std::vector<std::string_view> names;
  for (const auto& row : rows) names.push_back(row.card.name);
  return names;
}

}  // namespace lrtune
