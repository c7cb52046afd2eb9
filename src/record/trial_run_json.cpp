#include "record/trial_run_json.h"

#include "record/describe_study.h"
#include "record/json_reader.h"
#include "record/json_writer.h"
#include "record/result_node.h"
#include "record/schema_writer.h"

namespace lrtune {

std::string trial_run_to_json(const TrialRun& run) { return write_json(json_of(run), 1); }

TrialRun trial_run_from_node(const Node& root) { return read_record<TrialRun>(root); }

TrialRun trial_run_from_json(std::string_view text, const std::string& where) {
  return read_result(text, where, trial_run_from_node);
}

std::string train_schema() {
  return schema_text<TrialRun>(
      "lrtune train result",
      "What lrtune train -o writes. No NaN, no Infinity; the same bytes everywhere except tool and run.");
}

}  // namespace lrtune
