// trial_tables.h: trials and their curves as tables: those of a whole search, or one on its own.
#pragma once

#include <string>
#include <vector>

#include "lrtune/trial.h"
#include "report/sheet.h"

namespace lrtune {

// Both outlive the table's making.
struct TrialRow {
  const std::string* label;
  const Trial* trial;
};

// A row per trial.
Sheet trials_table(const std::vector<TrialRow>& trials);

// Whether the columns that say which trial it is are shown to people; programs see them always.
enum class Which { many, one };

// A row per look at a trial.
Sheet curves_table(const std::vector<TrialRow>& trials, Which which);

// "diverged at update 55"
std::string end_text(const Trial& trial);

}  // namespace lrtune
