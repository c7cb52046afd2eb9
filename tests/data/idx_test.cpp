// IDX images: pixels in their places, sizes checked before they are believed.
#include <gtest/gtest.h>

#include "data/loaders.h"
#include "data_helpers.h"

namespace lrtune {
namespace {

class Idx : public DataTest {
 protected:
  Idx() {
    config.format = DataFormat::idx;
    config.train_images = {"images", "labels"};
    config.standardize = false;
    config.validation_fraction = 0.5;
  }
  std::vector<Problem> problems_of_files(std::string_view image_bytes, std::string_view label_bytes) const {
    write("images", image_bytes);
    write("labels", label_bytes);
    return problems();
  }
  // 4 images of 1 × 3 pixels, labels 5 2 5 2.
  const std::string images = idx({4, 1, 3}, {0, 1, 2, 0, 11, 12, 0, 21, 22, 0, 255, 254});
  const std::string labels = idx({4}, {5, 2, 5, 2});
};

TEST_F(Idx, PixelsAndLabelsComeOutAsTheyWentIn) {
  write("images", images);
  write("labels", labels);
  config.validation_images = config.train_images;
  const Task task = load_task(config, folder);
  EXPECT_EQ(task.train.features, (std::vector<float>{0, 1, 2, 0, 11, 12, 0, 21, 22, 0, 255, 254}));
  EXPECT_EQ(task.validation.features, task.train.features);
  EXPECT_EQ(task.summary.classes, (std::vector<std::string>{"2", "5"}));
  EXPECT_EQ(task.train.labels, (std::vector<std::int32_t>{1, 0, 1, 0}));
}

TEST_F(Idx, ImagesAreNoRegression) {
  config.kind = TaskKind::regression;
  expect_problem(
      problems_of_files(images, labels),
      {ProblemKind::kind_known, "/data/kind", {{"file", "images"}, {"kind", "classification"}}, "data.kind", "null"});
}

TEST_F(Idx, GzipChangesNeitherNumbersNorHash) {
  write("images", images);
  write("labels", labels);
  const Task plain = load_task(config, folder);
  write("images", gzipped(images));
  write("labels", gzipped(labels));
  const Task packed = load_task(config, folder);
  EXPECT_EQ(packed.summary, plain.summary);
  EXPECT_EQ(packed.train.features, plain.train.features);
}

TEST_F(Idx, ConstantPixelsAreZeroAndCounted) {
  config.standardize = true;
  config.validation_images = config.train_images;
  write("images", images);
  write("labels", labels);
  const Task task = load_task(config, folder);
  ASSERT_EQ(task.notices.size(), 1U);
  EXPECT_EQ(task.notices[0], (Notice{NoticeKind::constant_columns, {{"constant", 1U}, {"pixels", 3U}}}));
  EXPECT_EQ(task.train.features[0], 0);
  EXPECT_EQ(task.train.features[3], 0);
}

TEST_F(Idx, MaxRowsTakesTheFirstImages) {
  config.max_rows = 2;
  config.validation_images = config.train_images;
  write("images", images);
  write("labels", labels);
  const Task task = load_task(config, folder);
  EXPECT_EQ(task.summary.train_rows, 2U);
  EXPECT_EQ(task.summary.validation_rows, 4U);
}

TEST_F(Idx, EveryTruncationIsAnError) {
  write("labels", labels);
  for (std::size_t size = 0; size < images.size(); ++size) {
    write("images", images.substr(0, size));
    const auto found = problems();
    ASSERT_EQ(found.size(), 1U) << size;
    EXPECT_EQ(found[0].where, "images") << size;
    EXPECT_TRUE(has(problem_what(found[0]), size == 0 ? "empty" : "truncated")) << size << problem_what(found[0]);
  }
}

TEST_F(Idx, PromisesBeyondTheFileAreRefusedBeforeAnyAllocation) {
  const std::string sizes[] = {idx({0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF}, {1, 2, 3}),
                               idx({1, 0xFFFFFFFF, 0xFFFFFFFF}, {1, 2, 3}),
                               idx({0x10000, 0x10000, 0x10000, 0x10000}, {}),  // the product is 2^64, 0 if it wrapped
                               idx({4, 1, 3}, {1, 2, 3})};
  for (const std::string& bytes : sizes)
    expect_problem(problems_of_files(bytes, labels), "images", "is truncated: its header says", "again");
}

TEST_F(Idx, OtherFilesAreToldApart) {
  expect_problem(problems_of_files(images + "x", labels),
                 {ProblemKind::idx_excess, "images", {{"bytes", 1U}, {"sizes", "4 × 1 × 3"}}});
  expect_problem(problems_of_files("a,b,c\n1,2,3\n", labels),
                 {ProblemKind::idx_not_idx, "images", {}, "data.format", "csv"});
  expect_problem(problems_of_files(labels, images),
                 {ProblemKind::idx_dimensions, "images", {{"dimensions", 1U}, {"wanted", "images (3)"}}});
  expect_problem(problems_of_files(images, images),
                 {ProblemKind::idx_dimensions, "labels", {{"dimensions", 3U}, {"wanted", "labels (1)"}}});
  expect_problem(problems_of_files(images, idx({3}, {1, 2, 3})),
                 {ProblemKind::idx_label_count, "labels", {{"labels", 3U}, {"images", 4U}, {"file", "images"}}});
  expect_problem(problems_of_files(idx({0, 1, 3}, {}), idx({0}, {})), {ProblemKind::idx_no_rows, "images"});
  expect_problem(problems_of_files(idx({4, 0, 3}, {}), labels),
                 {ProblemKind::idx_no_pixels, "images", {{"sizes", "4 × 0"}}});
  std::string floats = images;
  floats[2] = '\x0d';
  expect_problem(problems_of_files(floats, labels), {ProblemKind::idx_type, "images", {{"type", "0x0d"}}});
}

TEST_F(Idx, ImagesOfAnotherSizeCannotValidate) {
  write("v_images", idx({2, 2, 2}, {1, 2, 3, 4, 5, 6, 7, 8}));
  write("v_labels", idx({2}, {5, 2}));
  config.validation_images = ImageFiles{"v_images", "v_labels"};
  expect_problem(
      problems_of_files(images, labels),
      {ProblemKind::columns_differ, "v_images", {{"columns", 4U}, {"other", "images"}, {"other_columns", 3U}}});
}

TEST_F(Idx, AClassThatOnlyOneFileHasIsNamed) {
  write("v_images", idx({2, 1, 3}, {1, 2, 3, 4, 5, 6}));
  write("v_labels", idx({2}, {5, 7}));
  config.validation_images = ImageFiles{"v_images", "v_labels"};
  const auto found = problems_of_files(images, labels);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(to_line(found[0]),
            "v_images: has no row of class \"2\", but images does; both files need rows of every class");
  EXPECT_EQ(to_line(found[1]),
            "images: has no row of class \"7\", but v_images does; both files need rows of every class");
}

TEST_F(Idx, FashionMnistLoads) {
  const std::filesystem::path installed = "/usr/share/datasets/fashion-mnist";
  if (!std::filesystem::exists(installed)) GTEST_SKIP() << "Debian's dataset-fashion-mnist is not installed";
  config.standardize = true;
  config.train_images = {"train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"};
  config.validation_images = ImageFiles{"t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"};
  const Task task = load_task(config, installed);
  EXPECT_EQ(task.summary.train_rows, 60000U);
  EXPECT_EQ(task.summary.validation_rows, 10000U);
  EXPECT_EQ(task.summary.features, 784U);
  EXPECT_EQ(task.summary.classes.size(), 10U);
  EXPECT_EQ(std::vector<std::int32_t>(task.train.labels.begin(), task.train.labels.begin() + 5),
            (std::vector<std::int32_t>{9, 0, 0, 3, 0}));
  double sum = 0;
  double squares = 0;
  for (std::size_t row = 0; row < 60000; ++row) {
    const double z = static_cast<double>(task.train.features[row * 784 + 400]);
    sum += z;
    squares += z * z;
  }
  EXPECT_NEAR(sum / 60000, 0, 1e-6);
  EXPECT_NEAR(squares / 60000, 1, 1e-6);
}

}  // namespace
}  // namespace lrtune
