// A result of any kind that was read can be written, reads back as the same, and is then written as the same bytes.
#include <string>

#include "fuzz/promises.h"
#include "record/any_result.h"
#include "record/check_json.h"
#include "record/range_json.h"
#include "record/study_json.h"
#include "record/trial_run_json.h"

namespace lrtune::fuzz {
namespace {

std::string written(const Study& study) { return study_to_json(study); }
std::string written(const RangeStudy& study) { return range_to_json(study); }
std::string written(const TrialRun& run) { return trial_run_to_json(run); }
std::string written(const CheckReport& report) { return check_to_json(report, "0.1.0", 0); }

std::string text_of(const AnyResult& result) {
  return std::visit([](const auto& record) { return written(record); }, result);
}

}  // namespace

void fuzz_result(std::string_view bytes) {
  AnyResult result;
  if (!accepts([&] { result = result_from_json(bytes, "r.json"); })) return;
  const std::string text = text_of(result);
  const AnyResult again = result_from_json(text, "again.json");
  require(again == result, "a written result reads back as the same: " + text);
  require(text_of(again) == text, "and is written as the same bytes");
}

}  // namespace lrtune::fuzz
