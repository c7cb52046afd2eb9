// result_node.h: results of every kind from a node whose version is known to be right. All throw Error with file and
// JSON path.
#pragma once

#include <string>
#include <string_view>

#include "lrtune/check.h"
#include "lrtune/range.h"
#include "lrtune/study.h"
#include "lrtune/trial_run.h"
#include "record/node.h"

namespace lrtune {

Study study_from_node(const Node& root);
RangeStudy range_from_node(const Node& root);
TrialRun trial_run_from_node(const Node& root);
CheckReport check_report_from_node(const Node& root);

// read(root of the text), if lrtune can read its version.
template <class Result>
Result read_result(std::string_view text, const std::string& where, Result (*read)(const Node& root)) {
  const Json json = parse_json(text, where);
  const Node root(json, where);
  check_version(root);
  return read(root);
}

}  // namespace lrtune
