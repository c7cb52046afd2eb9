#include "optim/catalog.h"

#include <array>

namespace lrtune {
namespace {

constexpr Bounds kUnit{.min = 0, .max = 1, .min_open = false, .max_open = true};
constexpr Bounds kNotNegative{.min = 0, .max = 1e6, .min_open = false, .max_open = false};
constexpr Bounds kPositive{.min = 0, .max = 1, .min_open = true, .max_open = false};
constexpr Bounds kSwitch{.min = 0, .max = 1, .min_open = false, .max_open = false};

constexpr Parameter real(std::string_view name, double value, Bounds bounds, std::string_view summary) {
  return {name, value, bounds, ParameterKind::real, summary};
}

constexpr Parameter kWeightDecay =
    real("weight_decay", 0, kNotNegative, "L2 penalty: this times w is added to the gradient");
constexpr Parameter kBeta1 = real("beta1", 0.9, kUnit, "decay of the first moment");
constexpr Parameter kBeta2 = real("beta2", 0.999, kUnit, "decay of the second moment");
constexpr Parameter kEps = real("eps", 1e-8, kPositive, "added to the divisor");

constexpr std::array kSgd = {kWeightDecay};
constexpr std::array kMomentum = {
    real("momentum", 0.9, kUnit, "decay of the buffer"),
    real("dampening", 0, {0, 1, false, false}, "share of the gradient kept out of the buffer"), kWeightDecay};
constexpr std::array kNesterov = {real("momentum", 0.9, kUnit, "decay of the buffer"), kWeightDecay};
constexpr std::array kAdagrad = {real("lr_decay", 0, kNotNegative, "the rate is divided by 1 + (t − 1)·this"),
                                 real("initial_accumulator", 0, kNotNegative, "of the squared gradients"),
                                 real("eps", 1e-10, kPositive, "added to the root"), kWeightDecay};
constexpr std::array kAdadelta = {real("rho", 0.9, kUnit, "decay of both averages"),
                                  real("eps", 1e-6, kPositive, "inside both roots"), kWeightDecay};
constexpr std::array kRmsprop = {real("alpha", 0.99, kUnit, "decay of the squared gradients"),
                                 real("eps", 1e-8, kPositive, "added to the root"),
                                 Parameter{"centered", 0, kSwitch, ParameterKind::boolean,
                                           "divide by the standard deviation instead of the root mean square"},
                                 real("momentum", 0, kUnit, "decay of the buffer; 0: none"), kWeightDecay};
constexpr std::array kAdam = {kBeta1, kBeta2, kEps, kWeightDecay};
constexpr std::array kAdamW = {kBeta1, kBeta2, kEps,
                               real("weight_decay", 0.01, kNotNegative, "decoupled: w is multiplied by 1 − lr·this")};
constexpr std::array kNAdam = {
    kBeta1, kBeta2, kEps, real("momentum_decay", 0.004, kNotNegative, "ψ of the momentum's warm-up"), kWeightDecay};
constexpr std::array kLion = {kBeta1, real("beta2", 0.99, kUnit, "decay of the momentum"),
                              real("weight_decay", 0, kNotNegative, "decoupled: w is multiplied by 1 − lr·this")};

constexpr std::array kOptimizers = {
    OptimizerCard{{"sgd", "w −= lr·g", "Robbins and Monro, 1951; torch.optim.SGD", kSgd}, 1e-2},
    OptimizerCard{{"momentum", "b = µ·b + (1 − dampening)·g; w −= lr·b", "Polyak, 1964; torch.optim.SGD", kMomentum},
                  1e-2},
    OptimizerCard{
        {"nesterov", "b = µ·b + g; w −= lr·(g + µ·b)", "Sutskever et al., ICML 2013; torch.optim.SGD", kNesterov},
        1e-2},
    OptimizerCard{{"adagrad", "S += g²; w −= lr·g/(√S + eps)",
                   "Duchi, Hazan and Singer, JMLR 2011; torch.optim.Adagrad", kAdagrad},
                  1e-2},
    OptimizerCard{{"adadelta", "step = √(A + eps)/√(E + eps)·g with averages E of g² and A of step²",
                   "Zeiler, arXiv:1212.5701; torch.optim.Adadelta", kAdadelta},
                  1.0},
    OptimizerCard{{"rmsprop", "V = α·V + (1 − α)·g²; w −= lr·g/(√V + eps)",
                   "Tieleman and Hinton, 2012; torch.optim.RMSprop", kRmsprop},
                  1e-2},
    OptimizerCard{{"adam", "w −= lr·m̂/(√v̂ + eps)", "Kingma and Ba, ICLR 2015, algorithm 1; torch.optim.Adam", kAdam},
                  1e-3},
    OptimizerCard{{"amsgrad", "adam with the largest v so far",
                   "Reddi, Kale and Kumar, ICLR 2018; torch.optim.Adam(amsgrad=True)", kAdam},
                  1e-3},
    OptimizerCard{
        {"adamw", "adam with decoupled weight decay", "Loshchilov and Hutter, ICLR 2019; torch.optim.AdamW", kAdamW},
        1e-3},
    OptimizerCard{{"nadam", "adam with Nesterov's momentum", "Dozat, ICLR workshop 2016; torch.optim.NAdam", kNAdam},
                  2e-3},
    OptimizerCard{
        {"radam", "adam with the variance of its divisor rectified", "Liu et al., ICLR 2020; torch.optim.RAdam", kAdam},
        1e-3},
    OptimizerCard{{"adamax", "u = max(β2·u, |g| + eps); w −= lr/(1 − β1^t)·m/u",
                   "Kingma and Ba, ICLR 2015, algorithm 2; torch.optim.Adamax", kAdam},
                  2e-3},
    OptimizerCard{
        {"lion", "w −= lr·sign(β1·m + (1 − β1)·g); m = β2·m + (1 − β2)·g", "Chen et al., arXiv:2302.06675", kLion},
        1e-4},
};

}  // namespace

std::span<const OptimizerCard> optimizer_cards() { return kOptimizers; }

}  // namespace lrtune
