#include "train/experiment.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/parallel.h"
#include "data/constant_answer.h"
#include "lrtune/error.h"
#include "nn/init.h"
#include "nn/nn_cards.h"

namespace lrtune {
namespace {

constexpr std::size_t kMostUpdates = std::size_t{1} << 31U;
constexpr std::size_t kMostLooks = 100000;  // of a trial: some 3 MB of curve; a sweep has hundreds of trials

ActivationId activation_named(std::string_view name) {
  const auto cards = activation_cards();
  const auto row = std::ranges::find(cards, name, &Card::name);
  return static_cast<ActivationId>(row - cards.begin());
}

std::vector<LayerShape> layer_shapes(const ModelConfig& model, const DataSummary& data) {
  std::vector<LayerShape> shapes;
  std::size_t inputs = data.features;
  for (std::size_t units : model.hidden) {
    shapes.push_back({inputs, units});
    inputs = units;
  }
  shapes.push_back({inputs, data.outputs});
  return shapes;
}

std::vector<std::size_t> look_steps(const TrainingConfig& training, std::size_t updates_per_epoch) {
  std::vector<std::size_t> steps = {0};
  for (std::size_t epoch = 0; epoch < training.epochs; ++epoch)
    for (std::size_t i = 1; i <= training.looks_per_epoch; ++i) {
      const std::size_t step = epoch * updates_per_epoch + updates_per_epoch * i / training.looks_per_epoch;
      if (step > steps.back()) steps.push_back(step);
    }
  return steps;
}

// What mse compares the outputs with; empty under cross-entropy.
std::vector<float> targets_of(const Rows& rows, Loss loss, std::size_t outputs) {
  if (loss == Loss::cross_entropy || rows.labels.empty()) return rows.targets;
  std::vector<float> one_hot(rows.count * outputs);
  for (std::size_t row = 0; row < rows.count; ++row)
    one_hot[row * outputs + static_cast<std::size_t>(rows.labels[row])] = 1;
  return one_hot;
}

std::vector<Problem> find_problems(const Config& config, const Task& task) {
  std::vector<Problem> problems;
  const bool classes = task.summary.kind == TaskKind::classification;
  const TrainingConfig& training = config.training;
  if (training.loss == "cross_entropy" && !classes)
    problems.push_back({ProblemKind::loss_not_for_data, "/training/loss", {}, "training.loss", "auto"});
  if (config.search.objective == "final_validation_error" && !classes)
    problems.push_back(
        {ProblemKind::objective_not_for_data, "/search/objective", {}, "search.objective", "final_validation_loss"});
  if (task.train.count < training.batch_size)
    problems.push_back({ProblemKind::batch_too_large,
                        "/training/batch_size",
                        {{"batch_size", training.batch_size}, {"rows", task.train.count}},
                        "training.batch_size",
                        fmt::format("{}", task.train.count)});
  else if (training.epochs > kMostUpdates / (task.train.count / training.batch_size))
    problems.push_back({ProblemKind::updates_too_many, "/training/epochs", {}, "training.epochs"});
  else if (const std::size_t looks = std::min(training.looks_per_epoch, task.train.count / training.batch_size);
           training.epochs > kMostLooks / looks)
    problems.push_back({ProblemKind::looks_too_many,
                        "/training/looks_per_epoch",
                        {{"most", kMostLooks}, {"looks", looks}, {"epochs", training.epochs}},
                        "training.looks_per_epoch"});
  return problems;
}

// In double, where nothing overflows: the sizes are only bounded one by one.
double needed_bytes(const Experiment& experiment, std::size_t threads) {
  double parameters = 0;
  double outputs = 0;
  for (const LayerShape& shape : experiment.network.shapes) {
    parameters += (static_cast<double>(shape.inputs) + 1) * static_cast<double>(shape.outputs);
    outputs += static_cast<double>(shape.outputs);
  }
  const double places = parameters * (2 + kMostSlots) + 3 * outputs * static_cast<double>(experiment.batch_size);
  return places * kLanes * sizeof(float) * static_cast<double>(threads);
}

}  // namespace

Experiment make_experiment(const Config& config, const Task& task, const Kernel& kernel, std::size_t threads) {
  if (auto problems = find_problems(config, task); !problems.empty()) throw Error(std::move(problems));
  const std::size_t per_epoch = task.train.count / config.training.batch_size;
  const Loss loss = trains_on_squares(config.training, task.summary.kind) ? Loss::mse : Loss::cross_entropy;
  const std::vector<LayerShape> shapes = layer_shapes(model_of(config), task.summary);
  Experiment experiment{
      .task = &task,
      .kernel = &kernel,
      .network = {shapes, activation_named(model_of(config).activation), loss},
      .initial = [shapes,
                  init = model_of(config).init](RandomKey key) { return initial_parameters(shapes, init, key); },
      .batch_size = config.training.batch_size,
      .updates_per_epoch = per_epoch,
      .updates = config.training.epochs * per_epoch,
      .train_targets = targets_of(task.train, loss, task.summary.outputs),
      .validation_targets = targets_of(task.validation, loss, task.summary.outputs),
      .looks = look_steps(config.training, per_epoch),
      .schedule = Schedule(config.training, config.training.epochs * per_epoch, per_epoch),
      .clip_norm = config.training.clip_norm,
      .objective = &objective_named(config.search.objective),
      .search_seed = config.search.seed,
      .entries = {},
      .packing = {},
  };
  for (const OptimizerConfig& optimizer : config.optimizers) {
    LaneOptimizer lane{rule_named(optimizer.name), {}};
    for (const Setting& setting : optimizer.settings) lane.parameters.push_back(setting.value);
    experiment.entries.push_back(std::move(lane));
  }
  const double bytes = needed_bytes(experiment, threads);
  if (const auto memory = static_cast<double>(usable_memory()); bytes > memory)
    throw Error(ProblemKind::memory_exceeded, "/model/hidden",
                {{"needed_gib", bytes / 0x1p30}, {"memory_gib", memory / 0x1p30}}, "model.hidden");
  return experiment;
}

}  // namespace lrtune
