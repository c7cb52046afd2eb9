// program.h: runs the real binary as a user does, without a shell: arguments, standard input, environment, a folder to
// stand in; and what came of it. A call that takes longer than 280 s is killed by SIGALRM (status 142).
#pragma once

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <linux/capability.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lrtune {

struct Call {
  std::vector<std::string> arguments;
  std::string input = {};
  std::vector<std::string> environment = {};       // NAME=VALUE, besides the PATH of the test and no LRTUNE_ISA
  std::string output_device = {};                  // standard output goes there; not captured
  bool reader_gone = false;                        // standard output is a pipe that nobody reads
  bool output_closed = false;                      // there is no standard output
  bool error_closed = false;                       // there is no standard error
  bool input_closed = false;                       // there is no standard input
  bool permissions_bind = false;                   // root too may write only where the file's mode says so
  std::optional<std::size_t> most_file_bytes{};    // that a file may have (RLIMIT_FSIZE): a disk that gets full
  std::optional<std::size_t> most_memory_bytes{};  // of addresses (RLIMIT_AS): allocations that fail
};

// Sanitizers take terabytes of addresses, so that RLIMIT_AS leaves them none: in their builds the tests that need
// .most_memory_bytes are not there.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define LRTUNE_MEMORY_CAN_BE_LIMITED 0
#elif defined(__has_feature)
#define LRTUNE_MEMORY_CAN_BE_LIMITED !(__has_feature(address_sanitizer) || __has_feature(thread_sanitizer))
#else
#define LRTUNE_MEMORY_CAN_BE_LIMITED 1
#endif

struct Ran {
  int status = -1;  // as a shell has it: the exit code, or 128 + the signal
  std::string out;
  std::string err;
  std::size_t peak_bytes = 0;  // of memory
};

// A temporary folder per test, which the program stands in.
class Cli : public testing::Test {
 protected:
  Cli() {
    std::string name = (std::filesystem::temp_directory_path() / "lrtune_cli_XXXXXX").string();
    EXPECT_NE(mkdtemp(name.data()), nullptr);
    folder = std::filesystem::canonical(name);
  }
  ~Cli() override {
    std::error_code error;
    std::filesystem::remove_all(folder, error);
  }

  void write(const std::string& name, std::string_view bytes) const {
    std::ofstream(folder / name, std::ios::binary) << bytes;
  }
  std::string read(const std::string& name) const {
    std::ifstream file(folder / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  std::vector<std::string> names() const {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) found.push_back(entry.path().filename());
    std::ranges::sort(found);
    return found;
  }

  Ran run(const Call& call) const;
  Ran run(std::vector<std::string> arguments) const { return run(Call{.arguments = std::move(arguments)}); }

  // Exit code 2, nothing on stdout, and on stderr the error lines given (after "lrtune: "), after any line of progress.
  void expect_refused(const Ran& ran, const std::vector<std::string>& lines) const {
    std::string wanted;
    for (const std::string& line : lines) wanted += fmt::format("lrtune: {}\n", line);
    EXPECT_EQ(ran.status, 2);
    EXPECT_EQ(ran.out, "");
    EXPECT_EQ(errors(ran), wanted);
  }

  // What stderr says besides that the data are being read.
  static std::string errors(const Ran& ran) {
    constexpr std::string_view kProgress = "reading the data\n";
    const std::size_t at = ran.err.find(kProgress);
    return at == std::string::npos ? ran.err : ran.err.substr(at + kProgress.size());
  }

  // A result without `run`, its last part: the same bytes everywhere.
  static std::string without_run(const std::string& result) {
    const std::size_t at = result.find(",\n \"run\": {");
    EXPECT_NE(at, std::string::npos);
    return result.substr(0, at);
  }

  static nlohmann::json parse(const std::string& text) { return nlohmann::json::parse(text); }

  std::filesystem::path folder;
};

// A file without a name, at its beginning.
inline int memory_file(std::string_view bytes) {
  const int fd = memfd_create("lrtune_test", MFD_CLOEXEC);
  EXPECT_EQ(::write(fd, bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  ::lseek(fd, 0, SEEK_SET);
  return fd;
}

inline std::string take_memory_file(int fd) {
  std::string bytes(static_cast<std::size_t>(::lseek(fd, 0, SEEK_END)), '\0');
  EXPECT_EQ(::pread(fd, bytes.data(), bytes.size(), 0), static_cast<ssize_t>(bytes.size()));
  ::close(fd);
  return bytes;
}

inline std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> found;
  for (std::string& text : texts) found.push_back(text.data());
  found.push_back(nullptr);
  return found;
}

inline Ran Cli::run(const Call& call) const {
  constexpr unsigned kMostSeconds = 280;  // against hanging for ever; sanitizers take their time
  std::vector<std::string> arguments = {LRTUNE_BINARY};
  arguments.insert(arguments.end(), call.arguments.begin(), call.arguments.end());
  std::vector<std::string> environment = call.environment;
  for (char** variable = environ; *variable != nullptr; ++variable)
    if (!std::string_view(*variable).starts_with("LRTUNE_ISA=")) environment.emplace_back(*variable);
  const std::vector<char*> argv = pointers(arguments);
  const std::vector<char*> envp = pointers(environment);
  const std::string place = folder.string();

  const int in = memory_file(call.input);
  const int out = memory_file("");
  const int err = memory_file("");
  int target = out;
  if (!call.output_device.empty()) target = ::open(call.output_device.c_str(), O_WRONLY | O_CLOEXEC);
  if (call.reader_gone) {
    int ends[2] = {-1, -1};
    EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    ::close(ends[0]);
    target = ends[1];
  }
  EXPECT_GE(target, 0);

  const pid_t child = ::fork();
  if (child == 0) {  // only what may be called here
    ::signal(SIGPIPE, SIG_DFL);
    ::dup2(in, STDIN_FILENO);
    ::dup2(target, STDOUT_FILENO);
    ::dup2(err, STDERR_FILENO);
    if (call.output_closed) ::close(STDOUT_FILENO);
    if (call.error_closed) ::close(STDERR_FILENO);
    if (call.input_closed) ::close(STDIN_FILENO);
    if (call.permissions_bind) ::prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE);  // fails, and is not needed, but for root
    if (call.most_file_bytes) {
      const rlimit limit{*call.most_file_bytes, *call.most_file_bytes};
      ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    if (call.most_memory_bytes) {
      const rlimit limit{*call.most_memory_bytes, *call.most_memory_bytes};
      ::setrlimit(RLIMIT_AS, &limit);
    }
    ::alarm(kMostSeconds);
    if (::chdir(place.c_str()) == 0) ::execve(argv[0], argv.data(), envp.data());
    ::_exit(127);
  }
  EXPECT_GT(child, 0);
  if (target != out) ::close(target);
  int status = 0;
  rusage usage{};
  EXPECT_EQ(::wait4(child, &status, 0, &usage), child);
  ::close(in);
  Ran ran;
  ran.status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  ran.out = take_memory_file(out);
  ran.err = take_memory_file(err);
  ran.peak_bytes = static_cast<std::size_t>(usage.ru_maxrss) * 1024;
  return ran;
}

// Two optimizers on sixty points: some fifty trials of nine updates.
inline constexpr std::string_view kTiny = R"({
  "data": {"synthetic": {"name": "moons", "rows": 60}}, "model": {"hidden": [4]},
  "training": {"epochs": 3, "batch_size": 16},
  "search": {"seeds": 2, "max_seeds": 2, "coarse_per_decade": 1, "fine_per_decade": 3},
  "optimizers": ["sgd", {"name": "momentum", "label": "heavy"}]
})";

// Features so large that any rate, the default one too, makes everything overflow.
inline constexpr std::string_view kWildRows =
    "x,y,z\n3e9,1e9,1\n-4e9,2e9,-5\n7e9,-3e9,2\n-2e9,6e9,8\n5e9,5e9,3\n-9e9,8e9,4\n6e9,-7e9,-2\n1e9,4e9,7\n";
inline constexpr std::string_view kWild = R"({
  "data": {"train": "wild.csv", "target": "z", "kind": "regression", "standardize": false}, "model": {"hidden": [4]},
  "training": {"epochs": 3, "batch_size": 2},
  "search": {"range": [10, 100], "seeds": 1, "max_seeds": 1, "extend": false}, "optimizers": ["sgd", "momentum"]
})";

}  // namespace lrtune
