#include "train/trials.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>

#include "base/parallel.h"
#include "lrtune/error.h"
#include "train/isa.h"
#include "train/sharpness.h"

namespace lrtune {
namespace {

Config small_config() {
  Config config;
  data_of(config).format = DataFormat::synthetic;
  data_of(config).synthetic = {"moons", 100, 0.2, 3};
  model_of(config).hidden = {5};
  config.training.epochs = 4;
  config.training.batch_size = 7;
  for (const OptimizerCard& row : optimizer_cards())
    config.optimizers.push_back({std::string(row.card.name), std::string(row.card.name), default_settings(row.card)});
  return config;
}

struct Fixture {
  Config config = small_config();
  Task task = load_task(data_of(config), ".");
  Experiment experiment() const { return make_experiment(config, task, *usable_kernels().front(), 1); }
};

std::vector<TrialRequest> mixed_requests(std::size_t entries) {
  std::vector<TrialRequest> requests;
  for (std::size_t seed : {4U, 0U, 7U})
    for (std::size_t entry = 0; entry < entries; ++entry)
      for (double rate : {1e-3, 0.1, 1e5}) requests.push_back({Stage::fine, {entry, rate, seed}});
  return requests;
}

TEST(Trials, ComeBackInTheOrderOfTheRequests) {
  const Fixture f;
  const auto requests = mixed_requests(f.config.optimizers.size());
  const auto trials = train_trials(f.experiment(), requests, 2);
  ASSERT_EQ(trials.size(), requests.size());
  for (std::size_t i = 0; i < trials.size(); ++i) {
    EXPECT_EQ(trials[i].learning_rate, requests[i].key.learning_rate);
    EXPECT_EQ(trials[i].seed, requests[i].key.seed);
    EXPECT_EQ(trials[i].stage, requests[i].stage);
  }
}

TEST(Trials, DoNotDependOnThreadsNorOnTheTrialsBesideThem) {
  const Fixture f;
  const auto requests = mixed_requests(f.config.optimizers.size());
  const Experiment experiment = f.experiment();
  const auto together = train_trials(experiment, requests, 1);
  EXPECT_EQ(together, train_trials(experiment, requests, 3));
  for (std::size_t i = 0; i < requests.size(); i += 5)
    EXPECT_EQ(together[i], train_trials(experiment, std::span(requests).subspan(i, 1), 1).front()) << i;
}

TEST(Trials, OfAnotherSeedDiffer) {
  const Fixture f;
  const std::vector<TrialRequest> requests = {{Stage::fine, {0, 0.1, 0}}, {Stage::fine, {0, 0.1, 1}}};
  const auto trials = train_trials(f.experiment(), requests, 1);
  EXPECT_NE(trials[0].curve.validation_loss, trials[1].curve.validation_loss);
}

TEST(Trials, LookAtTheStartAndAtTheEndOfEachEpoch) {
  Fixture f;
  const std::vector<TrialRequest> request = {{Stage::fine, {0, 0.1, 0}}};
  const auto steps = [&] { return train_trials(f.experiment(), request, 1).front().curve.step; };
  EXPECT_EQ(steps(), (std::vector<std::size_t>{0, 11, 22, 33, 44}));  // ⌊80/7⌋ = 11 updates an epoch
  f.config.training.looks_per_epoch = 2;
  EXPECT_EQ(steps(), (std::vector<std::size_t>{0, 5, 11, 16, 22, 27, 33, 38, 44}));
  f.config.training.looks_per_epoch = 100;  // no more looks than updates
  EXPECT_EQ(steps().size(), 45U);
}

TEST(Trials, StartFromTheSameLossWhateverTheOptimizer) {
  const Fixture f;
  std::vector<TrialRequest> requests;
  for (std::size_t entry = 0; entry < f.config.optimizers.size(); ++entry)
    requests.push_back({Stage::fine, {entry, 0.01, 5}});
  const auto trials = train_trials(f.experiment(), requests, 1);
  for (const Trial& trial : trials) {
    EXPECT_EQ(trial.curve.validation_loss.front(), trials.front().curve.validation_loss.front());
    EXPECT_EQ(trial.curve.train_loss.front(), trials.front().curve.train_loss.front());
  }
}

TEST(Trials, EveryOptimizerLearnsAtSomeRate) {
  const Fixture f;
  for (std::size_t entry = 0; entry < f.config.optimizers.size(); ++entry) {
    std::vector<TrialRequest> requests;
    for (double rate : {1e-3, 1e-2, 0.03, 0.1, 1.0, 10.0}) requests.push_back({Stage::coarse, {entry, rate, 0}});
    double best = 1;
    for (const Trial& trial : train_trials(f.experiment(), requests, 1))
      if (trial.objective) best = std::min(best, *trial.objective / trial.curve.validation_loss.front());
    EXPECT_LT(best, 0.7) << f.config.optimizers[entry].name;
  }
}

std::string problems_of(const Fixture& f) {
  try {
    f.experiment();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(Experiment, RefusesWhatOnlyTheDataCanShowToBeWrong) {
  Fixture f;
  f.config.training.batch_size = 81;
  f.config.search.objective = "final_validation_error";
  data_of(f.config).synthetic.name = "noisy_regression";
  f.task = load_task(data_of(f.config), ".");
  f.config.training.loss = "cross_entropy";
  EXPECT_EQ(problems_of(f),
            "/training/loss: \"cross_entropy\" cannot be used for regression; use \"auto\" or \"mse\"\n"
            "/search/objective: there is no classification error in regression; use \"final_validation_loss\"\n"
            "/training/batch_size: 81 is more than the 80 training rows; use at most 80");
}

TEST(Trials, OfClassesUnderMseLearnAndCountTheirErrors) {
  Fixture f;
  f.config.training.loss = "mse";
  f.config.training.epochs = 30;
  model_of(f.config).init = "kaiming_uniform";                              // five units learn fast from it
  const std::vector<TrialRequest> request = {{Stage::fine, {6, 0.05, 0}}};  // adam
  const Trial trial = train_trials(f.experiment(), request, 1).front();
  ASSERT_EQ(trial.curve.validation_error.size(), trial.curve.step.size());
  EXPECT_LT(trial.curve.validation_loss.back(), 0.15);  // targets 0 and 1: 0.25 for answers of one half
  EXPECT_LT(trial.curve.validation_error.back(), 0.2);
}

TEST(Experiment, RefusesMoreLooksThanACurveShouldHave) {
  Fixture f;
  f.config.training.epochs = 20000;
  f.config.training.looks_per_epoch = 1000;
  EXPECT_EQ(problems_of(f),
            "/training/looks_per_epoch: more than 100000 looks per trial: 11 in each of 20000 epochs; "
            "use fewer looks_per_epoch or fewer epochs");
}

TEST(Experiment, RefusesMoreUpdatesThanTwoToThe31) {
  Fixture f;
  f.config.training.epochs = (std::size_t{1} << 31U) / 11 + 1;
  EXPECT_EQ(problems_of(f),
            "/training/epochs: more than 2^31 updates per trial; use fewer epochs or a larger batch_size");
}

TEST(Experiment, RefusesANetworkThatMemoryCannotHold) {
  Fixture f;
  model_of(f.config).hidden.assign(10, 65536);
  EXPECT_NE(problems_of(f).find("training needs"), std::string::npos);
}

TEST(Parallel, RunsEveryJobOnceAndPassesTheFirstErrorOn) {
  std::vector<int> calls(100);
  for_each_job(calls.size(), 4, [&](std::size_t i) { ++calls[i]; });
  EXPECT_EQ(calls, std::vector<int>(100, 1));
  EXPECT_THROW(for_each_job(8, 2,
                            [](std::size_t i) {
                              if (i >= 2) throw Error(ProblemKind::file_empty, "job");
                            }),
               Error);
}

TEST(PausedTrials, GoOnToTheSameBitsAsWholeRunsInEitherLayout) {
  Fixture f;
  f.config.training.schedule = {"plateau", default_settings(schedules().back().card)};
  for (const Layout layout : {Layout::cheaper, Layout::cohort, Layout::solo}) {
    Experiment experiment = f.experiment();
    experiment.packing.layout = layout;
    auto requests = mixed_requests(f.config.optimizers.size());
    const auto whole = train_trials(experiment, requests, 2);
    PausedTrials paused;
    for (std::size_t stop : {3U, 13U, 22U, 31U, 0U}) {  // within an epoch, at its end, at the end
      for (TrialRequest& request : requests) request.updates = stop;
      const auto trials = train_trials(experiment, requests, 2, paused);
      if (stop == 0) {
        EXPECT_EQ(trials, whole) << static_cast<int>(layout);
      }
    }
  }
}

TEST(PausedTrials, SayWhereTheyStandWithALookAtTheirEnd) {
  const Fixture f;
  PausedTrials paused;
  const std::vector<TrialRequest> request = {{Stage::coarse, {0, 0.1, 0}, 13}};
  const Trial trial = train_trials(f.experiment(), request, 1, paused).front();
  EXPECT_EQ(trial.status, TrialStatus::pruned);
  EXPECT_EQ(trial.ended_at_step, 13U);
  EXPECT_EQ(trial.updates, 13U);
  EXPECT_EQ(trial.curve.step, (std::vector<std::size_t>{0, 11, 13}));
  EXPECT_FALSE(trial.objective);
  ASSERT_NE(paused.find(request[0].key), nullptr);
  EXPECT_EQ(paused.find(request[0].key)->state.updates, 13U);
}

TEST(PausedTrials, GoOnAsTrialsOfTheStageThatAsksForThem) {
  const Fixture f;
  PausedTrials paused;
  std::vector<TrialRequest> request = {{Stage::coarse, {0, 0.1, 0}, 13}};
  train_trials(f.experiment(), request, 1, paused);
  request = {{Stage::confirm, {0, 0.1, 0}}};
  EXPECT_EQ(train_trials(f.experiment(), request, 1, paused), train_trials(f.experiment(), request, 1));
}

TEST(Trials, OfAStoppedExperimentAreNotDelivered) {
  const Fixture f;
  Experiment experiment = f.experiment();
  std::atomic<bool> stop{false};
  experiment.stop = &stop;
  PausedTrials none;
  const auto requests = mixed_requests(f.config.optimizers.size());
  std::size_t delivered = 0;
  train_trials(experiment, requests, 1, none, [&](std::size_t, const Trial&) {
    ++delivered;
    stop = true;  // the cohort that is finished is delivered whole, no other begins
  });
  EXPECT_GT(delivered, 0U);
  EXPECT_LE(delivered, kLanes);
  EXPECT_LT(delivered, requests.size());
  EXPECT_TRUE(measure_stability(experiment, 0, std::vector<std::optional<double>>(f.config.optimizers.size(), 0.01), 1)
                  .empty());
}

TEST(PausedTrials, AreNotKeptOnceTheyDivergeOrEnd) {
  const Fixture f;
  PausedTrials paused;
  std::vector<TrialRequest> requests = {{Stage::coarse, {0, 1e5, 0}, 13}, {Stage::coarse, {0, 0.1, 0}, 13}};
  const auto trials = train_trials(f.experiment(), requests, 1, paused);
  EXPECT_EQ(trials[0].status, TrialStatus::diverged);
  EXPECT_EQ(paused.find(requests[0].key), nullptr);
  requests = {{Stage::coarse, {0, 0.1, 0}}};
  train_trials(f.experiment(), requests, 1, paused);
  EXPECT_EQ(paused.find(requests[0].key), nullptr);
}

TEST(PausedTrials, OfAScheduleThatDependsOnItsLengthAreWholeRunsOfThatLength) {
  Fixture shorter;
  Fixture longer;
  const auto cosine = std::ranges::find(schedules(), "cosine", [](const ScheduleRow& row) { return row.card.name; });
  shorter.config.training.schedule = longer.config.training.schedule =
      ScheduleConfig{"cosine", default_settings(cosine->card)};
  shorter.config.training.epochs = 2;
  PausedTrials paused;
  const std::vector<TrialRequest> half = {{Stage::coarse, {0, 0.1, 0}, 22}};
  const std::vector<TrialRequest> whole = {{Stage::coarse, {0, 0.1, 0}}};
  EXPECT_EQ(train_trials(longer.experiment(), half, 1, paused).front().curve,
            train_trials(shorter.experiment(), whole, 1).front().curve);
  EXPECT_EQ(paused.find(half[0].key), nullptr);
}

}  // namespace
}  // namespace lrtune
