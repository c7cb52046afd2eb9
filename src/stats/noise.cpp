#include "stats/noise.h"

#include <algorithm>
#include <map>

#include "base/math.h"

namespace lrtune {
namespace {

constexpr double kPriorVariance = 0.02;  // of a log loss: 14 % from seed to seed
constexpr double kPriorDegrees = 4;
constexpr double kPriorBlocks = 2;
constexpr int kTurns = 10;  // of the fit
constexpr int kRounds = 4;  // of fit and variances

// Those whose place and block have two or more of them.
std::vector<Observation> repeated(std::span<const Observation> observations) {
  std::vector<Observation> kept(observations.begin(), observations.end());
  for (std::size_t before = kept.size() + 1; kept.size() < before;) {
    before = kept.size();
    std::map<std::size_t, int> places, blocks;
    for (const Observation& o : kept) {
      ++places[o.place];
      ++blocks[o.block];
    }
    std::erase_if(kept, [&](const Observation& o) { return places[o.place] < 2 || blocks[o.block] < 2; });
  }
  return kept;
}

struct TwoWayFit {
  std::map<std::size_t, double> places;
  std::map<std::size_t, double> blocks;
  std::map<std::size_t, double> weights;  // of the blocks: Σ 1/σ²
};

struct Sum {
  double sum = 0;
  double count = 0;
  double mean() const { return sum / count; }
};

// By the variances known so far: a noisy place must not blur the effect of its blocks, and with it all other places.
TwoWayFit fit(std::span<const Observation> all, std::span<const double> variance) {
  TwoWayFit fitted;
  for (int turn = 0; turn < kTurns; ++turn) {
    std::map<std::size_t, Sum> places, blocks;
    for (const Observation& o : all) {
      Sum& place = places[o.place];
      place.sum += o.y - fitted.blocks[o.block];
      ++place.count;
    }
    for (const auto& [place, sum] : places) fitted.places[place] = sum.mean();
    for (const Observation& o : all) {
      Sum& block = blocks[o.block];
      block.sum += (o.y - fitted.places[o.place]) / variance[o.place];
      block.count += 1 / variance[o.place];
    }
    for (const auto& [block, sum] : blocks) {
      fitted.blocks[block] = sum.mean();
      fitted.weights[block] = sum.count;
    }
  }
  return fitted;
}

// Variance of the blocks' effects beyond what the noise of their means explains, shrunk to `pooled`.
double block_variance(const TwoWayFit& fitted, double pooled) {
  double sum = 0;
  for (const auto& [block, effect] : fitted.blocks) sum += effect;
  const auto count = static_cast<double>(fitted.blocks.size());
  double squares = kPriorBlocks * pooled;
  for (const auto& [block, effect] : fitted.blocks)
    squares += (effect - sum / count) * (effect - sum / count) - 1 / fitted.weights.at(block);
  const double degrees = kPriorBlocks + std::max(0.0, count - 1);
  return std::max(squares / degrees, 0.1 * pooled);
}

// Σ of squared residuals of a place, and the degrees of freedom in it.
struct Residuals {
  double squares = 0;
  double degrees = 0;
};

std::vector<Residuals> residuals_of(std::span<const Observation> all, const TwoWayFit& fitted,
                                    std::span<const double> variance) {
  std::map<std::size_t, double> counts;
  for (const Observation& o : all) ++counts[o.place];
  std::vector<Residuals> found(variance.size());
  for (const Observation& o : all) {
    const double residual = o.y - fitted.places.at(o.place) - fitted.blocks.at(o.block);
    found[o.place].squares += residual * residual;
    // What its place's mean and its block's effect have taken of it.
    found[o.place].degrees += (1 - 1 / counts[o.place]) * (1 - 1 / (variance[o.place] * fitted.weights.at(o.block)));
  }
  return found;
}

Noise pooled_noise(std::span<const double> x, std::span<const Residuals> residuals, double width) {
  Residuals all{kPriorDegrees * kPriorVariance, kPriorDegrees};
  for (const Residuals& r : residuals) {
    all.squares += r.squares;
    all.degrees += r.degrees;
  }
  const double pooled = all.squares / all.degrees;
  Noise noise;
  for (const double place : x) {
    double squares = kPriorDegrees * pooled;
    double degrees = kPriorDegrees;
    for (std::size_t p = 0; p < x.size(); ++p) {
      if (residuals[p].degrees == 0) continue;
      const double u = (x[p] - place) / width;
      const double weight = math::exp(-0.5 * u * u);
      squares += weight * residuals[p].squares;
      degrees += weight * residuals[p].degrees;
    }
    noise.variance.push_back(squares / degrees);
  }
  noise.block_variance = pooled;
  noise.degrees = all.degrees;
  return noise;
}

}  // namespace

Noise estimate_noise(std::span<const double> x, std::span<const Observation> observations, double width) {
  const std::vector<Observation> all = repeated(observations);
  Noise noise = pooled_noise(x, std::vector<Residuals>(x.size()), width);
  if (all.empty()) return noise;
  TwoWayFit fitted;
  for (int round = 0; round < kRounds; ++round) {
    fitted = fit(all, noise.variance);
    noise = pooled_noise(x, residuals_of(all, fitted, noise.variance), width);
  }
  noise.block_variance = block_variance(fitted, noise.block_variance);
  return noise;
}

}  // namespace lrtune
