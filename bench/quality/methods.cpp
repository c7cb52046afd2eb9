#include "methods.h"

#include <array>
#include <chrono>

#include "lrtune/enum_words.h"
#include "peers.h"
#include "sweep/sweep.h"
#include "train/built_in_runner.h"

namespace lrtune::quality {
std::vector<Advice> ask_sweep(const Question& q) {
  Config config = with_seed(q.task, q.replay);
  config.search.budget_runs = q.budget;
  config.search.max_seeds = std::max(config.search.max_seeds, static_cast<std::size_t>(q.budget.value_or(0) / 4));
  const auto start = std::chrono::steady_clock::now();
  const Study study =
      sweep(config, subject_of(q.task.task, config.training), built_in_runner(config, q.task.task, 1), {});
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  std::vector<Advice> advice;
  for (const Entry& entry : study.optimizers)
    advice.push_back({.method = "lrtune",
                      .budget = q.budget,
                      .task = q.task.name,
                      .optimizer = entry.label,
                      .replay = q.replay,
                      .rate = entry.recommendation.learning_rate,
                      .interval = entry.recommendation.interval,
                      .bound = entry.recommendation.regret_bound,
                      .status = std::string(word(entry.recommendation.status)),
                      .full_runs = entry.cost.full_runs,
                      .seconds = seconds});
  return advice;
}

std::span<const Method> methods() {
  static const std::array kMethods = {
      Method{"lrtune", Budgeted::yes, ask_sweep},   Method{"default", Budgeted::no, ask_default},
      Method{"grid", Budgeted::yes, ask_grid},      Method{"grid2", Budgeted::no, ask_two_a_decade},
      Method{"random", Budgeted::yes, ask_random},  Method{"range", Budgeted::no, ask_range_tests},
      Method{"ceiling", Budgeted::no, ask_ceiling}, Method{"informed", Budgeted::no, ask_informed},
  };
  return kMethods;
}

}  // namespace lrtune::quality
