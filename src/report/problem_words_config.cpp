// problem_words_config.cpp: what can be wrong with a configuration, in words.
#include "report/problem_words.h"

namespace lrtune {
namespace {

using enum ProblemKind;

constexpr std::string_view kImages = R"(write {{"images": FILE, "labels": FILE}})";
constexpr std::string_view kRates = "use rates above 0 and at most {most}";
constexpr std::string_view kForExample = "for example {value}";
constexpr std::string_view kSet = "for example --set training.epochs=5";

constexpr Words<ProblemKind> kTable[] = {
    // its shape
    {key_unknown,
     {"of", "synthetic"},
     "unknown key {key:quoted}",
     R"(for generated data write "synthetic": {{"name": "moons", "rows": 500, "noise": 0.1, "seed": 0}})"},
    {key_unknown, {"section"}, "unknown key {key:quoted}", "it belongs to \"{section}\""},
    {key_unknown, {}, "unknown key {key:quoted}", "{suggestion}"},
    {object_expected, {"of", "config"}, "must be an object, not {found:raw}", R"({{"data": …}})"},
    {object_expected, {"of", "idx"}, "must be an object for idx data, not {found:raw}", kImages},
    {object_expected, {}, "must be an object, not {found:raw}"},
    {list_expected, {"most"}, "must be a list of at most {most} items, not {found:raw}"},
    {list_expected, {}, "must be a list, not {found:raw}", kForExample},
    {number_expected, {"type", "boolean"}, "must be true or false, not {found:raw}"},
    {number_expected, {"type", "integer"}, "must be a whole number{bounds}, not {found:raw}"},
    {number_expected, {}, "must be a number{bounds}, not {found:raw}"},
    {text_expected, {}, "must be a string, not {found:raw}"},
    {text_empty, {}, "must not be empty"},
    {text_nul, {}, "must not contain a NUL byte"},
    {name_expected,
     {"example"},
     "must be a name or an object with a \"name\", not {found:raw}",
     "for example \"{example}\""},
    {name_expected, {}, "must be a name, not {found:raw}", "{suggestion}"},
    {name_missing, {}, "has no \"name\"", "{suggestion}"},
    {name_unknown, {}, "unknown {name:quoted}", "{suggestion}"},
    // its fields
    {field_of_other_format, {}, "is not for {format} data", "remove it"},
    {data_absent, {}, "is missing", R"(for example "data": {{"train": "iris.csv", "target": "species"}})"},
    {train_absent, {"format", "csv"}, "is missing", "name the file with the training rows"},
    {train_absent, {}, "is missing", kImages},
    {target_absent, {}, "is missing", "give the name of the column to predict, or its index from 0"},
    {train_is_object,
     {},
     "must be a file name for csv data, not an object",
     "images and labels need \"format\": \"idx\"; generated sets go in \"synthetic\""},
    {images_incomplete, {}, "has no \"{key}\"", kImages},
    {target_malformed, {}, "must be a column's name or its index from 0, not {found:raw}"},
    {delimiter_malformed,
     {},
     "must be one character that separates cells, not {found:raw}",
     R"(for example ",", ";", "|" or "\t")"},
    {validation_twice, {}, "cannot be combined with \"validation\"", "remove one of the two"},
    {warmup_too_long,
     {},
     "a warm-up of {warmup_epochs} epochs leaves none of the {epochs} for the training",
     "use at most {most}"},
    {loss_needs_classes,
     {},
     "\"cross_entropy\" needs classes, but \"kind\" is \"regression\"",
     "use \"mse\" or \"auto\""},
    {objective_needs_classes,
     {},
     "\"final_validation_error\" needs classes, but \"kind\" is \"regression\"",
     "\"final_validation_loss\""},
    {max_seeds_too_few,
     {},
     "max_seeds is {max_seeds}, less than seeds, which is {seeds}",
     "set max_seeds to {seeds} or more"},
    {range_malformed, {}, "must be the lowest and the highest rate, not {found:raw}", kForExample},
    {range_rate_zero, {}, "a rate of 0 trains nothing", kRates},
    {range_rate_negative, {}, "{rate} is negative, and a negative rate increases the loss", kRates},
    {range_reversed, {}, "[{low}, {high}] is reversed", "write {value}"},
    {range_narrow, {}, "[{low}, {high}] is too narrow: it must contain two rates of {digits} digits", kForExample},
    {optimizers_empty, {"list"}, "{list:quoted} names no optimizer", "leave it out for all optimizers"},
    {optimizers_empty, {}, "is empty", "leave it out for all optimizers"},
    {optimizers_too_many, {}, "has {entries} entries", "use at most {most}"},
    {label_reserved,
     {},
     "\"best\" cannot be a label",
     "--print best means the best of all entries; choose another label"},
    {label_malformed, {"most"}, "{label:quoted} cannot be a label", "use one line of at most {most} bytes"},
    {label_malformed, {}, "{label:quoted} cannot be a label", "use one line of text"},
    {label_twice, {"of", "result"}, "label {label:quoted} is already used by {other:raw}"},
    {label_twice, {}, "label {label:quoted} is already used by {other:raw}", "give one of them a \"label\" of its own"},
    // --set
    {set_malformed, {"fault", "no_equals"}, "has no \"=\"", kSet},
    {set_malformed, {"fault", "not_utf8"}, "is not UTF-8", kSet},
    {set_malformed, {"fault", "too_deep"}, "names a path longer than that of any field", kSet},
    {set_malformed, {"fault", "no_field"}, "names no field", kSet},
    {set_malformed, {}, "has an empty part in the field's name", kSet},
    {set_in_scalar, {}, "{path:raw} is {found:raw} and has no {key:quoted}"},
    {set_no_such_item, {"last"}, "there is no {path:raw}", "the list has items 0 to {last}"},
    {set_no_such_item, {}, "there is no {path:raw}", "the list is empty"},
    {set_no_optimizers, {}, "the config lists no optimizers", "--set {option}={value} lists them"},
};

}  // namespace

std::span<const Words<ProblemKind>> config_problem_words() { return kTable; }

}  // namespace lrtune
