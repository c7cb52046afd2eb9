// Every notice in words, as the user reads it.
#include "report/notice_words.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "lrtune/enum_words.h"
#include "report/words.h"

namespace lrtune {
namespace {

using enum NoticeKind;

struct Case {
  Notice notice;
  std::string line;
};

const std::vector<std::string> kTwo = {"a", "b"};
const std::vector<std::string> kFive = {"a", "b", "c\n", "d", "e"};

const std::vector<Case>& cases() {
  static const std::vector<Case> kCases = {
      {{kind_guessed, {{"kind", "classification"}}, "data.kind", "classification"},
       "taken for classification: its target is text; set \"data.kind\" to \"classification\" to confirm it, or to "
       "\"regression\""},
      {{kind_guessed, {{"kind", "classification"}, {"different_numbers", 3U}}, "data.kind", "classification"},
       "taken for classification: its target has 3 different whole numbers; set \"data.kind\" to \"classification\" to "
       "confirm it, or to \"regression\""},
      {{kind_guessed, {{"kind", "regression"}, {"most_classes", 20U}}, "data.kind", "regression"},
       "taken for regression: its target has fractions or more than 20 different numbers; set \"data.kind\" to "
       "\"regression\" to confirm it, or to \"classification\""},
      {{rows_dropped, {{"incomplete_rows", 3U}, {"rows", 7U}}, "data.missing", "mean"},
       "3 of 7 rows have a missing cell and are left out; set \"data.missing\" to \"mean\" to keep them, with the "
       "column's mean filled in"},
      {{values_filled, {{"incomplete_rows", 3U}, {"rows", 7U}}, "data.missing", "drop"},
       "3 of 7 rows have missing cells, filled with the mean of the training rows; set \"data.missing\" to \"drop\" to "
       "leave such rows out"},
      {{constant_columns, {{"constant", 1U}, {"columns", std::vector<std::string>{"a"}}}, "data.ignore"},
       "a is constant in the training rows and counts as 0; leave it out with \"data.ignore\" (a value of a "
       "\"data.one_hot\" column cannot be left out)"},
      {{constant_columns, {{"constant", 2U}, {"columns", kTwo}}, "data.ignore"},
       "a and b are constant in the training rows and count as 0; leave them out with \"data.ignore\" (a value of a "
       "\"data.one_hot\" column cannot be left out)"},
      {{constant_columns, {{"constant", 5U}, {"columns", kFive}}, "data.ignore"},
       "a, b and 3 more are constant in the training rows and count as 0; leave them out with \"data.ignore\" (a value "
       "of a \"data.one_hot\" column cannot be left out)"},
      {{constant_columns, {{"constant", 1U}, {"pixels", 64U}}},
       "1 of 64 pixels is constant in the training rows and counts as 0; nothing to do: constant pixels are common and "
       "carry no information"},
      {{constant_columns, {{"constant", 2U}, {"pixels", 64U}}},
       "2 of 64 pixels are constant in the training rows and count as 0; nothing to do: constant pixels are common and "
       "carry no information"},
      {{all_diverged, {}, "search.range"}, "every trial diverged; lower search.range, or set training.clip_norm"},
      {{stuck, {{"least_percent", 5.0}, {"best_percent", 1.2345}}, "training.epochs"},
       "no rate lowered the objective by 5 %; the best one lowered it by 1.2 %; train longer (training.epochs), or "
       "change the model or the data"},
      {{flat, {{"from", 0.00012}, {"to", 0.03}}, "search.budget_runs"},
       "rates from 0.00012 to 0.03 do about as well; use any of them; a larger search.budget_runs or more epochs would "
       "distinguish them"},
      {{stuck, {{"best", 2.6}, {"constant", 2.06}}, "data.target"},
       "the best rate scores 2.6, hardly better than the same answer for every row, 2.06; check \"data.target\", the "
       "features and \"data.standardize\"; it may be that there is nothing to learn"},
      {{edge, {{"end", "low"}, {"tried", 1e-6}}, "search.extend", "true"},
       "the lowest rate tried, 1e-06, or one still lower may be the best; set search.extend to true, or widen "
       "search.range"},
      {{edge, {{"end", "high"}, {"tried", 1.0}}, "search.range"},
       "the highest rate tried, 1, or one still higher may be the best; widen search.range, or change training.epochs"},
      {{edge, {{"end", "high"}, {"tried", 100.0}}},
       "the highest rate tried, 100, or one still higher may be the best; lrtune tries no higher rates; check the "
       "model and the data"},
      {{unstable, {{"diverged_seeds", 1U}, {"seeds", 3U}}, "search.range"},
       "1 of 3 seeds diverged at this rate, and no rate completed on all of its seeds; lower search.range, or set "
       "training.clip_norm"},
      {{noisy, {{"trained_seeds", 2U}, {"seeds", 50U}}, "search.budget_runs"},
       "the rate was trained on only 2 of 50 seeds; raise search.budget_runs"},
      {{noisy, {{"seeds", 1U}}, "search.seeds", "3"},
       "one seed says nothing about chance, so there is no bound; set search.seeds to 3 or more"},
      {{noisy, {{"bound_percent", 8.4}, {"tolerance_percent", 5.0}}, "search.budget_runs", "68"},
       "the rate may be up to 8.4 % worse than the best; set search.budget_runs to 68 to be likely within 5 %"},
      {{noisy, {{"bound_percent", 11.0}, {"tolerance_percent", 5.0}}, "search.max_seeds", "22"},
       "the rate may be up to 11 % worse than the best; set search.max_seeds to 22 to be likely within 5 %"},
      {{noisy, {{"bound_percent", 84.0}, {"tolerance_percent", 5.0}, {"beyond_runs", 1000.0}}, "search.budget_runs"},
       "the rate may be up to 84 % worse than the best; it likely takes more than 1000 full runs to be within 5 %"},
      {{interrupted, {{"trials", 17U}}, "--resume"},
       "the search was stopped after 17 trials; run it again with --resume to continue from its journal"},
      {{extended, {{"from", 1e-6}, {"to", 10.0}}, "search.range", "[1e-06, 10]"},
       "the best rate was at an end of the range, which was extended; rates from 1e-06 to 10 were tried; set "
       "search.range to cover that from the start"},
      {{recovered, {{"trials", 1U}, {"factor", 4.0}}},
       "the loss of a trial rose above 4 times the initial loss and came back down; look at the curves before you use "
       "rates that high"},
      {{recovered, {{"trials", 2U}, {"factor", 4.0}}},
       "the losses of 2 trials rose above 4 times the initial loss and came back down; look at the curves before you "
       "use rates that high"},
      {{budget, {{"full_runs", 12.0}}, "search.budget_runs"},
       "the search was shortened to fit 12 full runs; raise search.budget_runs"},
      {{default_better, {{"rate", 7.0}, {"from", 1e-6}, {"to", 1.0}}, "search.range", "[1e-06, 7]"},
       "the framework's default rate, 7, is outside the range that was searched and did better; set search.range to "
       "include it"},
      {{default_better, {{"rate", 1e-5}}, "search.seeds"},
       "the framework's default rate, 1e-05, did better on the same seeds; raise search.seeds to see whether that is "
       "chance; until then the default is safer"},
      {{.kind = other, .text = "the moon is full", .remedy = "wait"}, "the moon is full; wait"},
      {{.kind = noisy, .text = "in words of old", .remedy = "more seeds"}, "in words of old; more seeds"},
  };
  return kCases;
}

TEST(NoticeWords, SayWhatWasSeenAndWhatToChange) {
  for (const Case& c : cases()) EXPECT_EQ(notice_line(c.notice), c.line);
}

TEST(NoticeWords, AreCheckedHereForEveryKind) {
  std::set<NoticeKind> seen;
  for (const Case& c : cases()) seen.insert(c.notice.kind);
  EXPECT_EQ(seen.size(), kWords<NoticeKind>.size());
  EXPECT_STREQ(word(other), "other");
  EXPECT_STREQ(word(noisy), "noisy");
}

TEST(NoticeWords, OfFactsThatAreNotTheirsShowWhatIsMissing) {
  EXPECT_EQ(notice_line({budget}), "the search was shortened to fit {full_runs} full runs; raise search.budget_runs");
  EXPECT_EQ(notice_line({budget, {{"full_runs", "\x1b[31mred"}}}),
            "the search was shortened to fit \"\\x1b[31mred\" full runs; raise search.budget_runs");
  EXPECT_EQ(notice_text({noisy, {{"bound_percent", "wide"}}}), "the rate may be up to wide % worse than the best");
  EXPECT_EQ(notice_text({noisy, {{"bound_percent", 2U}}}), "the rate may be up to 2 % worse than the best");
}

TEST(Fill, PutsFactsInTheirPlaces) {
  const Facts facts = {{"rows", 2U}, {"one", 1U}, {"share", 0.12345}, {"name", "ä \"b\""}, {"list", kTwo}};
  EXPECT_EQ(fill("{rows} {share} {name:quoted} {name:raw} {list}", facts),
            "2 0.12345 \"\\xc3\\xa4 \\\"b\\\"\" ä \"b\" a and b");
  EXPECT_EQ(fill("{name}", facts), "\"\\xc3\\xa4 \\\"b\\\"\"");
  EXPECT_EQ(fill("{share:.2g}", facts), "0.12");
  EXPECT_EQ(fill("{rows?row is|rows are}, {one?row is|rows are}", facts), "rows are, row is");
  EXPECT_EQ(fill("{{\"a\": {rows}}} {none} {rows", facts), "{\"a\": 2} {none} {rows");
}

TEST(Conditions, AskForAFactOrForWhatItIs) {
  const Facts facts = with_option({{"rows", 2U}}, "data.missing", "");
  EXPECT_TRUE(holds({}, facts));
  EXPECT_TRUE(holds({"rows"}, facts));
  EXPECT_TRUE(holds({"rows", "2"}, facts));
  EXPECT_FALSE(holds({"rows", "3"}, facts));
  EXPECT_FALSE(holds({"columns"}, facts));
  EXPECT_TRUE(holds({"option", "data.missing"}, facts));
  EXPECT_FALSE(holds({"value"}, facts));
}

}  // namespace
}  // namespace lrtune
