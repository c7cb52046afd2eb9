// problem_words.h: problems in words. Each area has its table.
#pragma once

#include <span>
#include <string>

#include "lrtune/problem.h"
#include "report/words.h"

namespace lrtune {

// What is wrong, and what would be right, which may be empty: one line each.
std::string problem_what(const Problem& problem);
std::string problem_hint(const Problem& problem);

std::span<const Words<ProblemKind>> data_problem_words();
std::span<const Words<ProblemKind>> config_problem_words();
std::span<const Words<ProblemKind>> run_problem_words();
std::span<const Words<ProblemKind>> file_problem_words();
std::span<const Words<ProblemKind>> record_problem_words();
std::span<const Words<ProblemKind>> cli_problem_words();

}  // namespace lrtune
