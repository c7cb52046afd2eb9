#include "data/columns.h"

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
Problem unknown_target(const TextTable& table, const std::string& name) {
  constexpr auto kKind = ProblemKind::target_unknown;
  for (std::size_t column = 0; !table.named && table.rows > 0 && column < table.columns(); ++column)
    if (table.cell(0, column) == name) return {kKind, table.file, {{"column", name}}, "data.header", "present"};
  if (!table.named) return {kKind, table.file, {{"column", name}, {"last", table.columns() - 1}}, "data.target"};
  Problem problem(kKind, table.file, suggestion(name, views(table.names)), "data.target");
  if (const auto near = nearest_name(name, views(table.names))) problem.value = json_text(*near);
  problem.facts.push_back({"column", name});
  return problem;
}

std::optional<std::size_t> find_target(const TextTable& table, const DataConfig& config,
                                       std::vector<Problem>& problems) {
  if (!config.target) {
    problems.push_back({ProblemKind::target_missing, table.file, {}, "data.target"});
    return std::nullopt;
  }
  if (const auto* index = std::get_if<std::size_t>(&*config.target)) {
    if (*index < table.columns()) return *index;
    problems.push_back({ProblemKind::target_index,
                        table.file,
                        {{"index", *index}, {"columns", table.columns()}, {"last", table.columns() - 1}},
                        "data.target"});
    return std::nullopt;
  }
  const auto& name = std::get<std::string>(*config.target);
  const auto found = find_name(table, name);
  if (!found) problems.push_back(unknown_target(table, name));
  return found;
}

// `ignore` and `one_hot` must name columns of the file, or of either file, and never the target.
void check_list(const std::vector<std::string>& list, const std::string& option, const TextTables& tables,
                std::string_view target, std::vector<Problem>& problems) {
  for (const std::string& name : list) {
    const auto has = [&](const TextTable* table) { return find_name(*table, name).has_value(); };
    if (std::ranges::none_of(tables, has)) {
      Facts facts = suggestion(name, views(tables[0]->names));
      facts.push_back({"column", name});
      problems.push_back({ProblemKind::column_unknown, tables[0]->file, std::move(facts), option});
    } else if (name == target) {
      problems.push_back({ProblemKind::column_is_target, tables[0]->file, {{"column", name}}, option});
    }
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
    Facts facts = {{"column", name}, {"other", table.file}};
    if (const auto near = nearest_name(name, unmatched)) facts.push_back({"nearest", std::string(*near)});
    problems.push_back(
        {ProblemKind::column_unmatched, other.file, std::move(facts), "data.ignore", ignoring(config, name)});
  }
}

void check_match(const TextTables& tables, const DataConfig& config, std::vector<Problem>& problems) {
  if (tables.size() < 2) return;
  if (go_by_name(tables)) {
    find_unmatched(*tables[0], *tables[1], config, problems);
    find_unmatched(*tables[1], *tables[0], config, problems);
  } else if (tables[0]->columns() != tables[1]->columns()) {
    problems.push_back({ProblemKind::columns_differ,
                        tables[1]->file,
                        {{"columns", tables[1]->columns()},
                         {"other", tables[0]->file},
                         {"other_columns", tables[0]->columns()},
                         {"by_name", "if both files have a header"}}});
  }
}

}  // namespace

std::string ignoring(const DataConfig& config, const std::string& column) {
  std::vector<std::string> names = config.ignore;
  names.push_back(column);
  return json_texts(names);
}

ColumnPlan plan_columns(const TextTables& tables, const DataConfig& config) {
  const TextTable& train = *tables[0];
  std::vector<Problem> problems;
  const auto target = find_target(train, config, problems);
  const std::string_view target_name = target ? std::string_view(train.names[*target]) : std::string_view();
  check_list(config.ignore, "data.ignore", tables, target_name, problems);
  check_list(config.one_hot, "data.one_hot", tables, target_name, problems);
  for (const std::string& name : config.one_hot)
    if (is_listed(config.ignore, name))
      problems.push_back({ProblemKind::column_listed_twice, train.file, {{"column", name}}, "data.one_hot"});
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
  if (plan.features.empty()) throw Error(ProblemKind::features_missing, train.file, {}, "data.ignore", "[]");
  return plan;
}

}  // namespace lrtune
