// reading.h: short ways to read a configuration in tests.
#pragma once

#include <string>
#include <vector>

#include "config/config_json.h"
#include "lrtune/error.h"

namespace lrtune {

inline Config read(const std::string& text, const std::vector<std::string>& overrides = {}) {
  return read_config(text, "c.json", "/base", overrides);
}

// The lines that a user would see; empty if there is nothing to say.
inline std::string complaint(const std::string& text, const std::vector<std::string>& overrides = {}) {
  try {
    read(text, overrides);
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

// The smallest configuration, with more at its end: with(R"("model": {"hidden": []})").
inline std::string with(const std::string& more) {
  return R"({"data": {"train": "iris.csv", "target": "species"})" + (more.empty() ? std::string() : ", " + more) + "}";
}

inline std::string with_data(const std::string& more) {
  return R"({"data": {"train": "iris.csv", "target": "species", )" + more + "}}";
}

}  // namespace lrtune
