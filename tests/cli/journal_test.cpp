// Work is never lost: journals, --resume, signals, events. A result after a resume is the same bytes as one in one go.
#include <sys/file.h>
#include <sys/ioctl.h>

#include <array>
#include <map>
#include <sstream>

#include "cli/program.h"

namespace lrtune {
namespace {

class JournalFiles : public Cli {
 protected:
  JournalFiles() { write("c.json", kTiny); }

  // Everything but `run`, of a result in one go.
  std::string reference() const {
    EXPECT_EQ(run({"tune", "c.json", "-q", "-o", "reference.json"}).status, 0);
    EXPECT_FALSE(std::filesystem::exists(folder / "reference.json.journal"));
    return without_run(read("reference.json"));
  }

  std::string whole_journal() const {
    EXPECT_EQ(run({"tune", "c.json", "-q", "--journal", "whole"}).status, 0);
    return read("whole");
  }

  static std::size_t lines(const std::string& text) { return static_cast<std::size_t>(std::ranges::count(text, '\n')); }
};

TEST_F(JournalFiles, AreGoneOnFromWhereverTheyWereCut) {
  const std::string expected = reference();
  const std::string journal = whole_journal();
  ASSERT_GT(lines(journal), 30U);
  for (std::size_t cut : {std::size_t{0}, std::size_t{1}, std::size_t{100}, journal.find('\n'), journal.find('\n') + 1,
                          journal.size() / 3, journal.size() / 2, journal.size() - 1, journal.size()}) {
    write("r.json.journal", journal.substr(0, cut));
    const Ran ran = run({"tune", "c.json", "-q", "-o", "r.json", "--resume"});
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_EQ(without_run(read("r.json")), expected) << cut;
    EXPECT_FALSE(std::filesystem::exists(folder / "r.json.journal"));
    write("named", journal.substr(0, cut));
    EXPECT_EQ(run({"tune", "c.json", "-q", "--journal", "named", "--resume"}).status, 0);
    EXPECT_EQ(lines(read("named")), lines(journal)) << cut;
    const Ran again = run({"tune", "c.json", "-q", "--journal", "named", "--resume", "--events", "-"});
    EXPECT_EQ(again.out.find("\"event\":\"trial\""), std::string::npos);  // nothing is left to train
  }
}

TEST_F(JournalFiles, ThatAreDamagedNameTheRecordAndStayAsTheyAre) {
  std::string journal = whole_journal();
  std::size_t third = 0;
  for (int i = 0; i < 3; ++i) third = journal.find('\n', third) + 1;
  journal[third + 60] ^= 1;
  write("whole", journal);
  expect_refused(run({"tune", "c.json", "--journal", "whole", "--resume"}),
                 {"whole: record 3: is damaged; the lines before it are intact: keep them with head -n 3, or remove "
                  "the file to start over"});
  EXPECT_EQ(read("whole"), journal);
  write("whole", journal.substr(0, third));  // what head -n 3 leaves
  EXPECT_EQ(run({"tune", "c.json", "-q", "--journal", "whole", "--resume"}).status, 0);
}

TEST_F(JournalFiles, OfAnotherConfigDataOrFileAreRefusedAndStayAsTheyAre) {
  const std::string journal = whole_journal();
  expect_refused(run({"tune", "c.json", "--set", "training.epochs=4", "--journal", "whole", "--resume"}),
                 {"whole: is the journal of another config; name another file, or remove this one"});
  expect_refused(run({"tune", "c.json", "--set", "training.epochs=4", "--journal", "whole"}),
                 {"whole: is the journal of another config; name another file, or remove this one"});
  expect_refused(run({"tune", "c.json", "--journal", "whole"}),
                 {"whole: already contains finished trials; add --resume to continue from them, or remove it, or name "
                  "another file"});
  EXPECT_EQ(read("whole"), journal);
  write("notes.txt", "milk, bread\n");
  expect_refused(
      run({"tune", "c.json", "--journal", "notes.txt", "--resume"}),
      {"notes.txt: is not a journal of lrtune, or its first line is damaged; name another file, or remove this one"});
  EXPECT_EQ(read("notes.txt"), "milk, bread\n");
  write("d.csv", "x,y\n1,a\n2,b\n3,a\n4,b\n5,a\n6,b\n7,a\n8,b\n9,a\n10,b\n");
  write("d.json", R"({"data": {"train": "d.csv", "target": "y"}, "training": {"epochs": 1, "batch_size": 4},
    "search": {"budget_runs": 2, "seeds": 1}, "optimizers": ["sgd"]})");
  EXPECT_EQ(run({"tune", "d.json", "-q", "--journal", "d"}).status, 0);
  write("d.csv", "x,y\n1,a\n2,b\n3,a\n4,b\n5,a\n6,b\n7,a\n8,b\n9,a\n11,b\n");
  expect_refused(run({"tune", "d.json", "--journal", "d", "--resume"}),
                 {"d: is the journal of other data; name another file, or remove this one"});
}

TEST_F(JournalFiles, BesideTheOutputAreTakenUpOrBegunAnew) {
  const std::string expected = reference();
  const std::string journal = whole_journal();
  write("r.json.journal", journal.substr(0, journal.size() / 2));
  const Ran ran = run({"tune", "c.json", "-o", "r.json"});
  EXPECT_NE(ran.err.find("lrtune: r.json.journal: "), std::string::npos) << ran.err;
  EXPECT_EQ(without_run(read("r.json")), expected);
  write("r.json.journal", journal.substr(0, journal.size() / 2));
  expect_refused(run({"tune", "c.json", "--set", "training.epochs=4", "-o", "r.json", "--resume"}),
                 {"r.json.journal: is the journal of another config; name another file, or remove this one"});
  const Ran anew = run({"tune", "c.json", "--set", "training.epochs=4", "-o", "r.json"});
  EXPECT_EQ(anew.status, 0);
  EXPECT_NE(anew.err.find("lrtune: r.json.journal: is the journal of another config; started over\n"),
            std::string::npos)
      << anew.err;
  EXPECT_NE(without_run(read("r.json")), expected);
}

// A trial that was stopped at rungs and went on has a record for each, and is one trial in the table and here. Where
// the schedule depends on the total, each is a run of its own.
TEST_F(JournalFiles, CountTrialsAsTheTableDoes) {
  for (const char* schedule : {"constant", "cosine"}) {
    const std::string set = fmt::format("training.schedule={}", schedule);
    const Ran first = run({"tune", "c.json", "--journal", schedule, "--set", set, "-o", "r.json"});
    ASSERT_EQ(first.status, 0) << first.err;
    std::size_t trials = 0;
    const auto result = parse(read("r.json"));
    for (const auto& entry : result.at("optimizers")) trials += entry.at("trials").size();
    EXPECT_NE(first.out.find(fmt::format("\n{} trials, ", trials)), std::string::npos) << first.out;
    EXPECT_EQ(trials < lines(read(schedule)) - 1, schedule == std::string("constant")) << "went on from a rung";
    const Ran again = run({"tune", "c.json", "--journal", schedule, "--set", set, "--resume"});
    EXPECT_NE(again.err.find(fmt::format("lrtune: {}: continuing after {} trials\n", schedule, trials)),
              std::string::npos)
        << again.err;
  }
}

TEST_F(JournalFiles, AreNotTouchedWhereTheConfigIsWrong) {
  const std::string journal = whole_journal();
  write("r.json.journal", journal);
  for (const char* result : {"r.json", "s.json"})
    EXPECT_EQ(run({"tune", "c.json", "-q", "-o", result, "--set", "training.batch_size=1000"}).status, 2);
  EXPECT_EQ(read("r.json.journal"), journal);
  EXPECT_EQ(names(), (std::vector<std::string>{"c.json", "r.json.journal", "whole"}));
}

// Nobody asked for it: that of another config cannot be begun anew, and the search goes on without.
TEST_F(JournalFiles, OfAnotherConfigWhereANewOneThatDoesNotFitIsGivenUp) {
  const std::string journal = whole_journal();
  write("r.json.journal", journal);
  const Ran ran = run(Call{.arguments = {"tune", "c.json", "--set", "training.epochs=4", "-q", "-o", "r.json"},
                           .most_file_bytes = journal.find('\n') - 1});
  expect_refused(
      ran, {"r.json.journal: cannot be written: the file would exceed the size limit; continuing without a journal",
            "r.json: cannot be written: the file would exceed the size limit"});
  EXPECT_EQ(names(), (std::vector<std::string>{"c.json", "whole"}));
}

TEST_F(JournalFiles, NeedAFileToBe) {
  expect_refused(run({"tune", "c.json", "--resume"}),
                 {"--resume: there is no journal to continue from; add -o FILE or --journal FILE"});
  expect_refused(run({"tune", "c.json", "--journal", "-"}), {"--journal: the journal must be a file; name one"});
  expect_refused(run({"tune", "c.json", "--journal", "r.json", "-o", "r.json"}),
                 {"--journal: is the file of the result, which would overwrite it; name another file"});
  expect_refused(run({"tune", "c.json", "--journal", "c.json"}),
                 {"c.json: is the config, which would be overwritten; write to another file"});
  expect_refused(run({"tune", "c.json", "--journal", "/dev/null"}),
                 {"/dev/null: is not a regular file; name a regular file"});
  EXPECT_EQ(names(), std::vector<std::string>{"c.json"});
}

TEST_F(JournalFiles, NamedOneThatDoesNotFitIsTold) {
  const Ran full = run(Call{.arguments = {"tune", "c.json", "--journal", "j"}, .most_file_bytes = 4096});
  expect_refused(full, {"j: cannot be written: the file would exceed the size limit"});
}

TEST_F(JournalFiles, AreHeldByOneProcessAtATime) {
  write("held", "");
  const int fd = ::open((folder / "held").c_str(), O_RDWR | O_CLOEXEC);
  ASSERT_EQ(::flock(fd, LOCK_EX), 0);
  expect_refused(run({"tune", "c.json", "--journal", "held"}),
                 {"held: is in use by another lrtune; wait for that one to end, or name another file"});
  ::close(fd);
  // The one beside the output too: whoever holds it is writing the same result.
  write("r.json.journal", "");
  const int other = ::open((folder / "r.json.journal").c_str(), O_RDWR | O_CLOEXEC);
  ASSERT_EQ(::flock(other, LOCK_EX), 0);
  expect_refused(run({"tune", "c.json", "-o", "r.json"}),
                 {"r.json.journal: is in use by another lrtune; wait for that one to end, or name another file"});
  EXPECT_TRUE(std::filesystem::exists(folder / "r.json.journal"));
  ::close(other);
}

TEST_F(JournalFiles, AreNotTakenForAnotherFileByAnotherName) {
  const std::string journal = whole_journal();
  write("r.json.journal", journal);
  for (const std::string& name : {std::string("./r.json.journal"), (folder / "r.json.journal").string()})
    expect_refused(run({"tune", "c.json", "-o", "r.json", "--resume", "--events", name}),
                   {fmt::format("--events: {} is already an output of this run; name another file", name)});
  EXPECT_EQ(read("r.json.journal"), journal);
  expect_refused(run({"tune", "c.json", "-o", "s.json", "--events", "./s.json"}),
                 {"--events: ./s.json is already an output of this run; name another file"});
  expect_refused(run({"tune", "c.json", "-o", "s.json", "--journal", "./s.json"}),
                 {"--journal: is the file of the result, which would overwrite it; name another file"});
}

TEST_F(JournalFiles, AreNotMadeBesideDevices) {
  EXPECT_EQ(run({"tune", "c.json", "-q", "-o", "/dev/null"}).status, 0);
  EXPECT_EQ(names(), std::vector<std::string>{"c.json"});
}

TEST_F(JournalFiles, EventsTellOfEveryTrialWhileItIsFinished) {
  const std::size_t trials = lines(whole_journal()) - 1;
  const Ran ran = run({"tune", "c.json", "--events", "-"});
  EXPECT_EQ(ran.status, 0);
  std::istringstream stream(ran.out);
  std::map<std::string, std::size_t> counts;
  std::string last;
  for (std::string line; std::getline(stream, line);) {
    const auto event = parse(line);
    last = event.at("event").get<std::string>();
    ++counts[last];
    if (last == "recommendation") {
      EXPECT_GT(event.at("learning_rate").get<double>(), 0);
    } else if (last == "trial") {
      EXPECT_TRUE(event.at("label") == "sgd" || event.at("label") == "heavy");
    } else {
      EXPECT_TRUE(event.at("complete").get<bool>());
    }
  }
  EXPECT_EQ(last, "end");
  EXPECT_EQ(counts, (std::map<std::string, std::size_t>{{"trial", trials}, {"recommendation", 2}, {"end", 1}}));
  EXPECT_EQ(run({"tune", "c.json", "--json", "--events", "e"}).status, 0);
  EXPECT_EQ(lines(read("e")), trials + 3);
  expect_refused(
      run({"tune", "c.json", "--json", "--events", "-"}),
      {"tune: --events - and the result would both go to standard output; write the events to a file: --events "
       "FILE"});
  expect_refused(
      run({"tune", "c.json", "--print", "sgd", "--events", "-"}),
      {"tune: --events - and --print would both go to standard output; write the events to a file: --events FILE"});
  expect_refused(run({"tune", "c.json", "-o", "e", "--events", "e"}),
                 {"--events: e is already an output of this run; name another file"});
  expect_refused(run({"tune", "c.json", "-o", "e", "--events", "e.journal"}),
                 {"--events: e.journal is already an output of this run; name another file"});
  EXPECT_EQ(run(Call{.arguments = {"tune", "c.json", "--events", "-"}, .reader_gone = true}).status, 128 + SIGPIPE);
}

// Long enough to be stopped.
constexpr std::string_view kLong = R"({
  "data": {"synthetic": {"name": "moons", "rows": 2000}}, "model": {"hidden": [64, 64]},
  "training": {"epochs": 400, "batch_size": 16}, "optimizers": ["sgd", "adam"]
})";

