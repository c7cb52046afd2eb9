#include "report/words.h"

#include <fmt/format.h>

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

std::string formed(const Fact& fact, std::string_view form) {
  if (const auto* text = std::get_if<std::string>(&fact.value)) return form == "quoted" ? show(*text) : *text;
  if (const auto* number = std::get_if<double>(&fact.value))
    return fmt::format(fmt::runtime(fmt::format("{{:{}}}", form)), *number);
  return shown(fact);
}

std::string filled(const Place& place, const Fact& fact) {
  if (!place.many.empty()) return std::string(shown(fact) == "1" ? place.one : place.many);
  return place.form.empty() ? shown(fact) : formed(fact, place.form);
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
    const Place place = parse(sentence.substr(i + 1, end - i - 1));
    const Fact* fact = find(facts, place.name);
    text += fact == nullptr ? std::string(sentence.substr(i, end - i + 1)) : filled(place, *fact);
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
