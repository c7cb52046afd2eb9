// baseline_json.h: baselines as files, and their comparison to the byte. A baseline is a
// result without `trials` and `run`, or with them, and may hold tolerances of its own:
//   "tolerances": {"rate_decades": …, "loss_absolute": …, "loss_relative": …, "loss_se": …}, each ≥ 0, each may be left
//   out
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lrtune/check.h"
#include "lrtune/study.h"

namespace lrtune {

// The file's "schema_version"; others than kResultSchemaVersion cannot be read further. Throws Error if the text is no
// result at all.
std::size_t result_version(std::string_view text, const std::string& where);

// Throws Error with every mistake in "tolerances"; without them all are absent.
ToleranceSettings tolerances_from_json(std::string_view text, const std::string& where);

// The study without `trials` and `run`; `tolerances` only if any is set.
std::string baseline_to_json(const Study& study, const ToleranceSettings& tolerances);

// What is not the same in two results that study_from_json has read, to the last bit of each number: all of them but
// `tool`, `run`, `tolerances`, the words of notices, and the config, which is compared by its fields (config/); without
// `trials`, and without what later versions added, if the baseline has none. Optimizers are matched by label; ones that
// the baseline lacks are passed over, and then the overall recommendation, which they have a part in.
std::vector<Difference> byte_differences(std::string_view baseline, std::string_view result);

}  // namespace lrtune