// One that nobody reads and that holds little.
class Pipe {
 public:
  Pipe() {
    EXPECT_EQ(::pipe2(ends_.data(), O_CLOEXEC), 0);
    EXPECT_GT(::fcntl(ends_[1], F_SETPIPE_SZ, 4096), 0);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    for (int end : ends_) ::close(end);
  }

  int in() const { return ends_[1]; }
  int waiting() const {  // bytes
    int bytes = 0;
    ::ioctl(ends_[0], FIONREAD, &bytes);
    return bytes;
  }

 private:
  std::array<int, 2> ends_{-1, -1};
};

class Signals : public JournalFiles {
 protected:
  Signals() { write("long.json", kLong); }

  // Begins `lrtune tune` with these arguments; its standard output goes to `output`, its errors to the file "err".
  pid_t begin(std::vector<std::string> arguments, int output = STDOUT_FILENO, int ignored = 0) const {
    arguments.insert(arguments.begin(), {LRTUNE_BINARY, "tune"});
    const std::vector<char*> argv = pointers(arguments);
    const std::string place = folder.string();
    const pid_t child = ::fork();
    if (child == 0) {
      if (::chdir(place.c_str()) != 0) ::_exit(127);
      ::freopen("err", "w", stderr);
      ::dup2(output, STDOUT_FILENO);
      if (ignored != 0) ::signal(ignored, SIG_IGN);
      ::alarm(280);
      ::execv(argv[0], argv.data());
      ::_exit(127);
    }
    return child;
  }

