// phrases.h: what more than one page says.
#pragma once

#include <fmt/format.h>

#include <optional>
#include <string>

#include "base/text.h"
#include "lrtune/enum_words.h"
#include "lrtune/result.h"
#include "lrtune/study.h"
#include "report/sheet.h"

namespace lrtune {

// "1 optimizer", "2 optimizers"
inline std::string plural(std::size_t count, const char* noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

// "1438 training rows, 359 validation rows, 64 features, 10 classes"
inline std::string subject_line(const Subject& subject) {
  if (!subject.data) return "";
  const DataSummary& data = *subject.data;
  const std::string kind =
      data.kind == TaskKind::classification ? fmt::format("{} classes", data.outputs) : word(data.kind);
  return fmt::format("{} training rows, {} validation rows, {} features, {}\n\n", data.train_rows, data.validation_rows,
                     data.features, kind);
}

// ", in 1.3 s on 2 threads (avx512)"; a baseline does not say.
inline std::string effort_text(const RunInfo& run) {
  if (run.threads == 0) return "";
  return fmt::format(", in {:.1f} s on {}{}", run.wall_seconds, plural(run.threads, "thread"),
                     run.isa ? fmt::format(" ({})", *run.isa) : "");
}

// "0.1173 ± 0.014"
inline std::string estimate_text(const std::optional<Estimate>& e) {
  if (!e) return kNothing;
  if (!e->standard_error) return fmt::format("{:.4g}", e->mean);
  return fmt::format("{:.4g} ± {:.2g}", e->mean, *e->standard_error);
}

inline std::string rate_text(const std::optional<double>& rate) { return rate ? format_number(*rate) : kNothing; }

inline std::string percent_text(const std::optional<double>& share) {
  return share ? fmt::format("{:.2f} %", 100 * *share) : kNothing;
}

// "A constant answer scores 2.303 (error 89.90 %)."; nothing if the subject has none. `of_errors`: scores are errors.
inline std::string constant_line(const Subject& subject, bool of_errors) {
  if (!subject.data || !subject.data->constant) return "";
  const ConstantAnswer& constant = *subject.data->constant;
  if (of_errors) return fmt::format("A constant answer scores {:.4g}.\n", constant.error.value_or(0));
  const std::string error = constant.error ? fmt::format(" (error {})", percent_text(constant.error)) : "";
  return fmt::format("A constant answer scores {:.4g}{}.\n", constant.loss, error);
}

// The mean and the standard error, as a cell's values.
inline std::vector<CellValue> values_of(const std::optional<Estimate>& e) {
  if (!e) return {CellValue(), CellValue()};
  return {e->mean, value_of(e->standard_error)};
}

}  // namespace lrtune
