// lrtune report RESULT: shows a saved result of tune, range, train or check again, in any format of the registry
// (report/reporters.h).
#include "lrtune/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>

#include "base/files.h"
#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/result_output.h"
#include "config/config_json.h"
#include "lrtune/error.h"
#include "record/any_result.h"
#include "report/reporters.h"

namespace lrtune {
namespace {

struct ReportOptions {
  std::string result;
  std::string format = "table";
  std::string table;  // empty: the first that the result has
  std::string output;
};

std::string result_name(const ReportOptions& o) { return o.result == "-" ? "standard input" : o.result; }

// Where the report goes: neither the result nor data that its config names.
void check_report_file(const ReportOptions& o, const AnyResult& result) {
  check_target(o.output);
  if (o.result != "-" && same_file(o.output, o.result))
    throw Error(ProblemKind::output_is_input, o.output, {{"of", "result"}});
  std::visit(
      [&](const auto& r) {
        if constexpr (requires { r.head; }) {
          const std::filesystem::path folder = std::filesystem::path(o.result).parent_path();
          check_no_data(o.output, read_config(r.head.config_json, fmt::format("{}: config", result_name(o)), folder));
        }
      },
      result);
}

// Which of its tables is meant.
template <class Result>
TableName chosen_table(const ReportOptions& o, const Result& result) {
  const std::span<const TableName> tables = tables_of(result);
  if (o.table.empty()) return tables.front();
  const auto table = static_cast<TableName>(place_among(kTableNames, o.table, "--table"));
  if (std::ranges::find(tables, table) != tables.end()) return table;
  std::vector<std::string> names;
  for (TableName name : tables) names.emplace_back(kTableNames[static_cast<std::size_t>(name)]);
  throw Error(ProblemKind::table_not_of_result, result_name(o),
              {{"result", std::string(kind_name(result))}, {"table", o.table}, {"tables", std::move(names)}});
}

template <class Result>
const Reporter& chosen_reporter(const ReportOptions& o, const Result& result) {
  const Reporter& reporter = reporters()[place_among(names_of(reporters()), o.format, "--format")];
  if (can_show(reporter, result)) return reporter;
  std::vector<std::string> names;
  for (const Reporter& row : reporters())
    if (can_show(row, result)) names.emplace_back(row.card.name);
  throw Error(ProblemKind::format_not_of_result, result_name(o),
              {{"result", std::string(kind_name(result))}, {"format", o.format}, {"formats", std::move(names)}});
}

// Why that table has no rows.
template <class Result>
std::string why_empty(const Result& result, TableName table) {
  if (table == tables_of(result).front()) return "outcome";
  const bool has_trials = table == TableName::curves && !page_of(result, TableName::trials).table.rows.empty();
  return has_trials ? "no_look" : "baseline";
}

template <class Result>
std::string report_of(const ReportOptions& o, const Result& result) {
  const Reporter& reporter = chosen_reporter(o, result);
  const TableName table = chosen_table(o, result);
  if (auto text = shown(reporter, result, table)) return *text;
  throw Error(ProblemKind::table_empty, result_name(o),
              {{"rows", std::string(kTableNames[static_cast<std::size_t>(table)])}, {"why", why_empty(result, table)}});
}

ExitCode report(const ReportOptions& o) {
  if (o.result.empty()) throw Error(ProblemKind::result_absent, "report");
  place_among(names_of(reporters()), o.format, "--format");
  if (!o.table.empty()) place_among(kTableNames, o.table, "--table");
  const AnyResult result = result_from_json(read_file(o.result), result_name(o));
  const bool is_file = !o.output.empty() && o.output != "-";
  if (is_file) check_report_file(o, result);
  const std::string text = std::visit([&](const auto& r) { return report_of(o, r); }, result);
  if (is_file)
    write_file_atomically(o.output, text);
  else
    print_output(text);
  return ExitCode::ok;
}

}  // namespace

Action add_report(CLI::App& app) {
  auto o = std::make_shared<ReportOptions>();
  app.add_option("RESULT", o->result, "what tune, range, train or check wrote with -o; - is standard input");
  app.add_option("--format", o->format, "table (default), csv, markdown; of check also junit, annotations")
      ->type_name("NAME");
  app.add_option("--table", o->table, "recommendations (default), trials or curves; of train: curves (default), trials")
      ->type_name("NAME");
  app.add_option("-o,--output", o->output, "write the report to FILE instead of standard output, which is -")
      ->type_name("FILE");
  return [o] { return report(*o); };
}

}  // namespace lrtune
