// Whether a trial counts as diverged must not depend on how often it was looked at.
#include <gtest/gtest.h>

#include <algorithm>

#include "train/isa.h"
#include "train/trials.h"

namespace lrtune {
namespace {

// Optimizers and rates of the wine data among which every outcome is. Where all looks count alike, 12 of these trials
// end otherwise with 2 or 8 looks per epoch than with 1.
std::vector<Trial> wine_trials(std::size_t looks_per_epoch) {
  Config config;
  data_of(config).train = "wine.csv";
  data_of(config).target = Target("cultivar");
  model_of(config).init = "kaiming_uniform";
  config.training.epochs = 10;
  config.training.looks_per_epoch = looks_per_epoch;
  std::vector<TrialRequest> requests;
  for (const char* name : {"adagrad", "sgd", "adam", "rmsprop"}) {
    const OptimizerCard& row = *std::ranges::find(optimizer_cards(), name, [](const auto& r) { return r.card.name; });
    for (double rate : {0.5, 1.0, 1.5, 2.2, 3.0, 5.0, 8.0, 15.0, 30.0})
      requests.push_back({Stage::fine, {config.optimizers.size(), rate, 0}});
    config.optimizers.push_back({name, name, default_settings(row.card)});
  }
  const Task task = load_task(data_of(config), LRTUNE_SOURCE_DIR "/data");
  return train_trials(make_experiment(config, task, *usable_kernels().front(), 1), requests, 2);
}

// The curve at update 0 and at the ends of epochs.
std::vector<double> at_ends_of_epochs(const Trial& trial, std::size_t updates_per_epoch) {
  std::vector<double> losses;
  for (std::size_t i = 0; i < trial.curve.step.size(); ++i)
    if (trial.curve.step[i] % updates_per_epoch == 0) losses.push_back(trial.curve.validation_loss[i]);
  return losses;
}

TEST(Divergence, IsTheSameHoweverOftenATrialIsLookedAt) {
  const std::vector<Trial> seldom = wine_trials(1);
  const std::size_t per_epoch = seldom.front().curve.step[1];
  for (std::size_t looks : {2U, 8U}) {
    const std::vector<Trial> often = wine_trials(looks);
    ASSERT_EQ(often.size(), seldom.size());
    for (std::size_t i = 0; i < often.size(); ++i) {
      EXPECT_EQ(often[i].status, seldom[i].status) << i << " with " << looks;
      EXPECT_EQ(often[i].recovered, seldom[i].recovered) << i << " with " << looks;
      EXPECT_EQ(often[i].ended_at_step, seldom[i].ended_at_step) << i << " with " << looks;
      EXPECT_EQ(at_ends_of_epochs(often[i], per_epoch), seldom[i].curve.validation_loss) << i << " with " << looks;
    }
  }
  const auto has = [&](TrialStatus status, bool recovered) {
    return std::ranges::any_of(seldom, [&](const Trial& t) { return t.status == status && t.recovered == recovered; });
  };
  EXPECT_TRUE(has(TrialStatus::completed, false));
  EXPECT_TRUE(has(TrialStatus::completed, true));
  EXPECT_TRUE(has(TrialStatus::diverged, false));
}

}  // namespace
}  // namespace lrtune
