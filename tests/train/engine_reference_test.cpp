// Three layers of trust: central differences and PyTorch's numbers check the slow reference; the slow reference checks
// the engine.
#include <gtest/gtest.h>

#include <cmath>

#include "reference/reference_trial.h"
#include "reference/vectors.h"
#include "reference/workload.h"
#include "train/isa.h"

namespace lrtune {
namespace {

using reference::Json;
using reference::ReferenceTrial;
using reference::Table;

double largest(std::span<const double> values) {
  double largest = 0;
  for (const double value : values) largest = std::fabs(value) <= largest ? largest : std::fabs(value);
  return largest;
}

// ‖a − b‖∞ of two ranges; NaN if either holds one.
template <class A, class B>
double distance(const A& a, const B& b) {
  std::vector<double> differences;
  for (std::size_t i = 0; i < a.size(); ++i)
    differences.push_back(static_cast<double>(a[i]) - static_cast<double>(b[i]));
  return largest(differences);
}

template <class Act>
void for_each_activation_and_loss(const Act& act) {
  for (ActivationId activation = 0; activation < activation_cards().size(); ++activation)
    for (const Loss loss : {Loss::cross_entropy, Loss::mse}) {
      SCOPED_TRACE(testing::Message() << activation_cards()[activation].name << ", "
                                      << loss_cards()[static_cast<std::size_t>(loss)].name);
      act(activation, loss);
    }
}

// With a step of 1e-5 the formula's own error is about 1e-10 of the largest component (1e-10 from the third derivative,
// 1e-11 from rounding). No hidden unit of this table is nearer to its kink than the step.
TEST(SlowReference, GradientsAreTheCentralDifferencesOfTheLoss) {
  for_each_activation_and_loss([](ActivationId activation, Loss loss) {
    const std::vector<std::size_t> sizes{5, 6, 4, 3};
    const Network network = reference::make_network(sizes, activation, loss);
    const Table table(network, 7, 11);
    ReferenceTrial trial(network, reference::default_lane(0),
                         initial_parameters(network.shapes, "pytorch", RandomKey{3, 0}), std::nullopt);
    const RowBlock rows = table.block(0, 7);
    const std::vector<double> g = trial.gradient(rows);
    std::vector<double> differences;
    constexpr double kStep = 1e-5;
    for (double& w : trial.parameters()) {
      const double before = w;
      w = before + kStep;
      const double above = trial.loss(rows);
      w = before - kStep;
      differences.push_back((above - trial.loss(rows)) / (2 * kStep));
      w = before;
    }
    EXPECT_LE(distance(g, differences), 1e-6 * largest(g));
    EXPECT_GT(largest(g), 1e-3);
  });
}

// One training of tests/vectors/training.json.
struct Training {
  std::string name;
  Network network;
  LaneOptimizer optimizer;
  double learning_rate;
  std::optional<double> clip_norm;
  std::vector<double> initial;
  std::vector<double> trained;
  std::vector<double> losses;
  double final_loss;
};

struct TrainingVectors {
  std::vector<float> features;
  std::vector<std::int32_t> labels;
  std::vector<float> targets;
  std::vector<std::vector<std::size_t>> batches;
  std::vector<Training> cases;

  TrainingVectors() {
    const Json content = reference::read_vectors("training.json");
    labels = content.at("labels").get<std::vector<std::int32_t>>();
    batches = content.at("batches").get<std::vector<std::vector<std::size_t>>>();
    append_rows(content.at("features"), features);
    append_rows(content.at("targets"), targets);
    for (const Json& record : content.at("cases")) cases.push_back(training(record));
  }

