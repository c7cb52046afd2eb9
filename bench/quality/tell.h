// tell.h: verdicts as text (Markdown).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "judge.h"

namespace lrtune::quality {

// Verdicts of one method at one budget each, in order of first appearance.
std::vector<std::vector<Verdict>> by_method(std::span<const Verdict> verdicts);

// What the picture is drawn from, as a JSON list; a regret that is not finite is null.
std::string scores_json(std::span<const std::vector<Verdict>> methods);

// One line per method and budget.
std::string score_table(std::span<const std::vector<Verdict>> methods);

// Median regret per task, one line per method and budget.
std::string task_table(std::span<const std::vector<Verdict>> methods);

// The `count` cells (task × optimizer) with the highest mean regret over the replays.
std::string worst_table(std::span<const std::vector<Verdict>> methods, std::size_t count);

}  // namespace lrtune::quality
