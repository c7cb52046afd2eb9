#include "data/columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>

#include "base/text.h"
#include "lrtune/error.h"

namespace lrtune {
namespace {

std::vector<std::string_view> views(const std::vector<std::string>& names) { return {names.begin(), names.end()}; }

std::optional<std::size_t> find_name(const TextTable& table, std::string_view name) {
  const auto found = std::ranges::find(table.names, name);
  if (found == table.names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - table.names.begin());
}

bool is_listed(const std::vector<std::string>& list, std::string_view name) {
  return std::ranges::find(list, name) != list.end();
}

// A target that is no column, yet a cell of the first row, tells that this row was a header after all.
std::string target_hint(const TextTable& table, std::string_view name) {
  for (std::size_t column = 0; !table.named && table.rows > 0 && column < table.columns(); ++column)
    if (table.cell(0, column) == name)
      return "the first row was read as data, for a cell of it is a number; \"data.header\": \"present\" makes it the "
             "header";
  if (!table.named)
    return fmt::format("the file has no header; \"data.target\" is an index from 0 to {}", table.columns() - 1);
  return suggest_name(name, views(table.names));
}

std::optional<std::size_t> find_target(const TextTable& table, const DataConfig& config,
                                       std::vector<Problem>& problems) {
  if (!config.target) {
    problems.push_back({table.file, "no target is given", "\"data.target\" names the column to predict"});
    return std::nullopt;
  }
  if (const auto* index = std::get_if<std::size_t>(&*config.target)) {
    if (*index < table.columns()) return *index;
    problems.push_back({table.file, fmt::format("has {} columns, so none with index {}", table.columns(), *index),
                        fmt::format("\"data.target\" is a name or an index from 0 to {}", table.columns() - 1)});
    return std::nullopt;
  }
  const auto& name = std::get<std::string>(*config.target);
  const auto found = find_name(table, name);
  if (!found)
    problems.push_back(
        {table.file, fmt::format("has no column {} (the target)", show(name)), target_hint(table, name)});
  return found;
}

// `ignore` and `one_hot` must name columns of the file, or of either file, and never the target.
void check_list(const std::vector<std::string>& list, std::string_view field, const TextTables& tables,
                std::string_view target, std::vector<Problem>& problems) {
  for (const std::string& name : list) {
    const auto has = [&](const TextTable* table) { return find_name(*table, name).has_value(); };
    if (std::ranges::none_of(tables, has))
      problems.push_back({tables[0]->file, fmt::format("has no column {} (in \"data.{}\")", show(name), field),
                          suggest_name(name, views(tables[0]->names))});
    else if (name == target)
      problems.push_back({tables[0]->file, fmt::format("column {} is the target and in \"data.{}\"", show(name), field),
                          "take it out of one of them"});
  }
}

bool go_by_name(const TextTables& tables) { return tables.size() == 2 && tables[0]->named && tables[1]->named; }

// Columns of `table` that `other` lacks and that are read.
void find_unmatched(const TextTable& table, const TextTable& other, const DataConfig& config,
                    std::vector<Problem>& problems) {
  std::vector<std::string_view> unmatched;
  for (const std::string& name : other.names)
    if (!find_name(table, name)) unmatched.push_back(name);
  for (const std::string& name : table.names) {
    if (is_listed(config.ignore, name) || find_name(other, name)) continue;
    const auto near = nearest_name(name, unmatched);
    problems.push_back({other.file, fmt::format("has no column {}, which {} has", show(name), table.file),
                        near ? fmt::format("its {} may be the same column", show(*near))
                             : std::string("\"data.ignore\" leaves the column out")});
  }
}

void check_match(const TextTables& tables, const DataConfig& config, std::vector<Problem>& problems) {
  if (tables.size() < 2) return;
  if (go_by_name(tables)) {
    find_unmatched(*tables[0], *tables[1], config, problems);
    find_unmatched(*tables[1], *tables[0], config, problems);
  } else if (tables[0]->columns() != tables[1]->columns()) {
    problems.push_back(
        {tables[1]->file,
         fmt::format("has {} columns, {} has {}", tables[1]->columns(), tables[0]->file, tables[0]->columns()),
         "columns are matched by name if both files have a header"});
  }
}

}  // namespace

ColumnPlan plan_columns(const TextTables& tables, const DataConfig& config) {
  const TextTable& train = *tables[0];
  std::vector<Problem> problems;
  const auto target = find_target(train, config, problems);
  const std::string_view target_name = target ? std::string_view(train.names[*target]) : std::string_view();
  check_list(config.ignore, "ignore", tables, target_name, problems);
  check_list(config.one_hot, "one_hot", tables, target_name, problems);
  for (const std::string& name : config.one_hot)
    if (is_listed(config.ignore, name))
      problems.push_back({train.file,
                          fmt::format("column {} is in \"data.ignore\" and in \"data.one_hot\"", show(name)),
                          "take it out of one of them"});
  check_match(tables, config, problems);
  if (!problems.empty()) throw Error(std::move(problems));

  ColumnPlan plan;
  for (std::size_t i = 0; i < train.columns(); ++i) {
    const std::string& name = train.names[i];
    if (is_listed(config.ignore, name)) continue;
    const std::size_t there = go_by_name(tables) ? find_name(*tables[1], name).value() : i;
    const ColumnUse use{name, {i, there}, is_listed(config.one_hot, name)};
    if (i == target)
      plan.target = use;
    else
      plan.features.push_back(use);
  }
  if (plan.features.empty())
    throw Error(train.file, "no feature column is left", "\"data.ignore\" leaves out all but the target");
  return plan;
}

}  // namespace lrtune
