// version.h: of the layout of results and reports.
#pragma once

namespace lrtune {

inline constexpr int kResultSchemaVersion = 1;  // it goes up if a field changes its meaning or goes away

}  // namespace lrtune
