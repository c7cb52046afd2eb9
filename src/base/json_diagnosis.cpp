// The parser says only where it stopped. From the end of the last good token on, blanks and comments are skipped, the
// separator that may stand there is taken, and the next byte tells the mistake.
#include "base/json_diagnosis.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "base/text.h"

namespace lrtune {
namespace {

using enum ProblemKind;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_word(char c) { return is_digit(c) || is_letter(c) || c == '+' || c == '-' || c == '.'; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

class Diagnosis {
 public:
  Diagnosis(std::string_view text, std::size_t offset, JsonComments comments)
      : text_(text), at_(offset), comments_(comments) {}

  JsonDiagnosis of(JsonRead read) {
    const std::size_t end_of_last = at_;
    if (!skip_blanks()) return bad_comment();
    switch (read) {
      case JsonRead::nothing:
        return at_end() ? JsonDiagnosis{at_, json_empty} : value("a value");
      case JsonRead::everything:
        return found({});
      case JsonRead::object_start:
        return key("a key in double quotes or \"}\"");
      case JsonRead::array_start:
        return value("a value or \"]\"");
      case JsonRead::key:
        if (at_end() || text_[at_] != ':') return found({{"after", "key"}});
        return next() ? value("a value") : bad_comment();
      case JsonRead::value_in_object:
      case JsonRead::value_in_array:
        break;
    }
    const bool object = read == JsonRead::value_in_object;
    if (at_end() || text_[at_] != ',') {
      if (at_ == end_of_last && glued_to_number()) return number();
      return found(expected(object ? "\",\" or \"}\"" : "\",\" or \"]\""));
    }
    if (!next()) return bad_comment();
    if (!at_end() && (text_[at_] == '}' || text_[at_] == ']'))
      return {at_, json_comma_last, {{"before", std::string(1, text_[at_])}}};
    return object ? key("a key in double quotes") : value("a value");
  }

 private:
  bool at_end() const { return at_ >= text_.size(); }

  // Past the separator and the blanks behind it.
  bool next() {
    ++at_;
    return skip_blanks();
  }

  // False if it meets a "/" that opens no comment that may stand here.
  bool skip_blanks() {
    while (!at_end()) {
      if (is_blank(text_[at_])) {
        ++at_;
      } else if (text_[at_] == '/') {
        const std::string_view rest = text_.substr(at_);
        const bool line = rest.starts_with("//");
        if (comments_ == JsonComments::refused || (!line && !rest.starts_with("/*"))) return false;
        const std::size_t end = line ? rest.find('\n') : rest.find("*/", 2);
        if (end == std::string_view::npos && !line) return false;
        at_ = end == std::string_view::npos ? text_.size() : at_ + end + (line ? 1 : 2);
      } else {
        return true;
      }
    }
    return true;
  }

  JsonDiagnosis bad_comment() const {
    const std::string_view rest = text_.substr(at_);
    if (comments_ == JsonComments::refused) return {at_, json_comment_refused};
    if (rest.starts_with("/*")) return {at_, json_comment_open};
    return {at_, json_comment_malformed};
  }

  static Facts expected(const std::string& what) { return {{"expected", what}}; }

  JsonDiagnosis found(Facts facts) const {
    if (at_end()) return {at_, json_ends_early, std::move(facts)};
    facts.push_back({"found", std::string(is_word(text_[at_]) ? word() : text_.substr(at_, 1))});
    return {at_, json_unexpected, std::move(facts)};
  }

  // `what`: that which is expected, as in value().
  JsonDiagnosis key(const std::string& what) const {
    if (!at_end() && text_[at_] == '"') return string();
    if (!at_end() && (is_letter(text_[at_]) || text_[at_] == '\'')) return {at_, json_key_unquoted};
    return found(expected(what));
  }

  JsonDiagnosis value(const std::string& what) const {
    if (at_end()) return found(expected("a value"));
    const char c = text_[at_];
    if (c == '"') return string();
    if (c == '\'') return {at_, json_text_single_quotes};
    if (is_word(c)) return is_letter(c) ? bare_word() : number();
    return found(expected(what));
  }

  std::string_view word() const {
    std::size_t end = at_;
    while (end < text_.size() && is_word(text_[end])) ++end;
    return text_.substr(at_, end - at_);
  }

  JsonDiagnosis bare_word() const {
    const std::string_view w = word();
    constexpr std::string_view kLiterals[] = {"true", "false", "null"};
    if (const auto number = parse_number(w); number && !std::isfinite(*number)) return not_finite(w);
    Facts facts = {{"word", std::string(w)}};
    if (const auto near = nearest_name(w, kLiterals)) facts.push_back({"nearest", *near});
    return {at_, json_word_unknown, std::move(facts)};
  }

  JsonDiagnosis not_finite(std::string_view w) const {
    return {at_, json_number_not_finite, {{"word", std::string(w)}}};
  }

  // A number was read and goes on with what cannot be in one: 01, 1x.
  bool glued_to_number() {
    if (at_end() || at_ == 0 || !is_word(text_[at_]) || !is_digit(text_[at_ - 1])) return false;
    while (at_ > 0 && is_word(text_[at_ - 1])) --at_;
    return true;
  }

  JsonDiagnosis number() const {
    const std::string_view w = word();
    const auto parsed = parse_number(w);
    if (parsed && !std::isfinite(*parsed)) {
      if (is_digit(w.back())) return {at_, json_number_too_large, {{"word", std::string(w)}}};
      return not_finite(w);
    }
    return {at_, json_number_malformed, {{"word", std::string(w)}}};
  }

  // at_ stands on the opening quote of a string that the parser refused.
  JsonDiagnosis string() const {
    for (std::size_t i = at_ + 1; i < text_.size(); ++i) {
      const auto byte = static_cast<unsigned char>(text_[i]);
      if (byte == '"') break;
      if (byte == '\n' || byte == '\r') return {at_, json_text_open, {{"end", "line"}}};
      if (byte < 0x20) return {i, json_text_control_byte, {{"byte", fmt::format("{:02x}", byte)}}};
      if (byte != '\\') continue;
      ++i;
      if (i < text_.size() && std::string_view("\"\\/bfnrtu").find(text_[i]) == std::string_view::npos)
        return {i - 1, json_text_escape, {{"found", std::string(text_.substr(i, 1))}}};
      if (i < text_.size() && text_[i] == 'u' && !four_digits(i + 1)) return {i - 1, json_text_escape_digits};
    }
    if (text_.find('"', at_ + 1) == std::string_view::npos) return {at_, json_text_open};
    return {at_, json_text_not_utf8};
  }

  bool four_digits(std::size_t from) const {
    const std::string_view digits = text_.substr(std::min(from, text_.size()), 4);
    return digits.size() == 4 && digits.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
  }

  std::string_view text_;
  std::size_t at_;
  JsonComments comments_;
};

}  // namespace

JsonDiagnosis diagnose_json(std::string_view text, std::size_t offset, JsonRead read, JsonComments comments) {
  return Diagnosis(text, offset, comments).of(read);
}

}  // namespace lrtune
