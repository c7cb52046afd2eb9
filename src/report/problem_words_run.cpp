// problem_words_run.cpp: what keeps a configuration from running with its data, in words.
#include "report/problem_words.h"

namespace lrtune {
namespace {

using enum ProblemKind;

constexpr Words<ProblemKind> kTable[] = {
    // a configuration with its data, on this machine
    {loss_not_for_data, {}, "\"cross_entropy\" cannot be used for regression", "use \"auto\" or \"mse\""},
    {objective_not_for_data, {}, "there is no classification error in regression", "use \"{value:raw}\""},
    {batch_too_large, {}, "{batch_size} is more than the {rows} training rows", "use at most {rows}"},
    {updates_too_many, {}, "more than 2^31 updates per trial", "use fewer epochs or a larger batch_size"},
    {looks_too_many,
     {},
     "more than {most} looks per trial: {looks} in each of {epochs} epochs",
     "use fewer looks_per_epoch or fewer epochs"},
    {memory_exceeded,
     {},
     "training needs {needed_gib:.1f} GiB of memory, but this machine has {memory_gib:.1f} GiB",
     "use a smaller network, a smaller batch_size or fewer threads"},
    {isa_unknown, {}, "{isa:quoted} is unknown or cannot run on this machine", "{suggestion}"},
    // samples in memory
    {samples_target_missing, {}, "has neither labels nor targets", "labels for classes, targets for quantities"},
    {samples_target_twice, {}, "has both labels and targets", "labels for classes, targets for quantities"},
    {samples_value_count, {}, "has {values} values for {rows} rows", "rows times features of them, row by row"},
    {samples_name_count, {}, "has {names} names for {features} features", "one for each, or none"},
    {sample_missing, {}, "is missing", "\"{option:raw}\": \"{value:raw}\" fills it in"},
    {sample_infinite, {}, "is infinite", "every value must be finite"},
    {sample_target_not_finite, {}, "the target is not finite", "leave the row out"},
};

}  // namespace

std::span<const Words<ProblemKind>> run_problem_words() { return kTable; }

}  // namespace lrtune
