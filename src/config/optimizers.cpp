// A label is the name, or name(key=value, …) with what was set otherwise than by default when one optimizer is listed
// more than once.
#include "config/optimizers.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "config/named.h"
#include "config/values.h"

namespace lrtune {
namespace {

constexpr std::string_view kLabelKey[] = {"label"};
constexpr std::size_t kMostEntries = 1000;
constexpr std::size_t kLongestLabel = 1000;  // a made label may name every parameter

struct Item {
  Named named;
  std::string path;
  std::string label;  // empty: not given
};

std::string read_label(const Json& value, const std::string& path, Complaints& complaints) {
  const auto label = check_text(value, path, complaints);
  if (!label) return {};
  if (*label == "best") {
    complaints.add(path, ProblemKind::label_reserved);
  } else if (label->size() > kLongestLabel || !is_one_line(*label)) {
    complaints.add(path, ProblemKind::label_malformed, {{"label", *label}, {"most", kLongestLabel}});
  }
  return *label;
}

// What all optimizers start from: the card's default, or training.weight_decay where that is set.
void apply_weight_decay(Named& named, const std::optional<double>& weight_decay) {
  if (!weight_decay) return;
  for (std::size_t i = 0; i < named.settings.size(); ++i)
    if (named.settings[i].name == "weight_decay" && !named.given[i]) named.settings[i].value = *weight_decay;
}

std::string made_label(const Named& named, const std::optional<double>& weight_decay) {
  const Card& card = card_of(named.name, optimizer_choices());
  Named standard{named.name, default_settings(card), std::vector<bool>(card.parameters.size())};
  apply_weight_decay(standard, weight_decay);
  std::string differing;
  for (std::size_t i = 0; i < named.settings.size(); ++i) {
    const Setting& setting = named.settings[i];
    if (setting == standard.settings[i]) continue;
    const bool boolean = card.parameters[i].kind == ParameterKind::boolean;
    const std::string value = boolean ? (setting.value != 0 ? "true" : "false") : format_number(setting.value);
    differing += fmt::format("{}{}={}", differing.empty() ? "" : ", ", setting.name, value);
  }
  return differing.empty() ? named.name : fmt::format("{}({})", named.name, differing);
}

bool is_good_list(const Json& value, Complaints& complaints) {
  const std::string path = "/optimizers";
  if (!value.is_array()) {
    complaints.add(path, ProblemKind::list_expected, {{"found", describe_json(value)}}, R"(["sgd", "adam"])");
  } else if (value.empty()) {
    complaints.add(path, ProblemKind::optimizers_empty);
  } else if (value.size() > kMostEntries) {
    complaints.add(path, ProblemKind::optimizers_too_many, {{"entries", value.size()}, {"most", kMostEntries}});
  } else {
    return true;
  }
  return false;
}

std::vector<Item> read_items(const Json& list, Complaints& complaints) {
  std::vector<Item> items;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string path = json_path("/optimizers", i);
    auto named = read_named(list[i], path, optimizer_choices(), kLabelKey, complaints);
    const bool labelled = list[i].is_object() && list[i].contains("label");
    std::string label = labelled ? read_label(list[i]["label"], json_path(path, "label"), complaints) : "";
    if (named) items.push_back({std::move(*named), path, std::move(label)});
  }
  return items;
}

std::vector<Item> every_optimizer() {
  std::vector<Item> items;
  for (const Card& card : optimizer_choices())
    items.push_back(
        {{std::string(card.name), default_settings(card), std::vector<bool>(card.parameters.size())}, "", ""});
  return items;
}

}  // namespace

void read_optimizers(const Json* value, Config& config, Complaints& complaints) {
  if (value != nullptr && !is_good_list(*value, complaints)) return;
  const std::size_t before = complaints.problems().size();
  std::vector<Item> items = value == nullptr ? every_optimizer() : read_items(*value, complaints);
  std::map<std::string, std::size_t> listed;
  for (Item& item : items) {
    ++listed[item.named.name];
    apply_weight_decay(item.named, config.training.weight_decay);
  }
  std::map<std::string, std::string> places;  // of the labels so far
  for (Item& item : items) {
    const bool alone = listed[item.named.name] == 1;
    if (item.label.empty()) item.label = alone ? item.named.name : made_label(item.named, config.training.weight_decay);
    const auto [first, fresh] = places.emplace(item.label, item.path);
    // Where an entry has mistakes, its label is not the one it will have.
    if (!fresh && complaints.problems().size() == before)
      complaints.add(item.path, ProblemKind::label_twice, {{"label", item.label}, {"other", first->second}});
    config.optimizers.push_back({item.named.name, item.label, std::move(item.named.settings)});
  }
}

Json optimizers_to_json(const Config& config) {
  Json list = Json::array();
  for (const OptimizerConfig& entry : config.optimizers) {
    list.push_back(named_to_json(entry.name, entry.settings, optimizer_choices()));
    list.back()["label"] = entry.label;
  }
  return list;
}

Json optimizers_schema() {
  const Json label = {{"type", "string"},
                      {"minLength", 1},
                      {"maxLength", kLongestLabel},
                      {"description", "name of the entry in results; unique, by default \"name\""}};
  return {{"type", "array"},
          {"description", "default: all, in the order of lrtune list optimizers"},
          {"items", named_schema(optimizer_choices(), {{"label", label}})},
          {"minItems", 1},
          {"maxItems", kMostEntries}};
}

}  // namespace lrtune
