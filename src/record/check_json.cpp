#include "record/check_json.h"

#include "record/describe_check.h"
#include "record/json_reader.h"
#include "record/json_writer.h"
#include "record/result_node.h"
#include "record/schema_writer.h"

namespace lrtune {

std::string check_to_json(const CheckReport& report, const std::string& tool_version, int exit_code) {
  return write_json(json_of(StoredCheck{tool_version, report, exit_code}), 1);
}

CheckReport check_report_from_node(const Node& root) { return read_record<StoredCheck>(root).report; }

CheckReport check_report_from_json(std::string_view text, const std::string& where) {
  return read_result(text, where, check_report_from_node);
}

std::string check_schema() {
  return schema_text<StoredCheck>("lrtune check report", "What lrtune check --json prints.");
}

}  // namespace lrtune
