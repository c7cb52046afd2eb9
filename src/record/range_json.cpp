#include "record/range_json.h"

#include "record/describe_range.h"
#include "record/json_reader.h"
#include "record/json_writer.h"
#include "record/result_node.h"
#include "record/schema_writer.h"

namespace lrtune {
namespace {

// The names under which the first optimizer has suggestions; all others have the same.
std::vector<std::string> heuristics_of(const Node& root) {
  std::vector<std::string> names;
  const std::vector<Node> entries = root["optimizers"].items();
  if (entries.empty()) return names;
  const Node suggestions = entries.front()["suggestions"];
  for (const auto& item : suggestions.object().json().items()) names.push_back(item.key());
  return names;
}

}  // namespace

std::string range_to_json(const RangeStudy& study) { return write_json(json_of(study), 1); }

RangeStudy range_from_node(const Node& root) {
  RangeStudy study;
  study.heuristics = heuristics_of(root);
  read_value(root, study, {});
  for (RangeEntry& entry : study.optimizers)
    for (RangeRun& run : entry.runs) run.curve.updates = study.options.updates;
  return study;
}

RangeStudy range_from_json(std::string_view text, const std::string& where) {
  return read_result(text, where, range_from_node);
}

std::string range_result_schema() {
  return schema_text<RangeStudy>(
      "lrtune range result",
      "What lrtune range -o writes. No NaN, no Infinity; the same bytes everywhere except tool and run.");
}

}  // namespace lrtune
