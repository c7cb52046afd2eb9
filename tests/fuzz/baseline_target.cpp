// A baseline is a result with tolerances: what was read, written again, reads back as the same, and differs in nothing
// from itself.
#include <string>

#include "fuzz/promises.h"
#include "record/baseline_json.h"
#include "record/study_json.h"

namespace lrtune::fuzz {

void fuzz_baseline(std::string_view bytes) {
  const std::string text(bytes);
  Study study;
  ToleranceSettings tolerances;
  const bool read = accepts([&] {
    result_version(text, "b.json");
    study = study_from_json(text, "b.json");
    tolerances = tolerances_from_json(text, "b.json");
  });
  if (!read) return;
  require(byte_differences(text, text).empty(), "a baseline differs from itself");
  const std::string again = baseline_to_json(study, tolerances);
  require(tolerances_from_json(again, "again.json") == tolerances, "tolerances read back as the same: " + again);
  const Study stored = study_from_json(again, "again.json");
  require(baseline_to_json(stored, tolerances) == again, "and a baseline is written as the same bytes");
}

}  // namespace lrtune::fuzz
