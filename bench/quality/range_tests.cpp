// range_tests.cpp: the heuristics of the learning-rate range test, as `lrtune range` runs it by default: 100 updates
// from 1e-7 to 10, minibatch losses, one seed.
#include <chrono>

#include "base/text.h"
#include "peers.h"
#include "suggest/heuristics.h"
#include "train/range_test.h"

namespace lrtune::quality {

std::vector<Advice> ask_range_tests(const Question& q) {
  const auto start = std::chrono::steady_clock::now();
  const Experiment experiment = experiment_with_seed(q.task, q.replay);
  std::vector<RangeRequest> requests;
  for (std::size_t entry = 0; entry < experiment.entries.size(); ++entry) requests.push_back({entry, 0});
  const std::vector<RangeRun> runs = range_tests(experiment, {}, requests, 1);
  std::vector<Advice> advice;
  for (std::size_t row = 0; row < heuristics().size(); ++row)
    for (std::size_t entry = 0; entry < runs.size(); ++entry) {
      const Suggestion suggestion = heuristics()[row].suggest(runs[entry].curve);
      Advice a = blank_advice(q, "range test: " + std::string(heuristics()[row].card.name),
                              q.task.config.optimizers[entry].label);
      if (suggestion.learning_rate) a.rate = round_significant(*suggestion.learning_rate, 2);
      a.full_runs = static_cast<double>(runs[entry].curve.rate.size()) / static_cast<double>(experiment.updates);
      advice.push_back(std::move(a));
    }
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  for (Advice& a : advice) a.seconds = seconds;
  return advice;
}

}  // namespace lrtune::quality
