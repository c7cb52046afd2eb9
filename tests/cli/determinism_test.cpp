// The same bytes, whatever the machine does: threads, runs, instruction sets.
#include "cli/program.h"

namespace lrtune {
namespace {

struct Setup {
  const char* name;
  const char* config;
};

// Every optimizer in each; between them four activations, both losses, warm-up, clipping, weight decay, and schedules
// with state and without.
constexpr Setup kSetups[] = {
    {"WarmUpClippingAndCosine", R"({
      "data": {"synthetic": {"name": "moons", "rows": 70}}, "model": {"hidden": [5, 3], "activation": "gelu"},
      "training": {"epochs": 4, "batch_size": 13, "looks_per_epoch": 2, "warmup_epochs": 1, "clip_norm": 0.5,
                   "schedule": {"name": "cosine", "floor": 0.1}},
      "search": {"seeds": 2, "max_seeds": 2, "coarse_per_decade": 2, "fine_per_decade": 4}})"},
    {"PlateauOnARegression", R"({
      "data": {"synthetic": {"name": "noisy_regression", "rows": 70}}, "model": {"hidden": [5], "activation": "tanh"},
      "training": {"epochs": 5, "batch_size": 9, "weight_decay": 0.01,
                   "schedule": {"name": "plateau", "patience": 0, "factor": 0.5}},
      "search": {"seeds": 2, "max_seeds": 2, "coarse_per_decade": 2, "fine_per_decade": 4}})"},
    {"OneCycleOfSigmoids", R"({
      "data": {"synthetic": {"name": "blobs", "rows": 90}},
      "model": {"hidden": [17], "activation": "sigmoid", "init": "xavier_normal"},
      "training": {"epochs": 3, "batch_size": 16, "schedule": "one_cycle"},
      "search": {"seeds": 2, "max_seeds": 2, "coarse_per_decade": 1, "fine_per_decade": 4,
                 "objective": "best_validation_loss"}})"},
    {"TriangularLeakyRelu", R"({
      "data": {"synthetic": {"name": "spirals", "rows": 60}}, "model": {"hidden": [6], "activation": "leaky_relu"},
      "training": {"epochs": 3, "batch_size": 8, "schedule": "triangular"},
      "search": {"seeds": 2, "max_seeds": 2, "coarse_per_decade": 1, "fine_per_decade": 4}})"},
};

class Determinism : public Cli, public testing::WithParamInterface<Setup> {
 protected:
  Determinism() { write("c.json", GetParam().config); }

  Ran tune(const std::vector<std::string>& more, const std::vector<std::string>& environment = {}) const {
    Call call{.arguments = {"tune", "c.json", "--json", "-q"}, .environment = environment};
    call.arguments.insert(call.arguments.end(), more.begin(), more.end());
    return run(call);
  }
};

TEST_P(Determinism, TwoRunsAndAnyNumberOfThreadsGiveTheSameBytes) {
  const Ran one = tune({"--threads", "1"});
  ASSERT_EQ(one.status, 0) << one.err;
  ASSERT_EQ(parse(one.out).at("optimizers").size(), 13U);
  for (const char* threads : {"1", "2", "8"})
    EXPECT_EQ(without_run(tune({"--threads", threads}).out), without_run(one.out)) << threads << " threads";
}

TEST_P(Determinism, EveryInstructionSetGivesTheSameBytes) {
  const Ran fastest = tune({});
  std::vector<std::string> compared;
  for (const std::string isa : {"avx512", "avx2", "neon", "scalar"}) {
    const Ran ran = tune({}, {fmt::format("LRTUNE_ISA={}", isa)});
    if (ran.status == 2 && ran.err.find("cannot run on this machine") != std::string::npos) continue;
    ASSERT_EQ(ran.status, 0) << ran.err;
    EXPECT_EQ(parse(ran.out).at("run").at("isa"), isa);
    EXPECT_EQ(without_run(ran.out), without_run(fastest.out)) << isa;
    compared.push_back(isa);
  }
  ASSERT_FALSE(compared.empty());
  EXPECT_EQ(compared.back(), "scalar") << "runs everywhere";
}

INSTANTIATE_TEST_SUITE_P(Setups, Determinism, testing::ValuesIn(kSetups),
                         [](const auto& setup) { return setup.param.name; });

TEST_F(Cli, AnotherSeedGivesOtherBytes) {
  write("c.json", kTiny);
  const std::string zero = run({"tune", "c.json", "--json", "-q"}).out;
  const std::string one = run({"tune", "c.json", "--json", "-q", "--seed", "1"}).out;
  EXPECT_NE(parse(zero).at("optimizers"), parse(one).at("optimizers"));
}

}  // namespace
}  // namespace lrtune
