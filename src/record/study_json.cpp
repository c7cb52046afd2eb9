#include "record/study_json.h"

#include <fmt/format.h>

#include "base/text.h"
#include "record/describe_study.h"
#include "record/json_reader.h"
#include "record/json_writer.h"
#include "record/result_node.h"
#include "record/schema_writer.h"

namespace lrtune {
namespace {

void check_labels(const Study& study, const Node& root) {
  for (std::size_t i = 0; i < study.optimizers.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (study.optimizers[i].label == study.optimizers[j].label)
        root["optimizers"].items()[i]["label"].fail(
            ProblemKind::label_twice,
            {{"label", study.optimizers[i].label}, {"other", fmt::format("/optimizers/{}", j)}, {"of", "result"}});
}

}  // namespace

std::string study_to_json(const Study& study) { return write_json(json_of(study), 1); }

Study study_from_node(const Node& root) {
  Study study = read_record<Study>(root);
  if (const auto search = root["config"].find("search"))
    if (const auto objective = search->find("objective")) study.objective = objective->text();
  check_labels(study, root);
  return study;
}

Study study_from_json(std::string_view text, const std::string& where) {
  return read_result(text, where, study_from_node);
}

std::string result_schema() {
  return schema_text<StoredStudy>(
      "lrtune result",
      "What lrtune tune -o writes. No NaN, no Infinity; the same bytes everywhere except tool and run. A baseline may "
      "lack trials and run, and may have tolerances.");
}

}  // namespace lrtune
