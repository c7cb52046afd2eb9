// reporters.h: the registry of formats in which a result is shown. A format is one function and one row of kReporters
// (report/reporters.cpp): of a page, which every kind of result has, or of one kind of result.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <type_traits>

#include "lrtune/catalog.h"
#include "report/pages.h"

namespace lrtune {

struct Reporter {
  Card card;
  std::string (*page)(const Page&) = nullptr;
  std::string (*check)(const CheckReport&) = nullptr;  // comes before `page`
  bool needs_rows = false;                             // without rows of the table it would show nothing
};

// The first is the one for people.
std::span<const Reporter> reporters();

// Whether it shows that kind of result.
template <class Result>
bool can_show(const Reporter& reporter, const Result&) {
  return reporter.page != nullptr || (std::is_same_v<Result, CheckReport> && reporter.check != nullptr);
}

// `result` in that format; `table` is one of its tables_of. nullopt: that table has no rows, and they were asked for.
template <class Result>
std::optional<std::string> shown(const Reporter& reporter, const Result& result, TableName table) {
  if constexpr (std::is_same_v<Result, CheckReport>)
    if (reporter.check != nullptr) return reporter.check(result);
  const Page page = page_of(result, table);
  if (page.table.rows.empty() && (reporter.needs_rows || table != tables_of(result).front())) return std::nullopt;
  return reporter.page(page);
}

}  // namespace lrtune
