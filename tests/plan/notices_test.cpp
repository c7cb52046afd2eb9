// Every notice that a recommendation can carry: the situation that makes it, its words, and what it says to change.
#include <gtest/gtest.h>

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

EntryResults results_of(const Landscape& landscape, const SearchConfig& search = {}) {
  return run_plan(search, {landscape}, 1e-2).entries.front();
}

// "text; remedy" of the notice of that kind; if there is none, the kinds that there are.
std::string notice_of(const Recommendation& r, std::string_view kind) {
  std::string kinds = "only:";
  for (const Notice& notice : r.notices) {
    if (notice.kind == kind) return notice.text + "; " + notice.remedy;
    kinds += " " + notice.kind;
  }
  return kinds;
}

std::string notice_of(const Landscape& landscape, std::string_view kind, const SearchConfig& search = {}) {
  return notice_of(recommend_fake(search, results_of(landscape, search)), kind);
}

void expect_between(const std::string& text, std::string_view start, std::string_view end) {
  EXPECT_TRUE(text.starts_with(start) && text.ends_with(end)) << text;
}

const Landscape kGood = bowl(3e-3, 1.5, 0.1, 0.02, 1);

TEST(Notices, OfTheStatusSayWhatWasSeen) {
  const Landscape stuck = [](double, std::size_t seed) {
    return std::optional(kFakeInitial * (1 + 0.1 * static_cast<double>(seed)) * 0.99);
  };
  expect_between(notice_of(stuck, "stuck"), "no rate lowered the objective by 5 %; the best did by ",
                 " %; train longer (training.epochs), or change the model or the data");
  expect_between(
      notice_of(bowl(1e-3, 0, 0.1, 0.05, 1), "flat"), "rates from ",
      " do about as well; any of them will do; a larger search.budget_runs or more epochs would tell them apart");
  EXPECT_EQ(notice_of([](double, std::size_t) { return std::optional<double>(); }, "all_diverged"),
            "every trial diverged; lower search.range, or set training.clip_norm");
}

TEST(Notices, OfAnEdgeSayWhichEndAndHowToReachFurther) {
  SearchConfig fixed;
  fixed.extend = false;
  EXPECT_EQ(notice_of(bowl(3, 1.5, 0.1, 0.02, 4), "edge", fixed),
            "rates as high as the highest tried, 1, cannot be ruled out; set search.extend to true, or a wider "
            "search.range");
  EXPECT_EQ(notice_of(bowl(3e-7, 1.5, 0.1, 0.02, 4), "edge", fixed),
            "rates as low as the lowest tried, 1e-06, cannot be ruled out; set search.extend to true, or a wider "
            "search.range");
  expect_between(notice_of(bowl(1e-9, 0.2, 0.1, 0.02, 4), "edge"), "rates as low as the lowest tried, ",
                 "; set search.range to reach further, or change training.epochs");
  SearchConfig highest;
  highest.lowest_rate = 1;
  highest.highest_rate = 1e6;
  expect_between(notice_of(bowl(1e7, 0.3, 0.1, 0.02, 4), "edge", highest), "rates as high as the highest tried, ",
                 "; rates that high are not tried; look at the model and the data");
}

TEST(Notices, OfNoiseSayWhyThereIsNoNarrowInterval) {
  EXPECT_EQ(notice_of(kGood, "noisy", with_seeds(1)),
            "one seed tells nothing about chance: no interval; set search.seeds to 3 or more");
  expect_between(notice_of(bowl(3e-3, 0.4, 0.1, 0.2, 3), "noisy"), "the interval covers ",
                 " decades; a larger search.budget_runs, and search.max_seeds above 10 if that is not enough");
  expect_between(notice_of(recommend_fake(with_seeds(50), results_of(kGood)), "noisy"), "trained on ",
                 " of 50 seeds; a larger search.budget_runs");
  // As a search that was stopped: the best rate lies between those that were trained, and has no trial itself.
  EntryResults stopped{1e-2, {}};
  for (std::size_t seed : {0U, 1U, 2U})
    for (const auto& [rate, loss] : {std::pair(1e-3, 0.5), {4.6e-3, 0.2}, {2.2e-2, 0.2}, {0.1, 0.5}})
      stopped.trials.push_back(
          fake_trial({Stage::coarse, {0, rate, seed}}, loss * (1 + 0.01 * static_cast<double>(seed))));
  EXPECT_EQ(notice_of(recommend_fake({}, stopped), "noisy"), "trained on 0 of 3 seeds; a larger search.budget_runs");
  // Nothing below was trained, and there it diverged once.
  EntryResults failed{1e-2, {}};
  for (std::size_t seed : {0U, 1U, 2U})
    for (double rate : {1e-2, 2e-2})
      failed.trials.push_back(fake_trial({Stage::coarse, {0, rate, seed}},
                                         seed == 2 ? std::optional<double>() : std::optional(0.2 * rate)));
  failed.trials.push_back(fake_trial({Stage::coarse, {0, 1e-5, 0}, 7}, 2.0));
  failed.trials.push_back(fake_trial({Stage::coarse, {0, 1, 0}}, std::nullopt));
  EXPECT_EQ(notice_of(recommend_fake({}, failed), "noisy"),
            "a seed diverged at this rate, and no lower one was trained to its end; lower search.range, or set "
            "training.clip_norm");
}

TEST(Notices, OfTrialsTellWhatHappenedInTheSearch) {
  expect_between(notice_of(bowl(3, 1.5, 0.1, 0.02, 4), "extended"),
                 "the best rate lay at an end of the range; tried 1e-06 to ",
                 " in all; set search.range to cover it from the start");
  SearchConfig poor;
  poor.budget_runs = 12;
  EXPECT_EQ(notice_of(kGood, "budget", poor), "the search was cut to 12 full runs; a larger search.budget_runs");

  EntryResults results = results_of(kGood);
  results.trials[3].recovered = true;
  EXPECT_EQ(
      notice_of(recommend_fake({}, results), "recovered"),
      "a trial passed 4 times the initial loss and came back; look at their curves before you use rates that high");
  results.trials[4].recovered = true;
  EXPECT_EQ(notice_of(recommend_fake({}, results), "recovered"),
            "2 trials passed 4 times the initial loss and came back; look at their curves before you use rates that "
            "high");
}

TEST(Notices, TellThatTheDefaultRateDidBetter) {
  const auto notice = [](double rate) {
    EntryResults results = results_of(kGood);
    results.default_rate = rate;
    std::erase_if(results.trials, [&](const Trial& t) { return t.learning_rate == rate; });
    for (std::size_t seed = 0; seed < 3; ++seed)
      results.trials.push_back(fake_trial({Stage::framework_default, {0, rate, seed}}, 0.02));
    return notice_of(recommend_fake({}, results), "default_better");
  };
  EXPECT_EQ(notice(7),
            "the framework's default rate 7 lies outside what was searched and did better; set search.range to include "
            "it");
  EXPECT_EQ(notice(1e-5),
            "the framework's default rate 1e-05 was trained on the same seeds and did better; a larger search.seeds "
            "tells whether that is chance; until then the default is safer");
}

}  // namespace
}  // namespace lrtune
