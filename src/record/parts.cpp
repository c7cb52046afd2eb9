#include "record/parts.h"

#include "base/check.h"
#include "record/names.h"
#include "report/notice_words.h"

namespace lrtune {
namespace {

Json to_json(const Curve& curve) {
  return {{"step", curve.step},
          {"train_loss", curve.train_loss},
          {"validation_loss", curve.validation_loss},
          {"validation_error", curve.validation_error}};
}

Json to_json(const Facts& facts) {
  Json object = Json::object();
  for (const Fact& fact : facts) std::visit([&](const auto& value) { object[fact.name] = value; }, fact.value);
  return object;
}

Json or_null_text(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

}  // namespace

Json to_json(const Estimate& estimate) {
  return {{"mean", estimate.mean}, {"standard_error", or_null(estimate.standard_error)}};
}

Json to_json(const std::optional<Estimate>& estimate) { return estimate ? to_json(*estimate) : Json(nullptr); }

Json to_json(const std::vector<Notice>& notices) {
  Json list = Json::array();
  for (const Notice& notice : notices)
    list.push_back({{"kind", notice_name(notice.kind)},
                    {"facts", to_json(notice.facts)},
                    {"option", or_null_text(notice.option)},
                    {"value", or_null_text(notice.value)},
                    {"text", notice_text(notice)},
                    {"remedy", notice_remedy(notice)}});
  return list;
}

Json to_json(const Subject& subject) {
  const DataSummary data = subject.data.value_or(DataSummary{});
  const bool classes = data.kind == TaskKind::classification;
  Json out = {{"kind", result_name(data.kind)},
              {"train_rows", data.train_rows},
              {"validation_rows", data.validation_rows},
              {"features", data.features},
              {"classes", classes ? Json(data.outputs) : Json(nullptr)},
              {"class_names", data.classes}};
  if (data.target_mean && data.target_sd) out["target"] = {{"mean", *data.target_mean}, {"sd", *data.target_sd}};
  out["sha256"] = subject.fingerprint;
  out["notices"] = to_json(subject.notices);
  return out;
}

Json to_json(const std::vector<Setting>& settings) {
  Json out = Json::object();
  for (const Setting& setting : settings) out[setting.name] = setting.value;
  return out;
}

Json to_json(const RunInfo& run) {
  Json out = {{"started_at", run.started_at}, {"wall_seconds", run.wall_seconds}, {"threads", run.threads}};
  if (run.isa) out["isa"] = *run.isa;
  out["host"] = run.host;
  out["cpu"] = run.cpu;
  out["compiler"] = run.compiler;
  return out;
}

Json to_json(const Trial& trial) {
  Json out = {{"stage", result_name(trial.stage)},
              {"learning_rate", trial.learning_rate},
              {"seed", trial.seed},
              {"status", result_name(trial.status)},
              {"class", trial.trial_class ? Json(result_name(*trial.trial_class)) : Json(nullptr)},
              {"ended_at_step", or_null(trial.ended_at_step)}};
  if (trial.recovered) out["recovered"] = true;
  out["updates"] = trial.updates;
  out["curve"] = to_json(trial.curve);
  out["objective"] = or_null(trial.objective);
  out["validation_error"] = or_null(trial.validation_error);
  return out;
}

Json embedded_config(const std::string& text) {
  Json config = Json::parse(text, nullptr, false);
  LRTUNE_CHECK(config.is_object(), text.size());
  return config;
}

Json tool(const std::string& version) { return {{"name", "lrtune"}, {"version", version}}; }

std::string schema_with_parts(std::string_view text, std::string_view whole) {
  Json schema = parse_json(text, "schema");
  const Json other = parse_json(whole, "schema");
  for (const char* part : {"properties", "definitions"})
    for (auto& [key, value] : schema[part].items())
      if (value.is_null()) value = other.at(part).at(key);
  return write_json(schema, 2);
}

}  // namespace lrtune
