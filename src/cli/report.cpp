// lrtune report RESULT: shows a saved result of tune, range, train or check again, in any format of the registry
// (report/reporters.h).
#include "lrtune/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "base/files.h"
#include "base/text.h"
#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/result_output.h"
#include "config/config.h"
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
    throw Error(o.output, "is the result, which would be overwritten", "write to another file");
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
  std::vector<std::string_view> names;
  for (TableName name : tables) names.push_back(kTableNames[static_cast<std::size_t>(name)]);
  throw Error(result_name(o), fmt::format("is {}, which has no {}", kind_name(result), o.table),
              fmt::format("--table can be: {}", join(names, ", ")));
}

template <class Result>
const Reporter& chosen_reporter(const ReportOptions& o, const Result& result) {
  const Reporter& reporter = reporters()[place_among(names_of(reporters()), o.format, "--format")];
  if (can_show(reporter, result)) return reporter;
  std::vector<std::string_view> names;
  for (const Reporter& row : reporters())
    if (can_show(row, result)) names.push_back(row.card.name);
  throw Error(result_name(o), fmt::format("is {}, which cannot be shown as {}", kind_name(result), o.format),
              fmt::format("--format can be: {}", join(names, ", ")));
}

// Why that table has no rows, and what to do.
template <class Result>
std::string why_empty(const Result& result, TableName table) {
  if (table == tables_of(result).front()) return "--format table tells why";
  const bool has_trials = table == TableName::curves && !page_of(result, TableName::trials).table.rows.empty();
  return has_trials ? "no trial came as far as its first look, --table trials has how they ended"
                    : "a baseline leaves them out, name the result that it was made of";
}

template <class Result>
std::string report_of(const ReportOptions& o, const Result& result) {
  const Reporter& reporter = chosen_reporter(o, result);
  const TableName table = chosen_table(o, result);
  if (auto text = shown(reporter, result, table)) return *text;
  const std::string_view rows = kTableNames[static_cast<std::size_t>(table)];
  throw Error(result_name(o), fmt::format("holds no {}", rows), why_empty(result, table));
}

ExitCode report(const ReportOptions& o) {
  if (o.result.empty()) throw Error("report", "no result given", "name the file of one, or - for standard input");
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
