#include "train/curvature.h"

#include "base/check.h"

namespace lrtune {

std::vector<std::vector<double>> hessian_products(const Kernel& kernel, const Network& network, const RowBlock& rows,
                                                  std::span<const CurvatureLane> lanes) {
  LRTUNE_CHECK(!lanes.empty() && lanes.size() <= kLanes, lanes.size());
  LRTUNE_CHECK(network.shapes.size() <= kMostLayers, network.shapes.size());
  std::vector<Slab> slabs;
  const auto take = [&](std::size_t places) {
    slabs.emplace_back(places * kLanes);
    return slabs.back().data();
  };
  CurvatureView view{};
  view.layers = network.shapes.size();
  view.activation = network.activation;
  view.loss = network.loss;
  view.rows = rows.rows;
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
  float* parameters = take(view.parameter_count);
  float* direction = take(view.parameter_count);
  for (std::size_t p = 0; p < view.parameter_count; ++p)
    for (std::size_t t = 0; t < lanes.size(); ++t) {
      parameters[p * kLanes + t] = lanes[t].parameters[p];
      direction[p * kLanes + t] = lanes[t].direction[p];
    }
  view.parameters = parameters;
  view.direction = direction;
  view.product = take(view.parameter_count);
  std::vector<double> sum(view.parameter_count * kLanes);
  view.sum = sum.data();
  for_each_block(rows, network.shapes.front().inputs, network.shapes.back().outputs,
                 [&](const RowBlock& block) { kernel.curvature(view, block); });
  std::vector<std::vector<double>> products(lanes.size(), std::vector<double>(view.parameter_count));
  for (std::size_t p = 0; p < view.parameter_count; ++p)
    for (std::size_t t = 0; t < lanes.size(); ++t) products[t][p] = sum[p * kLanes + t];
  return products;
}

double curvature_work(const Network& network) {
  double training = 0;
  double curvature = 0;
  for (std::size_t l = 0; l < network.shapes.size(); ++l) {
    const double products = static_cast<double>(network.shapes[l].inputs * network.shapes[l].outputs);
    training += products * (l == 0 ? 2 : 3);
    curvature += products * (l == 0 ? 3 : 8);
  }
  return curvature / training;
}

}  // namespace lrtune
