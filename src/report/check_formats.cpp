// A CheckReport for other programs: JUnit XML, Markdown, and the lines that GitHub's runner turns into annotations.
#include <fmt/format.h>

#include <algorithm>

#include "lrtune/report.h"
#include "report/check_words.h"
#include "report/escape.h"
#include "report/pages.h"
#include "report/phrases.h"

namespace lrtune {
namespace {

// Something that is told as one test case: an optimizer, or what concerns the whole.
struct Case {
  std::string name;
  Verdict verdict;
  std::string why;
  bool is_error = verdict == Verdict::not_comparable;  // neither passed nor failed nor skipped

  // Of JUnit; none if it passes.
  std::string_view element() const {
    if (is_error) return "error";
    if (verdict == Verdict::pass) return "";
    return verdict == Verdict::regression ? "failure" : "skipped";
  }
};

Case label_case(const LabelCheck& c, const Tolerances& tolerances) {
  if (c.verdict == Verdict::not_comparable)
    return {c.label, c.verdict, fmt::format("{}: {}", label_word(c.verdict), figures_text(c)), false};
  return {c.label, c.verdict, reasons_text(c, tolerances)};
}

std::vector<Case> cases(const CheckReport& report) {
  std::vector<Case> found;
  for (const Obstacle& obstacle : report.obstacles)
    found.push_back({"comparable: " + obstacle_name(obstacle), Verdict::not_comparable, obstacle_text(obstacle)});
  for (const LabelCheck& c : report.labels) found.push_back(label_case(c, report.tolerances));
  if (report.exact && report.obstacles.empty())
    found.push_back({"the same bytes", report.differences.empty() ? report.verdict : Verdict::regression,
                     report.differences.empty() ? "" : difference_text(report.differences.front())});
  if (report.compared == 0 && report.obstacles.empty())
    found.push_back({"something compared", Verdict::inconclusive, "no optimizer of the baseline has a rate", true});
  return found;
}

}  // namespace

std::string check_junit(const CheckReport& report) {
  const std::vector<Case> all = cases(report);
  const auto count = [&](std::string_view element) { return std::ranges::count(all, element, &Case::element); };
  std::string text = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites>\n"
      "  <testsuite name=\"lrtune check {}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\">\n",
      xml(report.baseline), all.size(), count("failure"), count("error"), count("skipped"));
  for (const Case& c : all) {
    text += fmt::format("    <testcase classname=\"{}\" name=\"{}\"", xml(report.baseline), xml(c.name));
    if (c.element().empty())
      text += "/>\n";
    else
      text += fmt::format(">\n      <{} message=\"{}\"/>\n    </testcase>\n", c.element(), xml(c.why));
  }
  return text + "  </testsuite>\n</testsuites>\n";
}

std::string check_markdown(const CheckReport& report) {
  std::string text =
      fmt::format("### lrtune check: {}\n\nBaseline {}, result {}.\n", markdown_cell(verdict_word(report.verdict)),
                  markdown_cell(report.baseline), markdown_cell(report.result));
  if (!report.labels.empty())
    text += fmt::format("\n{}", markdown_table(check_table(report.labels, report.tolerances)));
  if (!report.obstacles.empty() || !report.differences.empty()) text += "\n";
  for (const Obstacle& obstacle : report.obstacles)
    text += fmt::format("- {}\n", markdown_cell(obstacle_text(obstacle)));
  if (!report.differences.empty())
    text += fmt::format("- differs first at {}\n", markdown_cell(difference_text(report.differences.front())));
  return text + fmt::format("\n{}\n", markdown_cell(conclusion(report)));
}

std::string check_annotations(const CheckReport& report) {
  std::string text;
  for (const Case& c : cases(report)) {
    const bool is_information = c.verdict == Verdict::not_comparable && !c.is_error;
    if (c.verdict == Verdict::pass || is_information) continue;
    text += fmt::format("::{} file={},title={}::{}\n",
                        c.verdict == Verdict::inconclusive && !c.is_error ? "warning" : "error",
                        workflow_property(report.baseline), workflow_property(fmt::format("lrtune check, {}", c.name)),
                        workflow_message(fmt::format("{}: {}", verdict_word(c.verdict), c.why)));
  }
  return text;
}

}  // namespace lrtune
