#include "report/words.h"

#include <fmt/format.h>

#include <cmath>

#include "base/text.h"

namespace lrtune {
namespace {

const Fact* find(const Facts& facts, std::string_view name) {
  const auto found = std::ranges::find(facts, name, &Fact::name);
  return found == facts.end() ? nullptr : &*found;
}

// "a, b and c"; "a, b and 5 more".
std::string short_list(const std::vector<std::string>& names) {
  constexpr std::size_t kMost = 3;
  const std::size_t shown = names.size() <= kMost ? names.size() : kMost - 1;
  std::string text;
  for (std::size_t i = 0; i < shown; ++i) {
    const bool last = i + 1 == names.size();
    text += (i == 0 ? "" : last ? " and " : ", ") + show_bare(names[i]);
  }
  return shown == names.size() ? text : fmt::format("{} and {} more", text, names.size() - shown);
}

std::string shown(std::size_t number) { return fmt::format("{}", number); }
std::string shown(double number) { return format_number(number); }
std::string shown(const std::string& text) { return show_bare(text); }
std::string shown(const std::vector<std::string>& names) { return short_list(names); }

std::string shown(const Fact& fact) {
  return std::visit([](const auto& value) { return shown(value); }, fact.value);
}

// What a place holds: name, name:form or name?one|many.
struct Place {
  std::string_view name;
  std::string_view form;
  std::string_view one;
  std::string_view many;
};

Place parse(std::string_view place) {
  const auto parted = [](std::string_view text, char sign) {
    const std::size_t at = std::min(text.find(sign), text.size());
    return std::pair(text.substr(0, at), text.substr(std::min(at + 1, text.size())));
  };
  if (const auto [name, words] = parted(place, '?'); name.size() < place.size()) {
    const auto [one, many] = parted(words, '|');
    return {name, {}, one, many};
  }
  const auto [name, form] = parted(place, ':');
  return {name, form, {}, {}};
}

// "0, 2, 5"; "0, 1 and 90 more".
std::string first_of(const std::vector<std::string>& list, std::size_t most) {
  const auto shown = std::span(list).first(std::min(most, list.size()));
  const std::string text = fmt::format("{}", fmt::join(shown, ", "));
  return shown.size() == list.size() ? text : fmt::format("{} and {} more", text, list.size() - shown.size());
}

std::string show_bytes(double bytes) {
  if (bytes < 1e6) return fmt::format("{:.1f} kB", bytes / 1e3);
  if (bytes < 1e9) return fmt::format("{:.1f} MB", bytes / 1e6);
  return fmt::format("{:.1f} GB", bytes / 1e9);
}

std::string formed(double number, std::string_view form) {
  if (form == "bytes") return show_bytes(number);
  return fmt::format(fmt::runtime(fmt::format("{{:{}}}", form)), number);
}

std::string formed(const std::vector<std::string>& list, std::string_view form) {
  constexpr std::string_view kMost = "most ";
  if (!form.starts_with(kMost)) return short_list(list);
  return first_of(list, static_cast<std::size_t>(parse_number(form.substr(kMost.size())).value_or(0)));
}

std::string formed(const Fact& fact, std::string_view form) {
  if (const auto* text = std::get_if<std::string>(&fact.value)) return form == "quoted" ? show(*text) : *text;
  if (const auto* list = std::get_if<std::vector<std::string>>(&fact.value)) return formed(*list, form);
  if (const auto* number = std::get_if<double>(&fact.value)) return formed(*number, form);
  return form == "bytes" ? show_bytes(static_cast<double>(std::get<std::size_t>(fact.value))) : shown(fact);
}

std::string suggestion_text(const Facts& facts) {
  if (const Fact* nearest = find(facts, "nearest")) return fmt::format("did you mean {}?", formed(*nearest, "quoted"));
  const Fact* known = find(facts, "known");
  const auto* names = known == nullptr ? nullptr : std::get_if<std::vector<std::string>>(&known->value);
  if (names == nullptr) return "";
  std::string text;
  for (const std::string& name : *names) text += (text.empty() ? "one of: " : ", ") + show_bare(name);
  const Fact* more = find(facts, "more");
  return more == nullptr ? text : fmt::format("{}, … ({} more)", text, shown(*more));
}

std::string bounds_text(const Facts& facts) {
  const auto bound = [&](std::string_view name) {
    const Fact* fact = find(facts, name);
    const auto* number = fact == nullptr ? nullptr : std::get_if<double>(&fact->value);
    if (number == nullptr) return std::string();
    const bool whole = *number == std::floor(*number) && std::abs(*number) < 1e15;
    return whole ? fmt::format("{:.0f}", *number) : format_number(*number);
  };
  const std::string least = bound("least"), above = bound("above"), most = bound("most"), below = bound("below");
  if (!least.empty() && !most.empty()) return fmt::format(" from {} to {}", least, most);
  std::string text;
  if (!least.empty()) text = fmt::format(" of at least {}", least);
  if (!above.empty()) text = fmt::format(" above {}", above);
  const std::string_view link = text.empty() ? "" : " and";
  if (!most.empty()) text += fmt::format("{}{} at most {}", link, text.empty() ? " of" : "", most);
  if (!below.empty()) text += fmt::format("{} below {}", link, below);
  return text;
}

// one, or many with the number for its #.
std::string counted(const Place& place, const std::string& number) {
  if (number == "1") return std::string(place.one);
  const std::size_t at = std::min(place.many.find('#'), place.many.size());
  std::string text(place.many);
  return at == text.size() ? text : text.replace(at, 1, number);
}

std::string filled(const Place& place, const Fact& fact) {
  if (!place.many.empty()) return counted(place, shown(fact));
  return place.form.empty() ? shown(fact) : formed(fact, place.form);
}

// `whole`: the place as it stands in the sentence.
std::string filled(std::string_view whole, const Facts& facts) {
  const Place place = parse(whole.substr(1, whole.size() - 2));
  if (place.name == "suggestion") return suggestion_text(facts);
  if (place.name == "bounds") return bounds_text(facts);
  const Fact* fact = find(facts, place.name);
  return fact == nullptr ? std::string(whole) : filled(place, *fact);
}

}  // namespace

bool holds(const Condition& condition, const Facts& facts) {
  if (condition.fact.empty()) return true;
  const Fact* fact = find(facts, condition.fact);
  return fact != nullptr && (condition.is.empty() || shown(*fact) == condition.is);
}

std::string fill(std::string_view sentence, const Facts& facts) {
  std::string text;
  for (std::size_t i = 0; i < sentence.size();) {
    const char c = sentence[i];
    if ((c == '{' || c == '}') && sentence.substr(i + 1).starts_with(c)) {
      text += c;
      i += 2;
      continue;
    }
    const std::size_t end = c == '{' ? sentence.find('}', i) : std::string_view::npos;
    if (end == std::string_view::npos) {
      text += c;
      ++i;
      continue;
    }
    text += filled(sentence.substr(i, end + 1 - i), facts);
    i = end + 1;
  }
  return text;
}

Facts with_option(Facts facts, const std::string& option, const std::string& value) {
  if (!option.empty()) facts.push_back({"option", option});
  if (!value.empty()) facts.push_back({"value", value});
  return facts;
}

}  // namespace lrtune
