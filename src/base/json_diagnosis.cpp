// The parser says only where it stopped. From the end of the last good token on, blanks and comments are skipped, the
// separator that may stand there is taken, and the next byte tells the mistake.
#include "base/json_diagnosis.h"

#include <fmt/format.h>

#include <cmath>

#include "base/text.h"

namespace lrtune {
namespace {

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
        return at_end() ? JsonDiagnosis{at_, "is empty", ""} : value("");
      case JsonRead::everything:
        return found("nothing more may follow here");
      case JsonRead::object_start:
        return key("or \"}\"");
      case JsonRead::array_start:
        return value("or \"]\"");
      case JsonRead::key:
        if (at_end() || text_[at_] != ':') return found("a \":\" is expected after a key");
        return next() ? value("") : bad_comment();
      case JsonRead::value_in_object:
      case JsonRead::value_in_array:
        break;
    }
    const bool object = read == JsonRead::value_in_object;
    if (at_end() || text_[at_] != ',') {
      if (at_ == end_of_last && glued_to_number()) return number();
      return found(object ? "\",\" or \"}\" is expected here" : "\",\" or \"]\" is expected here");
    }
    if (!next()) return bad_comment();
    if (!at_end() && (text_[at_] == '}' || text_[at_] == ']'))
      return {at_, fmt::format("a comma before \"{}\"", text_[at_]), "remove the comma"};
    return object ? key("") : value("");
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
    if (comments_ == JsonComments::refused) return {at_, "unexpected \"/\"", "comments are not allowed in this file"};
    if (rest.starts_with("/*")) return {at_, "a comment that never ends", "close it with */"};
    return {at_, "unexpected \"/\"", "comments are written // to the end of the line, or /* … */"};
  }

  JsonDiagnosis found(const std::string& expected) const {
    if (at_end()) return {at_, "the text ends too early", expected};
    if (is_word(text_[at_])) return {at_, "unexpected " + show(word()), expected};
    return {at_, "unexpected " + show(text_.substr(at_, 1)), expected};
  }

  JsonDiagnosis key(const std::string& alternative) const {
    if (!at_end() && text_[at_] == '"') return string();
    if (!at_end() && (is_letter(text_[at_]) || text_[at_] == '\''))
      return {at_, "a key that is not in double quotes", fmt::format("\"key\": value")};
    return found(
        fmt::format("a key in double quotes{}{} is expected here", alternative.empty() ? "" : " ", alternative));
  }

  JsonDiagnosis value(const std::string& alternative) const {
    if (at_end()) return {at_, "the text ends too early", "a value is expected here"};
    const char c = text_[at_];
    if (c == '"') return string();
    if (c == '\'') return {at_, "a text in single quotes", "use double quotes"};
    if (is_word(c)) return is_letter(c) ? bare_word() : number();
    return found(fmt::format("a value{}{} is expected here", alternative.empty() ? "" : " ", alternative));
  }

  std::string_view word() const {
    std::size_t end = at_;
    while (end < text_.size() && is_word(text_[end])) ++end;
    return text_.substr(at_, end - at_);
  }

  JsonDiagnosis bare_word() const {
    const std::string_view w = word();
    constexpr std::string_view kLiterals[] = {"true", "false", "null"};
    if (w == "None") return {at_, "unknown word None", "null is meant?"};
    if (const auto number = parse_number(w); number && !std::isfinite(*number)) return not_finite(w);
    if (const auto near = nearest_name(w, kLiterals))
      return {at_, fmt::format("unknown word {}", show(w)), fmt::format("did you mean {}?", *near)};
    return {at_, fmt::format("unknown word {}", show(w)), "texts stand in double quotes"};
  }

  JsonDiagnosis not_finite(std::string_view w) const {
    return {at_, fmt::format("{} is not a number here", w), "only finite numbers are allowed"};
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
      if (is_digit(w.back())) return {at_, fmt::format("{} is beyond the range of numbers", show(w)), "below 1.8e308"};
      return not_finite(w);
    }
    return {at_, fmt::format("{} is not a number in JSON", show(w)),
            "no + and no zero in front, a digit on both sides of the point"};
  }

  // at_ stands on the opening quote of a string that the parser refused.
  JsonDiagnosis string() const {
    for (std::size_t i = at_ + 1; i < text_.size(); ++i) {
      const auto byte = static_cast<unsigned char>(text_[i]);
      if (byte == '"') break;
      if (byte == '\n' || byte == '\r') return {at_, "a text that is not closed on its line", "end it with \""};
      if (byte < 0x20) return {i, fmt::format("byte \\x{:02x} in a text", byte), fmt::format("write \\u{:04x}", byte)};
      if (byte != '\\') continue;
      ++i;
      if (i < text_.size() && std::string_view("\"\\/bfnrtu").find(text_[i]) == std::string_view::npos)
        return {i - 1, "a \\ before " + show(text_.substr(i, 1)), "write \\\\ for a backslash"};
      if (i < text_.size() && text_[i] == 'u' && !four_digits(i + 1))
        return {i - 1, "\\u without four hexadecimal digits", "for example \\u00e9"};
    }
    if (text_.find('"', at_ + 1) == std::string_view::npos) return {at_, "a text that is not closed", "end it with \""};
    return {at_, "a text with bytes that are not UTF-8", "save the file as UTF-8"};
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
