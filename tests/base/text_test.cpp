#include "base/text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace lrtune {
namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();

TEST(ParseNumber, TakesTheWholeTextOrNothing) {
  EXPECT_EQ(parse_number("1e-3"), 1e-3);
  EXPECT_EQ(parse_number("+2.5"), 2.5);
  EXPECT_EQ(parse_number("-7"), -7);
  for (const char* bad : {"", " 1", "1 ", "1,5", "0x10", "+-1", "abc", "1e", "--1"})
    EXPECT_FALSE(parse_number(bad)) << bad;
}

TEST(ParseNumber, GivesInfinityOrZeroBeyondTheRangeOfDouble) {
  EXPECT_EQ(parse_number("1e999"), kInf);
  EXPECT_EQ(parse_number("-1e999"), -kInf);
  EXPECT_EQ(parse_number("1e-999"), 0);
  EXPECT_TRUE(std::isnan(parse_number("nan").value()));
}

TEST(FormatNumber, IsShortAndReadsBackEqual) {
  EXPECT_EQ(format_number(0.0001), "0.0001");
  EXPECT_EQ(format_number(0), "0");
  EXPECT_EQ(format_number(1e-5), "1e-05");
  EXPECT_EQ(format_number(123456), "123456");
  for (double value : {1.0 / 3, -2.5e-7, 1e300, 0.1 + 0.2}) EXPECT_EQ(parse_number(format_number(value)), value);
}

TEST(RoundSignificant, RoundsHalfToEvenOnTheBinaryValue) {
  EXPECT_EQ(round_significant(1.7782794, 3), 1.78);
  EXPECT_EQ(round_significant(0.0031622776, 3), 3.16e-3);
  EXPECT_EQ(round_significant(2.5, 1), 2);
  EXPECT_EQ(round_significant(3.5, 1), 4);
  EXPECT_EQ(round_significant(1, 2), 1);
}

TEST(FloorAndCeilSignificant, AreTheNeighboursAmongShortDecimals) {
  EXPECT_EQ(floor_significant(1.04e-3, 2), 1.0e-3);
  EXPECT_EQ(ceil_significant(1.04e-3, 2), 1.1e-3);
  EXPECT_EQ(floor_significant(0.316, 2), 0.31);
  EXPECT_EQ(ceil_significant(0.316, 2), 0.32);
  EXPECT_EQ(floor_significant(9.97e-4, 2), 9.9e-4) << "rounds to 0.001, above which the decimals lie further apart";
  EXPECT_EQ(ceil_significant(9.91e-4, 2), 1e-3);
  EXPECT_EQ(floor_significant(99.999999999, 2), 99);
  EXPECT_EQ(ceil_significant(std::nextafter(1.1e-3, 1), 2), 1.2e-3);
  EXPECT_EQ(floor_significant(std::nextafter(1.1e-3, 0), 2), 1.0e-3);
  for (double value : {1e-6, 0.3, 4.7e-5, 1.0, 100.0}) {
    EXPECT_EQ(floor_significant(value, 2), value);
    EXPECT_EQ(ceil_significant(value, 2), value);
  }
}

TEST(NearestName, FindsTyposAndLeavesOtherWordsAlone) {
  constexpr std::string_view kNames[] = {"adam", "adamw", "momentum", "sgd"};
  EXPECT_EQ(nearest_name("adamv", kNames), "adamw");
  EXPECT_EQ(nearest_name("momentun", kNames), "momentum");
  EXPECT_EQ(nearest_name("SGD", kNames), "sgd");
  EXPECT_EQ(nearest_name("adma", kNames), "adam");
  EXPECT_EQ(nearest_name("quokka", kNames), std::nullopt);
}

TEST(NearestName, ComparesNoNamesOfMoreThanAHundredLetters) {
  const std::string hundred(100, 'x');
  const std::string more(101, 'x');
  const std::string_view names[] = {hundred, more};
  EXPECT_EQ(nearest_name(hundred, names), hundred);
  EXPECT_EQ(nearest_name(more, names), std::nullopt);
}

TEST(ShowBare, QuotesOnlyWhatWouldHarm) {
  EXPECT_EQ(show_bare("two words"), "two words");
  EXPECT_EQ(show_bare("a\nb"), "\"a\\x0ab\"");
  EXPECT_EQ(show_bare(std::string(80, 'x')), std::string(80, 'x'));
  EXPECT_EQ(show_bare(std::string(81, 'x')), show(std::string(81, 'x')));
}

TEST(Show, EscapesWhatATerminalShouldNotSee) {
  EXPECT_EQ(show("a\"b\x1b[0m"), "\"a\\\"b\\x1b[0m\"");
  EXPECT_EQ(show(std::string(50, 'x')), "\"" + std::string(40, 'x') + "…\"");
}

TEST(Suggestion, IsTheNearestNameOrTheFirstOnesThereAre) {
  const std::vector<std::string_view> names = {"adam", "sgd"};
  EXPECT_EQ(suggestion("adma", names), (Facts{{"nearest", "adam"}}));
  EXPECT_EQ(suggestion("lbfgs", names), (Facts{{"known", std::vector<std::string>{"adam", "sgd"}}}));
  const std::vector<std::string_view> many(32, "adam");
  EXPECT_EQ(suggestion("lbfgs", many), (Facts{{"known", std::vector<std::string>(30, "adam")}, {"more", 2U}}));
}

TEST(JsonText, IsReadBackAsTheText) {
  EXPECT_EQ(json_text("a \"b\"\\\n"), R"("a \"b\"\\\u000a")");
  EXPECT_EQ(json_texts(std::vector<std::string>{"a", "ä"}), R"(["a", "ä"])");
  EXPECT_EQ(json_texts({}), "[]");
}

}  // namespace
}  // namespace lrtune