  void wait_for_lines(pid_t child, const std::string& journal, std::size_t count) const {
    while (lines(read(journal)) < count && ::waitpid(child, nullptr, WNOHANG) == 0) ::usleep(2000);
  }

  static int end_of(pid_t child) {
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    return status;
  }
};

class OneSignal : public Signals, public testing::WithParamInterface<int> {};

TEST_P(OneSignal, EndsTheSearchSoonWithWhatThereIs) {
  const pid_t child = begin({"long.json", "-o", "r.json", "--print", "best"});
  wait_for_lines(child, "r.json.journal", 3);
  ::kill(child, GetParam());
  const int status = end_of(child);
  const std::string err = read("err");
  ASSERT_TRUE(WIFEXITED(status)) << err;
  EXPECT_EQ(WEXITSTATUS(status), 128 + GetParam());
  EXPECT_NE(err.find("lrtune: stopped: r.json is a partial result; continue with --resume, from r.json.journal\n"),
            std::string::npos)
      << err;
  const auto result = parse(read("r.json"));
  EXPECT_FALSE(result.at("complete").get<bool>());
  for (const auto& entry : result.at("optimizers"))
    EXPECT_EQ(entry.at("recommendation").at("notices").back().at("kind"), "interrupted");
  EXPECT_GE(lines(read("r.json.journal")), 3U) << "it stays, to go on from";
  EXPECT_TRUE(read("r.json.journal").ends_with('\n'));
}

