#include "record/names.h"
#include "record/parts.h"
#include "record/range_json.h"
#include "record/study_json.h"

namespace lrtune {
namespace {

Json to_json(const RangeOptions& options) {
  return {{"updates", options.updates},
          {"from", options.from},
          {"to", options.to},
          {"growth", result_name(options.growth)},
          {"loss", result_name(options.loss)},
          {"smoothing", options.smoothing},
          {"stop_factor", options.stop_factor}};
}

Json to_json(const Suggestion& suggestion) {
  Json out = {{"learning_rate", or_null(suggestion.learning_rate)}};
  if (suggestion.lowest_rate) out["lowest_rate"] = *suggestion.lowest_rate;
  out["why"] = suggestion.why;
  return out;
}

Json to_json(const Agreement& agreement) {
  Json out = {{"learning_rate", or_null(agreement.learning_rate)}};
  if (agreement.lowest_rate) out["lowest_rate"] = *agreement.lowest_rate;
  out["spread_decades"] = or_null(agreement.spread_decades);
  out["abstained"] = agreement.abstained;
  return out;
}

// One per heuristic, by its name.
template <class Row>
Json by_heuristic(const std::vector<std::string>& names, const std::vector<Row>& rows) {
  Json out = Json::object();
  for (std::size_t i = 0; i < names.size(); ++i) out[names[i]] = to_json(rows.at(i));
  return out;
}

Json to_json(const RangeRun& run, const std::vector<std::string>& heuristics) {
  return {
      {"seed", run.seed},
      {"status", result_name(run.status)},
      {"ended_at_update", or_null(run.ended_at_update)},
      {"curve", {{"learning_rate", run.curve.rate}, {"loss", run.curve.loss}, {"smoothed_loss", run.curve.smoothed}}},
      {"suggestions", by_heuristic(heuristics, run.suggestions)}};
}

Json to_json(const RangeEntry& entry, const std::vector<std::string>& heuristics) {
  Json runs = Json::array();
  for (const RangeRun& run : entry.runs) runs.push_back(to_json(run, heuristics));
  return {{"label", entry.label},
          {"name", entry.name},
          {"hyperparameters", to_json(entry.hyperparameters)},
          {"suggestions", by_heuristic(heuristics, entry.agreements)},
          {"runs", std::move(runs)}};
}

}  // namespace

std::string range_to_json(const RangeStudy& study) {
  Json entries = Json::array();
  for (const RangeEntry& entry : study.optimizers) entries.push_back(to_json(entry, study.heuristics));
  const Json root = {{"schema_version", kResultSchemaVersion},
                     {"tool", tool(study.head.tool_version)},
                     {"config", embedded_config(study.head.config_json)},
                     {"config_id", study.head.config_id},
                     {"data", to_json(study.head.subject)},
                     {"range", to_json(study.options)},
                     {"optimizers", std::move(entries)},
                     {"run", to_json(study.head.run)}};
  return write_json(root, 1);
}

}  // namespace lrtune
