#include "fuzz/promises.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "data/dataset.h"
#include "data/split.h"
#include "data/standardize.h"
#include "fuzz/memory.h"
#include "lrtune/error.h"
#include "report/notice_words.h"
#include "report/problem_words.h"

namespace lrtune::fuzz {
namespace {

constexpr std::size_t kLongestLine = 8192;  // 64 keys of 80 letters and what is said about them

bool is_utf8(const std::string& text) {
  try {
    return !nlohmann::json(text).dump().empty();
  } catch (const nlohmann::json::type_error&) {
    return false;
  }
}

void check_line(const std::string& line) {
  require(line.size() <= kLongestLine, fmt::format("a line is short, not {} bytes", line.size()));
  require(std::ranges::none_of(line, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }),
          "a line has no control bytes: " + line);
  require(is_utf8(line), "a line is UTF-8: " + line);
}

void check_problem(const Problem& problem) {
  require(!problem_what(problem).empty(), "an error says what is wrong");
  check_line(to_line(problem));
}

void check_rows(const Rows& rows, const DataSummary& summary) {
  const auto is_finite = [](float x) { return std::isfinite(x); };
  require(rows.features.size() == rows.count * summary.features, "as many features as rows and columns say");
  require(std::ranges::all_of(rows.features, is_finite), "features are finite");
  if (summary.kind == TaskKind::classification) {
    require(rows.labels.size() == rows.count && rows.targets.empty(), "one label per row");
    const auto in_range = [&](std::int32_t label) {
      return label >= 0 && static_cast<std::size_t>(label) < summary.outputs;
    };
    require(std::ranges::all_of(rows.labels, in_range), "labels are those of classes");
  } else {
    require(rows.targets.size() == rows.count && rows.labels.empty(), "one target per row");
    require(std::ranges::all_of(rows.targets, is_finite), "targets are finite");
  }
}

}  // namespace

void require(bool kept, const std::string& promise) {
  if (!kept) throw std::logic_error("not kept: " + promise);
}

bool accepts(const std::function<void()>& read) {
  try {
    read();
    return true;
  } catch (const Error& error) {
    require(!error.problems().empty(), "an error has a problem");
    for (const Problem& problem : error.problems()) check_problem(problem);
    return false;
  }
}

void run_target(const Target& target, std::string_view bytes) {
  start_counting();
  target.run(bytes);
  const std::size_t most = most_allocated();
  const std::size_t bound = target.fixed + target.times * bytes.size();
  require(most <= bound, fmt::format("{} bytes need at most {} bytes of memory, not {}", bytes.size(), bound, most));
}

void make_task(const Table& table, const DataConfig& config) {
  accepts([&] {
    const Dataset dataset = resolve(table, std::nullopt, config);
    const Task task = standardize(dataset, split_rows(dataset, config), config);
    require(task.train.count > 0 && task.validation.count > 0, "both halves of a split have rows");
    require(task.train.count + task.validation.count == dataset.rows, "the halves make the whole");
    for (const Notice& notice : task.notices) check_line(notice_line(notice));
    check_rows(task.train, task.summary);
    check_rows(task.validation, task.summary);
  });
}

}  // namespace lrtune::fuzz
