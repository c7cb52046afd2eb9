#include "train/curvature.h"

#include <algorithm>

#include "base/parallel.h"
#include "base/require.h"

namespace lrtune {
namespace {

constexpr std::size_t kParts = 4;

struct Lanewise {
  Slab parameters;  // [parameter][lane]
  Slab direction;
};

Lanewise lanewise(std::span<const CurvatureLane> lanes, std::size_t count) {
  Lanewise out{Slab(count * kLanes), Slab(count * kLanes)};
  for (std::size_t p = 0; p < count; ++p)
    for (std::size_t t = 0; t < lanes.size(); ++t) {
      out.parameters.data()[p * kLanes + t] = lanes[t].parameters[p];
      out.direction.data()[p * kLanes + t] = lanes[t].direction[p];
    }
  return out;
}

// The share of `part`, one of the parts of a set of `all` rows: [parameter][lane].
std::vector<double> part_of_product(const Kernel& kernel, const Network& network, const RowBlock& part, std::size_t all,
                                    const Lanewise& lanes) {
  std::vector<Slab> slabs;
  const auto take = [&](std::size_t places) {
    slabs.emplace_back(places * kLanes);
    return slabs.back().data();
  };
  CurvatureView view{};
  view.layers = network.shapes.size();
  view.activation = network.activation;
  view.loss = network.loss;
  view.rows = all;
  view.parameter_count = network.parameter_count();
  for (std::size_t l = 0; l < view.layers; ++l) {
    const std::size_t places = kEvaluationRows * network.shapes[l].outputs;
    view.shapes[l] = network.shapes[l];
    view.outputs[l] = take(places);
    view.changes[l] = take(places);
    if (l + 1 == view.layers) continue;
    view.slopes[l] = take(places);
    view.bends[l] = take(places);
  }
  view.parameters = lanes.parameters.data();
  view.direction = lanes.direction.data();
  view.product = take(view.parameter_count);
  std::vector<double> sum(view.parameter_count * kLanes);
  view.sum = sum.data();
  for_each_block(part, network.shapes.front().inputs, network.shapes.back().outputs,
                 [&](const RowBlock& block) { kernel.curvature(view, block); });
  return sum;
}

}  // namespace

std::vector<std::vector<double>> hessian_products(const Kernel& kernel, const Network& network, const RowBlock& rows,
                                                  std::span<const CurvatureLane> lanes, std::size_t threads) {
  LRTUNE_CHECK(!lanes.empty() && lanes.size() <= kLanes, lanes.size());
  LRTUNE_CHECK(network.shapes.size() <= kMostLayers, network.shapes.size());
  const std::size_t count = network.parameter_count();
  const Lanewise points = lanewise(lanes, count);
  const std::size_t blocks = (rows.rows + kEvaluationRows - 1) / kEvaluationRows;
  const std::size_t part_rows = (blocks + kParts - 1) / kParts * kEvaluationRows;
  const std::size_t parts = (rows.rows + part_rows - 1) / part_rows;
  std::vector<std::vector<double>> sums(parts);
  for_each_job(parts, threads, [&](std::size_t i) {
    const std::size_t first = i * part_rows;
    const RowBlock part = rows_from(rows, first, std::min(part_rows, rows.rows - first), network.shapes.front().inputs,
                                    network.shapes.back().outputs);
    sums[i] = part_of_product(kernel, network, part, rows.rows, points);
  });
  for (std::size_t i = 1; i < parts; ++i)
    for (std::size_t place = 0; place < sums[0].size(); ++place) sums[0][place] += sums[i][place];
  std::vector<std::vector<double>> products(lanes.size(), std::vector<double>(count));
  for (std::size_t p = 0; p < count; ++p)
    for (std::size_t t = 0; t < lanes.size(); ++t) products[t][p] = sums[0][p * kLanes + t];
  return products;
}

double curvature_work(const Network& network) {
  double training = 0;
  double curvature = 0;
  for (std::size_t l = 0; l < network.shapes.size(); ++l) {
    const auto products = static_cast<double>(network.shapes[l].inputs * network.shapes[l].outputs);
    training += products * (l == 0 ? 2 : 3);
    curvature += products * (l == 0 ? 3 : 8);
  }
  return curvature / training;
}

}  // namespace lrtune
