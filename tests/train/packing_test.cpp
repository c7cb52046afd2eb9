// Whole trainings are the same to the last bit however they are packed: the lanes of a cohort, the layout, the order of
// the requests, the instruction set, the threads. Every optimizer with every activation, loss and schedule.
#include <gtest/gtest.h>

#include <algorithm>

#include "lrtune/catalog.h"
#include "nn/nn_cards.h"
#include "train/isa.h"
#include "train/trials.h"

namespace lrtune {
namespace {

struct Setup {
  Config config;
  Task task;
};

Setup make_setup(std::string_view activation, std::string_view loss, const Card& schedule) {
  Config config;
  data_of(config).format = DataFormat::synthetic;
  data_of(config).synthetic = {loss == "mse" ? "noisy_regression" : "spirals", 50, 0.1, 2};
  model_of(config).hidden = {9, 4};
  model_of(config).activation = activation;
  config.training.epochs = 4;
  config.training.batch_size = 9;
  config.training.warmup_epochs = 1;
  config.training.loss = loss;
  config.training.schedule = {std::string(schedule.name), default_settings(schedule)};
  for (const OptimizerCard& row : optimizer_cards())
    config.optimizers.push_back({std::string(row.card.name), std::string(row.card.name), default_settings(row.card)});
  Task task = load_task(data_of(config), ".");
  return {std::move(config), std::move(task)};
}

// Rates that learn and one that diverges with most optimizers, on two seeds.
std::vector<TrialRequest> requests_for(const Config& config) {
  std::vector<TrialRequest> requests;
  for (std::size_t entry = 0; entry < config.optimizers.size(); ++entry)
    for (double rate : {3e-3, 0.1, 1e4})
      for (std::size_t seed : {0U, 3U}) requests.push_back({Stage::fine, {entry, rate, seed}});
  return requests;
}

void expect_same_bits(const Setup& setup) {
  const auto requests = requests_for(setup.config);
  const auto experiment = [&](const Kernel& kernel, Packing packing) {
    Experiment e = make_experiment(setup.config, setup.task, kernel, 1);
    e.packing = packing;
    return e;
  };
  const Kernel& fastest = *usable_kernels().front();
  const auto expected = train_trials(experiment(fastest, {}), requests, 1);
  ASSERT_TRUE(std::ranges::any_of(expected, [](const Trial& t) { return t.status == TrialStatus::diverged; }));
  ASSERT_TRUE(std::ranges::any_of(expected, [](const Trial& t) { return t.status == TrialStatus::completed; }));
  for (const Packing packing : {Packing{Layout::cohort, kLanes}, Packing{Layout::cohort, 3}, Packing{Layout::cohort, 1},
                                Packing{Layout::solo, kLanes}})
    EXPECT_EQ(train_trials(experiment(fastest, packing), requests, 1), expected)
        << static_cast<int>(packing.layout) << " with " << packing.lanes << " lanes";
  for (const Kernel* kernel : usable_kernels())
    EXPECT_EQ(train_trials(experiment(*kernel, {}), requests, 1), expected) << kernel->name;
  for (std::size_t threads : {2U, 8U})
    EXPECT_EQ(train_trials(experiment(fastest, {}), requests, threads), expected) << threads << " threads";
  auto backwards = requests;
  std::ranges::reverse(backwards);
  auto trained = train_trials(experiment(fastest, {}), backwards, 1);
  std::ranges::reverse(trained);
  EXPECT_EQ(trained, expected) << "requests in reverse";
}

TEST(Packing, ChangesNoBitForAnyActivationAndLoss) {
  for (const Card& activation : activation_cards())
    for (const char* loss : {"cross_entropy", "mse"}) {
      SCOPED_TRACE(testing::Message() << activation.name << ", " << loss);
      expect_same_bits(make_setup(activation.name, loss, schedules().front().card));
    }
}

TEST(Packing, ChangesNoBitForAnySchedule) {
  for (const ScheduleRow& schedule : schedules()) {
    SCOPED_TRACE(schedule.card.name);
    expect_same_bits(make_setup("relu", "cross_entropy", schedule.card));
  }
}

}  // namespace
}  // namespace lrtune
