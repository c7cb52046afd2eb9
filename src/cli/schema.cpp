// lrtune schema config|result|range|train|check: the JSON Schema (draft 7) of what lrtune reads and writes.
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/output.h"
#include "config/config_json.h"
#include "lrtune/error.h"
#include "record/check_json.h"
#include "record/range_json.h"
#include "record/study_json.h"
#include "record/trial_run_json.h"

namespace lrtune {
namespace {

struct SchemaRow {
  std::string_view name;
  std::string (*make)();
};

constexpr std::array kSchemas = {SchemaRow{"config", config_schema}, SchemaRow{"result", result_schema},
                                 SchemaRow{"range", range_result_schema}, SchemaRow{"train", train_schema},
                                 SchemaRow{"check", check_schema}};

ExitCode schema(const std::string& what) {
  std::vector<std::string_view> names;
  for (const SchemaRow& row : kSchemas) names.push_back(row.name);
  if (what.empty()) throw Error(ProblemKind::schema_absent, "schema", suggestion("", names));
  print_output(kSchemas[place_among(names, what, "schema")].make());
  return ExitCode::ok;
}

}  // namespace

Action add_schema(CLI::App& app) {
  auto what = std::make_shared<std::string>();
  app.add_option("WHAT", *what, "config, result, range, train or check");
  return [what] { return schema(*what); };
}

}  // namespace lrtune
