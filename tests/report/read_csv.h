// read_csv.h: a strict reader of what lrtune writes as CSV.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace lrtune {

// RFC 4180 to the letter, with LF for line breaks; nothing else is accepted.
inline std::vector<std::vector<std::string>> read_csv(const std::string& text) {
  std::vector<std::vector<std::string>> rows;
  std::size_t i = 0;
  while (i < text.size()) {
    std::vector<std::string>& row = rows.emplace_back();
    for (bool is_last = false; !is_last;) {
      std::string& cell = row.emplace_back();
      if (text.at(i) == '"') {
        for (++i; text.at(i) != '"' || text.at(i + 1) == '"'; ++i) {
          if (text[i] == '"') ++i;
          cell += text[i];
        }
        ++i;
      } else {
        for (; text.at(i) != ',' && text[i] != '\n'; ++i) cell += text[i];
        EXPECT_EQ(cell.find('"'), std::string::npos) << "without quotes around it";
      }
      is_last = text.at(i) == '\n';
      EXPECT_TRUE(is_last || text[i] == ',') << "after the quotes";
      ++i;
    }
  }
  return rows;
}

}  // namespace lrtune
