#include "lrtune/tune.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <limits>
#include <sstream>

#include "config/config_json.h"
#include "data/task.h"
#include "lrtune/error.h"
#include "record/study_json.h"
#include "sweep/sweep.h"
#include "train/built_in_runner.h"

namespace lrtune {
namespace {

constexpr const char* kConfig = R"({
  "model": {"hidden": [4]}, "training": {"epochs": 3, "batch_size": 16},
  "search": {"seeds": 2, "max_seeds": 2, "coarse_per_decade": 1, "fine_per_decade": 3, "budget_runs": 8},
  "optimizers": ["sgd", "adam"]})";

// The rows of data/iris.csv: four numbers and a species, which are in the order of their names.
Samples iris() {
  Samples samples;
  std::ifstream file(LRTUNE_SOURCE_DIR "/data/iris.csv");
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    std::string cell;
    for (int j = 0; j < 4 && std::getline(cells, cell, ','); ++j) samples.values.push_back(std::stod(cell));
    std::getline(cells, cell);
    samples.labels.push_back(cell == "setosa" ? 0 : cell == "versicolor" ? 1 : 2);
  }
  return samples;
}

std::string error_of(const Samples& samples, const std::optional<Samples>& validation = {}) {
  try {
    tune(config_of(kConfig), samples, validation);
  } catch (const Error& error) {
    return to_line(error.problems().at(0));
  }
  return "";
}

TEST(Tune, DataInMemoryGiveTheTrialsOfAFile) {
  const Study study = tune(config_of(kConfig), iris());
  Config config = config_of(kConfig);
  data_of(config).train = LRTUNE_SOURCE_DIR "/data/iris.csv";
  data_of(config).target = "species";
  const Task task = load_task(data_of(config), "");
  const Study of_file = sweep(config, subject_of(task, config.training), built_in_runner(config, task, 1), {});
  ASSERT_EQ(study.optimizers.size(), 2U);
  EXPECT_EQ(study.optimizers, of_file.optimizers);
  EXPECT_EQ(study.recommendation, of_file.recommendation);
  EXPECT_EQ(study.head.subject.data->train_rows, 120U);
}

TEST(Tune, IsTheSameBitsForAnyNumberOfThreadsAndWritesAResult) {
  Study one = tune(config_of(kConfig), iris(), {}, {.threads = 1});
  Study three = tune(config_of(kConfig), iris(), {}, {.threads = 3});
  EXPECT_EQ(three.head.run.threads, 3U);
  one.head.run = three.head.run = {};
  EXPECT_EQ(one, three);
  EXPECT_EQ(study_from_json(result_json(one), "result").optimizers, one.optimizers);
}

TEST(Tune, TakesAReadyValidationSetAndNames) {
  Samples samples = iris();
  samples.features = {"a", "b", "c", "d"};
  const Study study = tune(config_of(kConfig), samples, samples);
  EXPECT_EQ(study.head.subject.data->train_rows, 150U);
  EXPECT_EQ(study.head.subject.data->validation_rows, 150U);
  EXPECT_EQ(study.head.subject.data->feature_names, samples.features);
}

TEST(Tune, TellsProgressAndStops) {
  std::atomic<bool> stop = false;
  std::size_t most = 0;
  const TuneOptions options{.threads = 1, .stop = &stop, .progress = [&](std::size_t finished, std::size_t planned) {
                              EXPECT_LE(finished, planned);
                              most = std::max(most, finished);
                              if (finished > 3) stop = true;
                            }};
  EXPECT_FALSE(tune(config_of(kConfig), iris(), {}, options).complete);
  EXPECT_GT(most, 3U);
}

TEST(Tune, FillsMissingValuesInIfItIsAskedTo) {
  Samples samples = iris();
  samples.values[5] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(error_of(samples), "samples, row 1, feature 1: is missing; \"data.missing\": \"mean\" fills it in");
  Config config = config_of(kConfig);
  data_of(config).missing = Missing::mean;
  EXPECT_TRUE(tune(config, samples).recommendation);
}

TEST(Tune, TellsWhatIsWrongWithTheSamples) {
  const auto changed = [](auto change) {
    Samples samples = iris();
    change(samples);
    return error_of(samples);
  };
  EXPECT_EQ(error_of({}), "samples: has neither labels nor targets; labels for classes, targets for quantities");
  EXPECT_EQ(changed([](Samples& s) { s.targets = {1}; }),
            "samples: has both labels and targets; labels for classes, targets for quantities");
  EXPECT_EQ(changed([](Samples& s) { s.values.pop_back(); }),
            "samples: has 599 values for 150 rows; rows times features of them, row by row");
  EXPECT_EQ(changed([](Samples& s) { s.features = {"a"}; }),
            "samples: has 1 names for 4 features; one for each, or none");
  EXPECT_EQ(changed([](Samples& s) { s.values[9] = std::numeric_limits<double>::infinity(); }),
            "samples, row 2, feature 1: is infinite; every value must be finite");
  Samples other = iris();
  other.values.resize(150);
  EXPECT_EQ(error_of(iris(), other), "validation: has 1 columns a row, samples has 4");
  Samples quantity = iris();
  quantity.labels.clear();
  quantity.targets.assign(150, 1);
  quantity.targets[7] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(error_of(quantity), "samples, row 7: the target is not finite; leave the row out");
}

TEST(ConfigOf, IsHeldToWhatAFileIs) {
  EXPECT_EQ(config_of().optimizers.size(), 13U);
  try {
    config_of(R"({"training": {"epoch": 3}})");
    ADD_FAILURE() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(to_line(error.problems().at(0)),
              "config: /training/epoch: unknown key \"epoch\"; did you mean \"epochs\"?");
  }
  Config config = config_of(kConfig);
  config.training.epochs = 0;
  EXPECT_THROW(tune(config, iris()), Error);
}

}  // namespace
}  // namespace lrtune
