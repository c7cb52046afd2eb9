#include "base/files.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
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
  EXPECT_EQ(complaint("/dev/null/file"), "/dev/null/file: cannot be opened: part of the path is not a folder");
  EXPECT_EQ(complaint("/tmp"), "/tmp: is a folder, not a file");
  EXPECT_EQ(complaint("/dev/zero"), "/dev/zero: is larger than 1000 bytes; check that it is the right file");
  // Address 0 of a process is never mapped: the file opens, reading it fails.
  EXPECT_TRUE(complaint("/proc/self/mem").starts_with("/proc/self/mem: cannot be read: "))
      << complaint("/proc/self/mem");
  EXPECT_EQ(complaint("/dev/null"), "it was read");
}

TEST(ReadFile, TellsANameThatNoFileCanHave) {
  const std::string name(300, 'x');
  EXPECT_EQ(complaint(name), name + ": cannot be opened: the name is too long");
}

TEST(WriteFile, ThatFailsLeavesTheOldFileAndNoTemporary) {
  std::string folder = (std::filesystem::temp_directory_path() / "lrtune_files_XXXXXX").string();
  ASSERT_NE(::mkdtemp(folder.data()), nullptr);
  const std::filesystem::path file = std::filesystem::path(folder) / "r.json";
  write_file_atomically(file, "old");

  rlimit limit{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &limit), 0);
  const rlimit small{1000, limit.rlim_max};
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  std::string said;
  try {
    write_file_atomically(file, std::string(2000, 'x'));
  } catch (const Error& error) {
    said = error.what();
  }
  ::setrlimit(RLIMIT_FSIZE, &limit);
  std::signal(SIGXFSZ, handler);

  EXPECT_EQ(said, file.string() + ": cannot be written: the file would exceed the size limit");
  EXPECT_EQ(read_file(file), "old");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1);
  std::filesystem::remove_all(folder);
}

TEST(Sha256, GivesThePublishedAnswers) {  // FIPS 180-2, appendix B
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

}  // namespace
}  // namespace lrtune
