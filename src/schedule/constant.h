// constant.h: factor = 1.
#pragma once

#include "schedule/schedule.h"

namespace lrtune::constant_schedule {

inline double factor(const Moment&, std::span<const double>, const PlateauState&) { return 1; }

inline constexpr ScheduleRow kRow = {{"constant", "1", "PyTorch without a scheduler", {}}, factor, false, nullptr};

}  // namespace lrtune::constant_schedule
