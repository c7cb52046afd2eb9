// Hostile texts in every format: nothing gets out of its cell, attribute or line, and valid UTF-8 comes out.
#include "report/escape.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/text.h"

namespace lrtune {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::string_view kScript = "<script>alert('x' & \"y\")</script>";

using Escape = std::string (*)(std::string_view);
const std::vector<std::pair<std::string, Escape>> kEscapes = {
    {"plain", plain},
    {"html", html},
    {"xml", xml},
    {"markdown", markdown_cell},
    {"csv", csv_cell},
    {"workflow message", workflow_message},
    {"workflow property", workflow_property},
};

TEST(Escape, LeavesOrdinaryTextAlone) {
  for (const auto& [name, escape] : kEscapes)
    for (const char* text : {"", "adam", "momentum(momentum=0.9)", "größer 0.5 ± 0.1 → 学習率 😀"})
      EXPECT_EQ(escape(text), text) << name;
}

TEST(Escape, GivesValidUtf8WhateverGoesIn) {
  const std::vector<std::string> hostile = {"\xFF\xFE",
                                            "a\x80z",
                                            "\xC0\xAF",
                                            "\xED\xA0\x80",
                                            "\xF4\x90\x80\x80",
                                            "cut\xE2\x82",
                                            std::string("a\0b", 3),
                                            std::string("\xF0\x9F\x98"),
                                            "\xC2\x9B"
                                            "31m"};
  for (const auto& [name, escape] : kEscapes) {
    for (const std::string& text : hostile) EXPECT_TRUE(is_utf8(escape(text))) << name << " of " << show(text);
    EXPECT_EQ(escape("a\x80z"),
              "a\xEF\xBF\xBD"
              "z")
        << name;
  }
  for (unsigned first = 0; first < 256; ++first)
    for (unsigned second = 0; second < 256; ++second) {
      const std::string text = {static_cast<char>(first), static_cast<char>(second)};
      for (const auto& [name, escape] : kEscapes)
        ASSERT_TRUE(is_utf8(escape(text))) << name << " of " << first << ", " << second;
    }
}

TEST(Escape, LeavesNoControlCharactersButWhereTheyAreText) {
  for (char c = 1; c < 0x20; ++c) {
    const std::string text = {'a', c, 'b'};
    for (const auto& [name, escape] : kEscapes) {
      const bool is_kept =
          ((c == '\t' || c == '\n') && name == "html") || ((c == '\t' || c == '\n' || c == '\r') && name == "csv");
      EXPECT_EQ(escape(text).find(c) != std::string::npos, is_kept) << name << " of " << static_cast<int>(c);
    }
  }
  for (const auto& [name, escape] : kEscapes) {
    EXPECT_EQ(escape("a\x1b[2Jb\x7F").find_first_of("\x1b\x7F"), std::string::npos) << name;
    EXPECT_EQ(escape("\xC2\x9B"
                     "2J")
                  .find('\x9B'),
              std::string::npos)
        << name << ": U+009B begins escapes too";
  }
}

TEST(Escape, CutsNothing) {
  const std::string text(1'000'000, 'x');
  for (const auto& [name, escape] : kEscapes) EXPECT_EQ(escape(text), text) << name;
}

TEST(Html, HasNoTagsEntitiesOrAttributeEnds) {
  EXPECT_EQ(html(kScript), "&lt;script&gt;alert(&#39;x&#39; &amp; &quot;y&quot;)&lt;/script&gt;");
  EXPECT_EQ(html("&lt;"), "&amp;lt;") << "not escaped twice is not escaped once";
  EXPECT_EQ(html("a\tb\nc"), "a\tb\nc");
  EXPECT_EQ(html("a\rb"),
            "a\xEF\xBF\xBD"
            "b");
}

TEST(Xml, HasNothingThatEndsAnAttributeOrThatXmlCannotHold) {
  EXPECT_EQ(xml(kScript), "&lt;script&gt;alert(&#39;x&#39; &amp; &quot;y&quot;)&lt;/script&gt;");
  EXPECT_EQ(xml("]]>"), "]]&gt;");
  EXPECT_EQ(xml("a\nb\tc\x01"
                "d"),
            "a b c d");
  EXPECT_EQ(xml("a\xEF\xBF\xBE"
                "b\xEF\xBF\xBF"
                "c"),
            "a b c")
      << "U+FFFE and U+FFFF";
  EXPECT_EQ(xml(kReplacement), kReplacement);
}

TEST(MarkdownCell, StaysInItsCellAndIsShownAsItIs) {
  EXPECT_EQ(markdown_cell("a|b"), "a\\|b");
  EXPECT_EQ(markdown_cell("a\\|b"), "a\\\\\\|b") << "a backslash of the text does not free the bar";
  EXPECT_EQ(markdown_cell("a\nb\r| c |"), "a b \\| c \\|");
  EXPECT_EQ(markdown_cell("`x` **y** _z_ ~~u~~ $v$"), "\\`x\\` \\*\\*y\\*\\* \\_z\\_ \\~\\~u\\~\\~ \\$v\\$");
  EXPECT_EQ(markdown_cell("<b>![i](u)&amp;# h"), "\\<b\\>!\\[i\\](u)\\&amp;\\# h");
}

TEST(CsvCell, IsQuotedByRfc4180) {
  EXPECT_EQ(csv_cell("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_cell("say \"hi\""), "\"say \"\"hi\"\"\"");
  EXPECT_EQ(csv_cell("two\r\nlines"), "\"two\r\nlines\"");
  EXPECT_EQ(csv_cell("a;b"), "\"a;b\"") << "the separator of spreadsheets in half of Europe";
  EXPECT_EQ(csv_cell(" a"), "\" a\"");
}

TEST(CsvCell, IsNoFormula) {
  for (const char* text : {"=1+1", "+1", "-1", "@SUM(A1)", "＝1", "＋1", "－1", "＠A"})
    EXPECT_EQ(csv_cell(text), std::string("'") + text);
  EXPECT_EQ(csv_cell("\t=1"), "\"'\t=1\"");
  EXPECT_EQ(csv_cell("\r=1"), "\"'\r=1\"");
  EXPECT_EQ(csv_cell("=HYPERLINK(\"x\",1)"), "\"'=HYPERLINK(\"\"x\"\",1)\"");
  EXPECT_EQ(csv_cell("a=1"), "a=1");
}

TEST(WorkflowCommand, StaysOnItsLineAndInItsProperty) {
  EXPECT_EQ(workflow_message("a\r\n::error::b"), "a%0D%0A::error::b");
  EXPECT_EQ(workflow_message("100 % of %0A"), "100 %25 of %250A") << "what looks escaped is not";
  EXPECT_EQ(workflow_property("a,line=1::b%\n"), "a%2Cline=1%3A%3Ab%25%0A");
}

}  // namespace
}  // namespace lrtune
