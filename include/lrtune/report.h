// report.h: a Study told to people. Pure functions from the record to text; whoever calls them does the writing.
#pragma once

#include <string>
#include <vector>

#include "lrtune/check.h"
#include "lrtune/range.h"
#include "lrtune/study.h"

namespace lrtune {

// The table that `lrtune tune` prints: per optimizer the recommended rate, its interval, the loss to expect, what the
// framework's default rate would have cost, the status, and what happened at the edges; then the recommendation. UTF-8,
// no colour.
std::string summary(const Study& study);

// "adam: noisy: the interval covers 0.8 decades; more seeds (search.seeds)", a line each: notices of the data, then of
// the entries in their order. A notice that many entries share is told once, with their labels.
std::string notices(const Study& study);

// One trial: how it ended, its final losses and its curve, for `lrtune train`.
std::string trial_summary(const std::string& label, const Trial& trial);

// The table that `lrtune range` prints: per optimizer how the runs ended, and each heuristic's rate with its spread
// over seeds.
std::string range_summary(const RangeStudy& study);

// What was not read from the curves and why, a line each; what many runs share is told once, with their number and
// their optimizers.
std::string range_notices(const RangeStudy& study);
// Sharpness and predicted edges of one entry, a line each for start and end, for `lrtune train --sharpness`.
std::string stability_summary(const Stability& stability);

// What `lrtune check` prints: a line per optimizer with old, new, difference and verdict, or what keeps the two from
// being compared; then the verdict on the whole.
std::string check_summary(const CheckReport& report);
// Its table alone.
std::string check_table(const std::vector<LabelCheck>& labels, const Tolerances& tolerances);

// The same as JUnit XML (a test case per optimizer), as Markdown, and as the workflow commands that GitHub's runner
// turns into annotations (nothing if all passed).
std::string check_junit(const CheckReport& report);
std::string check_markdown(const CheckReport& report);
std::string check_annotations(const CheckReport& report);

// Words for the enums, as in the result JSON.
const char* word(RateStatus status);
const char* word(TrialStatus status);

}  // namespace lrtune
