// phrases.h: what more than one summary says.
#pragma once

#include <fmt/format.h>

#include <string>

#include "lrtune/result.h"
#include "lrtune/study.h"

namespace lrtune {

// "1438 training rows, 359 validation rows, 64 features, 10 classes"
inline std::string subject_line(const Subject& subject) {
  if (!subject.data) return "";
  const DataSummary& data = *subject.data;
  const std::string kind =
      data.kind == TaskKind::classification ? fmt::format("{} classes", data.outputs) : "regression";
  return fmt::format("{} training rows, {} validation rows, {} features, {}\n\n", data.train_rows, data.validation_rows,
                     data.features, kind);
}

// "1.3 s on 2 threads (avx512)"
inline std::string effort_text(const RunInfo& run) {
  return fmt::format("{:.1f} s on {} {}{}", run.wall_seconds, run.threads, run.threads == 1 ? "thread" : "threads",
                     run.isa ? fmt::format(" ({})", *run.isa) : "");
}

// "0.1173 ± 0.014"
inline std::string estimate_text(const Estimate& e) {
  if (!e.standard_error) return fmt::format("{:.4g}", e.mean);
  return fmt::format("{:.4g} ± {:.2g}", e.mean, *e.standard_error);
}

}  // namespace lrtune
