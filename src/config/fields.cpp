#include "config/fields.h"

#include <algorithm>
#include <array>

#include "base/require.h"
#include "config/named.h"
#include "config/own_fields.h"
#include "data/synthetic.h"
#include "lrtune/enum_words.h"
#include "nn/nn_cards.h"
#include "stats/objective.h"

namespace lrtune {

unsigned format_bit(DataFormat format) { return 1U << static_cast<unsigned>(format); }

namespace {

template <class T>
struct Plain {
  using type = T;
  static constexpr bool optional = false;
};
template <class T>
struct Plain<std::optional<T>> {
  using type = T;
  static constexpr bool optional = true;
};

template <class T>
void from_json_value(const Json& value, T& member) {
  if constexpr (Plain<T>::optional) {
    if (value.is_null()) {
      member.reset();
    } else {
      from_json_value(value, member.emplace());
    }
  } else if constexpr (std::is_enum_v<T>) {
    const auto named = from_word<T>(value.get_ref<const std::string&>());
    LRTUNE_CHECK(named.has_value());
    member = *named;
  } else if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
    member = static_cast<T>(value.get<double>());  // 3.0 is a whole number
  } else if constexpr (std::is_same_v<T, std::vector<std::size_t>>) {
    member.clear();
    for (const Json& item : value) member.push_back(static_cast<std::size_t>(item.get<double>()));
  } else if constexpr (std::is_same_v<T, double>) {
    member = value.get<double>() + 0.0;  // −0 becomes 0
  } else {
    member = value.get<T>();
  }
}

template <class T>
Json to_json_value(const T& member) {
  if constexpr (Plain<T>::optional) {
    return member ? to_json_value(*member) : Json(nullptr);
  } else if constexpr (std::is_enum_v<T>) {
    return word(member);
  } else {
    return member;
  }
}

template <class T>
constexpr FieldKind kind_of() {
  if (std::is_enum_v<T>) return FieldKind::name;
  if (std::is_arithmetic_v<T>) return FieldKind::number;
  if (std::is_same_v<T, std::vector<std::size_t>>) return FieldKind::number_list;
  if (std::is_same_v<T, std::vector<std::string>>) return FieldKind::text_list;
  return FieldKind::text;
}

template <class T>
constexpr ParameterKind number_kind_of() {
  if (std::is_same_v<T, bool>) return ParameterKind::boolean;
  return std::is_same_v<T, double> ? ParameterKind::real : ParameterKind::integer;
}

template <class T>
constexpr Names names_of() {
  if constexpr (std::is_enum_v<T>)
    return [] { return std::vector<std::string_view>(kWords<T>.begin(), kWords<T>.end()); };
  return nullptr;
}

// A field that is one member: what it takes follows from the member's type.
template <class Section, auto Member>
constexpr Field row(std::string_view section, std::string_view key, std::string_view doc, Bounds bounds = {}) {
  using Whole = std::remove_cvref_t<decltype(Section::of(std::declval<Config&>()).*Member)>;
  using T = typename Plain<Whole>::type;
  return {.section = section,
          .key = key,
          .kind = kind_of<T>(),
          .number = number_kind_of<T>(),
          .bounds = bounds,
          .names = names_of<T>(),
          .nullable = Plain<Whole>::optional,
          .doc = doc,
          .assign = [](Config& config, const Json& value, const std::string&,
                       Complaints&) { from_json_value(value, Section::of(config).*Member); },
          .value = [](const Config& config) -> Json { return to_json_value(Section::of(config).*Member); }};
}

// One of the names of a registry.
constexpr Field of(Names names, Field field) {
  field.kind = FieldKind::name;
  field.names = names;
  return field;
}

constexpr Field only(unsigned formats, Field field) {
  field.formats = formats;
  return field;
}

constexpr Field at_most(std::size_t items, Field field) {
  field.most = items;
  return field;
}

template <auto Cards>
std::vector<std::string_view> names_in() {
  std::vector<std::string_view> names;
  for (const auto& row : Cards()) {
    if constexpr (requires { row.card; }) {
      names.push_back(row.card.name);
    } else {
      names.push_back(row.name);
    }
  }
  return names;
}

std::vector<std::string_view> loss_names() {
  auto names = names_in<loss_cards>();
  names.insert(names.begin(), "auto");
  return names;
}

// There is no split where a validation set stands ready.
Json fraction_to_json(const Config& config) {
  const bool ready = data_of(config).validation || data_of(config).validation_images;
  return ready ? Json(Json::value_t::discarded) : Json(data_of(config).validation_fraction);
}

constexpr Field fraction(Field field) {
  field.value = fraction_to_json;
  return field;
}

constexpr double kSeedMax = 4294967295;  // 2^32 − 1: a word of the Philox key
constexpr double kRowsMax = 2147483647;  // 2^31 − 1: rows are counted in 32 bits
constexpr Bounds kOpenUnit{.min = 0, .max = 1, .min_open = true, .max_open = true};
constexpr Bounds kPositive{.min = 0, .max = 1e6, .min_open = true};

using D = DataConfig;
using M = ModelConfig;
using T = TrainingConfig;
using S = SearchConfig;

// Sections: where a config has their record.
struct InData {
  static auto& of(auto& config) { return data_of(config); }
};
struct InModel {
  static auto& of(auto& config) { return model_of(config); }
};
struct InTraining {
  static auto& of(auto& config) { return config.training; }
};
struct InSearch {
  static auto& of(auto& config) { return config.search; }
};

constexpr std::array kFields = {
    row<InData, &D::format>("data", "format",
                            "csv[.gz]: \"train\" is a file; idx[.gz]: \"train\" is {images, labels}; synthetic: see "
                            "\"synthetic\". Guessed from those fields if left out"),
    Field{.section = "data",
          .key = "train",
          .formats = kCsv | kIdx,
          .doc = "training rows: a file, or {\"images\", \"labels\"} for idx; relative to the config",
          .assign = read_train,
          .value = train_to_json,
          .schema = source_schema},
    Field{.section = "data",
          .key = "validation",
          .nullable = true,
          .formats = kCsv | kIdx,
          .doc = "a validation set of its own, given like \"train\"; without one the training rows are split",
          .assign = read_validation,
          .value = validation_to_json,
          .schema = source_schema},
    Field{.section = "data",
          .key = "synthetic",
          .formats = kSynthetic,
          .doc = "a generated data set: its name, or {\"name\", \"rows\", \"noise\", \"seed\"}",
          .assign = read_synthetic,
          .value = synthetic_to_json,
          .schema = synthetic_schema,
          .cards = synthetic_cards},
    Field{.section = "data",
          .key = "target",
          .formats = kCsv,
          .doc = "column to predict: its name, or its index from 0",
          .assign = read_target,
          .value = target_to_json,
          .schema = target_schema},
    fraction(row<InData, &D::validation_fraction>(
        "data", "validation_fraction", "share of the rows kept for validation; not together with \"validation\"",
        kOpenUnit)),
    row<InData, &D::split_seed>("data", "split_seed", "decides which rows are kept for validation", {0, kSeedMax}),
    row<InData, &D::stratify>("data", "stratify", "split every class in the same proportion"),
    row<InData, &D::kind>("data", "kind", "what is predicted; null: guessed from the target column"),
    row<InData, &D::standardize>("data", "standardize",
                                 "scale columns to mean 0 and standard deviation 1 over the training rows"),
    only(kCsv, row<InData, &D::header>("data", "header", "whether the first line names the columns")),
    Field{.section = "data",
          .key = "delimiter",
          .formats = kCsv,
          .doc = "the character that separates cells",
          .assign = read_delimiter,
          .value = delimiter_to_json,
          .schema = delimiter_schema},
    only(kCsv, at_most(100000, row<InData, &D::ignore>("data", "ignore", "columns that are not read"))),
    only(kCsv, at_most(100000, row<InData, &D::one_hot>("data", "one_hot",
                                                        "text columns that become one 0/1 column per value"))),
    only(kCsv, row<InData, &D::missing>(
                   "data", "missing",
                   "what to do about an empty cell: report an error, drop the row, or fill in the column's mean")),
    only(kCsv | kIdx,
         row<InData, &D::max_rows>("data", "max_rows", "read the first rows only; null: all", {1, kRowsMax})),

    at_most(64, row<InModel, &M::hidden>("model", "hidden", "units of each hidden layer; empty: a linear model",
                                         {1, 65536})),
    of(names_in<activation_cards>, row<InModel, &M::activation>("model", "activation", "of the hidden layers")),
    of(names_in<init_cards>, row<InModel, &M::init>("model", "init", "initial weights")),

    row<InTraining, &T::epochs>("training", "epochs", "passes over the training rows", {1, 1e6}),
    row<InTraining, &T::batch_size>("training", "batch_size", "rows per update", {1, 1 << 24}),
    of(loss_names,
       row<InTraining, &T::loss>(
           "training", "loss",
           "auto: cross_entropy for classification, mse for regression; mse of classes takes 0 and 1 as targets")),
    row<InTraining, &T::looks_per_epoch>("training", "looks_per_epoch", "evaluations per epoch", {1, 1000}),
    Field{.section = "training",
          .key = "schedule",
          .doc = "factor on the rate over a trial: a name, or {\"name\", parameters}",
          .assign = read_schedule,
          .value = schedule_to_json,
          .schema = schedule_schema,
          .cards = schedule_choices},
    row<InTraining, &T::warmup_epochs>("training", "warmup_epochs", "epochs of a linear ramp in front of the schedule",
                                       {0, 1e6}),
    row<InTraining, &T::warmup_start>("training", "warmup_start", "factor on the rate where the ramp starts", {0, 1}),
    row<InTraining, &T::clip_norm>("training", "clip_norm", "largest norm of the global gradient; null: no limit",
                                   kPositive),
    row<InTraining, &T::weight_decay>("training", "weight_decay",
                                      "of every optimizer that does not set its own; null: each optimizer's default",
                                      {0, 1e6}),

    Field{.section = "search",
          .key = "range",
          .doc = "lowest and highest rate",
          .assign = read_range,
          .value = range_to_json,
          .schema = range_schema},
    row<InSearch, &S::coarse_per_decade>("search", "coarse_per_decade", "rates per factor of ten in the first stage",
                                         {1, 1000}),
    row<InSearch, &S::fine_per_decade>("search", "fine_per_decade", "rates per factor of ten that may be recommended",
                                       {1, 1000}),
    row<InSearch, &S::seeds>("search", "seeds", "least number of seeds for every candidate of the last stage",
                             {1, 1000}),
    row<InSearch, &S::max_seeds>(
        "search", "max_seeds", "most seeds of one optimizer; the largest of 10, seeds and budget_runs / 4", {1, 1000}),
    row<InSearch, &S::seed>("search", "seed", "initial weights and minibatch orders of the whole study", {0, kSeedMax}),
    of(names_in<objectives>,
       row<InSearch, &S::objective>("search", "objective", "what rates are judged by; lower is better")),
    row<InSearch, &S::extend>("search", "extend", "widen the range if the best rate is at an end of it"),
    row<InSearch, &S::budget_runs>("search", "budget_runs",
                                   "largest number of full trainings per optimizer; null: no limit", {.min = 1}),
    row<InSearch, &S::tolerance>("search", "tolerance",
                                 "share of the loss that a rate may be worse than the best; the search ends once sure",
                                 kOpenUnit),
    row<InSearch, &S::sharpness>("search", "sharpness",
                                 "also report the sharpness of the loss and the largest stable rate it predicts"),
};

}  // namespace

std::span<const Field> fields() { return kFields; }

bool is_path(const Field& field) {
  return field.section == "data" && (field.key == "train" || field.key == "validation");
}

}  // namespace lrtune
