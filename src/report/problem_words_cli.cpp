// problem_words_cli.cpp: what can be wrong with a command line, in words.
#include "report/problem_words.h"

namespace lrtune {
namespace {

using enum ProblemKind;

constexpr std::string_view kHelp = "see \"{help:raw}\"";
constexpr std::string_view kNear = "did you mean \"{nearest:raw}\"?";
constexpr std::string_view kOtherFile = "write to another file";
constexpr std::string_view kBothWant = "{first:raw} and {second:raw} would both go to standard output";

constexpr Words<ProblemKind> kTable[] = {
    {command_absent, {}, "no command given", kHelp},
    {command_unknown, {"nearest"}, "unknown command {argument:quoted}", kNear},
    {command_unknown, {}, "unknown command {argument:quoted}", kHelp},
    {option_unknown, {"nearest"}, "unknown option {argument:quoted}", kNear},
    {option_unknown, {}, "unknown option {argument:quoted}", kHelp},
    {option_before_command,
     {},
     "option {name:quoted} is in front of the command",
     "write \"lrtune {command:raw} {name:raw} …\""},
    {option_repeated, {}, "{name:raw} appears {times} times", "use it once"},
    {option_takes_no_value, {}, "{name:raw} takes no value", kHelp},
    {option_needs_value, {}, "{name:raw} needs a value", kHelp},
    {option_value_empty,
     {"of", "argument"},
     "the value of {name:raw} is empty",
     "check for a shell variable that is not set"},
    {option_value_empty, {}, "the value of {name:raw} is empty", "give one, or leave it out"},
    {argument_unexpected, {}, "unexpected argument {argument:quoted}", kHelp},
    {whole_number_expected, {}, "must be a whole number from {least} to {most}, not {found:quoted}"},
    {number_within_expected, {}, "must be a number {within:raw}, not {found:quoted}"},
    {budget_malformed, {}, "must be at least 1 full run, not {found:quoted}"},
    {rate_absent, {}, "no learning rate given", "for example {option:raw} {value:raw}"},
    {rate_negative, {}, "{rate:raw} is negative and would increase the loss", "use a rate above 0"},
    {rate_expected, {}, "must be a number above 0 and at most {most:g}, not {found:quoted}"},
    {label_unknown, {}, "unknown label {label:quoted}", "{suggestion}"},
    {config_absent, {}, "no config given", "name a config file, or - for standard input"},
    {result_absent, {}, "no result given", "name the file of one, or - for standard input"},
    {baseline_absent, {}, "no baseline given", "name its file"},
    {baseline_not_file, {}, "the baseline must be a file", "- is for RESULT"},
    {optimizer_absent, {}, "no optimizer given", "one of: {labels:most 1000}"},
    {list_absent, {}, "nothing to list was named", "{suggestion}"},
    {schema_absent, {}, "no schema was named", "{suggestion}"},
    {sides_twice,
     {},
     "RESULT and --config are both given",
     "give RESULT to compare a file, or --config to run a config"},
    {update_with_report, {}, "--update writes no report", "leave out -o, --json, --junit and --markdown"},
    {update_with_verdict, {}, "--update gives no verdict", "leave out --exact and --allow-new"},
    {update_in_ci,
     {},
     "--update under CI would let every regression pass (CI is set)",
     "update where somebody reviews the change, or add --force"},
    {force_without_update, {}, "--force is for --update only", "leave it out"},
    {sweep_too_narrow, {}, "{to} is less than {ratio} times --from, {from}"},
    {sweep_too_long, {}, "{updates} in each of {runs} runs is too many", "use at most {most} in all"},
    {rows_of_other_file,
     {},
     "no row of the training file validates: \"data.validation\" is {file:raw}",
     "all of its rows do"},
    {table_not_of_result, {}, "is {result:raw}, which has no {table:raw}", "--table can be: {tables:most 100}"},
    {format_not_of_result,
     {},
     "is {result:raw}, which cannot be shown as {format:raw}",
     "--format can be: {formats:most 100}"},
    {table_empty, {"why", "outcome"}, "holds no {rows:raw}", "--format table tells why"},
    {table_empty,
     {"why", "no_look"},
     "holds no {rows:raw}",
     "no trial came as far as its first look, --table trials has how they ended"},
    {table_empty, {}, "holds no {rows:raw}", "a baseline leaves them out, name the result that it was made of"},
    // its files
    {output_failed, {}, "cannot be written", "check whether the disk is full or the output is closed"},
    {output_is_input, {"file"}, "would overwrite {file:raw}", kOtherFile},
    {output_is_input, {"of", "config"}, "is the config, which would be overwritten", kOtherFile},
    {output_is_input, {"of", "data"}, "is a data file of the config, which would be overwritten", kOtherFile},
    {output_is_input, {}, "is the result, which would be overwritten", kOtherFile},
    {output_is_stdout,
     {},
     "is the file that standard output goes to",
     "use -o - to write the result there instead of the summary"},
    {stdout_wanted_twice, {"first", "--rows"}, kBothWant, "call it twice"},
    {stdout_wanted_twice, {"first", "--print"}, kBothWant, "write the result to a file: -o FILE"},
    {stdout_wanted_twice, {}, kBothWant, "write the events to a file: --events FILE"},
    {report_not_file, {}, "needs a file", "standard output has the summary, or with --json the report"},
    {report_files_same, {}, "{first:raw} and {second:raw} name the same file", "name two different files"},
    {events_file_taken, {}, "{file:raw} is already an output of this run", "name another file"},
    {journal_not_file, {}, "the journal must be a file", "name one"},
    {journal_is_result, {}, "is the file of the result, which would overwrite it", "name another file"},
    {journal_absent, {}, "there is no journal to continue from", "add -o FILE or --journal FILE"},
    {journal_not_empty,
     {},
     "already contains finished trials",
     "add --resume to continue from them, or remove it, or name another file"},
};

}  // namespace

std::span<const Words<ProblemKind>> cli_problem_words() { return kTable; }

}  // namespace lrtune
