// A TrialRun as pages: the curve that `lrtune train` prints with how the trial ended, and the trial as one row.
#include <fmt/format.h>

#include "report/pages.h"
#include "report/phrases.h"
#include "report/trial_tables.h"

namespace lrtune {
namespace {

// Sharpness and predicted edges, a line each for start and end.
std::string stability_text(const Stability& stability) {
  const auto line = [](const char* where, const StabilityPoint& point) {
    std::string text = fmt::format("{}: sharpness ", where);
    text += point.sharpness ? fmt::format("λ = {:.4g}", point.sharpness->value) : kNothing;
    if (point.preconditioned) text += fmt::format(", preconditioned {:.4g}", point.preconditioned->value);
    if (point.edge) text += fmt::format("; stability limit on a quadratic of this curvature: {:.3g}", *point.edge);
    return text + "\n";
  };
  return line("start", stability.start) + (stability.end ? line("end", *stability.end) : "");
}

std::string outcome_text(const TrialRun& run) {
  const Trial& trial = run.trial;
  std::string text =
      fmt::format("{} at {}, seed {}: {}", run.label, format_number(trial.learning_rate), trial.seed, end_text(trial));
  if (trial.objective) text += fmt::format(", objective {:.6g}", *trial.objective);
  if (trial.validation_error)
    text += fmt::format(", validation accuracy {:.2f} %", 100 * (1 - *trial.validation_error));
  return text + "\n" + (run.stability ? stability_text(*run.stability) : "");
}

constexpr std::array kTables = {TableName::curves, TableName::trials};

}  // namespace

std::span<const TableName> tables_of(const TrialRun&) { return kTables; }

Page page_of(const TrialRun& run, TableName table) {
  const std::vector<TrialRow> rows = {{&run.label, &run.trial}};
  if (table == TableName::trials) return {"", trials_table(rows), ""};
  return {"", curves_table(rows, Which::one), outcome_text(run)};
}

}  // namespace lrtune
