// phrases.h: what more than one summary says.
#pragma once

#include <fmt/format.h>

#include <string>

#include "lrtune/study.h"

namespace lrtune {

// "1438 training rows, 359 validation rows, 64 features, 10 classes"
inline std::string data_line(const DataSummary& data) {
  const std::string kind =
      data.kind == TaskKind::classification ? fmt::format("{} classes", data.outputs) : "regression";
  return fmt::format("{} training rows, {} validation rows, {} features, {}\n", data.train_rows, data.validation_rows,
                     data.features, kind);
}

// "0.1173 ± 0.014"
inline std::string estimate_text(const Estimate& e) {
  if (!e.standard_error) return fmt::format("{:.4g}", e.mean);
  return fmt::format("{:.4g} ± {:.2g}", e.mean, *e.standard_error);
}

}  // namespace lrtune
