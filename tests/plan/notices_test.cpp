// Every notice that a recommendation can carry: the situation that makes it, its facts, and the option that helps.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

#include "plan/fake_runs.h"

namespace lrtune {
namespace {

SearchConfig with_seeds(std::size_t seeds) {
  SearchConfig search;
  search.seeds = seeds;
  return search;
}

EntryResults results_of(const FakeLandscape& landscape, const SearchConfig& search = {}) {
  return run_plan(search, {landscape}, 1e-2).entries.front();
}

// Of that kind; kind `other`: there is none.
Notice notice_of(const Recommendation& r, NoticeKind kind) {
  for (const Notice& notice : r.notices)
    if (notice.kind == kind) return notice;
  return {};
}

Notice notice_of(const FakeLandscape& landscape, NoticeKind kind, const SearchConfig& search = {}) {
  return notice_of(recommend_fake(search, results_of(landscape, search)), kind);
}

double number(const Notice& notice, std::string_view name) {
  const auto fact = std::ranges::find(notice.facts, name, &Fact::name);
  return fact == notice.facts.end() ? std::nan("") : std::get<double>(fact->value);
}

const FakeLandscape kGood = bowl(3e-3, 1.5, 0.1, 0.02, 1);

TEST(Notices, OfTheStatusSayWhatWasSeen) {
  const FakeLandscape stuck_at_once = [](double, std::size_t seed) {
    return std::optional(kFakeInitial * (1 + 0.1 * static_cast<double>(seed)) * 0.99);
  };
  const Notice stuck = notice_of(stuck_at_once, NoticeKind::stuck);
  EXPECT_EQ(stuck.option, "training.epochs");
  EXPECT_DOUBLE_EQ(number(stuck, "least_percent"), 5);
  EXPECT_NEAR(number(stuck, "best_percent"), 1, 1e-9);

  EXPECT_EQ(notice_of([](double, std::size_t) { return std::optional<double>(); }, NoticeKind::all_diverged),
            (Notice{NoticeKind::all_diverged, {}, "search.range"}));
}

TEST(Notices, OfAnEdgeSayWhichEndAndHowToReachFurther) {
  SearchConfig fixed;
  fixed.extend = false;
  EXPECT_EQ(notice_of(bowl(3, 1.5, 0.1, 0.02, 4), NoticeKind::edge, fixed),
            (Notice{NoticeKind::edge, {{"end", "high"}, {"tried", 1.0}}, "search.extend", "true"}));
  EXPECT_EQ(notice_of(bowl(3e-7, 1.5, 0.1, 0.02, 4), NoticeKind::edge, fixed),
            (Notice{NoticeKind::edge, {{"end", "low"}, {"tried", 1e-6}}, "search.extend", "true"}));
  const Notice low = notice_of(bowl(1e-9, 0.2, 0.1, 0.02, 4), NoticeKind::edge);
  EXPECT_EQ(low.facts.at(0), (Fact{"end", "low"}));
  EXPECT_LT(number(low, "tried"), 1e-6);
  EXPECT_EQ(low.option, "search.range");
  EXPECT_EQ(low.value, "");
  SearchConfig highest;
  highest.lowest_rate = 1;
  highest.highest_rate = 1e6;
  const Notice high = notice_of(bowl(1e7, 0.3, 0.1, 0.02, 4), NoticeKind::edge, highest);
  EXPECT_EQ(high.facts.at(0), (Fact{"end", "high"}));
  EXPECT_EQ(high.option, "") << "rates that high are not tried";
}

TEST(Notices, OfNoiseSayWhyTheBoundIsNotWithinTheTolerance) {
  EXPECT_EQ(notice_of(kGood, NoticeKind::noisy, with_seeds(1)),
            (Notice{NoticeKind::noisy, {{"seeds", 1U}}, "search.seeds", "3"}));
  const Notice wide = notice_of(bowl(3e-3, 0.4, 0.1, 0.2, 3), NoticeKind::noisy);
  EXPECT_GT(number(wide, "bound_percent"), 5);
  EXPECT_EQ(number(wide, "tolerance_percent"), 5);
  EXPECT_EQ(wide.option, "search.budget_runs");
  EXPECT_GT(std::stod(wide.value), 24);
  SearchConfig unlimited;  // here it is the seeds that end the search, and more budget would not help
  unlimited.budget_runs.reset();
  const Notice seeds = notice_of(bowl(3e-3, 0.4, 0.1, 0.4, 3), NoticeKind::noisy, unlimited);
  EXPECT_EQ(seeds.option, "search.max_seeds");
  EXPECT_GT(std::stod(seeds.value), 10);
  const Notice few = notice_of(recommend_fake(with_seeds(50), results_of(kGood)), NoticeKind::noisy);
  ASSERT_EQ(few.facts.size(), 2U);
  EXPECT_EQ(few.facts[0].name, "trained_seeds");
  EXPECT_LT(std::get<std::size_t>(few.facts[0].value), 50U);
  EXPECT_EQ(few.facts[1], (Fact{"seeds", 50U}));
  // As a search that was stopped: the best rate lies between those that were trained, and has no trial itself.
  EntryResults stopped{1e-2, {}};
  for (std::size_t seed : {0U, 1U, 2U})
    for (const auto& [rate, loss] : {std::pair(1e-3, 0.5), {4.6e-3, 0.2}, {2.2e-2, 0.2}, {0.1, 0.5}})
      stopped.trials.push_back(
          fake_trial({Stage::coarse, {0, rate, seed}}, loss * (1 + 0.01 * static_cast<double>(seed))));
  EXPECT_EQ(notice_of(recommend_fake({}, stopped), NoticeKind::noisy),
            (Notice{NoticeKind::noisy, {{"trained_seeds", 0U}, {"seeds", 3U}}, "search.budget_runs"}));
  // Nothing below was trained, and there it diverged once.
  EntryResults failed{1e-2, {}};
  for (std::size_t seed : {0U, 1U, 2U})
    for (double rate : {1e-2, 2e-2})
      failed.trials.push_back(fake_trial({Stage::coarse, {0, rate, seed}},
                                         seed == 2 ? std::optional<double>() : std::optional(0.2 * rate)));
  failed.trials.push_back(fake_trial({Stage::coarse, {0, 1e-5, 0}, 7}, 2.0));
  failed.trials.push_back(fake_trial({Stage::coarse, {0, 1, 0}}, std::nullopt));
  EXPECT_EQ(recommend_fake({}, failed).status, RateStatus::unstable);
  EXPECT_EQ(notice_of(recommend_fake({}, failed), NoticeKind::unstable),
            (Notice{NoticeKind::unstable, {{"diverged_seeds", 1U}, {"seeds", 3U}}, "search.range"}));
}

TEST(Notices, OfTrialsTellWhatHappenedInTheSearch) {
  const Notice extended = notice_of(bowl(3, 1.5, 0.1, 0.02, 4), NoticeKind::extended);
  EXPECT_EQ(number(extended, "from"), 1e-6);
  EXPECT_GT(number(extended, "to"), 1);
  EXPECT_EQ(extended.option, "search.range");
  EXPECT_EQ(extended.value, fmt::format("[1e-06, {}]", number(extended, "to")));
  SearchConfig poor;
  poor.budget_runs = 12;
  EXPECT_EQ(notice_of(kGood, NoticeKind::budget, poor),
            (Notice{NoticeKind::budget, {{"full_runs", 12.0}}, "search.budget_runs"}));

  EntryResults results = results_of(kGood);
  results.trials[3].recovered = true;
  EXPECT_EQ(notice_of(recommend_fake({}, results), NoticeKind::recovered),
            (Notice{NoticeKind::recovered, {{"trials", 1U}, {"factor", 4.0}}}));
  results.trials[4].recovered = true;
  EXPECT_EQ(notice_of(recommend_fake({}, results), NoticeKind::recovered),
            (Notice{NoticeKind::recovered, {{"trials", 2U}, {"factor", 4.0}}}));
}

TEST(Notices, TellThatTheDefaultRateDidBetter) {
  const auto notice = [](double rate) {
    EntryResults results = results_of(kGood);
    results.default_rate = rate;
    std::erase_if(results.trials, [&](const Trial& t) { return t.learning_rate == rate; });
    for (std::size_t seed = 0; seed < 3; ++seed)
      results.trials.push_back(fake_trial({Stage::framework_default, {0, rate, seed}}, 0.02));
    return notice_of(recommend_fake({}, results), NoticeKind::default_better);
  };
  EXPECT_EQ(
      notice(7),
      (Notice{NoticeKind::default_better, {{"rate", 7.0}, {"from", 1e-6}, {"to", 1.0}}, "search.range", "[1e-06, 7]"}));
  EXPECT_EQ(notice(1e-5), (Notice{NoticeKind::default_better, {{"rate", 1e-5}}, "search.seeds"}));
}

}  // namespace
}  // namespace lrtune
