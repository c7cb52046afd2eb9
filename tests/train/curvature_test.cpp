// Products with the Hessian: against PyTorch's double differentiation, and against central differences of the slow
// reference's gradients.
#include "train/curvature.h"

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

double norm(std::span<const double> a) {
  double sum = 0;
  for (const double value : a) sum += value * value;
  return std::sqrt(sum);
}

// |a − b| in units of |b|.
double relative_distance(std::span<const double> a, std::span<const double> b) {
  EXPECT_EQ(a.size(), b.size());
  std::vector<double> difference;
  for (std::size_t i = 0; i < a.size(); ++i) difference.push_back(a[i] - b[i]);
  return norm(difference) / norm(b);
}

template <class T>
std::vector<T> flat(const Json& rows) {
  std::vector<T> values;
  for (const Json& row : rows)
    for (const Json& value : row) values.push_back(value.get<T>());
  return values;
}

template <class Rows>
std::size_t row_named(const Rows& cards, const std::string& name) {
  for (std::size_t id = 0; id < cards.size(); ++id)
    if (cards[id].name == name) return id;
  throw std::runtime_error(name);
}

std::vector<float> directions(std::size_t count, std::uint32_t key) {
  std::vector<float> v;
  for (std::size_t i = 0; i < count; ++i) v.push_back(static_cast<float>(random_normal({key, 0}, Purpose::test, 7, i)));
  return v;
}

TEST(HessianProducts, AreThoseOfPyTorch) {
  const Json vectors = reference::read_vectors("curvature.json");
  const auto features = flat<float>(vectors.at("features"));
  const auto labels = vectors.at("labels").get<std::vector<std::int32_t>>();
  const auto targets = flat<float>(vectors.at("targets"));
  for (const Kernel* kernel : usable_kernels())
    for (const Json& record : vectors.at("cases")) {
      SCOPED_TRACE(testing::Message() << kernel->name << ", " << record.at("activation") << ", " << record.at("loss"));
      const auto loss = static_cast<Loss>(row_named(loss_cards(), record.at("loss")));
      const std::vector<std::size_t> sizes{6, 8, 7, loss == Loss::mse ? 2U : 4U};
      const Network network =
          reference::make_network(sizes, row_named(activation_cards(), record.at("activation")), loss);
      const auto parameters = record.at("parameters").get<std::vector<float>>();
      const auto direction = record.at("direction").get<std::vector<float>>();
      const std::vector<CurvatureLane> lanes(2, {parameters.data(), direction.data()});
      const auto products =
          hessian_products(*kernel, network, {labels.size(), features.data(), labels.data(), targets.data()}, lanes, 1);
      EXPECT_LE(relative_distance(products[0], record.at("product").get<std::vector<double>>()), 1e-6);
      EXPECT_EQ(products[1], products[0]);
    }
}

// Where the network is all but certain, the Hessian is small, and its digits must not be lost to the ones of softmax.
// 150 rows: two whole blocks and a part of one. The differences are good to some 1e-8.
TEST(HessianProducts, AreCentralDifferencesOfTheSlowReferencesGradients) {
  for (ActivationId activation = 0; activation < activation_cards().size(); ++activation)
    for (const Loss loss : {Loss::cross_entropy, Loss::mse})
      for (const float scale : {1.0F, 4.0F}) {
        SCOPED_TRACE(testing::Message() << activation_cards()[activation].name << ", " << static_cast<int>(loss) << ", "
                                        << scale);
        const std::vector<std::size_t> sizes{5, 9, 6, 3};
        const Network network = reference::make_network(sizes, activation, loss);
        Table table(network, 150, 11);
        std::vector<float> w = initial_parameters(network.shapes, "pytorch", RandomKey{3, 0});
        for (float& value : w) value *= scale;
        const std::vector<float> v = directions(w.size(), 8);
        ReferenceTrial trial(network, reference::default_lane(0), w, std::nullopt);
        if (scale > 1)  // its own predictions are the labels
          for (std::size_t row = 0; row < 150; ++row) table.labels[row] = trial.prediction(table.block(row, 1));
        const RowBlock rows = table.block(0, 150);
        constexpr double kStep = 1e-6;
        std::vector<double> expected(w.size());
        for (const double sign : {1.0, -1.0}) {
          for (std::size_t p = 0; p < w.size(); ++p)
            trial.parameters()[p] = static_cast<double>(w[p]) + sign * kStep * static_cast<double>(v[p]);
          const std::vector<double> g = trial.gradient(rows);
          for (std::size_t p = 0; p < w.size(); ++p) expected[p] += sign * g[p] / (2 * kStep);
        }
        const std::vector<CurvatureLane> lanes = {{w.data(), v.data()}};
        const auto products = hessian_products(chosen_kernel(), network, rows, lanes, 2);
        EXPECT_LE(relative_distance(products[0], expected), 5e-6);
      }
}

TEST(HessianProducts, AreTheSameBitsOnEveryKernelAndInEveryLane) {
  for (ActivationId activation = 0; activation < activation_cards().size(); ++activation)
    for (const Loss loss : {Loss::cross_entropy, Loss::mse}) {
      const std::vector<std::size_t> sizes{7, 13, 6, 3};
      const Network network = reference::make_network(sizes, activation, loss);
      const Table table(network, 150, 11);
      std::vector<std::vector<float>> w;
      std::vector<std::vector<float>> v;
      std::vector<CurvatureLane> lanes;
      for (std::uint32_t t = 0; t < kLanes; ++t) {
        w.push_back(initial_parameters(network.shapes, "kaiming_normal", RandomKey{3, t}));
        v.push_back(directions(w.back().size(), t));
      }
      for (std::size_t t = 0; t < kLanes; ++t) lanes.push_back({w[t].data(), v[t].data()});
      const auto expected = hessian_products(*usable_kernels().back(), network, table.block(0, 150), lanes, 1);
      for (const Kernel* kernel : usable_kernels()) {
        EXPECT_EQ(hessian_products(*kernel, network, table.block(0, 150), lanes, 1), expected) << kernel->name;
        EXPECT_EQ(hessian_products(*kernel, network, table.block(0, 150), std::span(lanes).subspan(5, 1), 3).front(),
                  expected[5]);
      }
    }
}

TEST(CurvatureWork, CountsTheProductsOfEveryLayer) {
  const std::vector<std::size_t> linear{7, 3};
  EXPECT_DOUBLE_EQ(curvature_work(reference::make_network(linear, 0, Loss::mse)), 1.5);
  const std::vector<std::size_t> deep{10, 10, 10};
  EXPECT_DOUBLE_EQ(curvature_work(reference::make_network(deep, 0, Loss::mse)), 11.0 / 5);
}

}  // namespace
}  // namespace lrtune
