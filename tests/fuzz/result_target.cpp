// A result that was read can be written, reads back as the same Study, and is then written as the same bytes.
#include <string>

#include "fuzz/promises.h"
#include "record/study_json.h"

namespace lrtune::fuzz {

void fuzz_result(std::string_view bytes) {
  Study study;
  if (!accepts([&] { study = study_from_json(bytes, "r.json"); })) return;
  const std::string text = study_to_json(study);
  const Study again = study_from_json(text, "again.json");
  require(again == study, "a written result reads back as the same: " + text);
  require(study_to_json(again) == text, "and is written as the same bytes");
}

}  // namespace lrtune::fuzz
