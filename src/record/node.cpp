#include "record/node.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "lrtune/error.h"
#include "record/version.h"

namespace lrtune {
namespace {

constexpr double kCountMax = 9007199254740992;  // 2^53: whole numbers are exact in double up to here

// "a rate above 0", "a whole number from 0"
std::string wanted(std::string_view what, const Bounds& bounds) {
  std::string text(what);
  if (std::isfinite(bounds.min))
    text += fmt::format(" {} {}", bounds.min_open ? "above" : "from", format_number(bounds.min));
  if (std::isfinite(bounds.min) && std::isfinite(bounds.max)) text += " and";
  if (std::isfinite(bounds.max))
    text += fmt::format(" {} {}", bounds.max_open ? "below" : "up to", format_number(bounds.max));
  return text;
}

}  // namespace

void Node::fail(const std::string& what, const std::string& hint) const {
  throw Error(path_.empty() ? *where_ : fmt::format("{}: {}", *where_, path_), what, hint);
}

void Node::expected(std::string_view what) const {
  fail(fmt::format("must be {}, not {}", what, describe_json(*value_)));
}

const Node& Node::object() const {
  if (!value_->is_object()) expected("an object");
  return *this;
}

Node Node::operator[](std::string_view key) const {
  const auto found = object().value_->find(key);
  if (found == value_->end()) fail(fmt::format("has no \"{}\"", key));
  return {*found, *where_, json_path(path_, key)};
}

std::optional<Node> Node::find(std::string_view key) const {
  const auto found = object().value_->find(key);
  if (found == value_->end()) return std::nullopt;
  return Node(*found, *where_, json_path(path_, key));
}

std::vector<Node> Node::items() const {
  if (!value_->is_array()) expected("a list");
  std::vector<Node> nodes;
  nodes.reserve(value_->size());
  for (std::size_t i = 0; i < value_->size(); ++i) nodes.emplace_back((*value_)[i], *where_, json_path(path_, i));
  return nodes;
}

std::string Node::text() const {
  if (!value_->is_string()) expected("a text");
  return value_->get<std::string>();
}

bool Node::boolean() const {
  if (!value_->is_boolean()) expected("true or false");
  return value_->get<bool>();
}

double Node::number(const Bounds& bounds) const {
  if (!value_->is_number() || !contains(bounds, value_->get<double>())) {
    const bool is_rate = bounds.min == 0 && bounds.min_open;
    expected(wanted(is_rate ? "a rate" : "a number", bounds));
  }
  return value_->get<double>();
}

std::size_t Node::count(const Bounds& bounds) const {
  const double least = std::max(bounds.min, 0.0);
  const double most = std::min(bounds.max, kCountMax);
  const double value = value_->is_number() ? value_->get<double>() : -1;
  if (!(value >= least && value <= most && value == std::floor(value)))
    expected(wanted("a whole number", {.min = least, .max = bounds.max}));
  return static_cast<std::size_t>(value);
}

void check_version(const Node& root) {
  if (!root.json().is_object() || !root.json().contains("schema_version"))
    root.fail("is not a result of lrtune", "a JSON object with \"schema_version\" is expected");
  const std::size_t version = root["schema_version"].count();
  if (version < 1 || version > static_cast<std::size_t>(kResultSchemaVersion))
    root["schema_version"].fail(fmt::format("version {} is not known", version),
                                fmt::format("this lrtune reads up to {}", kResultSchemaVersion));
}

}  // namespace lrtune
