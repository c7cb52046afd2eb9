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

// The bounds as facts: what report/ makes " from 0 to 1" of.
Facts wanted(std::string type, const Bounds& bounds) {
  Facts facts = {{"wanted", std::move(type)}};
  if (std::isfinite(bounds.min)) facts.push_back({bounds.min_open ? "above" : "least", bounds.min});
  if (std::isfinite(bounds.max)) facts.push_back({bounds.max_open ? "below" : "most", bounds.max});
  return facts;
}

}  // namespace

void Node::fail(ProblemKind kind, Facts facts) const {
  throw Error(kind, path_.empty() ? *where_ : fmt::format("{}: {}", *where_, path_), std::move(facts));
}

void Node::expected(Facts wanted) const {
  wanted.push_back({"found", describe_json(*value_)});
  fail(ProblemKind::stored_value, std::move(wanted));
}

const Node& Node::object() const {
  if (!value_->is_object()) expected({{"wanted", "object"}});
  return *this;
}

Node Node::operator[](std::string_view key) const {
  const auto found = object().value_->find(key);
  if (found == value_->end()) fail(ProblemKind::stored_member_absent, {{"key", std::string(key)}});
  return {*found, *where_, json_path(path_, key)};
}

std::optional<Node> Node::find(std::string_view key) const {
  const auto found = object().value_->find(key);
  if (found == value_->end()) return std::nullopt;
  return Node(*found, *where_, json_path(path_, key));
}

std::vector<Node> Node::items() const {
  if (!value_->is_array()) expected({{"wanted", "list"}});
  std::vector<Node> nodes;
  nodes.reserve(value_->size());
  for (std::size_t i = 0; i < value_->size(); ++i) nodes.emplace_back((*value_)[i], *where_, json_path(path_, i));
  return nodes;
}

std::string Node::text() const {
  if (!value_->is_string()) expected({{"wanted", "text"}});
  return value_->get<std::string>();
}

bool Node::boolean() const {
  if (!value_->is_boolean()) expected({{"wanted", "flag"}});
  return value_->get<bool>();
}

double Node::number(const Bounds& bounds) const {
  if (!value_->is_number() || !contains(bounds, value_->get<double>())) {
    const bool is_rate = bounds.min == 0 && bounds.min_open;
    expected(wanted(is_rate ? "rate" : "number", bounds));
  }
  return value_->get<double>();
}

std::size_t Node::count(const Bounds& bounds) const {
  const double least = std::max(bounds.min, 0.0);
  const double most = std::min(bounds.max, kCountMax);
  const double value = value_->is_number() ? value_->get<double>() : -1;
  if (!(value >= least && value <= most && value == std::floor(value)))
    expected(wanted("whole", {.min = least, .max = bounds.max}));
  return static_cast<std::size_t>(value);
}

void check_version(const Node& root) {
  if (!root.json().is_object() || !root.json().contains("schema_version"))
    root.fail(ProblemKind::not_a_result, {{"without", "schema_version"}});
  const std::size_t version = root["schema_version"].count();
  if (version < 1 || version > static_cast<std::size_t>(kResultSchemaVersion))
    root["schema_version"].fail(ProblemKind::schema_version_unknown,
                                {{"version", version}, {"newest", static_cast<std::size_t>(kResultSchemaVersion)}});
}

}  // namespace lrtune
