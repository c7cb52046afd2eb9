#include "record/obstacle_row.h"

#include <fmt/format.h>

#include <charconv>

#include "lrtune/enum_words.h"

namespace lrtune {
namespace {

Compared compared(const std::string& name) { return from_word<Compared>(name).value_or(Compared::result); }

std::size_t version_of(const std::string& text) {
  std::size_t version = 0;
  std::from_chars(text.data(), text.data() + text.size(), version);
  return version;
}

struct RowOf {
  ObstacleKind kind;

  ObstacleRow operator()(const NoBaseline& o) const { return {.kind = kind, .where = o.file}; }
  ObstacleRow operator()(const OtherSchema& o) const {
    return {.kind = kind,
            .where = word(o.which),
            .before = fmt::format("{}", o.version),
            .now = fmt::format("{}", o.known)};
  }
  ObstacleRow operator()(const Incomplete& o) const { return {.kind = kind, .where = word(o.which)}; }
  ObstacleRow operator()(const OtherConfig& o) const {
    return {kind, o.field.label, o.field.where, o.field.before, o.field.now};
  }
  ObstacleRow operator()(const OtherData& o) const {
    return {.kind = kind, .where = "data", .before = o.before, .now = o.now};
  }
  ObstacleRow operator()(const MissingLabel& o) const { return {.kind = kind, .label = o.label, .where = o.label}; }
  ObstacleRow operator()(const ExtraLabel& o) const { return {.kind = kind, .label = o.label, .where = o.label}; }
};

}  // namespace

ObstacleRow row_of(const Obstacle& obstacle) { return std::visit(RowOf{kind_of(obstacle)}, obstacle); }

Obstacle obstacle_of(const ObstacleRow& row) {
  switch (row.kind) {
    case ObstacleKind::no_baseline:
      return NoBaseline{row.where};
    case ObstacleKind::schema:
      return OtherSchema{compared(row.where), version_of(row.before), version_of(row.now)};
    case ObstacleKind::incomplete:
      return Incomplete{compared(row.where)};
    case ObstacleKind::config:
      break;
    case ObstacleKind::data:
      return OtherData{row.before, row.now};
    case ObstacleKind::missing_label:
      return MissingLabel{row.where};
    case ObstacleKind::extra_label:
      return ExtraLabel{row.where};
  }
  return OtherConfig{{row.where, row.before, row.now, row.label}};
}

}  // namespace lrtune
