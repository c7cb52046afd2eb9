// methods.h: the methods whose advice is judged. Each asks for advice on every optimizer of a task, once, under one
// seed. An extension is one function and one row of methods().
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "advice.h"
#include "oracle.h"
#include "tasks.h"

namespace lrtune::quality {

// What a method may look at. `replay` is its search.seed, and counts the stored seeds of the oracle: 3·(replay − 1) …
struct Question {
  const BenchTask& task;
  std::optional<double> budget;  // full runs per optimizer
  std::uint32_t replay;          // from 1
  const std::filesystem::path& oracle_folder;
};

enum class Budgeted { no, yes };

struct Method {
  std::string name;
  Budgeted budgeted;  // no: asked once per replay, whatever the budgets
  std::function<std::vector<Advice>(const Question&)> ask;
};

std::span<const Method> methods();

// Ourselves: the real sweep.
std::vector<Advice> ask_sweep(const Question& question);

}  // namespace lrtune::quality
