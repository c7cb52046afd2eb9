#include "report/notice_words.h"

#include "report/words.h"

namespace lrtune {
namespace {

using enum NoticeKind;

constexpr Words<NoticeKind> kTable[] = {
    // of the data
    {kind_guessed,
     {"different_numbers"},
     "taken for classification: its target has {different_numbers} different whole numbers",
     "\"data.kind\": \"classification\" says so, \"regression\" says otherwise"},
    {kind_guessed,
     {"kind", "classification"},
     "taken for classification: its target is text",
     "\"data.kind\": \"classification\" says so, \"regression\" says otherwise"},
    {kind_guessed,
     {"kind", "regression"},
     "taken for regression: its target has fractions or more than {most_classes} different numbers",
     "\"data.kind\": \"regression\" says so, \"classification\" says otherwise"},
    {rows_dropped,
     {},
     "{incomplete_rows} of {rows} rows have a missing cell and are left out",
     "\"data.missing\": \"mean\" keeps them, with the column's mean filled in"},
    {values_filled,
     {},
     "{incomplete_rows} of {rows} rows have missing cells, filled with the mean of the training rows",
     "\"data.missing\": \"drop\" leaves such rows out"},
    {constant_columns,
     {"pixels"},
     "{constant} of {pixels} pixels {constant?is|are} constant in the training rows and {constant?counts|count} as 0",
     "none needed: such pixels are common and say nothing"},
    {constant_columns,
     {},
     "{columns} {constant?is|are} constant in the training rows and {constant?counts|count} as 0",
     "leave {constant?it|them} out (\"data.ignore\"; values of a \"data.one_hot\" column stay)"},
    // of a recommendation's status
    {all_diverged, {}, "every trial diverged", "lower search.range, or set training.clip_norm"},
    {stuck,
     {},
     "no rate lowered the objective by {least_percent} %; the best did by {best_percent:.2g} %",
     "train longer (training.epochs), or change the model or the data"},
    {flat,
     {},
     "rates from {from} to {to} do about as well",
     "any of them will do; a larger search.budget_runs or more epochs would tell them apart"},
    {edge,
     {"option", "search.extend"},
     "rates as {end} as the {end}est tried, {tried}, cannot be ruled out",
     "set search.extend to true, or a wider search.range"},
    {edge,
     {"option", "search.range"},
     "rates as {end} as the {end}est tried, {tried}, cannot be ruled out",
     "set search.range to reach further, or change training.epochs"},
    {edge,
     {},
     "rates as {end} as the {end}est tried, {tried}, cannot be ruled out",
     "rates that high are not tried; look at the model and the data"},
    {noisy,
     {"diverged_seeds"},
     "a seed diverged at this rate, and no lower one was trained to its end",
     "lower search.range, or set training.clip_norm"},
    {noisy, {"trained_seeds"}, "trained on {trained_seeds} of {seeds} seeds", "a larger search.budget_runs"},
    {noisy,
     {"interval_decades"},
     "the interval covers {interval_decades:.2g} decades",
     "a larger search.budget_runs, and search.max_seeds above 10 if that is not enough"},
    {noisy, {}, "one seed tells nothing about chance: no interval", "set search.seeds to {value} or more"},
    // of the search
    {interrupted,
     {},
     "the search was stopped after {trials} trials",
     "run it again with --resume to go on from its journal"},
    {extended,
     {},
     "the best rate lay at an end of the range; tried {from} to {to} in all",
     "set search.range to cover it from the start"},
    {recovered,
     {},
     "{trials?a trial|# trials} passed {factor} times the initial loss and came back",
     "look at their curves before you use rates that high"},
    {budget, {}, "the search was cut to {full_runs} full runs", "a larger search.budget_runs"},
    {default_better,
     {"option", "search.range"},
     "the framework's default rate {rate} lies outside what was searched and did better",
     "set search.range to include it"},
    {default_better,
     {},
     "the framework's default rate {rate} was trained on the same seeds and did better",
     "a larger search.seeds tells whether that is chance; until then the default is safer"},
};

std::string filled(const Notice& notice, std::string_view Words<NoticeKind>::*sentence) {
  const Facts facts = with_option(notice.facts, notice.option, notice.value);
  const auto* words = find_words<NoticeKind>(kTable, notice.kind, facts);
  return words == nullptr ? "" : fill(words->*sentence, facts);
}

}  // namespace

std::string notice_text(const Notice& notice) {
  return notice.text.empty() ? filled(notice, &Words<NoticeKind>::what) : notice.text;
}

std::string notice_remedy(const Notice& notice) {
  return notice.text.empty() ? filled(notice, &Words<NoticeKind>::hint) : notice.remedy;
}

std::string notice_line(const Notice& notice) { return notice_text(notice) + "; " + notice_remedy(notice); }

}  // namespace lrtune