INSTANTIATE_TEST_SUITE_P(Kinds, OneSignal, testing::Values(SIGINT, SIGTERM));

class TwoSignals : public Signals, public testing::WithParamInterface<std::pair<int, int>> {};

// The first lets it write what there is: into a pipe that nobody reads, where it would wait for ever.
TEST_P(TwoSignals, EndTheProcessAtOnce) {
  const Pipe pipe;
  const pid_t child = begin({"long.json", "--journal", "j", "--json"}, pipe.in());
  wait_for_lines(child, "j", 3);
  ::kill(child, GetParam().first);
  while (pipe.waiting() == 0 && ::waitpid(child, nullptr, WNOHANG) == 0) ::usleep(2000);
  ::kill(child, GetParam().second);
  const int status = end_of(child);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == GetParam().second) << status;
  EXPECT_GE(lines(read("j")), 3U);
}

INSTANTIATE_TEST_SUITE_P(Kinds, TwoSignals,
                         testing::Values(std::pair(SIGINT, SIGINT), std::pair(SIGTERM, SIGINT),
                                         std::pair(SIGINT, SIGTERM)));

TEST_F(Signals, BeforeTheFirstTrialLeaveTheOldResult) {
  write("r.json", "old");
  const pid_t child = begin({"long.json", "--set", "model.hidden=[512, 512]", "-o", "r.json"});
  wait_for_lines(child, "r.json.journal", 1);
  ::kill(child, SIGINT);
  const int status = end_of(child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 130) << status;
  EXPECT_NE(read("err").find("lrtune: stopped before a trial was finished; there is no result\n"), std::string::npos)
      << read("err");
  EXPECT_EQ(read("r.json"), "old");
}

