#include "base/json.h"
#include "record/baseline_json.h"
#include "record/names.h"
#include "record/obstacle_row.h"
#include "record/parts.h"

namespace lrtune {
namespace {

constexpr int kCheckSchemaVersion = 1;

Json difference(const Difference& d) {
  Json out = {{"label", or_null(d.label)}, {"where", d.where}, {"before", d.before}, {"now", d.now}};
  return out;
}

Json obstacle(const Obstacle& o) {
  const ObstacleRow row = row_of(o);
  Json out = difference({row.where, row.before, row.now, row.label});
  out["kind"] = result_name(row.kind);
  return out;
}

Json label_check(const LabelCheck& c) {
  Json reasons = Json::array();
  for (Reason reason : c.reasons) reasons.push_back(result_name(reason));
  return {{"label", c.label},
          {"verdict", result_name(c.verdict)},
          {"reasons", std::move(reasons)},
          {"learning_rate",
           {{"before", or_null(c.rate_before)},
            {"now", or_null(c.rate_now)},
            {"decades", or_null(c.decades)},
            {"inside_interval", c.inside_interval}}},
          {"objective",
           {{"before", to_json(c.loss_before)},
            {"now", to_json(c.loss_now)},
            {"change", or_null(c.loss_change)},
            {"allowed", or_null(c.loss_allowed)}}},
          {"status", {{"before", result_name(c.status_before)}, {"now", result_name(c.status_now)}}}};
}

template <class T, class Write>
Json list(const std::vector<T>& items, Write write) {
  Json out = Json::array();
  for (const T& item : items) out.push_back(write(item));
  return out;
}

}  // namespace

std::string check_to_json(const CheckReport& report, const std::string& tool_version, int exit_code) {
  const Tolerances& t = report.tolerances;
  const Json root = {{"schema_version", kCheckSchemaVersion},
                     {"tool", tool(tool_version)},
                     {"baseline", report.baseline},
                     {"result", report.result},
                     {"verdict", result_name(report.verdict)},
                     {"exit_code", exit_code},
                     {"exact", report.exact},
                     {"tolerances",
                      {{"rate_decades", t.rate_decades},
                       {"loss_absolute", t.loss_absolute},
                       {"loss_relative", t.loss_relative},
                       {"loss_se", t.loss_se}}},
                     {"compared", report.compared},
                     {"obstacles", list(report.obstacles, obstacle)},
                     {"differences", list(report.differences, difference)},
                     {"optimizers", list(report.labels, label_check)}};
  return write_json(root, 1);
}

}  // namespace lrtune
