// Work is never lost: journals, --resume, signals, events. A result after a resume is the same bytes as one in one go.
#include <sys/file.h>

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
                 {"whole: record 3: is damaged; a copy of the file from before, or remove it to start anew"});
  EXPECT_EQ(read("whole"), journal);
}

TEST_F(JournalFiles, OfAnotherConfigDataOrFileAreRefusedAndStayAsTheyAre) {
  const std::string journal = whole_journal();
  expect_refused(run({"tune", "c.json", "--set", "training.epochs=4", "--journal", "whole", "--resume"}),
                 {"whole: is the journal of another config; name another file, or remove it"});
  expect_refused(run({"tune", "c.json", "--set", "training.epochs=4", "--journal", "whole"}),
                 {"whole: is the journal of another config; name another file, or remove it"});
  expect_refused(run({"tune", "c.json", "--journal", "whole"}),
                 {fmt::format("whole: holds {} finished trials already; --resume goes on from there; or remove it, or "
                              "name another file",
                              lines(journal) - 1)});
  EXPECT_EQ(read("whole"), journal);
  write("notes.txt", "milk, bread\n");
  expect_refused(run({"tune", "c.json", "--journal", "notes.txt", "--resume"}),
                 {"notes.txt: is not a journal of lrtune, or its first line is damaged; name another file, or remove "
                  "it"});
  EXPECT_EQ(read("notes.txt"), "milk, bread\n");
  write("d.csv", "x,y\n1,a\n2,b\n3,a\n4,b\n5,a\n6,b\n7,a\n8,b\n9,a\n10,b\n");
  write("d.json", R"({"data": {"train": "d.csv", "target": "y"}, "training": {"epochs": 1, "batch_size": 4},
    "search": {"budget_runs": 2, "seeds": 1}, "optimizers": ["sgd"]})");
  EXPECT_EQ(run({"tune", "d.json", "-q", "--journal", "d"}).status, 0);
  write("d.csv", "x,y\n1,a\n2,b\n3,a\n4,b\n5,a\n6,b\n7,a\n8,b\n9,a\n11,b\n");
  expect_refused(run({"tune", "d.json", "--journal", "d", "--resume"}),
                 {"d: is the journal of other data; name another file, or remove it"});
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
                 {"r.json.journal: is the journal of another config; name another file, or remove it"});
  EXPECT_EQ(run({"tune", "c.json", "--set", "training.epochs=4", "-q", "-o", "r.json"}).status, 0);
  EXPECT_NE(without_run(read("r.json")), expected);
}

TEST_F(JournalFiles, NeedAFileToBe) {
  expect_refused(run({"tune", "c.json", "--resume"}),
                 {"--resume: there is no journal to go on from; add -o FILE or --journal FILE"});
  expect_refused(run({"tune", "c.json", "--journal", "-"}), {"--journal: a journal must be a file; name one"});
  expect_refused(run({"tune", "c.json", "--journal", "r.json", "-o", "r.json"}),
                 {"--journal: is the file of the result, which would replace it; name another file"});
  expect_refused(run({"tune", "c.json", "--journal", "c.json"}),
                 {"c.json: is the config, which the result would overwrite; write to another file"});
  expect_refused(run({"tune", "c.json", "--journal", "/dev/null"}),
                 {"/dev/null: is not a file that can grow; name an ordinary file"});
  EXPECT_EQ(names(), std::vector<std::string>{"c.json"});
}

TEST_F(JournalFiles, NamedOneThatDoesNotFitIsTold) {
  const Ran full = run(Call{.arguments = {"tune", "c.json", "--journal", "j"}, .most_file_bytes = 4096});
  expect_refused(full, {"j: cannot be written: the file would pass the allowed size"});
}

TEST_F(JournalFiles, AreHeldByOneProcessAtATime) {
  write("held", "");
  const int fd = ::open((folder / "held").c_str(), O_RDWR | O_CLOEXEC);
  ASSERT_EQ(::flock(fd, LOCK_EX), 0);
  expect_refused(run({"tune", "c.json", "--journal", "held"}),
                 {"held: is in use by another lrtune; wait for it, or name another"});
  ::close(fd);
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
  expect_refused(run({"tune", "c.json", "--json", "--events", "-"}),
                 {"tune: --events - and the result both want standard output; write the events to a file: --events "
                  "FILE"});
  expect_refused(run({"tune", "c.json", "--print", "sgd", "--events", "-"}),
                 {"tune: --events - and --print both want standard output; write the events to a file: --events FILE"});
  expect_refused(run({"tune", "c.json", "-o", "e", "--events", "e"}),
                 {"--events: e is written to already; name another file"});
  expect_refused(run({"tune", "c.json", "-o", "e", "--events", "e.journal"}),
                 {"--events: e.journal is written to already; name another file"});
  EXPECT_EQ(run(Call{.arguments = {"tune", "c.json", "--events", "-"}, .reader_gone = true}).status, 128 + SIGPIPE);
}

// Long enough to be stopped.
constexpr std::string_view kLong = R"({
  "data": {"synthetic": {"name": "moons", "rows": 2000}}, "model": {"hidden": [64, 64]},
  "training": {"epochs": 400, "batch_size": 16}, "optimizers": ["sgd", "adam"]
})";

// The first signal when the first trials are recorded; the second, if any, right after.
struct Stop {
  int first = SIGINT;
  int second = 0;
};

class Signals : public JournalFiles, public testing::WithParamInterface<Stop> {};

TEST_P(Signals, EndTheSearchSoonWithWhatThereIs) {
  write("long.json", kLong);
  const pid_t child = ::fork();
  if (child == 0) {
    if (::chdir(folder.c_str()) != 0) ::_exit(127);
    ::freopen("err", "w", stderr);
    ::alarm(280);
    ::execl(LRTUNE_BINARY, "lrtune", "tune", "long.json", "-o", "r.json", "--print", "best",
            static_cast<char*>(nullptr));
    ::_exit(127);
  }
  while (lines(read("r.json.journal")) < 3 && ::waitpid(child, nullptr, WNOHANG) == 0) ::usleep(2000);
  ::kill(child, GetParam().first);
  if (GetParam().second != 0) {
    ::usleep(100);
    ::kill(child, GetParam().second);
  }
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  const std::string err = read("err");
  if (GetParam().second != 0) {
    // At once; by the first if both waited to be delivered; or, if that had done its work already, as it would.
    const bool killed =
        WIFSIGNALED(status) && (WTERMSIG(status) == GetParam().second || WTERMSIG(status) == GetParam().first);
    EXPECT_TRUE(killed || (WIFEXITED(status) && WEXITSTATUS(status) == 128 + GetParam().first)) << status;
    return;
  }
  ASSERT_TRUE(WIFEXITED(status)) << err;
  EXPECT_EQ(WEXITSTATUS(status), 128 + GetParam().first);
  EXPECT_NE(err.find("lrtune: stopped: r.json is a partial result; --resume goes on from r.json.journal\n"),
            std::string::npos)
      << err;
  const auto result = parse(read("r.json"));
  EXPECT_FALSE(result.at("complete").get<bool>());
  for (const auto& entry : result.at("optimizers"))
    EXPECT_EQ(entry.at("recommendation").at("notices").back().at("kind"), "interrupted");
}

INSTANTIATE_TEST_SUITE_P(Kinds, Signals,
                         testing::Values(Stop{SIGINT, 0}, Stop{SIGTERM, 0}, Stop{SIGINT, SIGINT},
                                         Stop{SIGTERM, SIGINT}));

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
