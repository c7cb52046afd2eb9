// A CheckReport for other programs: JUnit XML, Markdown, and the lines that GitHub's runner turns into annotations.
#include <fmt/format.h>

#include <algorithm>

#include "lrtune/report.h"
#include "report/check_words.h"

namespace lrtune {
namespace {

// XML 1.0 knows no control characters, not even escaped, and neither U+FFFE nor U+FFFF. Line breaks and tabs would be
// taken for blanks in attributes anyway.
std::string xml(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (const auto next = text.substr(i, 3); next == "\xEF\xBF\xBE" || next == "\xEF\xBF\xBF") {
      out += ' ';
      i += 2;
      continue;
    }
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
  constexpr std::string_view kSpecial = "|\\`*_<>[]~&#";
  std::string out;
  for (char c : text) {
    if (kSpecial.find(c) != std::string_view::npos) out += '\\';
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

std::string obstacle_name(const Difference& d) {
  return fmt::format("comparable: {}{}", d.label && *d.label != d.where ? *d.label + ": " : "", d.where);
}

std::vector<Case> cases(const CheckReport& report) {
  std::vector<Case> found;
  for (const Obstacle& obstacle : report.obstacles)
    found.push_back({obstacle_name(obstacle.difference), Verdict::not_comparable, obstacle_text(obstacle)});
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
  std::string text = fmt::format("### lrtune check: {}\n\nBaseline {}, result {}.\n", cell(word(report.verdict)),
                                 cell(report.baseline), cell(report.result));
  if (!report.labels.empty())
    text +=
        "\n| optimizer | rate before | now | decades | loss before | now | change | status | verdict |\n"
        "|---|--:|--:|--:|--:|--:|--:|---|---|\n";
  for (const LabelCheck& c : report.labels) {
    const std::string why = reasons_text(c, report.tolerances);
    const std::string verdict =
        c.verdict == Verdict::pass ? word(c.verdict) : fmt::format("**{}**", label_word(c.verdict));
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
    const bool is_information = c.verdict == Verdict::not_comparable && !c.is_error;
    if (c.verdict == Verdict::pass || is_information) continue;
    text += fmt::format("::{} file={},title={}::{}\n",
                        c.verdict == Verdict::inconclusive && !c.is_error ? "warning" : "error",
                        workflow(report.baseline, ":,"), workflow(fmt::format("lrtune check, {}", c.name), ":,"),
                        workflow(fmt::format("{}: {}", word(c.verdict), c.why), ""));
  }
  return text;
}

}  // namespace lrtune
