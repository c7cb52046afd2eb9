// Where a result can and cannot be written. A place that cannot be written is refused before any training, and nothing
// is left behind.
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "cli/program.h"

namespace lrtune {
namespace {

class Output : public Cli {
 protected:
  Output() { write("c.json", kTiny); }

  // Refused before the data are even read, with no file made.
  void expect_refused_early(const std::vector<std::string>& arguments, const std::string& line) const {
    const std::vector<std::string> before = names();
    const Ran ran = run(arguments);
    expect_refused(ran, {line});
    EXPECT_EQ(ran.err.find("reading the data"), std::string::npos) << ran.err;
    EXPECT_EQ(names(), before);
  }
};

TEST_F(Output, IsRefusedEarlyWhereItCannotBe) {
  std::filesystem::create_directory(folder / "place");
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"tune", "c.json"}, {"train", "c.json", "--optimizer", "sgd", "--lr", "0.1"}}) {
    const auto with = [&](const std::string& file) {
      std::vector<std::string> arguments = command;
      arguments.insert(arguments.end(), {"-o", file});
      return arguments;
    };
    expect_refused_early(with("none/r.json"),
                         "none/r.json: the folder none cannot be used: no such file or folder; create it first");
    expect_refused_early(with("c.json/r.json"), "c.json/r.json: c.json is not a folder");
    expect_refused_early(
        with("c.json/a/r.json"),
        "c.json/a/r.json: the folder c.json/a cannot be used: part of the path is not a folder; create it first");
    expect_refused_early(with("place"), "place: is a folder, not a file");
  }
}

TEST_F(Output, IsRefusedEarlyInAFolderThatIsReadOnly) {
  std::filesystem::create_directory(folder / "place");
  ::chmod((folder / "place").c_str(), 0555);
  const Ran ran = run(Call{.arguments = {"tune", "c.json", "-o", "place/r.json"}, .permissions_bind = true});
  expect_refused(ran, {"place/r.json: cannot be written in place: permission denied"});
  EXPECT_TRUE(std::filesystem::is_empty(folder / "place"));
}

TEST_F(Output, IsRefusedEarlyIntoAPipeThatIsReadOnly) {
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0444), 0);
  const Ran ran = run(Call{.arguments = {"tune", "c.json", "-o", "pipe"}, .permissions_bind = true});
  expect_refused(ran, {"pipe: cannot be written: permission denied"});
}

TEST_F(Output, NeverOverwritesWhatTheRunReads) {
  write("wild.csv", kWildRows);
  write("wild.json", kWild);
  std::filesystem::create_symlink("wild.csv", folder / "link.csv");
  expect_refused_early({"tune", "wild.json", "-o", "./wild.json"},
                       "./wild.json: is the config, which would be overwritten; write to another file");
  for (const char* name : {"wild.csv", "link.csv"})
    expect_refused_early(
        {"tune", "wild.json", "-o", name},
        fmt::format("{}: is a data file of the config, which would be overwritten; write to another file", name));
  EXPECT_EQ(read("wild.csv"), kWildRows);
}

TEST_F(Output, IsNotStandardOutputUnderAnotherName) {
  expect_refused_early({"tune", "c.json", "-o", "/proc/self/fd/1"},
                       "/proc/self/fd/1: is the file that standard output goes to; use -o - to write the result there "
                       "instead of the summary");
}

TEST_F(Output, ReplacesAnOlderFile) {
  write("r.json", "old");
  ASSERT_EQ(run({"tune", "c.json", "-q", "-o", "r.json"}).status, 0);
  EXPECT_EQ(parse(read("r.json")).at("complete"), true);
  EXPECT_EQ(names(), (std::vector<std::string>{"c.json", "r.json"}));
}

TEST_F(Output, KeepsALinkAndReplacesItsTarget) {
  std::filesystem::create_directory(folder / "place");
  write("place/r.json", "old");
  std::filesystem::create_symlink("place/r.json", folder / "link.json");
  ASSERT_EQ(run({"tune", "c.json", "-q", "-o", "link.json"}).status, 0);
  EXPECT_TRUE(std::filesystem::is_symlink(folder / "link.json"));
  EXPECT_EQ(parse(read("place/r.json")).at("complete"), true);
}

