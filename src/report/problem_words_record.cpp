// problem_words_record.cpp: what can be wrong with results, baselines and journals, in words.
#include "report/problem_words.h"

namespace lrtune {
namespace {

using enum ProblemKind;

constexpr Words<ProblemKind> kTable[] = {
    {not_a_result, {"without"}, "is not a result of lrtune", "expected a JSON object with \"{without}\""},
    {not_a_result, {}, "is not a result of lrtune", "name a file that lrtune tune, range, train or check has written"},
    {schema_version_unknown, {}, "version {version} is unknown", "this lrtune reads versions up to {newest}"},
    {stored_value, {"wanted", "object"}, "must be an object, not {found:raw}"},
    {stored_value, {"wanted", "list"}, "must be a list, not {found:raw}"},
    {stored_value, {"wanted", "text"}, "must be a string, not {found:raw}"},
    {stored_value, {"wanted", "flag"}, "must be true or false, not {found:raw}"},
    {stored_value, {"wanted", "rates"}, "must be a list of 2 rates, not of {found:raw}"},
    {stored_value, {"wanted", "choice"}, "must be one of {choices:raw}, not {found:raw}"},
    {stored_value, {"wanted", "rate"}, "must be a rate{bounds}, not {found:raw}"},
    {stored_value, {"wanted", "whole"}, "must be a whole number{bounds}, not {found:raw}"},
    {stored_value, {}, "must be a number{bounds}, not {found:raw}"},
    {stored_member_absent, {}, "has no \"{key:raw}\""},
    {stored_lists_differ, {}, "has lists of different lengths"},
    {stored_heuristics_differ, {}, "does not name the heuristics of the first optimizer"},
    {not_a_journal,
     {},
     "is not a journal of lrtune, or its first line is damaged",
     "name another file, or remove this one"},
    {journal_damaged,
     {},
     "is damaged",
     "the lines before it are intact: keep them with head -n {intact}, or remove the file to start over"},
    {journal_member, {}, "\"{key:raw}\" must be a whole number of at most {most}"},
    {journal_trial_absent, {}, "contains no trial"},
    {journal_of_other,
     {"of", "later"},
     "is the journal of a later version of lrtune",
     "continue with that version, name another file, or remove this one"},
    {journal_of_other,
     {"of", "version"},
     "is the journal of lrtune {version}, whose trainings give other bits",
     "continue with that version, name another file, or remove this one"},
    {journal_of_other, {"of", "config"}, "is the journal of another config", "name another file, or remove this one"},
    {journal_of_other, {}, "is the journal of other data", "name another file, or remove this one"},
};

}  // namespace

std::span<const Words<ProblemKind>> record_problem_words() { return kTable; }

}  // namespace lrtune
