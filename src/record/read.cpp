// Node walks a result file: a value that knows its place, so that every mistake can be told with file and JSON path. A
// result is written by a program, so the first mistake is told and ends the reading.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/json.h"
#include "base/text.h"
#include "record/names.h"
#include "record/parts.h"
#include "record/study_json.h"
#include "report/notice_words.h"

namespace lrtune {
namespace {

constexpr double kCountMax = 9007199254740992;  // 2^53: whole numbers are exact in double up to here

class Node {
 public:
  Node(const Json& value, const std::string& where, std::string path)
      : value_(&value), where_(&where), path_(std::move(path)) {}

  const Json& json() const { return *value_; }

  [[noreturn]] void fail(const std::string& what, const std::string& hint = {}) const {
    throw Error(path_.empty() ? *where_ : fmt::format("{}: {}", *where_, path_), what, hint);
  }
  [[noreturn]] void expected(std::string_view what) const {
    fail(fmt::format("must be {}, not {}", what, describe_json(*value_)));
  }

  const Node& object() const {
    if (!value_->is_object()) expected("an object");
    return *this;
  }

  // A member that must be there; the object is checked on the way.
  Node operator[](std::string_view key) const {
    const auto found = object().value_->find(key);
    if (found == value_->end()) fail(fmt::format("has no \"{}\"", key));
    return {*found, *where_, json_path(path_, key)};
  }

  // nullopt where it is missing or null.
  std::optional<Node> find(std::string_view key) const {
    const auto found = object().value_->find(key);
    if (found == value_->end() || found->is_null()) return std::nullopt;
    return Node(*found, *where_, json_path(path_, key));
  }

  std::vector<Node> items() const {
    if (!value_->is_array()) expected("a list");
    std::vector<Node> nodes;
    nodes.reserve(value_->size());
    for (std::size_t i = 0; i < value_->size(); ++i) nodes.emplace_back((*value_)[i], *where_, json_path(path_, i));
    return nodes;
  }

  std::string text() const {
    if (!value_->is_string()) expected("a text");
    return value_->get<std::string>();
  }

  bool boolean() const {
    if (!value_->is_boolean()) expected("true or false");
    return value_->get<bool>();
  }

  double number() const {
    if (!value_->is_number()) expected("a number");
    return value_->get<double>();
  }

  double number_from_zero() const {
    const double value = number();
    if (!(value >= 0)) expected("a number from 0");
    return value;
  }

  double rate() const {
    const double rate = number();
    if (!(rate > 0)) expected("a rate above 0");
    return rate;
  }

  std::size_t count() const {
    const bool whole =
        value_->is_number() && number() >= 0 && number() <= kCountMax && number() == std::floor(number());
    if (!whole) expected("a whole number from 0");
    return static_cast<std::size_t>(number());
  }

  template <class E>
  E name() const {
    const auto& names = kResultNames<E>;
    const auto found = std::ranges::find(names, text());
    if (found == names.end()) fail(fmt::format("unknown {}", describe_json(*value_)), suggest_name(text(), names));
    return static_cast<E>(found - names.begin());
  }

