#include "report/problem_words.h"

namespace lrtune {
namespace {

std::string filled(const Problem& problem, std::string_view Words<ProblemKind>::*sentence) {
  const Facts facts = with_option(problem.facts, problem.option, problem.value);
  for (const auto& table : {data_problem_words(), config_problem_words(), run_problem_words(), file_problem_words(),
                            record_problem_words(), cli_problem_words()})
    if (const auto* words = find_words(table, problem.kind, facts)) return fill(words->*sentence, facts);
  return "";
}

}  // namespace

std::string problem_what(const Problem& problem) { return filled(problem, &Words<ProblemKind>::what); }
std::string problem_hint(const Problem& problem) { return filled(problem, &Words<ProblemKind>::hint); }

std::string to_line(const Problem& problem) {
  const std::string what = problem_what(problem);
  const std::string hint = problem_hint(problem);
  return (problem.where.empty() ? what : problem.where + ": " + what) + (hint.empty() ? "" : "; " + hint);
}

}  // namespace lrtune