  // The rows of a batch, gathered.
  struct Batch {
    std::vector<float> features;
    std::vector<std::int32_t> labels;
    std::vector<float> targets;
    RowBlock block() const { return {labels.size(), features.data(), labels.data(), targets.data()}; }
  };
  Batch batch(const std::vector<std::size_t>& rows) const {
    Batch batch;
    const std::size_t inputs = features.size() / labels.size();
    const std::size_t outputs = targets.size() / labels.size();
    for (const std::size_t row : rows) {
      for (std::size_t i = 0; i < inputs; ++i) batch.features.push_back(features[row * inputs + i]);
      for (std::size_t i = 0; i < outputs; ++i) batch.targets.push_back(targets[row * outputs + i]);
      batch.labels.push_back(labels[row]);
    }
    return batch;
  }
  RowBlock whole() const { return {labels.size(), features.data(), labels.data(), targets.data()}; }

 private:
  template <class Value>
  static void append_rows(const Json& rows, std::vector<Value>& values) {
    for (const Json& row : rows)
      for (const Json& value : row) values.push_back(static_cast<Value>(value.get<double>()));
  }

  static std::size_t row_named(std::span<const Card> cards, const std::string& name) {
    for (std::size_t id = 0; id < cards.size(); ++id)
      if (cards[id].name == name) return id;
    throw std::runtime_error(name);
  }

