#include "report/reporters.h"

#include <array>
#include <sstream>

#include "lrtune/report.h"
#include "report/escape.h"
#include "report/sheet.h"

namespace lrtune {
namespace {

std::string text_page(const Page& page) {
  std::string text = page.above;
  if (!page.table.rows.empty()) text += text_table(page.table) + (page.below.empty() ? "" : "\n");
  return text + page.below;
}

std::string csv_page(const Page& page) { return csv_table(page.table); }

// Every line a paragraph of its own.
std::string markdown_lines(const std::string& text) {
  std::string out;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);)
    if (!line.empty()) out += markdown_cell(line) + "\n\n";
  return out;
}

std::string markdown_page(const Page& page) {
  std::string text = markdown_lines(page.above) + markdown_table(page.table) + "\n" + markdown_lines(page.below);
  text.resize(text.size() - 1);
  return text;
}

constexpr std::array kReporters = {
    Reporter{.card = {"table", "plain text in columns, as the commands print it", "", {}}, .page = text_page},
    Reporter{
        .card = {"csv", "one row of names, then numbers as they are: for pandas, R or a spreadsheet", "RFC 4180", {}},
        .page = csv_page,
        .needs_rows = true},
    Reporter{.card = {"markdown", "a table for a page or a pull request", "GitHub Flavored Markdown", {}},
             .page = markdown_page,
             .check = check_markdown},
    Reporter{.card = {"junit", "of a report of check: a test case per optimizer", "JUnit XML", {}},
             .check = check_junit},
    Reporter{.card = {"annotations",
                      "of a report of check: a line per optimizer that does not pass",
                      "GitHub workflow commands",
                      {}},
             .check = check_annotations},
};

template <class Result>
std::string for_people(const Result& result) {
  return *shown(kReporters.front(), result, tables_of(result).front());
}

}  // namespace

std::span<const Reporter> reporters() { return kReporters; }

std::string summary(const Study& study) { return for_people(study); }
std::string summary(const RangeStudy& study) { return for_people(study); }
std::string summary(const TrialRun& run) { return for_people(run); }
std::string summary(const CheckReport& report) { return for_people(report); }

}  // namespace lrtune
