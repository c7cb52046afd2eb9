#include "base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/require.h"

namespace lrtune {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// The worth of one in the last of `digits` significant digits: 1e-4 for 1.04e-3 and 2 digits.
double last_place(double value, int digits) {
  std::array<char, 32> buffer{};
  const auto [end, error] =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific);
  LRTUNE_CHECK(error == std::errc{}, value, digits);
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  const double exponent = parse_number(text.substr(text.find('e') + 1)).value();
  return parse_number(fmt::format("1e{}", static_cast<int>(exponent) - digits + 1)).value();
}

// Optimal string alignment distance: insert, delete, replace, or swap two neighbours.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = lower(a[i - 1]) == lower(b[j - 1]);
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
      if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]))
        now[j] = std::min(now[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, now);
  }
  return last[b.size()];
}

}  // namespace

std::optional<double> parse_number(std::string_view text) {
  if (text.size() > 1 && text.front() == '+' && text[1] != '-') text.remove_prefix(1);
  if (text.empty()) return std::nullopt;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end != text.data() + text.size() || error == std::errc::invalid_argument) return std::nullopt;
  if (error == std::errc::result_out_of_range) {
    // from_chars leaves the value alone; the exponent's sign tells overflow from underflow.
    const bool tiny = text.find("e-") != std::string_view::npos || text.find("E-") != std::string_view::npos;
    const double magnitude = tiny ? 0 : std::numeric_limits<double>::infinity();
    return text.front() == '-' ? -magnitude : magnitude;
  }
  return value;
}

std::string format_number(double value) {
  std::array<char, 32> buffer{};
  const double magnitude = std::fabs(value);
  const bool plain = value == 0 || (magnitude >= 1e-4 && magnitude < 1e6);
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                          plain ? std::chars_format::fixed : std::chars_format::scientific);
  LRTUNE_CHECK(error == std::errc{}, value);
  return {buffer.data(), end};
}

double round_significant(double value, int digits) {
  std::array<char, 32> buffer{};
  const auto [end, error] =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific, digits - 1);
  LRTUNE_CHECK(error == std::errc{}, value, digits);
  return parse_number({buffer.data(), end}).value();
}

double floor_significant(double value, int digits) {
  const double nearest = round_significant(value, digits);
  return nearest <= value ? nearest : round_significant(nearest - last_place(value, digits), digits);
}

double ceil_significant(double value, int digits) {
  const double nearest = round_significant(value, digits);
  return nearest >= value ? nearest : round_significant(nearest + last_place(value, digits), digits);
}

std::optional<std::string> nearest_name(std::string_view name, std::span<const std::string_view> candidates) {
  constexpr std::size_t kLongestName = 100;
  // A third of the letters may be wrong, at least one and at most three: more is another word, not a typo.
  const std::size_t allowed = std::clamp<std::size_t>(name.size() / 3, 1, 3);
  // Of equally near names the one of the same length wins: a wrong letter is likelier than a missing one.
  using Rank = std::pair<std::size_t, std::size_t>;
  std::optional<std::string> best;
  Rank best_rank{allowed, std::string_view::npos};
  for (std::string_view candidate : candidates) {
    const std::size_t longer = std::max(name.size(), candidate.size());
    const std::size_t shorter = std::min(name.size(), candidate.size());
    if (longer > kLongestName || longer - shorter > allowed) continue;
    const Rank rank{edit_distance(name, candidate), longer - shorter};
    if (rank < best_rank) {
      best = candidate;
      best_rank = rank;
    }
  }
  return best;
}

constexpr std::size_t kMostNames = 30;  // in a suggestion

Facts suggestion(std::string_view name, std::span<const std::string_view> candidates) {
  if (const auto nearest = nearest_name(name, candidates)) return {{"nearest", std::string(*nearest)}};
  const auto known = candidates.first(std::min(kMostNames, candidates.size()));
  Facts facts = {{"known", std::vector<std::string>(known.begin(), known.end())}};
  if (candidates.size() > known.size()) facts.push_back({"more", candidates.size() - known.size()});
  return facts;
}

std::string join(std::span<const std::string_view> parts, std::string_view separator) {
  return fmt::format("{}", fmt::join(parts, separator));
}

bool is_one_line(std::string_view text) {
  return std::ranges::none_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
  });
}

std::string show(std::string_view text) {
  constexpr std::size_t kLongest = 40;
  std::string out = "\"";
  for (char c : text.substr(0, kLongest)) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte >= 0x7F) {
      out += fmt::format("\\x{:02x}", byte);
    } else {
      out += c;
    }
  }
  return out + (text.size() > kLongest ? "…\"" : "\"");
}

std::string json_text(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += static_cast<unsigned char>(c) < 0x20 ? fmt::format("\\u{:04x}", c) : std::string(1, c);
  }
  return out + "\"";
}

std::string json_texts(std::span<const std::string> texts) {
  std::string out = "[";
  for (const std::string& text : texts) out += (out.size() > 1 ? ", " : "") + json_text(text);
  return out + "]";
}

std::string show_bare(std::string_view text) {
  const bool harmless = text.size() <= 80 && std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7F; });
  return harmless ? std::string(text) : show(text);
}

std::size_t utf8_length(std::string_view s) {
  const auto byte = [s](std::size_t i) -> unsigned { return i < s.size() ? static_cast<unsigned char>(s[i]) : 0U; };
  const auto tail = [byte](std::size_t i) { return byte(i) >= 0x80 && byte(i) <= 0xBF; };
  const unsigned lead = byte(0);
  const unsigned next = byte(1);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return tail(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    const bool in_range = next >= (lead == 0xE0 ? 0xA0U : 0x80U) && next <= (lead == 0xED ? 0x9FU : 0xBFU);
    return in_range && tail(2) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    const bool in_range = next >= (lead == 0xF0 ? 0x90U : 0x80U) && next <= (lead == 0xF4 ? 0x8FU : 0xBFU);
    return in_range && tail(2) && tail(3) ? 4 : 0;
  }
  return 0;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

}  // namespace lrtune
