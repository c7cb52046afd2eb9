// lrtune schema config|result|range: the JSON Schema (draft 7) of what tune and range read and write.
#include <fmt/format.h>

#include <array>
#include <memory>

#include "base/text.h"
#include "cli/command.h"
#include "cli/output.h"
#include "config/config.h"
#include "lrtune/error.h"
#include "record/range_json.h"
#include "record/study_json.h"

namespace lrtune {
namespace {

ExitCode schema(const std::string& what) {
  constexpr std::array<std::string_view, 3> kNames = {"config", "result", "range"};
  if (what == "config") {
    print_output(config_schema());
  } else if (what == "result") {
    print_output(result_schema());
  } else if (what == "range") {
    print_output(range_result_schema());
  } else if (what.empty()) {
    throw Error("schema", "which schema is missing", "one of: config, result, range");
  } else {
    throw Error("schema", fmt::format("unknown {}", show(what)), suggest_name(what, kNames));
  }
  return ExitCode::ok;
}

}  // namespace

Action add_schema(CLI::App& app) {
  auto what = std::make_shared<std::string>();
  app.add_option("WHAT", *what, "config, result or range");
  return [what] { return schema(*what); };
}

}  // namespace lrtune
