// A SAX handler builds the value, so that duplicate keys and depth are seen; a counting iterator tells it how far the
// parser has read, which gives line and column of what is wrong.
#include "base/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <iterator>
#include <unordered_map>

#include "base/json_diagnosis.h"
#include "base/require.h"
#include "base/text.h"

namespace lrtune {
namespace {

constexpr std::size_t kDeepest = 64;
constexpr std::size_t kMostProblems = 100;  // duplicate keys that are told: their paths are longer than they are

// Reads bytes and leaves in *reached where it has come to.
struct CountingIterator {
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  const char* at;
  const char** reached;

  reference operator*() const { return *at; }
  CountingIterator& operator++() {
    *reached = ++at;
    return *this;
  }
  CountingIterator operator++(int) {
    CountingIterator old = *this;
    ++*this;
    return old;
  }
  friend bool operator==(const CountingIterator& a, const CountingIterator& b) { return a.at == b.at; }
};

struct LineColumn {
  std::size_t line = 1;
  std::size_t column = 1;
};

// Counted from 1, columns in characters.
LineColumn line_column(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const std::size_t start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  const auto in_line = before.substr(start);
  const auto continued = std::ranges::count_if(in_line, [](char c) { return (c & 0xC0) == 0x80; });
  return {1 + static_cast<std::size_t>(std::ranges::count(before, '\n')),
          1 + in_line.size() - static_cast<std::size_t>(continued)};
}

class Builder {
 public:
  Builder(std::string_view text, const std::string& where, std::vector<Problem>& problems)
      : text_(text), where_(where), problems_(problems), reached_(text.data()) {}

  CountingIterator begin() { return {text_.data(), &reached_}; }
  CountingIterator end() { return {text_.data() + text_.size(), &reached_}; }
  Json take() { return std::move(root_); }
  bool too_deep() const { return too_deep_; }
  std::size_t offset() const { return done_; }

  JsonRead read() const {
    if (open_.empty()) return any_ ? JsonRead::everything : JsonRead::nothing;
    return last_;
  }

