// Two configurations side by side, and paths that move with the file they stand in.
#include <gtest/gtest.h>

#include <algorithm>

#include "config/config_json.h"

namespace lrtune {
namespace {

Config csv_config(const std::string& more = "") {
  return read_config(R"({"data": {"train": "rows.csv", "target": "y")" + more + "}}", "c.json", "here");
}

constexpr const char* kImages =
    R"({"data": {"train": {"images": "a", "labels": "/b"}, "validation": {"images": "c", "labels": "d"}}})";

TEST(ConfigDifferences, AreNoneBetweenAConfigAndItself) {
  EXPECT_EQ(config_differences(csv_config(), csv_config()), std::vector<Difference>{});
  EXPECT_EQ(config_differences(csv_config(), read_config(config_to_json(csv_config()), "", "")),
            std::vector<Difference>{});
}

TEST(ConfigDifferences, NameFieldsButNotThePathsOfData) {
  Config other = csv_config();
  data_of(other).train = "elsewhere.csv";
  EXPECT_EQ(config_differences(csv_config(), other), std::vector<Difference>{});
  other.training.epochs = 7;
  other.training.clip_norm = 0.5;
  model_of(other).activation = "tanh";
  EXPECT_EQ(config_differences(csv_config(), other),
            (std::vector<Difference>{{"model.activation", "\"relu\"", "\"tanh\""},
                                     {"training.epochs", "20", "7"},
                                     {"training.clip_norm", "null", "0.5"}}));
}

TEST(ConfigDifferences, SeeAReadyValidationSetComeAndGo) {
  const Config with = csv_config(R"(, "validation": "v.csv")");
  const auto found = config_differences(csv_config(), with);
  EXPECT_NE(std::find(found.begin(), found.end(), Difference{"data.validation", "null", "a file"}), found.end());
  EXPECT_EQ(config_differences(with, csv_config(R"(, "validation": "w.csv")")), std::vector<Difference>{});
}

TEST(ConfigDifferences, SeeAnotherFormat) {
  const auto found = config_differences(csv_config(), read_config(kImages, "", ""));
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.front(), (Difference{"data.format", "\"csv\"", "\"idx\""}));
}

TEST(ConfigDifferences, CompareOptimizersOfTheSameLabel) {
  Config before = csv_config();
  Config now = csv_config();
  before.optimizers = {{"momentum", "a", {{"momentum", 0.9}, {"dampening", 0}}}, {"sgd", "b", {}}, {"sgd", "gone", {}}};
  now.optimizers = {{"adam", "b", {}}, {"momentum", "a", {{"momentum", 0.99}, {"dampening", 0}}}, {"sgd", "new", {}}};
  EXPECT_EQ(config_differences(before, now),
            (std::vector<Difference>{{"momentum", "0.9", "0.99", "a"}, {"name", "sgd", "adam", "b"}}));
}

TEST(MovedTo, KeepsPathsPointingAtTheSameFiles) {
  EXPECT_EQ(data_of(moved_to(csv_config(), "here/below")).train, "../rows.csv");
  EXPECT_EQ(data_of(moved_to(csv_config(), "")).train, "here/rows.csv");
  EXPECT_EQ(data_of(moved_to(csv_config(), "here")).train, "rows.csv");
  const DataConfig data = data_of(moved_to(read_config(kImages, "", "here"), "there"));
  EXPECT_EQ(data.train_images, (ImageFiles{"../here/a", "/b"}));
  EXPECT_EQ(*data.validation_images, (ImageFiles{"../here/c", "../here/d"}));
  const Config synthetic = read_config(R"({"data": {"synthetic": "moons"}})", "", "here");
  EXPECT_EQ(data_of(moved_to(synthetic, "there")), data_of(synthetic));
}

TEST(WithDataPathsOf, TakesThePathsAndNothingElse) {
  Config other = csv_config(R"(, "validation": "v.csv")");
  other.training.epochs = 7;
  data_of(other).train = "other.csv";
  const Config mixed = with_data_paths_of(csv_config(R"(, "validation": "w.csv")"), other);
  EXPECT_EQ(data_of(mixed).train, "other.csv");
  EXPECT_EQ(data_of(mixed).validation, "v.csv");
  EXPECT_EQ(mixed.training.epochs, 20U);
  EXPECT_EQ(data_of(with_data_paths_of(csv_config(), other)).validation, std::nullopt);
  EXPECT_EQ(data_of(with_data_paths_of(csv_config(), read_config(kImages, "", ""))).train, "rows.csv");
  Config images = read_config(kImages, "", "");
  data_of(images).validation_images->images = "x";
  EXPECT_EQ(data_of(with_data_paths_of(read_config(kImages, "", ""), images)).validation_images->images, "x");
}

}  // namespace
}  // namespace lrtune
