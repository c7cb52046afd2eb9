// escape.h: text of unknown origin (a label, a file's name) made harmless for the format it is put into. Whatever goes
// in, valid UTF-8 comes out: bytes that are none become U+FFFD. Nothing is cut.
#pragma once

#include <string>
#include <string_view>

namespace lrtune {

// A line on a terminal: control characters, which could move the cursor or hide text, become U+FFFD.
std::string plain(std::string_view text);

// Content and quoted attributes of HTML. Tabs and line breaks stay; other control characters become U+FFFD.
std::string html(std::string_view text);

// Content and quoted attributes of XML 1.0. What it cannot hold, not even escaped (control characters, U+FFFE, U+FFFF),
// becomes a blank; so do tabs and line breaks, which an attribute would not keep.
std::string xml(std::string_view text);

// Content of a table's cell, or of a paragraph's line, in GitHub's Markdown: shown as it is, on one line.
std::string markdown_cell(std::string_view text);

// A cell of CSV by RFC 4180, quoted where it must be. A text that a spreadsheet would run as a formula gets an
// apostrophe in front; numbers are not texts and need no escaping.
std::string csv_cell(std::string_view text);

// The message of a GitHub workflow command ("::error file=…::message"), and the value of one of its properties.
std::string workflow_message(std::string_view text);
std::string workflow_property(std::string_view text);

}  // namespace lrtune
