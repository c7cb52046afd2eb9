// Notices as lines for standard error; what several optimizers or runs share is told once.
#include "report/notices.h"

#include <fmt/format.h>

#include <algorithm>

#include "lrtune/enum_words.h"
#include "lrtune/report.h"
#include "report/notice_words.h"

namespace lrtune {

std::string notice_lines(const std::vector<Notice>& notices, std::string_view prefix) {
  std::string text;
  for (const Notice& notice : notices) text += fmt::format("{}{}\n", prefix, notice_line(notice));
  return text;
}

std::string notices(const Study& study) {
  struct Group {
    const Notice* notice;
    std::string labels;
  };
  std::string text = notice_lines(study.head.subject.notices, "data: ");
  std::vector<Group> groups;
  for (const Entry& entry : study.optimizers)
    for (const Notice& notice : entry.recommendation.notices) {
      const auto same = std::ranges::find_if(groups, [&](const Group& g) { return *g.notice == notice; });
      if (same == groups.end())
        groups.push_back({&notice, entry.label});
      else
        same->labels += fmt::format(", {}", entry.label);
    }
  for (const Group& g : groups)
    text += fmt::format("{}: {}: {}\n", g.labels, word(g.notice->kind), notice_line(*g.notice));
  return text;
}

std::string range_notices(const RangeStudy& study) {
  struct Group {
    std::string what;
    std::size_t runs;
    std::vector<std::string> labels;
  };
  std::vector<Group> groups;
  const auto add = [&](const std::string& what, const std::string& label) {
    auto same = std::ranges::find(groups, what, &Group::what);
    if (same == groups.end()) same = groups.insert(groups.end(), {what, 0, {}});
    ++same->runs;
    if (std::ranges::find(same->labels, label) == same->labels.end()) same->labels.push_back(label);
  };
  for (const RangeEntry& entry : study.optimizers)
    for (const RangeRun& run : entry.runs) {
      if (run.status == RangeStatus::too_short) {
        add(fmt::format(
                "the loss blew up within {} updates, too soon for any heuristic; lower --from, or raise --updates",
                run.ended_at_update.value_or(study.options.updates)),
            entry.label);
        continue;
      }
      for (std::size_t i = 0; i < run.suggestions.size(); ++i)
        if (!run.suggestions[i].learning_rate)
          add(fmt::format("{} gives no rate: {}", study.heuristics[i], run.suggestions[i].why), entry.label);
    }
  std::string text = notice_lines(study.head.subject.notices, "data: ");
  for (const Group& group : groups)
    text += fmt::format("{} ({} run{}): {}\n", fmt::join(group.labels, ", "), group.runs, group.runs == 1 ? "" : "s",
                        group.what);
  return text;
}

}  // namespace lrtune
