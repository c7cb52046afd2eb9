// Every heuristic on every committed curve, against a second implementation (scripts/make_finder_vectors.py).
#include "reference/vectors.h"

#include <gtest/gtest.h>

#include <limits>

#include "suggest/heuristics.h"

namespace lrtune {
namespace {

using reference::Json;

std::vector<double> losses_of(const Json& list) {
  std::vector<double> losses;
  for (const Json& loss : list) {
    if (loss.is_number())
      losses.push_back(loss);
    else
      losses.push_back(loss == "nan" ? std::numeric_limits<double>::quiet_NaN()
                                     : std::numeric_limits<double>::infinity());
  }
  return losses;
}

// Rates are those of the curve, or a tenth of one: equal but for the last bit.
void expect_rate(const std::optional<double>& got, const Json& answer, const char* key, const std::string& what) {
  const bool wanted = answer.is_object() && answer.contains(key);
  ASSERT_EQ(got.has_value(), wanted) << what;
  if (wanted) {
    const double rate = answer.at(key);
    EXPECT_NEAR(*got, rate, 1e-12 * rate) << what;
  }
}

TEST(FinderVectors, EveryHeuristicAnswersAsTheSecondImplementationDoes) {
  const Json vectors = reference::read_vectors("finders.json");
  EXPECT_GE(vectors.at("cases").size(), 30U);
  for (const Json& c : vectors.at("cases")) {
    const LossCurve curve = make_curve(c.at("updates"), c.at("rates"), losses_of(c.at("losses")), c.at("smoothing"));
    const std::vector<Suggestion> suggestions = suggest_all(curve);
    ASSERT_EQ(c.at("answers").size(), heuristics().size()) << "a row has no vectors";
    for (std::size_t i = 0; i < suggestions.size(); ++i) {
      const std::string name(heuristics()[i].card.name);
      const std::string what = fmt::format("{} on {}: {}", name, c.at("case").get<std::string>(), suggestions[i].why);
      expect_rate(suggestions[i].learning_rate, c.at("answers").at(name), "learning_rate", what);
      expect_rate(suggestions[i].lowest_rate, c.at("answers").at(name), "lowest_rate", what);
      EXPECT_FALSE(suggestions[i].why.empty()) << what;
    }
  }
}

TEST(FinderVectors, EveryHeuristicBothAnswersAndAbstainsSomewhere) {
  const Json vectors = reference::read_vectors("finders.json");
  for (const HeuristicRow& row : heuristics()) {
    std::size_t answers = 0, abstentions = 0;
    for (const Json& c : vectors.at("cases"))
      ++(c.at("answers").at(std::string(row.card.name)).is_null() ? abstentions : answers);
    EXPECT_GE(answers, 5U) << row.card.name;
    EXPECT_GE(abstentions, 4U) << row.card.name;
  }
}

}  // namespace
}  // namespace lrtune
