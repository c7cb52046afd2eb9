// peers.h: what a user may do instead, one function each (methods.h).
#pragma once

#include <vector>

#include "methods.h"

namespace lrtune::quality {

// Advice without a rate yet.
Advice blank_advice(const Question& question, std::string method, const std::string& optimizer);

// The framework's default rate, unseen.
std::vector<Advice> ask_default(const Question& question);

// `budget` rates a constant ratio apart over the config's range, both ends included.
std::vector<Advice> ask_grid(const Question& question);

// The same, with two rates a decade whatever the budget.
std::vector<Advice> ask_two_a_decade(const Question& question);

// `budget` rates, log-uniform over the config's range.
std::vector<Advice> ask_random(const Question& question);

// Every heuristic of the range test.
std::vector<Advice> ask_range_tests(const Question& question);

// What a lot of work brings: the oracle's rates up to 10, three replay seeds each, the minimum of the log mean loss
// smoothed by a Gaussian kernel. There are seeds for six replays; more repeat them.
std::vector<Advice> ask_ceiling(const Question& question);

// What noise alone leaves of 12 runs: all of them around the best rate, which the oracle gives away: .25 and .67 decade
// below and above it on three seeds each; then the search's own pick. Of six such designs the one with the lowest
// regret.
std::vector<Advice> ask_informed(const Question& question);

}  // namespace lrtune::quality
