#include "record/any_result.h"

#include <array>

#include "record/result_node.h"

namespace lrtune {
namespace {

template <class Result, Result (*kRead)(const Node& root)>
AnyResult read_as(const Node& root) {
  return kRead(root);
}

// The key that no other kind has; a study's is in all but a trial's.
struct Kind {
  std::string_view key;
  AnyResult (*read)(const Node& root);
};

constexpr std::array kKinds = {
    Kind{"verdict", read_as<CheckReport, check_report_from_node>}, Kind{"range", read_as<RangeStudy, range_from_node>},
    Kind{"trial", read_as<TrialRun, trial_run_from_node>}, Kind{"optimizers", read_as<Study, study_from_node>}};

AnyResult result_from_node(const Node& root) {
  for (const Kind& kind : kKinds)
    if (root.find(kind.key)) return kind.read(root);
  root.fail(ProblemKind::not_a_result);
}

}  // namespace

AnyResult result_from_json(std::string_view text, const std::string& where) {
  return read_result(text, where, result_from_node);
}

}  // namespace lrtune