// As a shell has it for what it runs in the background: not even the second signal is one then.
TEST_F(Signals, ThatAreIgnoredFromTheStartStaySo) {
  const Pipe pipe;
  const pid_t child = begin({"long.json", "--journal", "j", "--json"}, pipe.in(), SIGINT);
  wait_for_lines(child, "j", 3);
  ::kill(child, SIGINT);
  ::usleep(100'000);
  EXPECT_EQ(pipe.waiting(), 0) << "it goes on";
  ::kill(child, SIGTERM);
  while (pipe.waiting() == 0 && ::waitpid(child, nullptr, WNOHANG) == 0) ::usleep(2000);
  ::kill(child, SIGINT);
  ::usleep(100'000);
  EXPECT_EQ(::waitpid(child, nullptr, WNOHANG), 0);
  ::kill(child, SIGTERM);
  const int status = end_of(child);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM) << status;
}

TEST_F(JournalFiles, NeedNothingOfTheSurroundings) {
  const std::string expected = reference();
  const Ran bare = run(Call{.arguments = {"tune", "c.json", "--json"}, .environment = {"HOME=", "TERM=", "LC_ALL=xx"}});
  EXPECT_EQ(bare.status, 0);
  EXPECT_EQ(without_run(bare.out), expected);
  EXPECT_EQ(bare.err.find('\x1b'), std::string::npos);
  const Ran closed = run(Call{.arguments = {"tune", "c.json", "-o", "r.json"}, .input_closed = true});
  EXPECT_EQ(closed.status, 0) << closed.err;
  EXPECT_EQ(without_run(read("r.json")), expected);
  expect_refused(run(Call{.arguments = {"tune", "-"}, .input_closed = true}),
                 {"standard input: cannot be read: it is closed"});
}

TEST_F(JournalFiles, NeedNoFolderThatCanBeWritten) {
  std::filesystem::create_directory(folder / "place");
  std::filesystem::rename(folder / "c.json", folder / "place" / "c.json");
  ::chmod((folder / "place").c_str(), 0555);
  const Ran ran = run(Call{.arguments = {"tune", "place/c.json", "--print", "sgd"}, .permissions_bind = true});
  EXPECT_EQ(ran.status, 0) << ran.err;
  ::chmod((folder / "place").c_str(), 0755);
}

}  // namespace
}  // namespace lrtune
