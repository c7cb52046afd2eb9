#include "base/json.h"
#include "record/names.h"
#include "record/parts.h"
#include "record/study_json.h"

namespace lrtune {
namespace {

Json to_json(const Overall& overall) {
  return {{"label", overall.label},
          {"learning_rate", overall.learning_rate},
          {"objective", to_json(overall.objective)},
          {"not_told_apart", overall.not_told_apart},
          {"status", result_name(overall.status)}};
}

Json to_json(const Recommendation& r) {
  Json out = {{"learning_rate", or_null(r.learning_rate)},
              {"interval", or_null(r.interval)},
              {"range", r.range ? Json{{"min", r.range->min}, {"max", r.range->max}} : Json(nullptr)},
              {"divergence_margin_decades", or_null(r.divergence_margin_decades)},
              {"objective", to_json(r.objective)}};
  if (r.objective_in_target_units) out["objective_in_target_units"] = to_json(*r.objective_in_target_units);
  out["validation_error"] = to_json(r.validation_error);
  out["seeds"] = r.seeds;
  out["status"] = result_name(r.status);
  out["notices"] = to_json(r.notices);
  return out;
}

Json to_json(const std::optional<Sharpness>& sharpness) {
  if (!sharpness) return nullptr;
  return {{"value", sharpness->value}, {"products", sharpness->products}, {"converged", sharpness->converged}};
}

Json to_json(const StabilityPoint& point) {
  return {{"sharpness", to_json(point.sharpness)},
          {"preconditioned", to_json(point.preconditioned)},
          {"edge", or_null(point.edge)}};
}

Json to_json(const Stability& stability) {
  return {{"start", to_json(stability.start)},
          {"end", stability.end ? to_json(*stability.end) : Json(nullptr)},
          {"lowest_diverged", or_null(stability.lowest_diverged)},
          {"full_runs", stability.full_runs}};
}

Json to_json(const Entry& entry) {
  Json trials = Json::array();
  for (const Trial& trial : entry.trials) trials.push_back(to_json(trial));
  Json out = {{"label", entry.label},
              {"name", entry.name},
              {"hyperparameters", to_json(entry.hyperparameters)},
              {"recommendation", to_json(entry.recommendation)},
              {"default",
               {{"learning_rate", entry.framework_default.learning_rate},
                {"objective", to_json(entry.framework_default.objective)},
                {"diverged", entry.framework_default.diverged}}},
              {"cost", {{"trials", entry.cost.trials}, {"full_runs", entry.cost.full_runs}}}};
  if (entry.stability) out["stability"] = to_json(*entry.stability);
  out["trials"] = std::move(trials);
  return out;
}

}  // namespace

std::string trial_run_to_json(const TrialRun& run) {
  Json root = {
      {"schema_version", kResultSchemaVersion},
      {"tool", tool(run.head.tool_version)},
      {"config", embedded_config(run.head.config_json)},
      {"config_id", run.head.config_id},
      {"data", to_json(run.head.subject)},
      {"optimizer", {{"label", run.label}, {"name", run.name}, {"hyperparameters", to_json(run.hyperparameters)}}},
      {"trial", to_json(run.trial)}};
  if (run.stability) root["stability"] = to_json(*run.stability);
  root["run"] = to_json(run.head.run);
  return write_json(root, 1);
}

Json to_json(const Study& study) {
  Json entries = Json::array();
  for (const Entry& entry : study.optimizers) entries.push_back(to_json(entry));
  return {{"schema_version", kResultSchemaVersion},
          {"tool", tool(study.head.tool_version)},
          {"complete", study.complete},
          {"config", embedded_config(study.head.config_json)},
          {"config_id", study.head.config_id},
          {"data", to_json(study.head.subject)},
          {"recommendation", study.recommendation ? to_json(*study.recommendation) : Json(nullptr)},
          {"optimizers", std::move(entries)},
          {"run", to_json(study.head.run)}};
}

std::string study_to_json(const Study& study) { return write_json(to_json(study), 1); }

}  // namespace lrtune
