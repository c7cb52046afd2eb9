// data_line.h: "1438 training rows, 359 validation rows, 64 features, 10 classes".
#pragma once

#include <fmt/format.h>

#include <string>

#include "lrtune/study.h"

namespace lrtune {

inline std::string data_line(const DataSummary& data) {
  const std::string kind =
      data.kind == TaskKind::classification ? fmt::format("{} classes", data.outputs) : "regression";
  return fmt::format("{} training rows, {} validation rows, {} features, {}\n", data.train_rows, data.validation_rows,
                     data.features, kind);
}

}  // namespace lrtune
