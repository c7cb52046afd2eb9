// problem_words_files.cpp: what can be wrong with files and with JSON, in words.
#include "report/problem_words.h"

namespace lrtune {
namespace {

using enum ProblemKind;

constexpr std::string_view kExpected = "{expected:raw} is expected here";
constexpr std::string_view kColon = "a \":\" is expected after a key";
constexpr std::string_view kNothing = "nothing more may follow here";
constexpr std::string_view kCloseText = "end it with \"";

constexpr Words<ProblemKind> kTable[] = {
    // files and folders
    {file_not_opened, {}, "cannot be opened: {reason:raw}"},
    {file_not_read, {}, "cannot be read: {reason:raw}"},
    {file_not_written, {"folder"}, "cannot be written in {folder:raw}: {reason:raw}"},
    {file_not_written, {}, "cannot be written: {reason:raw}"},
    {file_not_cut, {}, "cannot be cut: {reason:raw}"},
    {file_not_flushed, {}, "cannot be flushed to the disk: {reason:raw}"},
    {file_is_folder, {}, "is a folder, not a file"},
    {file_too_long, {}, "is larger than {most_bytes} bytes", "is it the right file?"},
    {file_in_use, {}, "is in use by another lrtune", "wait for it, or name another"},
    {file_cannot_grow, {}, "is not a file that can grow", "name an ordinary file"},
    {folder_unusable, {}, "the folder {folder:raw} cannot be used: {reason:raw}", "create it first"},
    {folder_is_file, {}, "{folder:raw} is not a folder"},
    // JSON
    {json_empty, {}, "is empty", "JSON is expected, starting with {{"},
    {json_nul_byte, {}, "is not a text file (byte {byte} is NUL)", "JSON in UTF-8 is expected"},
    {json_too_deep, {}, "nested more than {most} levels deep"},
    {json_key_twice, {"first_line"}, "stands twice (lines {first_line} and {line})", "remove one of the two"},
    {json_key_twice, {}, "stands twice (both on line {line})", "remove one of the two"},
    {json_key_unquoted, {}, "a key that is not in double quotes", "\"key\": value"},
    {json_unexpected, {"expected"}, "unexpected {found:quoted}", kExpected},
    {json_unexpected, {"after"}, "unexpected {found:quoted}", kColon},
    {json_unexpected, {}, "unexpected {found:quoted}", kNothing},
    {json_ends_early, {"after"}, "the text ends too early", kColon},
    {json_ends_early, {"expected"}, "the text ends too early", kExpected},
    {json_ends_early, {}, "the text ends too early", kNothing},
    {json_comma_last, {}, "a comma before \"{before:raw}\"", "remove the comma"},
    {json_comment_refused, {}, "unexpected \"/\"", "comments are not allowed in this file"},
    {json_comment_open, {}, "a comment that never ends", "close it with */"},
    {json_comment_malformed, {}, "unexpected \"/\"", "comments are written // to the end of the line, or /* … */"},
    {json_word_unknown, {"word", "None"}, "unknown word None", "null is meant?"},
    {json_word_unknown, {"nearest"}, "unknown word {word:quoted}", "did you mean {nearest}?"},
    {json_word_unknown, {}, "unknown word {word:quoted}", "texts stand in double quotes"},
    {json_number_not_finite, {}, "{word:raw} is not a number here", "only finite numbers are allowed"},
    {json_number_too_large, {}, "{word:quoted} is beyond the range of numbers", "below 1.8e308"},
    {json_number_malformed,
     {},
     "{word:quoted} is not a number in JSON",
     "no + and no zero in front, a digit on both sides of the point"},
    {json_text_single_quotes, {}, "a text in single quotes", "use double quotes"},
    {json_text_open, {"end", "line"}, "a text that is not closed on its line", kCloseText},
    {json_text_open, {}, "a text that is not closed", kCloseText},
    {json_text_control_byte, {}, "byte \\x{byte:raw} in a text", "write \\u00{byte:raw}"},
    {json_text_escape, {}, "a \\ before {found:quoted}", "write \\\\ for a backslash"},
    {json_text_escape_digits, {}, "\\u without four hexadecimal digits", "for example \\u00e9"},
    {json_text_not_utf8, {}, "a text with bytes that are not UTF-8", "save the file as UTF-8"},
};

}  // namespace

std::span<const Words<ProblemKind>> file_problem_words() { return kTable; }

}  // namespace lrtune