 private:
  const Json* value_;
  const std::string* where_;
  std::string path_;
};

// read(node) of each item.
template <class Read>
auto list(const Node& node, Read read) {
  std::vector<decltype(read(node))> out;
  for (const Node& item : node.items()) out.push_back(read(item));
  return out;
}

// read(member), or nullopt where it is missing or null.
template <class Read>
auto optional(const Node& object, std::string_view key, Read read) {
  std::optional<decltype(read(object))> out;
  if (const auto member = object.find(key)) out = read(*member);
  return out;
}

std::string text(const Node& node) { return node.text(); }
std::string label(const Node& node) {
  if (!is_one_line(node.text())) node.fail(fmt::format("{} cannot be a label", show(node.text())), "one line of text");
  return node.text();
}
double number(const Node& node) { return node.number(); }
double rate(const Node& node) { return node.rate(); }
std::size_t count(const Node& node) { return node.count(); }

Estimate read_estimate(const Node& node) {
  return {node["mean"].number(), optional(node, "standard_error", [](const Node& n) { return n.number_from_zero(); })};
}

Fact read_fact(const std::string& name, const Node& node) {
  const Json& json = node.json();
  if (json.is_number_unsigned()) return {name, node.count()};
  if (json.is_number()) return {name, node.number()};
  if (json.is_array()) return {name, list(node, text)};
  return {name, node.text()};
}

Notice read_notice(const Node& node) {
  Notice notice;
  const auto kind = std::ranges::find(kNoticeKindNames, node["kind"].text());
  if (kind != kNoticeKindNames.end()) notice.kind = static_cast<NoticeKind>(kind - kNoticeKindNames.begin());
  if (const auto facts = node.find("facts"))
    for (const auto& item : facts->object().json().items())
      notice.facts.push_back(read_fact(item.key(), (*facts)[item.key()]));
  notice.option = optional(node, "option", text).value_or("");
  notice.value = optional(node, "value", text).value_or("");
  std::string words = node["text"].text();
  std::string remedy = node["remedy"].text();
  if (words == notice_text(notice) && remedy == notice_remedy(notice)) return notice;
  notice.text = std::move(words);
  notice.remedy = std::move(remedy);
  return notice;
}

Subject read_subject(const Node& node) {
  Subject subject;
  DataSummary& data = subject.data.emplace();
  data.kind = node["kind"].name<TaskKind>();
  data.train_rows = node["train_rows"].count();
  data.validation_rows = node["validation_rows"].count();
  data.features = node["features"].count();
  data.outputs = optional(node, "classes", count).value_or(1);
  data.classes = list(node["class_names"], text);
  if (const auto target = node.find("target")) {
    data.target_mean = (*target)["mean"].number();
    data.target_sd = (*target)["sd"].number();
  }
  subject.fingerprint = node["sha256"].text();
  subject.notices = list(node["notices"], read_notice);
  return subject;
}

Overall read_overall(const Node& node) {
  return {label(node["label"]), node["learning_rate"].rate(), read_estimate(node["objective"]),
          list(node["not_told_apart"], text), node["status"].name<RateStatus>()};
}

RateInterval read_interval(const Node& node) {
  const auto ends = list(node, rate);
  if (ends.size() != 2) node.fail(fmt::format("must be two rates, not {}", ends.size()));
  return {ends[0], ends[1]};
}

Recommendation read_recommendation(const Node& node) {
  Recommendation r;
  r.learning_rate = optional(node, "learning_rate", rate);
  r.interval = optional(node, "interval", read_interval);
  r.range = optional(node, "range", [](const Node& range) {
    return RateRange{range["min"].rate(), range["max"].rate()};
  });
  r.divergence_margin_decades = optional(node, "divergence_margin_decades", number);
  r.objective = optional(node, "objective", read_estimate);
  r.objective_in_target_units = optional(node, "objective_in_target_units", read_estimate);
  r.validation_error = optional(node, "validation_error", read_estimate);
  r.seeds = node["seeds"].count();
  r.status = node["status"].name<RateStatus>();
  r.notices = list(node["notices"], read_notice);
  return r;
}

Curve read_curve(const Node& node) {
  Curve curve{list(node["step"], count), list(node["train_loss"], number), list(node["validation_loss"], number),
              list(node["validation_error"], number)};
  const std::size_t looks = curve.step.size();
  const bool errors = curve.validation_error.empty() || curve.validation_error.size() == looks;
  if (curve.train_loss.size() != looks || curve.validation_loss.size() != looks || !errors)
    node.fail("has lists of different lengths");
  return curve;
}

Trial read_trial(const Node& node) {
  Trial trial;
  trial.stage = node["stage"].name<Stage>();
  trial.learning_rate = node["learning_rate"].rate();
  trial.seed = node["seed"].count();
  trial.status = node["status"].name<TrialStatus>();
  trial.trial_class = optional(node, "class", [](const Node& name) { return name.name<TrialClass>(); });
  trial.ended_at_step = optional(node, "ended_at_step", count);
  trial.recovered = optional(node, "recovered", [](const Node& flag) { return flag.boolean(); }).value_or(false);
  trial.updates = node["updates"].count();
  trial.curve = read_curve(node["curve"]);
  trial.objective = optional(node, "objective", number);
  trial.validation_error = optional(node, "validation_error", number);
  return trial;
}

std::vector<Setting> read_settings(const Node& node) {
  std::vector<Setting> settings;
  for (const auto& item : node.object().json().items()) settings.push_back({item.key(), node[item.key()].number()});
  return settings;
}

Sharpness read_sharpness(const Node& node) {
  return {node["value"].number(), node["products"].count(), node["converged"].boolean()};
}

StabilityPoint read_point(const Node& node) {
  return {optional(node, "sharpness", read_sharpness), optional(node, "preconditioned", read_sharpness),
          optional(node, "edge", rate)};
}

Stability read_stability(const Node& node) {
  return {read_point(node["start"]), optional(node, "end", read_point), optional(node, "lowest_diverged", rate),
          node["full_runs"].number()};
}

Entry read_entry(const Node& node) {
  Entry entry;
  entry.label = label(node["label"]);
  entry.name = node["name"].text();
  entry.hyperparameters = read_settings(node["hyperparameters"]);
  entry.recommendation = read_recommendation(node["recommendation"]);
  const Node usual = node["default"];
  const auto diverged = usual.find("diverged");
  entry.framework_default = {usual["learning_rate"].rate(), optional(usual, "objective", read_estimate),
                             diverged && diverged->boolean()};
  entry.cost = {node["cost"]["trials"].count(), node["cost"]["full_runs"].number()};
  entry.stability = optional(node, "stability", read_stability);
  if (const auto trials = node.find("trials")) entry.trials = list(*trials, read_trial);
  return entry;
}

RunInfo read_run(const Node& node) {
  return {node["started_at"].text(),   node["wall_seconds"].number(), node["threads"].count(),
          optional(node, "isa", text), node["host"].text(),           node["cpu"].text(),
          node["compiler"].text()};
}

// First of all, so that any other file is called what it is.
void check_version(const Node& root) {
  if (!root.json().is_object() || !root.json().contains("schema_version"))
    root.fail("is not a result of lrtune", "a JSON object with \"schema_version\" is expected");
  const std::size_t version = root["schema_version"].count();
  if (version < 1 || version > static_cast<std::size_t>(kResultSchemaVersion))
    root["schema_version"].fail(fmt::format("version {} is not known", version),
                                fmt::format("this lrtune reads up to {}", kResultSchemaVersion));
}

}  // namespace

Trial trial_from_json(const Json& json, const std::string& where) { return read_trial(Node(json, where, "")); }

Study study_from_json(std::string_view text_of_file, const std::string& where) {
  const Json json = parse_json(text_of_file, where);
  const Node root(json, where, "");
  check_version(root);
  Study study;
  study.head.tool_version = root["tool"]["version"].text();
  study.complete = root["complete"].boolean();
  study.head.config_json = write_json(root["config"].object().json(), 2);
  if (const auto search = root["config"].find("search"))
    if (const auto objective = search->find("objective")) study.objective = objective->text();
  study.head.config_id = root["config_id"].text();
  study.head.subject = read_subject(root["data"]);
  study.recommendation = optional(root, "recommendation", read_overall);
  study.optimizers = list(root["optimizers"], read_entry);
  for (std::size_t i = 0; i < study.optimizers.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (study.optimizers[i].label == study.optimizers[j].label)
        root["optimizers"].items()[i]["label"].fail(
            fmt::format("{} is also that of /optimizers/{}", show(study.optimizers[i].label), j));
  if (const auto run = root.find("run")) study.head.run = read_run(*run);
  return study;
}

}  // namespace lrtune
