// describe_head.h: what every result begins and ends with: who made it, of what, where and how.
#pragma once

#include "lrtune/enum_words.h"
#include "lrtune/result.h"
#include "record/describe.h"
#include "record/version.h"
#include "report/notice_words.h"

namespace lrtune {

// A notice of a newer version, or with other words than this one makes of it, keeps the words it came with.
void describe(auto& v, Record<Notice> auto& n) {
  v.record("notice", "");
  const auto or_absent = [](const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); };
  std::string kind = word(n.kind), text = notice_text(n), remedy = notice_remedy(n);
  std::optional<std::string> option = or_absent(n.option), value = or_absent(n.value);
  v.field("kind", kind);
  v.optional("facts", n.facts, doc("what was seen: numbers, texts and lists of texts"));
  v.optional("option", option, doc("what helps: a field of the config or an option"));
  v.optional("value", value, doc("what to set the option to; null: to be chosen"));
  v.field("text", text);
  v.field("remedy", remedy);
  set(n.kind, from_word<NoticeKind>(kind).value_or(NoticeKind::other));
  set(n.option, option.value_or(""));
  set(n.value, value.value_or(""));
  if (text == notice_text(n) && remedy == notice_remedy(n)) return;
  set(n.text, text);
  set(n.remedy, remedy);
}

// Of a regression's target.
struct MeanAndDeviation {
  double mean = 0;
  double sd = 0;
};

void describe(auto& v, Record<MeanAndDeviation> auto& m) {
  v.field("mean", m.mean);
  v.field("sd", m.sd);
}

void describe(auto& v, Record<OneHotColumn> auto& c) {
  v.field("column", c.column);
  v.field("values", c.values);
}

void describe(auto& v, Record<ConstantAnswer> auto& c) {
  v.field("loss", c.loss);
  v.field("error", c.error, doc("share of wrong answers; null for regression"));
}

void describe(auto& v, Record<DataSummary> auto& d) {
  v.field("kind", d.kind);
  v.field("train_rows", d.train_rows);
  v.field("validation_rows", d.validation_rows);
  v.field("features", d.features);
  std::optional<std::size_t> classes;
  if (d.kind == TaskKind::classification) classes = d.outputs;
  v.field("classes", classes, at_least(1, "null for regression"));
  set(d.outputs, d.kind == TaskKind::classification ? classes.value_or(1) : 1);
  v.field("class_names", d.classes);
  v.optional("feature_names", d.feature_names, doc("in the order of the network's inputs"));
  v.optional("feature_means", d.feature_means, doc("of the training rows; the network sees (x - mean) / sd"));
  v.optional("feature_sds", d.feature_sds, doc("population standard deviations; 0: constant, and 0 for the network"));
  v.optional("one_hot", d.one_hot, doc("columns that became one 0/1 feature \"column=value\" for each value"));
  v.when_set(
      "constant", d.constant,
      doc("how the best answer that is the same for every row, by the training rows, does on the validation rows"));
  std::optional<MeanAndDeviation> target;
  if (d.target_mean && d.target_sd) target = {*d.target_mean, *d.target_sd};
  v.when_set("target", target, doc("regression: mean and standard deviation of the training rows"));
  if (!target) return;
  set(d.target_mean, target->mean);
  set(d.target_sd, target->sd);
}

void describe(auto& v, Record<Subject> auto& s) {
  v.inlined("kind", s.data);
  v.field("sha256", s.fingerprint, doc("of the parsed table, not of the file"));
  v.field("notices", s.notices);
}

void describe(auto& v, Record<RunInfo> auto& r) {
  v.field("started_at", r.started_at, doc("UTC, ISO 8601"));
  v.field("wall_seconds", r.wall_seconds, from_zero());
  v.field("threads", r.threads);
  v.when_set("isa", r.isa, doc("instruction set of the built-in engine; missing if it trained nothing"));
  v.field("host", r.host);
  v.field("cpu", r.cpu);
  v.field("compiler", r.compiler);
}

void describe_tool(auto& v, Record<std::string> auto& version) {
  v.group("tool", {.open = true}, [&](auto& tool) {
    tool.constant("name", "lrtune");
    tool.field("version", version);
  });
}

void describe_beginning(auto& v, Record<std::string> auto& tool_version) {
  v.constant("schema_version", kResultSchemaVersion);
  describe_tool(v, tool_version);
}

void describe_subject(auto& v, Record<ResultHead> auto& h) {
  v.kept_text("config", h.config_json, doc("fully resolved; config.schema.json"));
  v.field("config_id", h.config_id, doc("SHA-256 of the configuration's canonical dump without data paths"));
  v.field("data", h.subject);
}

constexpr Rule kRunRule = doc("where and how it ran; differs between machines");

// Of an optimizer, which is called the same everywhere.
void describe_optimizer(auto& v, auto& entry) {
  v.field("label", entry.label, label());
  v.field("name", entry.name, filled());
  v.field("hyperparameters", entry.hyperparameters, doc("every parameter of the optimizer; a switch is 0 or 1"));
}

}  // namespace lrtune
