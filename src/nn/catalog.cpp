#include "nn/catalog.h"

#include <array>

namespace lrtune {
namespace {

constexpr std::array kActivations = {
    Card{"relu", "max(0, z)", "Nair and Hinton, ICML 2010", {}},
    Card{"leaky_relu", "z if z > 0, else 0.01·z", "Maas, Hannun and Ng, ICML 2013", {}},
    Card{"tanh", "tanh(z)", "", {}},
    Card{"sigmoid", "1/(1 + exp(−z))", "", {}},
    Card{"gelu", "z·Φ(z), the exact form with erf", "Hendrycks and Gimpel, arXiv:1606.08415", {}},
};

constexpr std::array kInits = {
    Card{"kaiming_uniform", "U(±√6/√fan_in), biases 0", "He et al., ICCV 2015", {}},
    Card{"kaiming_normal", "N(0, 2/fan_in), biases 0", "He et al., ICCV 2015", {}},
    Card{"xavier_uniform", "U(±√6/√(fan_in + fan_out)), biases 0", "Glorot and Bengio, AISTATS 2010", {}},
    Card{"xavier_normal", "N(0, 2/(fan_in + fan_out)), biases 0", "Glorot and Bengio, AISTATS 2010", {}},
    Card{"pytorch", "weights and biases U(±1/√fan_in), PyTorch's default for nn.Linear", "torch.nn.Linear", {}},
};

constexpr std::array kLosses = {
    Card{"cross_entropy", "mean over rows of −log softmax(z)[class]", "", {}},
    Card{"mse", "mean over rows and outputs of (z − y)²", "", {}},
};

}  // namespace

std::span<const Card> activation_cards() { return kActivations; }
std::span<const Card> init_cards() { return kInits; }
std::span<const Card> loss_cards() { return kLosses; }

}  // namespace lrtune
