// Sharpness and stability edges of whole experiments, against Hessians that are known.
#include "train/sharpness.h"

#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <cmath>

#include "nn/init.h"
#include "reference/reference_trial.h"
#include "train/isa.h"

namespace lrtune {
namespace {

Config small_config(std::vector<std::size_t> hidden, const std::string& activation, const std::string& loss) {
  Config config;
  data_of(config).format = DataFormat::synthetic;
  // Of seed 3, the second eigenvector meets the stopping rule for adamw, as docs/sharpness.md says can happen.
  data_of(config).synthetic = {"blobs", 100, 0.2, 4};
  model_of(config) = {std::move(hidden), activation, "pytorch"};
  config.training.epochs = 24;
  config.training.batch_size = 7;  // 80 training rows: the last minibatch is left out of training, not of the sharpness
  config.training.loss = loss;
  for (const OptimizerCard& row : optimizer_cards())
    config.optimizers.push_back({std::string(row.card.name), std::string(row.card.name), default_settings(row.card)});
  return config;
}

struct Fixture {
  explicit Fixture(Config c) : config(std::move(c)), task(load_task(data_of(config), ".")) {}
  Config config;
  Task task;
  Experiment experiment(const Kernel& kernel = chosen_kernel()) const {
    return make_experiment(config, task, kernel, 1);
  }
  std::size_t entry(std::string_view name) const {
    for (std::size_t i = 0; i < config.optimizers.size(); ++i)
      if (config.optimizers[i].name == name) return i;
    throw std::runtime_error(std::string(name));
  }
};

std::vector<std::optional<double>> at_default_rates() {
  std::vector<std::optional<double>> rates;
  for (const OptimizerCard& card : optimizer_cards()) rates.push_back(card.default_rate);
  return rates;
}

double largest_eigenvalue(const Eigen::MatrixXd& h) {
  return Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(h).eigenvalues().maxCoeff();
}

// Of the mean loss over all training rows, column by column: differences of the slow reference's gradients, good to
// some 1e-8. Linear models with mse are quadratic: there the step does not matter.
Eigen::MatrixXd hessian(const Experiment& e, std::span<const float> at) {
  reference::ReferenceTrial trial(e.network, e.entries[0], at, std::nullopt);
  const RowBlock rows = training_rows(e);
  const auto n = static_cast<Eigen::Index>(at.size());
  Eigen::MatrixXd h(n, n);
  constexpr double kStep = 1e-6;
  for (Eigen::Index p = 0; p < n; ++p) {
    double& w = trial.parameters()[static_cast<std::size_t>(p)];
    const double before = w;
    w = before + kStep;
    const std::vector<double> above = trial.gradient(rows);
    w = before - kStep;
    const std::vector<double> below = trial.gradient(rows);
    w = before;
    for (Eigen::Index q = 0; q < n; ++q) {
      const auto i = static_cast<std::size_t>(q);
      h(q, p) = (above[i] - below[i]) / (2 * kStep);
    }
  }
  return (h + h.transpose()) / 2;
}

// 2/(n·K)·[x 1]ᵀ[x 1], the same for every output.
Eigen::MatrixXd linear_hessian(const Experiment& e) {
  const Rows& rows = e.task->train;
  const auto n = static_cast<Eigen::Index>(rows.count);
  const auto features = static_cast<Eigen::Index>(rows.features.size() / rows.count);
  using Table = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  Eigen::MatrixXd x(n, features + 1);
  x.leftCols(features) = Eigen::Map<const Table>(rows.features.data(), n, features).cast<double>();
  x.col(features).setOnes();
  return 2 * x.transpose() * x / static_cast<double>(rows.count * e.network.shapes.back().outputs);
}

TEST(Sharpness, OfAQuadraticIsItsLargestEigenvalue) {
  const Fixture f(small_config({}, "relu", "mse"));
  const Experiment e = f.experiment();
  const double expected = largest_eigenvalue(linear_hessian(e));
  const auto measured = measure_stability(e, 0, at_default_rates(), 1);
  for (std::size_t entry = 0; entry < measured.size(); ++entry) {
    EXPECT_NEAR(measured[entry].start.sharpness->value, expected, 1e-4 * expected);
    ASSERT_TRUE(measured[entry].end);
    EXPECT_NEAR(measured[entry].end->sharpness->value, expected, 1e-4 * expected);
    EXPECT_TRUE(measured[entry].end->sharpness->converged);
  }
  EXPECT_NEAR(*measured[f.entry("sgd")].start.edge, 2 / expected, 1e-3 / expected);
  EXPECT_NEAR(*measured[f.entry("momentum")].start.edge, 3.8 / expected, 1e-3 / expected);
  EXPECT_NEAR(*measured[f.entry("nesterov")].end->edge, 3.8 / 2.8 / expected, 1e-3 / expected);
  for (const char* none : {"adagrad", "adadelta", "rmsprop", "lion"}) {
    EXPECT_FALSE(measured[f.entry(none)].start.edge) << none;
    EXPECT_FALSE(measured[f.entry(none)].end->edge) << none;
  }
}

// The edge of sgd on a quadratic is where training really turns: just below it the loss falls, just above it grows.
TEST(Sharpness, TellsWhereAQuadraticDiverges) {
  Config config = small_config({}, "relu", "mse");
  config.training.batch_size = 80;  // the whole set
  config.training.epochs = 400;
  const Fixture f(config);
  const Experiment e = f.experiment();
  const auto measured = measure_stability(e, 0, std::vector<std::optional<double>>(f.config.optimizers.size()), 1);
  for (const char* name : {"sgd", "momentum", "nesterov"}) {
    const double edge = *measured[f.entry(name)].start.edge;
    const std::vector<TrialRequest> requests = {{Stage::fine, {f.entry(name), 0.9 * edge, 0}},
                                                {Stage::fine, {f.entry(name), 1.02 * edge, 0}}};
    const auto trials = train_trials(e, requests, 1);
    EXPECT_EQ(trials[0].status, TrialStatus::completed) << name;
    EXPECT_LT(trials[0].curve.train_loss.back(), trials[0].curve.train_loss.front()) << name;
    EXPECT_EQ(trials[1].status, TrialStatus::diverged) << name;
  }
}

TEST(Sharpness, OfSmallNetworksIsThatOfTheirWholeHessian) {
  for (const char* activation : {"relu", "tanh", "gelu"}) {
    SCOPED_TRACE(activation);
    const Fixture f(small_config({6, 4}, activation, "cross_entropy"));
    const Experiment e = f.experiment();
    const std::vector<float> initial = e.initial(RandomKey{e.search_seed, 0});
    std::vector<std::optional<double>> rates(f.config.optimizers.size());
    rates[0] = 0.1;
    const auto measured = measure_stability(e, 0, rates, 1);
    const double start = largest_eigenvalue(hessian(e, initial));
    EXPECT_NEAR(measured[0].start.sharpness->value, start, 1e-3 * start);
    const std::vector<TrialRequest> request = {{Stage::confirm, {0, 0.1, 0}}};
    const auto end = train_to_end(e, request, 1);
    const double last = largest_eigenvalue(hessian(e, end[0]->parameters));
    EXPECT_NEAR(measured[0].end->sharpness->value, last, 1e-3 * last);
    EXPECT_FALSE(measured[1].end);
  }
}

// λ_P with the divisor worked out here, from the second moments of the optimizer's state.
TEST(Sharpness, OfTheAdamFamilyIsPreconditioned) {
  Config config = small_config({}, "relu", "mse");
  for (OptimizerConfig& optimizer : config.optimizers)
    for (Setting& setting : optimizer.settings)
      if (setting.name == "weight_decay") setting.value = 0.1;  // decoupled for adamw, L2 for the others
  const Fixture f(config);
  const Experiment e = f.experiment();
  const auto rates = at_default_rates();
  const auto measured = measure_stability(e, 0, rates, 1);
  for (const char* name : {"adam", "adamw", "nadam", "amsgrad", "adamax"}) {
    SCOPED_TRACE(name);
    const std::size_t entry = f.entry(name);
    const std::vector<TrialRequest> request = {{Stage::confirm, {entry, *rates[entry], 0}}};
    const auto end = train_to_end(e, request, 1);
    const auto n = static_cast<Eigen::Index>(end[0]->parameters.size());
    Eigen::MatrixXd h = hessian(e, end[0]->parameters);
    if (name != std::string("adamw")) h += 0.1 * Eigen::MatrixXd::Identity(n, n);
    Eigen::VectorXd root(n);
    const double correction = 1 - std::pow(0.999, static_cast<double>(e.updates));
    for (Eigen::Index p = 0; p < n; ++p) {
      const double v =
          static_cast<double>(end[0]->slots[name == std::string("amsgrad") ? 2 : 1][static_cast<std::size_t>(p)]);
      const double divisor = name == std::string("adamax") ? v : std::sqrt(v / correction) + 1e-8;
      root(p) = 1 / std::sqrt(divisor);
    }
    const double expected = largest_eigenvalue(root.asDiagonal() * h * root.asDiagonal());
    ASSERT_TRUE(measured[entry].end && measured[entry].end->preconditioned);
    EXPECT_NEAR(measured[entry].end->preconditioned->value, expected, 1e-3 * expected);
    const double mu = 0.9 * (1 - 0.5 * std::pow(0.96, 0.004 * static_cast<double>(e.updates + 1)));  // of nadam
    const double product = name == std::string("nadam") ? 2 / (1 - mu + mu / 19) : 38;
    EXPECT_NEAR(*measured[entry].end->edge, product / expected, 1e-3 * product / expected);
    EXPECT_FALSE(measured[entry].start.edge);
  }
}

TEST(Sharpness, IsTheSameBitsOnEveryKernelAndWithAnyThreads) {
  const Fixture f(small_config({9}, "gelu", "cross_entropy"));
  auto rates = at_default_rates();
  rates[3].reset();
  const auto expected = measure_stability(f.experiment(), 2, rates, 1);
  for (const Kernel* kernel : usable_kernels())
    for (const std::size_t threads : {1U, 3U})
      EXPECT_EQ(measure_stability(f.experiment(*kernel), 2, rates, threads), expected) << kernel->name;
  EXPECT_FALSE(expected[3].end);
  // What is measured beside it has no say in an entry's end.
  std::vector<std::optional<double>> alone(rates.size());
  alone[5] = rates[5];
  EXPECT_EQ(measure_stability(f.experiment(), 2, alone, 1)[5], expected[5]);
}

TEST(Sharpness, HasNoEndWhereTrainingDiverges) {
  const Fixture f(small_config({9}, "relu", "cross_entropy"));
  std::vector<std::optional<double>> rates(f.config.optimizers.size());
  rates[0] = 1e20;
  const auto measured = measure_stability(f.experiment(), 0, rates, 1);
  EXPECT_FALSE(measured[0].end);
  EXPECT_TRUE(measured[0].start.sharpness);
}

// Spectral radius of one update along a direction of curvature λ (in units of the divisor), written as a matrix: the
// largest |eigenvalue| passes 1 at the edge.
double radius(const Eigen::Matrix2d& step) { return step.eigenvalues().cwiseAbs().maxCoeff(); }

TEST(StabilityEdges, AreWhereOneUpdateBeginsToGrow) {
  struct Case {
    const char* name;
    std::vector<double> parameters;
    std::size_t t;
    Eigen::Matrix2d (*step)(double rate_times_curvature);  // of (w, buffer)
  };
  using M = Eigen::Matrix2d;
  const std::vector<Case> cases = {
      {"sgd",
       {0},
       1,
       [](double a) {
         return M{{1 - a, 0}, {0, 0}};
       }},
      {"momentum",
       {0.7, 0, 0},
       1,
       [](double a) {
         return M{{1 - a, -0.7}, {a, 0.7}};
       }},
      {"momentum",
       {0.7, 0.4, 0},
       9,
       [](double a) {
         return M{{1 - 0.6 * a, -0.7}, {0.6 * a, 0.7}};
       }},
      {"nesterov",
       {0.7, 0},
       1,
       [](double a) {
         return M{{1 - 1.7 * a, -0.49}, {a, 0.7}};
       }},
      {"adam",
       {0.8, 0.999, 1e-8, 0},
       9,
       [](double a) {
         return M{{1 - 0.2 * a, -0.8}, {0.2 * a, 0.8}};
       }},
      {"adamax",
       {0.8, 0.999, 1e-8, 0},
       9,
       [](double a) {
         return M{{1 - 0.2 * a, -0.8}, {0.2 * a, 0.8}};
       }},
      {"radam",
       {0.8, 0.999, 1e-8, 0},
       9,
       [](double a) {
         return M{{1 - 0.2 * a, -0.8}, {0.2 * a, 0.8}};
       }},
      // µ = ½·0.8, and 0.8 once its warm-up is over
      {"nadam",
       {0.8, 0.999, 1e-8, 1e-12, 0},
       9,
       [](double a) {
         return M{{1 - a * (0.6 + 0.4 * 0.2), -0.4 * 0.8}, {0.2 * a, 0.8}};
       }},
      {"nadam",
       {0.8, 0.999, 1e-8, 1, 0},
       99999,
       [](double a) {
         return M{{1 - a * (0.2 + 0.8 * 0.2), -0.8 * 0.8}, {0.2 * a, 0.8}};
       }},
  };
  for (const Case& c : cases) {
    const Edge edge = rules()[rule_named(c.name)].edge(c.parameters, c.t);
    EXPECT_LT(radius(c.step(0.999 * edge.product)), 1) << c.name;
    EXPECT_GT(radius(c.step(1.001 * edge.product)), 1) << c.name;
  }
}

TEST(StabilityEdges, CountL2DecayAsCurvature) {
  for (RuleId rule = 0; rule < kRules; ++rule) {
    if (rules()[rule].edge == nullptr) continue;
    std::vector<double> parameters;
    for (const Parameter& p : rules()[rule].card.card.parameters)
      parameters.push_back(p.name == "weight_decay" ? 0.25 : p.default_value);
    const double expected = rules()[rule].card.card.name == "adamw" ? 0 : 0.25;
    EXPECT_EQ(rules()[rule].edge(parameters, 5).l2, expected) << rules()[rule].card.card.name;
  }
}

}  // namespace
}  // namespace lrtune
