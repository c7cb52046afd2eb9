// Golden text: what a stranger reads.
#include <gtest/gtest.h>

#include "lrtune/report.h"

namespace lrtune {
namespace {

RangeRun run_of(RangeStatus status, double last_rate, const char* why = nullptr) {
  RangeRun run;
  run.status = status;
  if (status != RangeStatus::completed) run.ended_at_update = 80;
  run.curve.rate = {1e-7, last_rate};
  for (int i = 0; i < 3; ++i) run.suggestions.push_back({0.1, std::nullopt, "because"});
  if (why != nullptr) run.suggestions[1] = {std::nullopt, std::nullopt, why};
  return run;
}

RangeStudy example() {
  RangeStudy study;
  study.head.subject.data = DataSummary{TaskKind::classification, 1438, 359, 64, 10, {}, {}, {}};
  study.heuristics = {"steepest", "fastai_valley", "smith"};
  study.optimizers.push_back({"sgd",
                              "sgd",
                              {},
                              {{1.23, {}, 0.21, 0}, {0.0312, {}, 0.44, 1}, {2.7, 0.17, 0.2, 0}},
                              {run_of(RangeStatus::stopped, 6.9), run_of(RangeStatus::stopped, 5.66, "no left edge"),
                               run_of(RangeStatus::completed, 10)}});
  study.optimizers.push_back(
      {"adam",
       "adam",
       {},
       {{0.055, {}, 0, 0}, {std::nullopt, {}, {}, 3}, {0.29, 0.007, 1.95, 0}},
       {run_of(RangeStatus::completed, 10, "no left edge"), run_of(RangeStatus::completed, 10, "no left edge"),
        run_of(RangeStatus::completed, 10, "it does not move")}});
  study.head.run.threads = 2;
  study.head.run.isa = "avx2";
  study.head.run.wall_seconds = 0.125;
  return study;
}

TEST(RangeSummary, ShowsEveryHeuristicWithItsSpreadSideBySide) {
  EXPECT_EQ(summary(example()),
            "1438 training rows, 359 validation rows, 64 features, 10 classes\n"
            "\n"
            "                  loss                   fastai\n"
            "optimizer     blows up    steepest       valley             smith\n"
            "sgd        5.7, 2 of 3    1.2 (.2)  0.031 (.4)*     0.17…2.7 (.2)\n"
            "adam                 –  0.055 (.0)            –  0.007…0.29 (1.9)\n"
            "\n"
            "Median rates of 3 seeds; in brackets the decades from the lowest to the highest.\n"
            "*: some seeds gave none. –: no seed gave one.\n"
            "A range test is a quick look at a short run; lrtune tune trains in full what it recommends.\n"
            "6 range tests of 100 updates, 1e-07 to 10, in 0.1 s on 2 threads (avx2)\n");
}

TEST(RangeSummary, OfOneSeedHasNoBrackets) {
  RangeStudy study = example();
  for (RangeEntry& entry : study.optimizers) {
    entry.runs.resize(1);
    for (Agreement& agreement : entry.agreements) agreement = {0.1, {}, {}, 0};
  }
  study.optimizers[1].runs[0].ended_at_update = 1;  // its first loss was not finite
  study.optimizers[1].runs[0].curve = {};
  EXPECT_EQ(summary(study),
            "1438 training rows, 359 validation rows, 64 features, 10 classes\n"
            "\n"
            "               loss            fastai\n"
            "optimizer  blows up  steepest  valley  smith\n"
            "sgd             6.9       0.1     0.1    0.1\n"
            "adam        at once       0.1     0.1    0.1\n"
            "\n"
            "Rates by one seed.\n"
            "A range test is a quick look at a short run; lrtune tune trains in full what it recommends.\n"
            "2 range tests of 100 updates, 1e-07 to 10, in 0.1 s on 2 threads (avx2)\n");
}

TEST(RangeNotices, TellOnceWhatManyRunsShare) {
  EXPECT_EQ(range_notices(example()),
            "sgd, adam (3 runs): fastai_valley gives no rate: no left edge\n"
            "adam (1 run): fastai_valley gives no rate: it does not move\n");
}

TEST(RangeNotices, TellOfRunsThatWereTooShort) {
  RangeStudy study = example();
  study.optimizers.resize(1);
  study.optimizers[0].runs = {run_of(RangeStatus::too_short, 1)};
  study.optimizers[0].runs[0].ended_at_update = 2;
  EXPECT_EQ(
      range_notices(study),
      "sgd (1 run): the loss blew up within 2 updates, too soon for any heuristic; lower --from, or raise --updates\n");
}

}  // namespace
}  // namespace lrtune
