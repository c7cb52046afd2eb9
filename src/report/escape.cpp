#include "report/escape.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace lrtune {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

// Every character as `escaped` writes it, one UTF-8 sequence each.
template <class Escape>
std::string each(std::string_view text, const Escape& escaped) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    out += length == 0 ? kReplacement : std::string_view(escaped(text.substr(0, length)));
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return out;
}

// U+0000 to U+001F, DEL, and U+0080 to U+009F.
bool is_control(std::string_view character) {
  const auto first = static_cast<unsigned char>(character.front());
  if (character.size() == 1) return first < 0x20 || first == 0x7F;
  return first == 0xC2 && static_cast<unsigned char>(character[1]) < 0xA0;
}

bool is_one_of(std::string_view character, std::string_view set) {
  return character.size() == 1 && set.find(character.front()) != std::string_view::npos;
}

// "&amp;" and so on; empty: it stands for itself in HTML and XML.
std::string_view entity(std::string_view character) {
  if (character.size() != 1) return {};
  switch (character.front()) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

std::string percent_encoded(std::string_view text, std::string_view special) {
  return each(text, [special](std::string_view c) {
    if (is_one_of(c, special)) return fmt::format("%{:02X}", static_cast<unsigned char>(c.front()));
    return std::string(is_control(c) ? " " : c);
  });
}

// What Excel, LibreOffice and Google Sheets take for the beginning of a formula; the last four are full-width forms.
bool begins_formula(std::string_view text) {
  constexpr std::array<std::string_view, 11> kBeginnings = {"=",  "+",  "-",  "@",  "\t", "\r",
                                                            "\n", "＝", "＋", "－", "＠"};
  return std::ranges::any_of(kBeginnings, [text](std::string_view begin) { return text.starts_with(begin); });
}

}  // namespace

std::string plain(std::string_view text) {
  return each(text, [](std::string_view c) { return is_control(c) ? kReplacement : c; });
}

std::string html(std::string_view text) {
  return each(text, [](std::string_view c) {
    if (const std::string_view name = entity(c); !name.empty()) return name;
    return is_control(c) && !is_one_of(c, "\t\n") ? kReplacement : c;
  });
}

std::string xml(std::string_view text) {
  return each(text, [](std::string_view c) -> std::string_view {
    if (const std::string_view name = entity(c); !name.empty()) return name;
    const bool is_none = c == "\xEF\xBF\xBE" || c == "\xEF\xBF\xBF";  // U+FFFE, U+FFFF
    return is_control(c) || is_none ? " " : c;
  });
}

std::string markdown_cell(std::string_view text) {
  return each(text, [](std::string_view c) {
    if (is_one_of(c, "|\\`*_<>[]~&#$")) return fmt::format("\\{}", c);
    return std::string(is_control(c) ? " " : c);
  });
}

std::string csv_cell(std::string_view text) {
  std::string out = each(text, [](std::string_view c) {
    if (c == "\"") return std::string_view("\"\"");
    return is_control(c) && !is_one_of(c, "\t\r\n") ? kReplacement : c;
  });
  if (begins_formula(out)) out = fmt::format("'{}", out);
  const bool is_quoted =
      out.find_first_of(",;\t\r\n\"") != std::string::npos || out.starts_with(' ') || out.ends_with(' ');
  return is_quoted ? fmt::format("\"{}\"", out) : out;
}

std::string workflow_message(std::string_view text) { return percent_encoded(text, "%\r\n"); }

std::string workflow_property(std::string_view text) { return percent_encoded(text, "%\r\n:,"); }

}  // namespace lrtune
