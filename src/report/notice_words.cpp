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
     "set \"data.kind\" to \"classification\" to confirm it, or to \"regression\""},
    {kind_guessed,
     {"kind", "classification"},
     "taken for classification: its target is text",
     "set \"data.kind\" to \"classification\" to confirm it, or to \"regression\""},
    {kind_guessed,
     {"kind", "regression"},
     "taken for regression: its target has fractions or more than {most_classes} different numbers",
     "set \"data.kind\" to \"regression\" to confirm it, or to \"classification\""},
    {rows_dropped,
     {},
     "{incomplete_rows} of {rows} rows have a missing cell and are left out",
     "set \"data.missing\" to \"mean\" to keep them, with the column's mean filled in"},
    {values_filled,
     {},
     "{incomplete_rows} of {rows} rows have missing cells, filled with the mean of the training rows",
     "set \"data.missing\" to \"drop\" to leave such rows out"},
    {constant_columns,
     {"pixels"},
     "{constant} of {pixels} pixels {constant?is|are} constant in the training rows and {constant?counts|count} as 0",
     "nothing to do: constant pixels are common and carry no information"},
    {constant_columns,
     {},
     "{columns} {constant?is|are} constant in the training rows and {constant?counts|count} as 0",
     "leave {constant?it|them} out with \"data.ignore\" (a value of a \"data.one_hot\" column cannot be left out)"},
    // of a recommendation's status
    {all_diverged, {}, "every trial diverged", "lower search.range, or set training.clip_norm"},
    {stuck,
     {"constant"},
     "the best rate scores {best:.4g}, hardly better than the same answer for every row, {constant:.4g}",
     "check \"data.target\", the features and \"data.standardize\"; it may be that there is nothing to learn"},
    {stuck,
     {},
     "no rate lowered the objective by {least_percent} %; the best one lowered it by {best_percent:.2g} %",
     "train longer (training.epochs), or change the model or the data"},
    {flat,
     {},
     "rates from {from} to {to} do about as well",
     "use any of them; a larger search.budget_runs or more epochs would distinguish them"},
    {edge,
     {"option", "search.extend"},
     "the {end}est rate tried, {tried}, or one still {end}er may be the best",
     "set search.extend to true, or widen search.range"},
    {edge,
     {"option", "search.range"},
     "the {end}est rate tried, {tried}, or one still {end}er may be the best",
     "widen search.range, or change training.epochs"},
    {edge,
     {},
     "the {end}est rate tried, {tried}, or one still {end}er may be the best",
     "lrtune tries no higher rates; check the model and the data"},
    {unstable,
     {},
     "{diverged_seeds} of {seeds} seeds diverged at this rate, and no rate completed on all of its seeds",
     "lower search.range, or set training.clip_norm"},
    {noisy,
     {"trained_seeds"},
     "the rate was trained on only {trained_seeds} of {seeds} seeds",
     "raise search.budget_runs"},
    {noisy,
     {"beyond_runs"},
     "the rate may be up to {bound_percent} % worse than the best",
     "it likely takes more than {beyond_runs} full runs to be within {tolerance_percent} %"},
    {noisy,
     {"option", "search.max_seeds"},
     "the rate may be up to {bound_percent} % worse than the best",
     "set search.max_seeds to {value} to be likely within {tolerance_percent} %"},
    {noisy,
     {"bound_percent"},
     "the rate may be up to {bound_percent} % worse than the best",
     "set search.budget_runs to {value} to be likely within {tolerance_percent} %"},
    {noisy, {}, "one seed says nothing about chance, so there is no bound", "set search.seeds to {value} or more"},
    // of the search
    {interrupted,
     {},
     "the search was stopped after {trials?a trial|# trials}",
     "run it again with --resume to continue from its journal"},
    {extended,
     {},
     "the best rate was at an end of the range, which was extended; rates from {from} to {to} were tried",
     "set search.range to cover that from the start"},
    {recovered,
     {},
     "the {trials?loss of a trial|losses of # trials} rose above {factor} times the initial loss and came back down",
     "look at the curves before you use rates that high"},
    {budget, {}, "the search was shortened to fit {full_runs} full runs", "raise search.budget_runs"},
    {default_better,
     {"option", "search.range"},
     "the framework's default rate, {rate}, is outside the range that was searched and did better",
     "set search.range to include it"},
    {default_better,
     {},
     "the framework's default rate, {rate}, did better on the same seeds",
     "raise search.seeds to see whether that is chance; until then the default is safer"},
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
