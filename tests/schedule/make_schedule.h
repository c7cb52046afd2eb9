// make_schedule.h: schedules for the tests, from a name and the settings that differ from the defaults.
#pragma once

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "schedule/schedule.h"

namespace lrtune::testing_schedule {

struct Length {
  std::size_t total = 1;  // T
  std::size_t updates_per_epoch = 1;
  std::size_t warmup_epochs = 0;
  double warmup_start = 0;
};

inline const ScheduleRow& find_row(std::string_view name) {
  const auto rows = schedules();
  const auto row = std::ranges::find(rows, name, [](const ScheduleRow& r) { return r.card.name; });
  if (row == rows.end()) throw std::invalid_argument(std::string(name));
  return *row;
}

inline Schedule make_schedule(std::string_view name, const std::vector<Setting>& changes, const Length& run) {
  TrainingConfig config;
  config.warmup_epochs = run.warmup_epochs;
  config.warmup_start = run.warmup_start;
  config.schedule.name = name;
  config.schedule.settings = default_settings(find_row(name).card);
  for (const Setting& change : changes) {
    const auto setting = std::ranges::find(config.schedule.settings, change.name, &Setting::name);
    if (setting == config.schedule.settings.end()) throw std::invalid_argument(change.name);
    setting->value = change.value;
  }
  return Schedule(config, run.total, run.updates_per_epoch);
}

// The factors of updates 0 … T − 1, with no look taken.
inline std::vector<double> factors(const Schedule& schedule, std::size_t total) {
  std::vector<double> result;
  for (std::size_t k = 0; k < total; ++k) result.push_back(schedule.factor(k, PlateauState{}));
  return result;
}

}  // namespace lrtune::testing_schedule
