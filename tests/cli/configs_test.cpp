// The examples of configs/: each is good, and on the small real data sets every optimizer gets a rate.
#include <fstream>

#include "base/files.h"
#include "cli/program.h"
#include "upgrades/projection.h"

namespace lrtune {
namespace {

const std::filesystem::path kConfigs = LRTUNE_SOURCE_DIR "/configs";
const std::string kFashion = "/usr/share/datasets/fashion-mnist";

std::vector<std::string> example_names() {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::directory_iterator(kConfigs))
    if (entry.path().extension() == ".json") found.push_back(entry.path().stem());
  std::ranges::sort(found);
  return found;
}

class Examples : public Cli, public testing::WithParamInterface<std::string> {
 protected:
  const std::string config = (kConfigs / fmt::format("{}.json", GetParam())).string();
};

TEST_P(Examples, AreGood) {
  const Ran ran = run({"validate", config});
  if (GetParam() == "fashion_mnist" && !std::filesystem::exists(kFashion)) {
    const std::string file = fmt::format("{}/train-images-idx3-ubyte.gz", kFashion);
    expect_refused(ran, {fmt::format("{0}: there is no such file ({0}); data paths are relative to the configuration "
                                     "file",
                                     file)});
    return;
  }
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_TRUE(ran.out.starts_with(fmt::format("{}: valid: ", config))) << ran.out;
}

INSTANTIATE_TEST_SUITE_P(Configs, Examples, testing::ValuesIn(example_names()),
                         [](const auto& name) { return name.param; });

// SHA-256 of what of the examples' results is promised to stay (upgrades/projection.h): a change of any bit is seen,
// and is explained in the commit that changes the line.
std::string golden_hash(const std::string& name) {
  std::ifstream file(LRTUNE_SOURCE_DIR "/tests/golden/results.sha256");
  for (std::string hash, config; file >> hash >> config;)
    if (config == name) return hash;
  return "none";
}

std::string hash_of(const std::string& result) {
  static const Projection projection(LRTUNE_SOURCE_DIR "/tests/upgrades/0.1.0");
  return sha256(projection.of(result).dump());
}

class RealData : public Examples {};

TEST_P(RealData, GivesEveryOptimizerARateAndTheSameBitsAsEver) {
  const Ran ran = run({"tune", config, "--json"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  const std::string hash = hash_of(ran.out);
  EXPECT_EQ(hash, golden_hash(GetParam()))
      << "if the change is meant, its line in tests/golden/results.sha256 is\n"
      << hash << " " << GetParam()
      << "\nand if the curve of any trial has other bits for the same rate and seed, kTrainingRevision in "
         "lrtune/training_revision.h goes up by one";
  const nlohmann::json result = parse(ran.out);
  ASSERT_EQ(result.at("optimizers").size(), 13U);
  for (const nlohmann::json& entry : result.at("optimizers")) {
    const nlohmann::json& recommendation = entry.at("recommendation");
    ASSERT_TRUE(recommendation.at("learning_rate").is_number()) << entry.at("label");
    EXPECT_LE(recommendation.at("interval").at(0), recommendation.at("learning_rate"));
    EXPECT_GE(recommendation.at("interval").at(1), recommendation.at("learning_rate"));
    // Trained at that rate, the network is better than it was before its first update.
    const double before = entry.at("trials").at(0).at("curve").at("validation_loss").at(0);
    EXPECT_LT(recommendation.at("objective").at("mean"), before) << entry.at("label");
  }
}

INSTANTIATE_TEST_SUITE_P(Configs, RealData, testing::Values("iris", "wine", "breast_cancer", "digits", "diabetes"),
                         [](const auto& name) { return name.param; });

}  // namespace
}  // namespace lrtune
