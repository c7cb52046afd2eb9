// One table in every format. What CSV says is read back by a reader of its own.
#include "report/sheet.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "base/text.h"
#include "report/read_csv.h"

namespace lrtune {
namespace {

struct Row {
  std::string label;
  std::optional<double> number;
};

Sheet example(const std::vector<Row>& rows) {
  const std::vector<ColumnOf<Row>> columns = {{{"name", Align::left, {"label"}},
                                               [](const Row& r) {
                                                 return SheetCell{r.label, {r.label}};
                                               }},
                                              {{"the\nnumber", Align::right, {"number", "is_there"}},
                                               [](const Row& r) {
                                                 return SheetCell{.text = r.number ? "x" : kNothing,
                                                                  .values = {value_of(r.number), r.number.has_value()},
                                                                  .lead = r.number ? "" : "none"};
                                               }},
                                              {{"", Align::left, {"count"}}, [](const Row& r) {
                                                 return SheetCell{"unseen", {r.label.size()}};
                                               }}};
  return tabulate(columns, rows);
}

TEST(TextTable, CountsCharactersNotBytes) {
  EXPECT_EQ(text_table(example({{"größe", 1.0}, {"b", {}}})),
            "          the\n"
            "name   number\n"
            "größe       x\n"
            "b       none–\n");
}

TEST(TextTable, KeepsControlCharactersAndLineBreaksOutOfTheTerminal) {
  const std::string text = text_table(example({{"a\x1b[2J\nb", 1.0}}));
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 3);
}

TEST(MarkdownTable, EscapesCellsAndSetsTheLeadInBold) {
  EXPECT_EQ(markdown_table(example({{"a|b", 1.0}, {"<script>", {}}})),
            "| name | the number |\n"
            "|---|--:|\n"
            "| a\\|b | x |\n"
            "| \\<script\\> | **none**– |\n");
}

TEST(CsvTable, HasARowOfNamesAndEmptyCellsForWhatIsMissing) {
  EXPECT_EQ(csv_table(example({{"adam", 0.1}, {"a,b", {}}})),
            "label,number,is_there,count\n"
            "adam,0.1,true,4\n"
            "\"a,b\",,false,3\n");
}

TEST(CsvTable, HasNumbersThatReadBackAsTheSameDouble) {
  const std::vector<double> numbers = {0.1,    1.0 / 3,       -0.25, 1e-7,
                                       5e-324, 123456789.125, 1e300, std::numeric_limits<double>::max()};
  std::vector<Row> rows;
  for (double number : numbers) rows.push_back({"x", number});
  const auto cells = read_csv(csv_table(example(rows)));
  ASSERT_EQ(cells.size(), numbers.size() + 1);
  for (std::size_t i = 0; i < numbers.size(); ++i) EXPECT_EQ(parse_number(cells[i + 1].at(1)), numbers[i]);
  EXPECT_EQ(cells[3].at(1), "-0.25") << "a negative number is no formula";
}

TEST(CsvTable, ComesBackWhateverTheLabels) {
  const std::vector<std::string> labels = {"a,b",  "say \"hi\"", "\"",      "two\nlines",
                                           "]]>",  "<script>",   "a;b",     "`x`",
                                           "%0A|", "a\r\nb,c",   " blank ", std::string(100'000, '"')};
  std::vector<Row> rows;
  for (const std::string& label : labels) rows.push_back({label, {}});
  const auto cells = read_csv(csv_table(example(rows)));
  ASSERT_EQ(cells.size(), labels.size() + 1);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    ASSERT_EQ(cells[i + 1].size(), 4U);
    EXPECT_EQ(cells[i + 1][0], labels[i]);
  }
}

}  // namespace
}  // namespace lrtune
