// What the best constant answer scores, against numbers worked out by hand.
#include "data/constant_answer.h"

#include <fmt/format.h>

#include <cmath>

#include "data/data_helpers.h"

namespace lrtune {
namespace {

class ConstantAnswerTest : public DataTest {
 protected:
  Task load_both(std::string_view train, std::string_view validation) {
    write("t.csv", train);
    write("v.csv", validation);
    config.validation = "v.csv";
    return load_task(config, folder);
  }

  static TrainingConfig mse() {
    TrainingConfig training;
    training.loss = "mse";
    return training;
  }
};

// Three of four are a: 3/4 and 1/4, of which the validation rows ask for one a and two b.
TEST_F(ConstantAnswerTest, OfClassesGivesTheirShares) {
  const Task task = load_both("x,kind\n1,a\n2,b\n3,a\n4,a\n", "x,kind\n1,b\n2,a\n3,b\n");
  const auto entropy = constant_answer(task, {});
  ASSERT_TRUE(entropy);
  EXPECT_NEAR(entropy->loss, (std::log(4.0 / 3) + 2 * std::log(4.0)) / 3, 1e-15);
  EXPECT_EQ(entropy->error, 2.0 / 3);
  const auto squares = constant_answer(task, mse());
  ASSERT_TRUE(squares);
  EXPECT_EQ(squares->loss, (1.0 / 16 + 2 * 9.0 / 16) / 3) << "mean over rows and outputs";
  EXPECT_EQ(squares->error, 2.0 / 3);
}

TEST_F(ConstantAnswerTest, OfClassesAsFrequentNamesTheFirst) {
  const Task task = load_both("x,kind\n1,c\n2,b\n3,b\n4,c\n5,a\n", "x,kind\n1,b\n2,c\n3,c\n4,c\n5,a\n");
  const auto answer = constant_answer(task, {});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->error, 0.8);
  EXPECT_NEAR(answer->loss, (4 * std::log(2.5) + std::log(5.0)) / 5, 1e-15);
}

// Mean 5 and deviation 2: the rows that validate are 0, 1 and −2 deviations off.
TEST_F(ConstantAnswerTest, OfARegressionIsTheMean) {
  config.target = std::string("y");
  config.kind = TaskKind::regression;
  const Task task = load_both("x,y\n1,2\n2,4\n3,4\n4,4\n5,5\n6,5\n7,7\n8,9\n", "x,y\n1,5\n2,7\n3,1\n");
  const auto answer = constant_answer(task, {});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->loss, 5.0 / 3);
  EXPECT_FALSE(answer->error);
  EXPECT_EQ(constant_answer(task, mse()), answer);
}

// Rows of single classes, of which only some train.
TEST_F(ConstantAnswerTest, IsNoneWhereItsLossIsInfinite) {
  config.stratify = false;
  std::string rows = "x,kind\n";
  for (int i = 0; i < 20; ++i) rows += fmt::format("{},{}\n", i, i % 2 == 0 ? "a" : fmt::format("only {}", i));
  const Task task = load(rows);
  EXPECT_FALSE(constant_answer(task, {}));
  const auto squares = constant_answer(task, mse());
  ASSERT_TRUE(squares);
  EXPECT_TRUE(std::isfinite(squares->loss));
}

}  // namespace
}  // namespace lrtune
