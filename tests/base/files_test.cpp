#include "base/files.h"

#include <gtest/gtest.h>

#include <string>

#include "lrtune/error.h"

namespace lrtune {
namespace {

std::string complaint(const std::filesystem::path& path, std::size_t most_bytes = 1000) {
  try {
    read_file(path, most_bytes);
  } catch (const Error& error) {
    return error.what();
  }
  return "it was read";
}

TEST(ReadFile, TellsWhyItCannot) {
  EXPECT_EQ(complaint("/no/such/file"), "/no/such/file: cannot be opened: no such file or folder");
  EXPECT_EQ(complaint("/dev/null/file"), "/dev/null/file: cannot be opened: a part of the path is not a folder");
  EXPECT_EQ(complaint("/tmp"), "/tmp: is a folder, not a file");
  EXPECT_EQ(complaint("/dev/zero"), "/dev/zero: is larger than 1000 bytes; is it the right file?");
  // Address 0 of a process is never mapped: the file opens, reading it fails.
  EXPECT_TRUE(complaint("/proc/self/mem").starts_with("/proc/self/mem: cannot be read: "))
      << complaint("/proc/self/mem");
  EXPECT_EQ(complaint("/dev/null"), "it was read");
}

TEST(Sha256, GivesThePublishedAnswers) {  // FIPS 180-2, appendix B
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

}  // namespace
}  // namespace lrtune
