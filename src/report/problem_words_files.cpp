// problem_words_files.cpp: what can be wrong with files and with JSON, in words.
#include "report/problem_words.h"

namespace lrtune {
namespace {

using enum ProblemKind;

constexpr std::string_view kExpected = "expected {expected:raw}";
constexpr std::string_view kColon = "expected \":\" after the key";
constexpr std::string_view kNothing = "expected the end of the file";
constexpr std::string_view kCloseText = "end it with \"";

constexpr Words<ProblemKind> kTable[] = {
    // files and folders
    {file_not_opened, {}, "cannot be opened: {reason:raw}"},
    {file_not_read, {}, "cannot be read: {reason:raw}"},
    {file_not_written, {"folder"}, "cannot be written in {folder:raw}: {reason:raw}"},
    {file_not_written, {}, "cannot be written: {reason:raw}"},
    {file_not_cut, {}, "cannot be truncated: {reason:raw}"},
    {file_not_flushed, {}, "cannot be flushed to the disk: {reason:raw}"},
    {file_is_folder, {}, "is a folder, not a file"},
    {file_too_long, {}, "is larger than {most_bytes} bytes", "check that it is the right file"},
    {file_in_use, {}, "is in use by another lrtune", "wait for that one to end, or name another file"},
    {file_cannot_grow, {}, "is not a regular file", "name a regular file"},
    {folder_unusable, {}, "the folder {folder:raw} cannot be used: {reason:raw}", "create it first"},
    {folder_is_file, {}, "{folder:raw} is not a folder"},
    // JSON
    {json_empty, {}, "is empty", "expected JSON, starting with {{"},
    {json_nul_byte, {}, "is not a text file (byte {byte} is NUL)", "expected JSON in UTF-8"},
    {json_too_deep, {}, "is nested more than {most} levels deep"},
    {json_key_twice, {"first_line"}, "appears twice (lines {first_line} and {line})", "remove one of the two"},
    {json_key_twice, {}, "appears twice (both on line {line})", "remove one of the two"},
    {json_key_unquoted, {}, "a key without double quotes", "write \"key\": value"},
    {json_unexpected, {"expected"}, "unexpected {found:quoted}", kExpected},
    {json_unexpected, {"after"}, "unexpected {found:quoted}", kColon},
    {json_unexpected, {}, "unexpected {found:quoted}", kNothing},
    {json_ends_early, {"after"}, "unexpected end of the file", kColon},
    {json_ends_early, {"expected"}, "unexpected end of the file", kExpected},
    {json_ends_early, {}, "unexpected end of the file", kNothing},
    {json_comma_last, {}, "a comma before \"{before:raw}\"", "remove the comma"},
    {json_comment_refused, {}, "unexpected \"/\"", "comments are not allowed in this file"},
    {json_comment_open, {}, "unterminated comment", "close it with */"},
    {json_comment_malformed, {}, "unexpected \"/\"", "write comments as // to the end of the line, or as /* … */"},
    {json_word_unknown, {"word", "None"}, "unknown word None", "did you mean null?"},
    {json_word_unknown, {"nearest"}, "unknown word {word:quoted}", "did you mean {nearest}?"},
    {json_word_unknown, {}, "unknown word {word:quoted}", "put strings in double quotes"},
    {json_number_not_finite, {}, "{word:raw} is not allowed", "use a finite number"},
    {json_number_too_large, {}, "{word:quoted} is too large", "use a number below 1.8e308"},
    {json_number_malformed,
     {},
     "{word:quoted} is not a JSON number",
     "write no leading + or 0, and a digit on both sides of the point"},
    {json_text_single_quotes, {}, "a string in single quotes", "use double quotes"},
    {json_text_open, {"end", "line"}, "a string that does not end on its line", kCloseText},
    {json_text_open, {}, "a string that does not end", kCloseText},
    {json_text_control_byte, {}, "byte \\x{byte:raw} in a string", "write \\u00{byte:raw}"},
    {json_text_escape, {}, "a \\ before {found:quoted}", "write \\\\ for a backslash"},
    {json_text_escape_digits, {}, "\\u without four hexadecimal digits", "for example \\u00e9"},
    {json_text_not_utf8, {}, "a string with bytes that are not UTF-8", "save the file as UTF-8"},
};

}  // namespace

std::span<const Words<ProblemKind>> file_problem_words() { return kTable; }

}  // namespace lrtune
