// json_diagnosis.h: why a text is not JSON. Only base/json.cpp asks.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/json.h"

namespace lrtune {

// What had been read when the parser stopped.
enum class JsonRead { nothing, object_start, array_start, key, value_in_object, value_in_array, everything };

struct JsonDiagnosis {
  std::size_t offset;  // of the byte that is wrong
  ProblemKind kind;
  Facts facts = {};
};

// `offset`: the end of what was read.
JsonDiagnosis diagnose_json(std::string_view text, std::size_t offset, JsonRead read, JsonComments comments);

}  // namespace lrtune
