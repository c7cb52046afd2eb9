// data_helpers.h: what the tests of data/ share: a folder of files that is gone afterwards, and a readable Error.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "data/task.h"
#include "lrtune/error.h"
#include "report/problem_words.h"

namespace lrtune {

inline constexpr std::string_view kSmall =
    "length,width,kind\n"
    "1,10,a\n2,20,b\n3,30,a\n4,40,b\n5,50,a\n6,60,b\n7,70,a\n8,80,b\n9,90,a\n10,100,b\n";

inline std::string gzipped(std::string_view bytes) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(deflateBound(&stream, bytes.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

// An IDX file of unsigned bytes.
inline std::string idx(const std::vector<std::uint32_t>& sizes, const std::vector<std::uint8_t>& values) {
  std::string bytes = {'\0', '\0', '\x08', static_cast<char>(sizes.size())};
  for (std::uint32_t size : sizes)
    for (unsigned shift : {24U, 16U, 8U, 0U}) bytes += static_cast<char>(size >> shift & 0xFFU);
  bytes.append(values.begin(), values.end());
  return bytes;
}

class DataTest : public testing::Test {
 protected:
  DataTest() {
    std::string name = (std::filesystem::temp_directory_path() / "lrtune_data_XXXXXX").string();
    EXPECT_NE(mkdtemp(name.data()), nullptr);
    folder = name;
    config.train = "t.csv";
    config.target = "kind";
  }
  ~DataTest() override {
    std::error_code error;
    std::filesystem::remove_all(folder, error);
  }

  void write(const std::string& name, std::string_view bytes) const {
    std::ofstream(folder / name, std::ios::binary) << bytes;
  }
  Task load(std::string_view bytes) const {
    write("t.csv", bytes);
    return load_task(config, folder);
  }
  // The problems of loading what is in the folder; none is a failure of the test.
  std::vector<Problem> problems() const {
    try {
      load_task(config, folder);
    } catch (const Error& error) {
      return error.problems();
    }
    ADD_FAILURE() << "it loaded";
    return {Problem{}};
  }
  std::vector<Problem> problems_of(std::string_view bytes) const {
    write("t.csv", bytes);
    return problems();
  }

  std::filesystem::path folder;
  DataConfig config;
};

inline bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

// This problem and no other.
inline void expect_problem(const std::vector<Problem>& problems, const Problem& expected) {
  ASSERT_EQ(problems.size(), 1U) << Error(problems).what();
  EXPECT_EQ(problems[0], expected) << to_line(problems[0]) << "\n"
                                   << "(" << problems[0].option << ": " << problems[0].value << ")";
}

// One problem, at `where`, whose words hold these parts.
inline void expect_problem(const std::vector<Problem>& problems, std::string_view where, std::string_view what,
                           std::string_view hint) {
  ASSERT_EQ(problems.size(), 1U) << Error(problems).what();
  EXPECT_EQ(problems[0].where, where);
  EXPECT_TRUE(has(problem_what(problems[0]), what)) << problem_what(problems[0]);
  EXPECT_TRUE(has(problem_hint(problems[0]), hint)) << problem_hint(problems[0]);
}

// 64-bit FNV-1a of the bytes of numbers: to notice any change.
template <class Number>
std::uint64_t fingerprint(const std::vector<Number>& numbers) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  const auto* bytes = reinterpret_cast<const unsigned char*>(numbers.data());
  for (std::size_t i = 0; i < numbers.size() * sizeof(Number); ++i) hash = (hash ^ bytes[i]) * 0x100000001b3U;
  return hash;
}

}  // namespace lrtune
