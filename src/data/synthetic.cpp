// synthetic.cpp: data sets made from random numbers, the same everywhere: a row is a pure function of (seed, row).
//
// u_q and z_q are draw `row` of stream q (uniform on (0, 1); standard normal), σ is `noise`, c the class.
//   moons             c = row mod 2, a = π·u_0; c = 0: (cos a, sin a); c = 1: (1 − cos a, ½ − sin a); each + σ·z_1,2
//   spirals           c = row mod 3, r = √u_0, a = 2π·(1.25·r + c/3); (r cos a, r sin a), each + σ·z_1,2
//   blobs             c = row mod 5, 8 columns: centre m_c ~ N(0, 1) + σ·z
//   noisy_regression  10 columns x = u; y = 10 sin(π·x0·x1) + 20·(x2 − ½)² + 10·x3 + 5·x4 + σ·z
#include "data/synthetic.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/math.h"
#include "base/random.h"
#include "base/text.h"
#include "data/loaders.h"
#include "lrtune/error.h"

namespace lrtune {
namespace {

double sine(double x) { return math::cos(x - 0.5 * math::kPi); }

// The streams of one row.
struct Draws {
  std::uint32_t seed;
  std::size_t row;

  double uniform(std::uint32_t stream) const { return random_uniform({seed, 0}, Purpose::synthetic_data, stream, row); }
  double normal(std::uint32_t stream) const { return random_normal({seed, 0}, Purpose::synthetic_data, stream, row); }
};

// Fills the columns of one row and gives its target.
using MakeRow = double (*)(const Draws& draws, double noise, std::span<double> x);

double moons_row(const Draws& draws, double noise, std::span<double> x) {
  const bool lower = draws.row % 2 == 1;
  const double angle = math::kPi * draws.uniform(0);
  x[0] = (lower ? 1 - math::cos(angle) : math::cos(angle)) + noise * draws.normal(1);
  x[1] = (lower ? 0.5 - sine(angle) : sine(angle)) + noise * draws.normal(2);
  return lower ? 1 : 0;
}

double spirals_row(const Draws& draws, double noise, std::span<double> x) {
  constexpr double kTurns = 1.25;
  const auto arm = static_cast<double>(draws.row % 3);
  const double radius = std::sqrt(draws.uniform(0));
  const double angle = 2 * math::kPi * (kTurns * radius + arm / 3);
  x[0] = radius * math::cos(angle) + noise * draws.normal(1);
  x[1] = radius * sine(angle) + noise * draws.normal(2);
  return arm;
}

double blobs_row(const Draws& draws, double noise, std::span<double> x) {
  constexpr std::size_t kBlobs = 5;
  constexpr std::uint32_t kCentres = 1000;  // streams of the centres, apart from those of the rows
  const std::size_t blob = draws.row % kBlobs;
  for (std::size_t j = 0; j < x.size(); ++j) {
    const auto stream = static_cast<std::uint32_t>(j);
    const double centre = Draws{draws.seed, blob}.normal(kCentres + stream);
    x[j] = centre + noise * draws.normal(stream);
  }
  return static_cast<double>(blob);
}

double noisy_regression_row(const Draws& draws, double noise, std::span<double> x) {
  for (std::size_t j = 0; j < x.size(); ++j) x[j] = draws.uniform(static_cast<std::uint32_t>(j));
  const double bend = x[2] - 0.5;
  const double clean = 10 * sine(math::kPi * x[0] * x[1]) + 20 * bend * bend + 10 * x[3] + 5 * x[4];
  return clean + noise * draws.normal(static_cast<std::uint32_t>(x.size()));
}

// The largest tables take about a gigabyte; larger ones test the machine, not the optimizer.
constexpr double kMostRows = 5e6;
constexpr Parameter kParameters[] = {
    {"rows", 500, {10, kMostRows, false, false}, ParameterKind::integer, "rows before the split"},
    {"noise", 0.1, {0, 1000, false, false}, ParameterKind::real, "standard deviation of the normal noise"},
    {"seed", 0, {0, 4294967295.0, false, false}, ParameterKind::integer, "another seed draws another sample"},
};

struct Row {
  Card card;
  TaskKind kind;
  std::size_t columns;
  MakeRow make_row;
};

constexpr Row kRows[] = {
    {{"moons", "two interleaved half circles, two classes", "after scikit-learn's make_moons", kParameters},
     TaskKind::classification,
     2,
     moons_row},
    {{"spirals", "three spiral arms of 1.25 turns, three classes",
      "K. Lang and M. Witbrock, \"Learning to tell two spirals apart\", 1988; here with three arms", kParameters},
     TaskKind::classification,
     2,
     spirals_row},
    {{"blobs", "five normal clusters in eight dimensions, five classes", "after scikit-learn's make_blobs",
      kParameters},
     TaskKind::classification,
     8,
     blobs_row},
    {{"noisy_regression", "10 sin(π·x0·x1) + 20·(x2 − ½)² + 10·x3 + 5·x4; five more columns carry no information",
      "J. Friedman, \"Multivariate adaptive regression splines\", Annals of Statistics 19, 1991, eq. 61", kParameters},
     TaskKind::regression,
     10,
     noisy_regression_row},
};

constexpr auto kCards = [] {
  std::array<Card, std::size(kRows)> cards{};
  for (std::size_t i = 0; i < cards.size(); ++i) cards[i] = kRows[i].card;
  return cards;
}();

void check_settings(const SyntheticData& data) {
  const double values[] = {static_cast<double>(data.rows), data.noise, static_cast<double>(data.seed)};
  std::vector<Problem> problems;
  for (std::size_t i = 0; i < std::size(kParameters); ++i) {
    const Parameter& p = kParameters[i];
    if (!contains(p.bounds, values[i]))
      problems.push_back(
          {ProblemKind::synthetic_setting,
           fmt::format("synthetic data {}", show(data.name)),
           {{"setting", std::string(p.name)}, {"is", values[i]}, {"least", p.bounds.min}, {"most", p.bounds.max}},
           fmt::format("data.synthetic.{}", p.name)});
  }
  if (!problems.empty()) throw Error(std::move(problems));
}

}  // namespace

std::span<const Card> synthetic_cards() { return kCards; }

Table load_synthetic(std::span<const Source>, const DataConfig& config, std::optional<std::size_t> max_rows) {
  const SyntheticData& data = config.synthetic;
  const auto row_type = std::ranges::find(kRows, data.name, [](const Row& row) { return row.card.name; });
  if (row_type == std::end(kRows)) {
    std::vector<std::string_view> names;
    for (const Card& card : kCards) names.push_back(card.name);
    Facts facts = suggestion(data.name, names);
    facts.push_back({"name", data.name});
    throw Error(ProblemKind::synthetic_unknown, "data", std::move(facts), "data.synthetic.name");
  }
  check_settings(data);
  RealTable table;
  table.file = fmt::format("synthetic data {}", show(data.name));
  table.kind = row_type->kind;
  table.column_prefix = "x";
  table.rows = std::min(data.rows, max_rows.value_or(data.rows));
  table.columns = row_type->columns;
  table.values.resize(table.rows * table.columns);
  for (std::size_t row = 0; row < table.rows; ++row) {
    const std::span<double> x = std::span(table.values).subspan(row * table.columns, table.columns);
    table.targets.push_back(row_type->make_row({data.seed, row}, data.noise, x));
  }
  return table;
}

}  // namespace lrtune