  // The SAX interface; the names are nlohmann's.
  bool null() { return scalar(nullptr); }
  bool boolean(bool value) { return scalar(value); }
  bool number_integer(Json::number_integer_t value) { return number(value); }
  bool number_unsigned(Json::number_unsigned_t value) { return number(value); }
  bool number_float(Json::number_float_t value, const std::string&) { return number(value); }
  bool string(std::string& value) { return scalar(std::move(value)); }
  bool binary(Json::binary_t&) { return false; }
  bool start_object(std::size_t) { return open(Json::object(), JsonRead::object_start); }
  bool start_array(std::size_t) { return open(Json::array(), JsonRead::array_start); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool parse_error(std::size_t, const std::string&, const Json::exception&) { return false; }

  bool key(std::string& name) {
    Open& top = open_.back();
    mark(offset_reached());
    const std::size_t line = line_;
    const auto [first, fresh] = top.keys.emplace(name, line);
    if (fresh) {
      auto& members = top.value->get_ref<Json::object_t&>();
      members.emplace_back(name, Json());
      top.slot = &members.back().second;
    } else {
      if (problems_.size() == kMostProblems) return false;
      Facts facts = {{"line", line}};
      if (first->second != line) facts.push_back({"first_line", first->second});
      problems_.push_back({ProblemKind::json_key_twice, where_ + ": " + json_path(path(), name), std::move(facts)});
      top.slot = &dropped_.emplace_back();
    }
    top.name = std::move(name);
    last_ = JsonRead::key;
    return true;
  }

 private:
  struct Open {
    Json* value;
    Json* slot = nullptr;                                    // object: where the next value goes
    std::string name;                                        // object: the key read last
    std::unordered_map<std::string, std::size_t> keys = {};  // with the line of each
  };

  std::size_t offset_reached() const { return static_cast<std::size_t>(reached_ - text_.data()); }
  // What was read only grows, so that lines are counted once.
  void mark(std::size_t offset) {
    if (offset > done_)
      line_ += static_cast<std::size_t>(std::ranges::count(text_.substr(done_, offset - done_), '\n'));
    done_ = std::max(done_, offset);
  }

  Json* place(Json value) {
    any_ = true;
    if (open_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    Open& top = open_.back();
    if (top.value->is_object()) {
      *top.slot = std::move(value);
      return top.slot;
    }
    top.value->push_back(std::move(value));
    return &top.value->back();
  }

  void value_done() {
    if (!open_.empty()) last_ = open_.back().value->is_object() ? JsonRead::value_in_object : JsonRead::value_in_array;
  }

  bool scalar(Json value, std::size_t lookahead = 0) {
    mark(offset_reached() - lookahead);
    place(std::move(value));
    value_done();
    return true;
  }

  // A number ends where another byte was seen; the parser has that byte already.
  bool number(Json value) {
    const char last = text_[offset_reached() - 1];
    const bool at_end = offset_reached() == text_.size() && last >= '0' && last <= '9';
    return scalar(std::move(value), at_end ? 0 : 1);
  }

  bool open(Json value, JsonRead read) {
    mark(offset_reached());
    if (open_.size() == kDeepest) {
      too_deep_ = true;
      return false;
    }
    open_.push_back({.value = place(std::move(value)), .name = {}});
    last_ = read;
    return true;
  }

  bool close() {
    mark(offset_reached());
    open_.pop_back();
    value_done();
    return true;
  }

  std::string path() const {
    std::string out;
    for (std::size_t i = 0; i + 1 < open_.size(); ++i)
      out = open_[i].value->is_object() ? json_path(out, open_[i].name) : json_path(out, open_[i].value->size() - 1);
    return out;
  }

  std::string_view text_;
  const std::string& where_;
  std::vector<Problem>& problems_;
  const char* reached_;
  std::size_t done_ = 0;  // end of what was read
  std::size_t line_ = 1;  // there
  JsonRead last_ = JsonRead::nothing;
  bool any_ = false;
  bool too_deep_ = false;
  Json root_;
  std::vector<Open> open_;
  std::deque<Json> dropped_;  // values of duplicate keys
};

bool is_flat(const Json& list) {
  return std::ranges::none_of(list, [](const Json& item) { return item.is_structured(); });
}

void append_json(std::string& out, const Json& value, int indent, std::size_t depth) {
  const auto line = [&](std::size_t level) { out.append("\n").append(level * static_cast<std::size_t>(indent), ' '); };
  if (value.is_number_float()) LRTUNE_CHECK(std::isfinite(value.get<double>()));
  if (!value.is_structured()) {
    out += value.dump(-1, ' ', false, Json::error_handler_t::replace);
    return;
  }
  const bool flat = value.empty() || (value.is_array() && is_flat(value));
  out += value.is_object() ? '{' : '[';
  for (auto item = value.begin(); item != value.end(); ++item) {
    if (item != value.begin()) out += flat ? ", " : ",";
    if (!flat) line(depth + 1);
    if (value.is_object()) out += Json(item.key()).dump(-1, ' ', false, Json::error_handler_t::replace) + ": ";
    append_json(out, *item, indent, depth + 1);
  }
  if (!flat) line(depth);
  out += value.is_object() ? '}' : ']';
}

}  // namespace

Json parse_json(std::string_view text, const std::string& where, JsonComments comments,
                std::vector<Problem>& problems) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) throw Error(ProblemKind::utf16, where);
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos)
    throw Error(ProblemKind::json_nul_byte, where, {{"byte", nul}});

  Builder builder(text, where, problems);
  if (Json::sax_parse(builder.begin(), builder.end(), &builder, Json::input_format_t::json, true,
                      comments == JsonComments::allowed))
    return builder.take();

  const auto place = [&](std::size_t offset) {
    const auto [line, column] = line_column(text, offset);
    return fmt::format("{}: line {}, column {}", where, line, column);
  };
  if (problems.size() == kMostProblems) throw Error(problems);
  if (builder.too_deep()) throw Error(ProblemKind::json_too_deep, place(builder.offset() - 1), {{"most", kDeepest}});
  const JsonDiagnosis why = diagnose_json(text, builder.offset(), builder.read(), comments);
  throw Error(why.kind, why.kind == ProblemKind::json_empty ? where : place(why.offset), why.facts);
}

std::string write_json(const Json& value, int indent) {
  std::string out;
  append_json(out, value, indent, 0);
  return out + "\n";
}

Json parse_json(std::string_view text, const std::string& where) {
  std::vector<Problem> problems;
  Json json = parse_json(text, where, JsonComments::refused, problems);
  if (!problems.empty()) throw Error(std::move(problems));
  return json;
}

std::string json_path(const std::string& parent, std::string_view key) {
  std::string out = parent + "/";
  for (char c : show_bare(key)) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

std::string json_path(const std::string& parent, std::size_t index) { return fmt::format("{}/{}", parent, index); }

std::string describe_json(const Json& value) {
  if (value.is_object()) return "an object";
  if (value.is_array()) return "a list";
  if (value.is_string()) return show(value.get_ref<const std::string&>());
  return value.dump();
}

}  // namespace lrtune
