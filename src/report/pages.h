// pages.h: what each kind of result has to show: a table with the text around it. The formats that are made of a page
// (report/reporters.h) know no kind of result.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lrtune/check.h"
#include "lrtune/range.h"
#include "lrtune/study.h"
#include "lrtune/trial_run.h"
#include "report/sheet.h"

namespace lrtune {

enum class TableName { recommendations, trials, curves };
inline constexpr std::array<std::string_view, 3> kTableNames = {"recommendations", "trials", "curves"};

// The text ends its lines; each may be empty.
struct Page {
  std::string above;
  Sheet table;
  std::string below;
};

// How messages call a kind of result.
constexpr std::string_view kind_name(const Study&) { return "a result of tune"; }
constexpr std::string_view kind_name(const RangeStudy&) { return "a result of range"; }
constexpr std::string_view kind_name(const TrialRun&) { return "a trial of train"; }
constexpr std::string_view kind_name(const CheckReport&) { return "a report of check"; }

// The tables that it has; the first is what it shows unless another is asked for.
std::span<const TableName> tables_of(const Study&);
std::span<const TableName> tables_of(const RangeStudy&);
std::span<const TableName> tables_of(const TrialRun&);
std::span<const TableName> tables_of(const CheckReport&);

// One of these. Its table may have no rows: a baseline has no trials.
Page page_of(const Study& study, TableName table);
Page page_of(const RangeStudy& study, TableName table);
Page page_of(const TrialRun& run, TableName table);
Page page_of(const CheckReport& report, TableName table);

// The table of a report alone.
Sheet check_table(const std::vector<LabelCheck>& labels, const Tolerances& tolerances);

}  // namespace lrtune
