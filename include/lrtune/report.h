// report.h: results told to people. Pure functions from a record to text; whoever calls them does the writing.
#pragma once

#include <string>

#include "lrtune/check.h"
#include "lrtune/range.h"
#include "lrtune/study.h"
#include "lrtune/trial_run.h"

namespace lrtune {

// What the command of that result prints: a table in UTF-8 without colour, and what there is to say of the whole.
//   Study        per optimizer the recommended rate, its interval, the loss to expect, what the framework's default
//   rate
//                would have cost, the status, and what happened at the ends of the range; then the recommendation
//   RangeStudy   per optimizer how the runs ended, and each heuristic's rate with its spread over seeds
//   TrialRun     the curve, how the trial ended, and its sharpness if it was measured
//   CheckReport  per optimizer old, new, difference and verdict, or what keeps the two from being compared
std::string summary(const Study& study);
std::string summary(const RangeStudy& study);
std::string summary(const TrialRun& run);
std::string summary(const CheckReport& report);

// "adam: noisy: the interval covers 0.8 decades; more seeds (search.seeds)", a line each: notices of the data, then of
// the entries in their order. A notice that many entries share is told once, with their labels.
std::string notices(const Study& study);

// What was not read from the curves and why, a line each; what many runs share is told once, with their number and
// their optimizers.
std::string range_notices(const RangeStudy& study);

// A report of check as JUnit XML (a test case per optimizer), as Markdown, and as the workflow commands that GitHub's
// runner turns into annotations (nothing if all passed).
std::string check_junit(const CheckReport& report);
std::string check_markdown(const CheckReport& report);
std::string check_annotations(const CheckReport& report);

}  // namespace lrtune
