// The constant answer of data/constant_answer.h, against the engine and the slow reference: a linear network whose
// weights are 0 gives its biases to every row.
#include <gtest/gtest.h>

#include <cmath>

#include "data/constant_answer.h"
#include "reference/reference_trial.h"
#include "train/experiment.h"
#include "train/isa.h"
#include "train/session.h"

namespace lrtune {
namespace {

// The experiment of a linear model, and parameters that are its best biases.
struct Constant {
  Config config;
  Task task;

  Constant(const std::string& file, const std::string& target, const std::string& loss) {
    data_of(config).train = file;
    data_of(config).target = target;
    data_of(config).validation_fraction = 0.3;
    model_of(config).hidden = {};
    config.training.loss = loss;
    config.optimizers = {{"sgd", "sgd", default_settings(optimizer_cards()[0].card)}};
    task = load_task(data_of(config), LRTUNE_SOURCE_DIR "/data");
  }

  std::vector<float> parameters() const {
    const std::size_t outputs = task.summary.outputs;
    std::vector<double> biases(outputs);
    for (std::int32_t label : task.train.labels)
      biases[static_cast<std::size_t>(label)] += 1 / static_cast<double>(task.train.count);
    std::vector<float> all(task.summary.features * outputs);
    for (double bias : biases)
      all.push_back(static_cast<float>(config.training.loss == "mse" || outputs == 1 ? bias : std::log(bias)));
    return all;
  }
};

void expect_same(const Constant& c) {
  const Experiment e = make_experiment(c.config, c.task, *usable_kernels().front(), 1);
  const RowBlock rows = whole_set(c.task.validation, e.validation_targets);
  const reference::ReferenceTrial network(e.network, e.entries[0], c.parameters(), std::nullopt);
  const auto answer = constant_answer(c.task, c.config.training);
  ASSERT_TRUE(answer);
  EXPECT_NEAR(answer->loss, network.loss(rows), 1e-7);
  EXPECT_EQ(answer->error.has_value(), rows.labels != nullptr);
  if (answer->error) {
    EXPECT_NEAR(*answer->error, network.error(rows), 1e-12);
  }
}

TEST(ConstantNetwork, ScoresWhatTheConstantAnswerDoes) {
  for (const char* loss : {"cross_entropy", "mse"}) {
    expect_same({"digits.csv", "digit", loss});
    expect_same({"breast_cancer.csv", "diagnosis", loss});
  }
  expect_same({"diabetes.csv", "progression", "auto"});
}

}  // namespace
}  // namespace lrtune
