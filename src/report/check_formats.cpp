// A CheckReport for other programs: JUnit XML, Markdown, and the lines that GitHub's runner turns into annotations.
#include <fmt/format.h>

#include <algorithm>

#include "lrtune/report.h"
#include "report/check_words.h"

namespace lrtune {
namespace {

// XML 1.0 knows no control characters but tab and line breaks, not even escaped.
std::string xml(std::string_view text) {
  std::string out;
  for (char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return out;
}

std::string cell(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '|' || c == '\\' || c == '`' || c == '*' || c == '_' || c == '<') out += '\\';
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return out;
}

// Of a workflow command: in its properties ':' and ',' stand for themselves too.
std::string workflow(std::string_view text, std::string_view also) {
  std::string out;
  for (char c : text)
    if (c == '%' || c == '\r' || c == '\n' || also.find(c) != std::string_view::npos)
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    else
      out += c;
  return out;
}

// Something that is told as one test case: an optimizer, or what concerns the whole.
struct Case {
  std::string name;
  Verdict verdict;
  std::string why;
};

std::vector<Case> cases(const CheckReport& report) {
  std::vector<Case> found;
  for (const Obstacle& obstacle : report.obstacles)
    found.push_back({"comparable", Verdict::not_comparable, obstacle_text(obstacle)});
  for (const LabelCheck& c : report.labels) found.push_back({c.label, c.verdict, reasons_text(c, report.tolerances)});
  if (report.exact && report.obstacles.empty())
    found.push_back({"the same bytes", report.differences.empty() ? report.verdict : Verdict::regression,
                     report.differences.empty() ? "" : difference_text(report.differences.front())});
  if (report.compared == 0 && report.obstacles.empty())
    found.push_back({"something compared", Verdict::not_comparable, conclusion(report)});
  return found;
}

}  // namespace

std::string check_junit(const CheckReport& report) {
  const std::vector<Case> all = cases(report);
  const auto count = [&](Verdict verdict) { return std::ranges::count(all, verdict, &Case::verdict); };
  std::string text = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites>\n"
      "  <testsuite name=\"lrtune check {}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\">\n",
      xml(report.baseline), all.size(), count(Verdict::regression), count(Verdict::not_comparable),
      count(Verdict::inconclusive));
  for (const Case& c : all) {
    text += fmt::format("    <testcase classname=\"{}\" name=\"{}\"", xml(report.baseline), xml(c.name));
    const char* element = c.verdict == Verdict::regression     ? "failure"
                          : c.verdict == Verdict::inconclusive ? "skipped"
                                                               : "error";
    if (c.verdict == Verdict::pass)
      text += "/>\n";
    else
      text += fmt::format(">\n      <{} message=\"{}\"/>\n    </testcase>\n", element, xml(c.why));
  }
  return text + "  </testsuite>\n</testsuites>\n";
}

std::string check_markdown(const CheckReport& report) {
  std::string text = fmt::format("### lrtune check: {}\n\nBaseline {}, result {}.\n", cell(word(report.verdict)),
                                 cell(report.baseline), cell(report.result));
  if (!report.labels.empty())
    text +=
        "\n| optimizer | rate before | now | decades | loss before | now | change | status | verdict |\n"
        "|---|--:|--:|--:|--:|--:|--:|---|---|\n";
  for (const LabelCheck& c : report.labels) {
    const std::string why = reasons_text(c, report.tolerances);
    const std::string verdict = c.verdict == Verdict::pass ? word(c.verdict) : fmt::format("**{}**", word(c.verdict));
    text += fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} | {}{} |\n", cell(c.label), rate_text(c.rate_before),
                        rate_text(c.rate_now), decades_text(c), estimate_text(c.loss_before), estimate_text(c.loss_now),
                        change_text(c), cell(status_text(c)), verdict, why.empty() ? "" : ": " + cell(why));
  }
  if (!report.obstacles.empty() || !report.differences.empty()) text += "\n";
  for (const Obstacle& obstacle : report.obstacles) text += fmt::format("- {}\n", cell(obstacle_text(obstacle)));
  if (!report.differences.empty())
    text += fmt::format("- differs first at {}\n", cell(difference_text(report.differences.front())));
  return text + fmt::format("\n{}\n", cell(conclusion(report)));
}

std::string check_annotations(const CheckReport& report) {
  std::string text;
  for (const Case& c : cases(report)) {
    if (c.verdict == Verdict::pass) continue;
    text += fmt::format("::{} file={},title={}::{}\n", c.verdict == Verdict::inconclusive ? "warning" : "error",
                        workflow(report.baseline, ":,"), workflow(fmt::format("lrtune check, {}", c.name), ":,"),
                        workflow(fmt::format("{}: {}", word(c.verdict), c.why), ""));
  }
  return text;
}

}  // namespace lrtune
