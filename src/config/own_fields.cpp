#include "config/own_fields.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/require.h"
#include "base/text.h"
#include "config/named.h"
#include "config/values.h"
#include "data/synthetic.h"

namespace lrtune {
namespace {

constexpr std::string_view kImageKeys[] = {"images", "labels"};
constexpr Bounds kRates{.min = 0, .max = 100, .min_open = true};
constexpr Bounds kIndex{.min = 0, .max = 1e6};

ImageFiles read_images(const Json& value, const std::string& path, Complaints& complaints) {
  ImageFiles files;
  if (!value.is_object()) {
    complaints.add(path, ProblemKind::object_expected, {{"found", describe_json(value)}, {"of", "idx"}});
    return files;
  }
  check_keys(value, path, kImageKeys, complaints);
  for (std::string_view key : kImageKeys) {
    const auto found = value.find(key);
    if (found == value.end()) {
      complaints.add(path, ProblemKind::images_incomplete, {{"key", std::string(key)}});
    } else if (const auto text = check_text(*found, json_path(path, key), complaints)) {
      (key == "images" ? files.images : files.labels) = *text;
    }
  }
  return files;
}

std::optional<std::string> read_csv_name(const Json& value, const std::string& path, Complaints& complaints) {
  if (!value.is_object()) return check_text(value, path, complaints);
  complaints.add(path, ProblemKind::train_is_object);
  return std::nullopt;
}

bool holds_two_rates(double low, double high) {
  return ceil_significant(low, kRateDigits) < floor_significant(high, kRateDigits);
}

Json images_to_json(const ImageFiles& files) { return {{"images", files.images}, {"labels", files.labels}}; }

Json discarded() { return Json(Json::value_t::discarded); }

}  // namespace

void read_train(Config& config, const Json& value, const std::string& path, Complaints& complaints) {
  if (data_of(config).format == DataFormat::idx) {
    data_of(config).train_images = read_images(value, path, complaints);
  } else if (const auto name = read_csv_name(value, path, complaints)) {
    data_of(config).train = *name;
  }
}

Json train_to_json(const Config& config) {
  return data_of(config).format == DataFormat::idx ? images_to_json(data_of(config).train_images)
                                                   : Json(data_of(config).train);
}

void read_validation(Config& config, const Json& value, const std::string& path, Complaints& complaints) {
  if (value.is_null()) return;
  if (data_of(config).format == DataFormat::idx) {
    data_of(config).validation_images = read_images(value, path, complaints);
  } else {
    data_of(config).validation = read_csv_name(value, path, complaints);
  }
}

Json validation_to_json(const Config& config) {
  if (data_of(config).validation_images) return images_to_json(*data_of(config).validation_images);
  return data_of(config).validation ? Json(*data_of(config).validation) : Json(nullptr);
}

Json source_schema() {
  Json properties = Json::object();
  for (std::string_view key : kImageKeys) properties[std::string(key)] = {{"type", "string"}, {"minLength", 1}};
  const Json images = {
      {"type", "object"}, {"properties", properties}, {"required", kImageKeys}, {"additionalProperties", false}};
  return {{"anyOf", Json::array({{{"type", "string"}, {"minLength", 1}}, images})}};
}

void read_target(Config& config, const Json& value, const std::string& path, Complaints& complaints) {
  if (value.is_string()) {
    if (const auto name = check_text(value, path, complaints)) data_of(config).target = *name;
  } else if (!value.is_number()) {
    complaints.add(path, ProblemKind::target_malformed, {{"found", describe_json(value)}});
  } else if (const auto index = check_number(value, path, kIndex, ParameterKind::integer, complaints)) {
    data_of(config).target = static_cast<std::size_t>(*index);
  }
}

Json target_to_json(const Config& config) {
  if (!data_of(config).target) return discarded();
  return std::visit([](const auto& target) { return Json(target); }, *data_of(config).target);
}

Json target_schema() {
  return {
      {"anyOf", Json::array({{{"type", "string"}, {"minLength", 1}}, number_schema(kIndex, ParameterKind::integer)})}};
}

void read_synthetic(Config& config, const Json& value, const std::string& path, Complaints& complaints) {
  const auto named = read_named(value, path, synthetic_cards(), {}, complaints);
  if (!named) return;
  const auto setting = [&](std::string_view name) {
    const auto found = std::ranges::find(named->settings, name, &Setting::name);
    LRTUNE_CHECK(found != named->settings.end(), named->name, name);  // every set has the three
    return found->value;
  };
  data_of(config).synthetic = {named->name, static_cast<std::size_t>(setting("rows")), setting("noise"),
                               static_cast<std::uint32_t>(setting("seed"))};
}

Json synthetic_to_json(const Config& config) {
  const SyntheticData& data = data_of(config).synthetic;
  return {{"name", data.name}, {"rows", data.rows}, {"noise", data.noise}, {"seed", data.seed}};
}

Json synthetic_schema() { return named_schema(synthetic_cards(), Json::object()); }

void read_delimiter(Config& config, const Json& value, const std::string& path, Complaints& complaints) {
  // What numbers, names and quotes are made of cannot part cells.
  constexpr std::string_view kAllowed = ",;|:\t !#$%&*/<=>?@^~_";
  if (value.is_string() && value.get_ref<const std::string&>().size() == 1 &&
      kAllowed.find(value.get_ref<const std::string&>().front()) != std::string_view::npos) {
    data_of(config).delimiter = value.get_ref<const std::string&>().front();
    return;
  }
  complaints.add(path, ProblemKind::delimiter_malformed, {{"found", describe_json(value)}});
}

Json delimiter_to_json(const Config& config) { return std::string(1, data_of(config).delimiter); }

Json delimiter_schema() { return {{"type", "string"}, {"minLength", 1}, {"maxLength", 1}}; }

void read_schedule(Config& config, const Json& value, const std::string& path, Complaints& complaints) {
  if (auto named = read_named(value, path, schedule_choices(), {}, complaints))
    config.training.schedule = {named->name, std::move(named->settings)};
}

Json schedule_to_json(const Config& config) {
  const ScheduleConfig& schedule = config.training.schedule;
  return named_to_json(schedule.name, schedule.settings, schedule_choices());
}

Json schedule_schema() { return named_schema(schedule_choices(), Json::object()); }

void read_range(Config& config, const Json& value, const std::string& path, Complaints& complaints) {
  if (!value.is_array() || value.size() != 2) {
    const std::string shown = value.is_array() ? fmt::format("a list of {}", value.size()) : describe_json(value);
    complaints.add(path, ProblemKind::range_malformed, {{"found", shown}}, "[1e-6, 1]");
    return;
  }
  double rates[2] = {};
  bool good = true;
  for (std::size_t i = 0; i < 2; ++i) {
    const std::string at = json_path(path, i);
    if (value[i].is_number() && value[i].get<double>() <= 0) {
      const bool zero = value[i].get<double>() == 0;
      complaints.add(at, zero ? ProblemKind::range_rate_zero : ProblemKind::range_rate_negative,
                     {{"rate", value[i].dump()}, {"most", kRates.max}});
      good = false;
    } else if (const auto rate = check_number(value[i], at, kRates, ParameterKind::real, complaints)) {
      rates[i] = *rate;
    } else {
      good = false;
    }
  }
  if (!good) return;
  const std::string low = format_number(rates[0]);
  const std::string high = format_number(rates[1]);
  if (rates[0] > rates[1]) {
    complaints.add(path, ProblemKind::range_reversed, {{"low", rates[0]}, {"high", rates[1]}},
                   fmt::format("[{}, {}]", high, low));
  } else if (!holds_two_rates(rates[0], rates[1])) {
    complaints.add(path, ProblemKind::range_narrow,
                   {{"low", rates[0]}, {"high", rates[1]}, {"digits", static_cast<std::size_t>(kRateDigits)}},
                   "[1e-6, 1]");
  } else {
    config.search.lowest_rate = rates[0];
    config.search.highest_rate = rates[1];
  }
}

Json range_to_json(const Config& config) { return {config.search.lowest_rate, config.search.highest_rate}; }

Json range_schema() {
  return {{"type", "array"}, {"items", number_schema(kRates, ParameterKind::real)}, {"minItems", 2}, {"maxItems", 2}};
}

}  // namespace lrtune