  static Training training(const Json& record) {
    Training t;
    t.name = record.at("case");
    t.network.activation = row_named(activation_cards(), record.at("activation"));
    t.network.loss = static_cast<Loss>(row_named(loss_cards(), record.at("loss")));
    t.optimizer.rule = rule_named(record.at("optimizer").get<std::string>());
    t.optimizer.parameters = reference::parameters_in_order(rules()[t.optimizer.rule].card.card, record.at("settings"));
    t.learning_rate = record.at("learning_rate");
    if (!record.at("clip_norm").is_null()) t.clip_norm = record.at("clip_norm").get<double>();
    for (const Json& layer : record.at("layers")) {
      t.network.shapes.push_back({layer.at("w0").size(), layer.at("b0").size()});
      append_rows(layer.at("w0"), t.initial);
      append_rows(Json::array({layer.at("b0")}), t.initial);
      append_rows(layer.at("w"), t.trained);
      append_rows(Json::array({layer.at("b")}), t.trained);
    }
    t.losses = record.at("losses").get<std::vector<double>>();
    t.final_loss = record.at("final_loss");
    return t;
  }
};

std::vector<float> in_float(std::span<const double> values) {
  std::vector<float> result;
  for (const double value : values) result.push_back(static_cast<float>(value));
  return result;
}

TEST(SlowReference, TrainsAsPyTorchDoes) {
  const TrainingVectors vectors;
  for (const Training& t : vectors.cases) {
    SCOPED_TRACE(t.name);
    ReferenceTrial trial(t.network, t.optimizer, in_float(t.initial), t.clip_norm);
    for (std::size_t k = 0; k < vectors.batches.size(); ++k)
      EXPECT_NEAR(trial.train(vectors.batch(vectors.batches[k]).block(), t.learning_rate), t.losses[k],
                  1e-9 * t.losses[k]);
    EXPECT_LE(distance(trial.parameters(), t.trained), 1e-9 * largest(t.trained));
    EXPECT_NEAR(trial.loss(vectors.whole()), t.final_loss, 1e-9 * t.final_loss);
  }
}

// Every tensor (weights or biases of one layer) on its own: ‖w − expected‖∞ in units of ‖expected‖∞.
template <class A, class B>
double largest_tensor_error(const Network& network, const A& w, const B& expected) {
  double worst = 0;
  std::size_t begin = 0;
  for (const LayerShape& shape : network.shapes)
    for (const std::size_t size : {shape.inputs * shape.outputs, shape.outputs}) {
      const std::span a(w.data() + begin, size);
      const std::span b(expected.data() + begin, size);
      // A tensor of zeros (the only class's) must stay one.
      const double norm = largest(std::vector<double>(b.begin(), b.end()));
      const double error = distance(a, b) / (norm > 0 ? norm : 1e-6);
      worst = error <= worst ? worst : error;
      begin += size;
    }
  return worst;
}

TEST(Engine, TrainsAsPyTorchDoes) {
  const TrainingVectors vectors;
  double worst = 0;
  for (const Kernel* kernel : usable_kernels())
    for (const Training& t : vectors.cases) {
      SCOPED_TRACE(testing::Message() << kernel->name << ", " << t.name);
      const std::vector<LaneOptimizer> lanes(3, t.optimizer);
      Cohort cohort(*kernel, t.network, lanes, in_float(t.initial), vectors.batches[0].size(), t.clip_norm);
      const std::vector<double> rates(lanes.size(), t.learning_rate);
      for (std::size_t k = 0; k < vectors.batches.size(); ++k) {
        const TrainingVectors::Batch batch = vectors.batch(vectors.batches[k]);
        const PerLane losses = cohort.train(batch.block(), rates);
        for (std::size_t t2 = 0; t2 < lanes.size(); ++t2) EXPECT_NEAR(losses[t2], t.losses[k], 1e-4 * t.losses[k]);
      }
      for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
        const double error = largest_tensor_error(t.network, cohort.parameters(lane), t.trained);
        EXPECT_LE(error, 1e-4);
        worst = std::max(worst, error);
      }
      EXPECT_NEAR(cohort.evaluate(vectors.whole()).loss[0], t.final_loss, 1e-4 * t.final_loss);
    }
  RecordProperty("largest_error", fmt::format("{:.2e}", worst));
}

// One lane per rule; 20 steps at a modest rate.
TEST(Engine, FollowsTheSlowReferenceUnderEveryRule) {
  const std::vector<std::size_t> sizes{6, 9, 5, 3};
  const Network network = reference::make_network(sizes, 2, Loss::cross_entropy);
  const std::vector<float> initial = initial_parameters(network.shapes, "pytorch", RandomKey{5, 0});
  constexpr std::size_t kRows = 8;
  constexpr std::size_t kSteps = 20;
  const Table table(network, kRows * kSteps, 21);
  std::vector<LaneOptimizer> lanes;
  std::vector<double> rates;
  for (RuleId rule = 0; rule < kRules; ++rule) {
    lanes.push_back(reference::default_lane(rule));
    rates.push_back(rules()[rule].card.default_rate);
  }
  ASSERT_LE(kRules, kLanes);
  double worst = 0;
  for (const std::optional<double> clip_norm : {std::optional<double>(), std::optional<double>(0.3)}) {
    Cohort cohort(chosen_kernel(), network, lanes, initial, kRows, clip_norm);
    std::vector<PerLane> losses;
    for (std::size_t k = 0; k < kSteps; ++k) losses.push_back(cohort.train(table.block(k * kRows, kRows), rates));
    for (RuleId rule = 0; rule < kRules; ++rule) {
      SCOPED_TRACE(rules()[rule].card.card.name);
      ReferenceTrial trial(network, lanes[rule], initial, clip_norm);
      for (std::size_t k = 0; k < kSteps; ++k)
        EXPECT_NEAR(losses[k][rule], trial.train(table.block(k * kRows, kRows), rates[rule]), 1e-5);
      // A weight's error is a few float roundings (6e-8) per step, and the rules that divide by √v turn a relative
      // error of 1e-6 of a gradient component into one of 1e-6 of the rate: 1e-5 leaves room for 20 steps of either.
      const double error = largest_tensor_error(network, cohort.parameters(rule), trial.parameters());
      EXPECT_LE(error, 1e-5);
      EXPECT_GT(distance(trial.parameters(), initial), 1e-4) << "did not move";
      worst = std::max(worst, error);
    }
  }
  RecordProperty("largest_error", fmt::format("{:.2e}", worst));
}

// Three updates with sgd: the weights hold the gradients. A rate of .1 and gradients of order 1 leave a few roundings
// of 6e-8 per weight; long chains (37 inputs) some more.
void expect_shape_right(const std::vector<std::size_t>& sizes, std::size_t rows, ActivationId activation, Loss loss,
                        std::optional<double> clip_norm) {
  const Network network = reference::make_network(sizes, activation, loss);
  const std::vector<float> initial =
      initial_parameters(network.shapes, "pytorch", RandomKey{static_cast<std::uint32_t>(sizes[0]), 1});
  const Table table(network, 3 * rows, static_cast<std::uint32_t>(rows));
  const std::vector<LaneOptimizer> lanes(5, {rule_named("sgd"), {0}});
  const std::vector<double> rates(lanes.size(), 0.1);
  Cohort cohort(chosen_kernel(), network, lanes, initial, rows, clip_norm);
  ReferenceTrial trial(network, lanes[0], initial, clip_norm);
  for (std::size_t k = 0; k < 3; ++k) {
    const RowBlock batch = table.block(k * rows, rows);
    const PerLane losses = cohort.train(batch, rates);
    EXPECT_NEAR(losses[4], trial.train(batch, rates[4]), 1e-5);
  }
  EXPECT_LE(largest_tensor_error(network, cohort.parameters(4), trial.parameters()), 1e-5);
}

TEST(Engine, IsRightForOddShapes) {
  std::size_t number = 0;
  for (std::size_t inputs = 1; inputs <= 9; ++inputs)
    for (std::size_t outputs = 1; outputs <= 9; ++outputs)
      for (std::size_t hidden = 0; hidden <= 3; ++hidden, ++number) {
        const std::size_t rows = 1 + number % 7;
        SCOPED_TRACE(testing::Message() << inputs << " inputs, " << outputs << " outputs, " << hidden
                                        << " hidden layers, " << rows << " rows");
        std::vector<std::size_t> sizes{inputs};
        for (std::size_t l = 0; l < hidden; ++l) sizes.push_back(1 + (number + 5 * l) % 9);
        sizes.push_back(outputs);
        expect_shape_right(sizes, rows, number % activation_cards().size(),
                           number / 3 % 2 == 0 ? Loss::cross_entropy : Loss::mse,
                           number % 4 == 1 ? std::optional<double>(0.5) : std::nullopt);
      }
}

TEST(Engine, IsRightAcrossThePanelsOfItsBackwardPass) {
  for (const std::size_t width : {15U, 16U, 17U, 31U, 32U, 33U, 37U})
    for (const Loss loss : {Loss::cross_entropy, Loss::mse})
      for (ActivationId activation = 0; activation < activation_cards().size(); ++activation)
        for (const bool clipping : {false, true}) {
          SCOPED_TRACE(testing::Message() << width << " inputs, " << activation_cards()[activation].name);
          expect_shape_right({width, width, 52 - width, 4}, 6, activation, loss,
                             clipping ? std::optional<double>(0.5) : std::nullopt);
        }
}

// 64 rows are one block of the engine's evaluation; the last block may be of any length.
TEST(Engine, EvaluatesWholeSetsAsTheSlowReferenceDoes) {
  for_each_activation_and_loss([](ActivationId activation, Loss loss) {
    for (const std::size_t rows : {1U, 15U, 64U, 65U, 149U}) {
      const std::vector<std::size_t> sizes{7, 11, 5};
      const Network network = reference::make_network(sizes, activation, loss);
      const std::vector<float> initial = initial_parameters(network.shapes, "kaiming_normal", RandomKey{9, 0});
      const Table table(network, rows, 31);
      const LaneOptimizer lane = reference::default_lane(0);
      Cohort cohort(chosen_kernel(), network, std::span(&lane, 1), initial, 4, std::nullopt);
      ReferenceTrial trial(network, lane, initial, std::nullopt);
      const Cohort::Evaluation evaluation = cohort.evaluate(table.block(0, rows));
      const double expected = trial.loss(table.block(0, rows));
      EXPECT_NEAR(evaluation.loss[0], expected, 1e-6 * expected) << rows << " rows";
      EXPECT_EQ(evaluation.error[0], trial.error(table.block(0, rows))) << rows << " rows";
      EXPECT_EQ(cohort.parameters(0), initial) << "evaluation changed a weight";
    }
  });
}

}  // namespace
}  // namespace lrtune