TEST_F(Output, WritesToAPipeWithoutReplacingIt) {
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  const int end = ::open((folder / "pipe").c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
  ASSERT_GE(end, 0);
  const Ran ran = run({"train", "c.json", "--optimizer", "sgd", "--lr", "0.1", "-o", "pipe"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  std::string bytes(std::size_t{1} << 16U, '\0');
  bytes.resize(static_cast<std::size_t>(std::max<ssize_t>(0, ::read(end, bytes.data(), bytes.size()))));
  ::close(end);
  EXPECT_EQ(parse(bytes).at("trial").at("status"), "completed");
  EXPECT_TRUE(std::filesystem::is_fifo(folder / "pipe"));
}

// One's own node where that can be made: a program that replaced /dev/full would harm the machine.
TEST_F(Output, ToAFullDeviceIsToldAndTheDeviceStays) {
  std::string device = "/dev/full";
  if (::access("/dev", W_OK) == 0) {
    device = "full";
    const std::string node = (folder / device).string();
    if (::mknod(node.c_str(), S_IFCHR | 0600, makedev(1, 7)) != 0 || ::access(node.c_str(), W_OK) != 0)
      GTEST_SKIP() << "no device can be made here";
    const int fd = ::open(node.c_str(), O_WRONLY | O_CLOEXEC);
    if (fd < 0) GTEST_SKIP() << "devices cannot be used in the temporary folder";
    ::close(fd);
  }
  expect_refused(run({"tune", "c.json", "-o", device}),
                 {fmt::format("{}: cannot be written: the disk is full", device)});
  EXPECT_TRUE(std::filesystem::is_character_file(folder / device));
}

TEST_F(Output, ThatDoesNotFitLeavesTheOldFileAndWhatTheJournalHolds) {
  write("r.json", "old");
  const Ran ran = run(Call{.arguments = {"tune", "c.json", "-o", "r.json"}, .most_file_bytes = 4096});
  expect_refused(
      ran, {"r.json.journal: cannot be written: the file would exceed the size limit; continuing without a journal",
            "r.json: cannot be written: the file would exceed the size limit"});
  EXPECT_EQ(read("r.json"), "old");
  EXPECT_EQ(names(), (std::vector<std::string>{"c.json", "r.json", "r.json.journal"}));
  const Ran again = run({"tune", "c.json", "-o", "r.json", "--resume"});
  EXPECT_EQ(again.status, 0) << again.err;
  EXPECT_NE(again.err.find("lrtune: r.json.journal: "), std::string::npos) << again.err;
  EXPECT_EQ(names(), (std::vector<std::string>{"c.json", "r.json"}));
}

TEST_F(Output, KeepsThePermissionsOfTheOldFile) {
  write("r.json", "old");
  ::chmod((folder / "r.json").c_str(), 0600);
  EXPECT_EQ(run({"tune", "c.json", "-q", "-o", "r.json"}).status, 0);
  EXPECT_EQ(std::filesystem::status(folder / "r.json").permissions(), std::filesystem::perms(0600));
  ::chmod((folder / "r.json").c_str(), 0444);
  const std::string before = read("r.json");
  expect_refused(run(Call{.arguments = {"tune", "c.json", "-o", "r.json"}, .permissions_bind = true}),
                 {"r.json: cannot be written: permission denied"});
  EXPECT_EQ(read("r.json"), before);
}

// What is told must not end up in a file that took the place of a closed descriptor.
TEST_F(Output, ToClosedDescriptorsGoesIntoNoFile) {
  const std::string config = read("c.json");
  EXPECT_EQ(run({"tune", "c.json", "-q", "-o", "r.json"}).status, 0);
  const std::string expected = without_run(read("r.json"));
  for (bool output : {false, true})
    for (bool error : {false, true})
      for (bool input : {false, true}) {
        const Ran ran = run(Call{.arguments = {"tune", input ? "c.json" : "-", "-o", "s.json", "--events", "e"},
                                 .input = config,
                                 .output_closed = output,
                                 .error_closed = error,
                                 .input_closed = input});
        EXPECT_EQ(ran.status, output ? 2 : 0) << ran.err;
        EXPECT_EQ(without_run(read("s.json")), expected);
        EXPECT_EQ(parse(read("s.json")).at("complete"), true) << "and nothing after it";
        EXPECT_TRUE(read("e").starts_with("{\"event\":")) << read("e").substr(0, 80);
        EXPECT_TRUE(read("e").ends_with("}\n"));
        std::filesystem::remove(folder / "s.json");
      }
  for (const char* name : {"/dev/stdout", "/dev/stderr"})
    EXPECT_EQ(run(Call{.arguments = {"tune", "c.json", "-q", "-o", name}, .output_closed = true, .error_closed = true})
                  .status,
              2)
        << name;
}

const std::vector<std::vector<std::string>> kPrinting = {
    {"tune", "c.json", "-q", "--json"},
    {"tune", "c.json", "-q", "--print", "sgd"},
    {"range", "c.json", "-q", "--json"},
    {"train", "c.json", "--optimizer", "sgd", "--lr", "0.1"},
    {"validate", "c.json"},
    {"list", "optimizers"},
    {"schema", "result"},
    {"--help"},
    {"--version"},
};

TEST_F(Output, ToAFullStandardOutputIsTold) {
  for (const auto& arguments : kPrinting) {
    const Ran ran = run(Call{.arguments = arguments, .output_device = "/dev/full"});
    EXPECT_EQ(ran.status, 2);
    EXPECT_EQ(ran.err,
              "lrtune: standard output: cannot be written; check whether the disk is full or the output is closed\n");
  }
}

TEST_F(Output, ToAClosedStandardOutputIsTold) {
  const Ran ran = run(Call{.arguments = {"tune", "c.json", "-q", "--json"}, .output_closed = true});
  EXPECT_EQ(ran.status, 2);
  EXPECT_EQ(ran.err,
            "lrtune: standard output: cannot be written; check whether the disk is full or the output is closed\n");
}

TEST_F(Output, EndsSilentlyWhenTheReaderIsGone) {
  for (const auto& arguments : kPrinting) {
    const Ran ran = run(Call{.arguments = arguments, .reader_gone = true});
    EXPECT_EQ(ran.status, 128 + SIGPIPE);
    EXPECT_EQ(ran.err, "");
  }
}

#if LRTUNE_MEMORY_CAN_BE_LIMITED
TEST_F(Output, IsTheOldOneWhenMemoryRunsOut) {
  write("r.json", "old");
  for (const char* threads : {"1", "4"}) {
    const Ran ran = run(Call{.arguments = {"tune", "c.json", "--set", "model.hidden=[3000, 3000]", "--threads", threads,
                                           "-q", "-o", "r.json"},
                             .most_memory_bytes = 200'000'000});
    EXPECT_EQ(ran.status, 1);
    EXPECT_EQ(ran.out, "");
    EXPECT_EQ(
        ran.err,
        "lrtune: out of memory; use a smaller network, fewer threads (--threads), or a machine with more memory\n");
    EXPECT_EQ(read("r.json"), "old");
    EXPECT_EQ(names(), (std::vector<std::string>{"c.json", "r.json", "r.json.journal"}));  // what was finished
  }
}
#endif

}  // namespace
}  // namespace lrtune
