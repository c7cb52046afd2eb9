// What is alike on every command: --json puts the answer as JSON on standard output, -q leaves out text, notices and
// progress, and -o FILE writes the JSON beside either.
#include <algorithm>
#include <sstream>

#include "cli/program.h"

namespace lrtune {
namespace {

class Telling : public Cli {
 protected:
  Telling() {
    write("c.json", kTiny);
    EXPECT_EQ(run({"tune", "c.json", "-q", "-o", "base.json"}).status, 0);
  }

  const std::vector<std::vector<std::string>> measuring = {
      {"tune", "c.json"},
      {"range", "c.json"},
      {"train", "c.json", "--optimizer", "sgd", "--lr", "0.1"},
      {"check", "base.json", "--config", "c.json"},
  };

  static std::vector<std::string> with(std::vector<std::string> arguments, const std::vector<std::string>& more) {
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }
};

TEST_F(Telling, QuietCommandsSayNothing) {
  std::vector<std::vector<std::string>> commands = measuring;
  commands.push_back({"validate", "c.json"});
  for (const auto& command : commands)
    for (const char* quiet : {"-q", "--quiet"}) {
      const Ran ran = run(with(command, {quiet}));
      EXPECT_EQ(ran.status, 0) << command[0];
      EXPECT_EQ(ran.out, "") << command[0];
      EXPECT_EQ(ran.err, "") << command[0];
    }
}

TEST_F(Telling, JsonIsTheOnlyThingOnStandardOutput) {
  std::vector<std::vector<std::string>> commands = measuring;
  commands.push_back({"validate", "c.json"});
  commands.push_back({"list", "optimizers"});
  for (const auto& command : commands) {
    const Ran ran = run(with(command, {"--json"}));
    EXPECT_EQ(ran.status, 0) << command[0];
    EXPECT_TRUE(nlohmann::json::accept(ran.out)) << command[0] << ran.out.substr(0, 200);
    EXPECT_TRUE(ran.out.ends_with("\n"));
  }
}

TEST_F(Telling, QuietLeavesOutNoJson) {
  std::vector<std::vector<std::string>> commands = measuring;
  commands.push_back({"validate", "c.json"});
  for (const auto& command : commands) {
    const Ran ran = run(with(command, {"--json", "-q"}));
    EXPECT_TRUE(nlohmann::json::accept(ran.out)) << command[0];
    EXPECT_EQ(ran.err, "") << command[0];
  }
}

TEST_F(Telling, TheFileHasWhatJsonPrints) {
  for (const auto& command : measuring) {
    const Ran text = run(with(command, {"-o", "r.json"}));
    EXPECT_EQ(text.status, 0) << text.err;
    EXPECT_FALSE(nlohmann::json::accept(text.out)) << "the text is still on standard output";
    EXPECT_NE(text.out, "");
    auto wanted = parse(run(with(command, {"-o", "-"})).out);
    auto got = parse(read("r.json"));
    wanted.erase("run");
    got.erase("run");
    EXPECT_EQ(got, wanted) << command[0];
  }
}

TEST_F(Telling, ValidateTellsAsJsonWhatItsLineSays) {
  const auto found = parse(run({"validate", "c.json", "--json"}).out);
  const auto result = parse(read("base.json"));
  EXPECT_EQ(found.at("data"), result.at("data"));
  EXPECT_EQ(found.at("config_id"), result.at("config_id"));
  EXPECT_EQ(found.at("tool"), result.at("tool"));
  EXPECT_EQ(found.at("updates"), 9);
  EXPECT_EQ(found.at("optimizers"), (nlohmann::json{"sgd", "heavy"}));
}

TEST_F(Telling, ListTellsItsRowsAsJson) {
  const auto rows = parse(run({"list", "optimizers", "--json"}).out);
  ASSERT_EQ(rows.size(), 13U);
  EXPECT_EQ(rows[0].at("name"), "sgd");
  EXPECT_EQ(rows[0].at("default_learning_rate"), 0.01);
  EXPECT_EQ(rows[1].at("parameters")[0].at("name"), "momentum");
  EXPECT_EQ(rows[1].at("parameters")[0].at("default"), 0.9);
  const auto formats = parse(run({"list", "reporters", "--json"}).out);
  EXPECT_EQ(formats[1].at("name"), "csv");
  EXPECT_FALSE(formats[1].contains("default_learning_rate"));
}

TEST_F(Telling, TheReportOfCheckOverwritesNothingThatIsRead) {
  expect_refused(run({"check", "base.json", "base.json", "-o", "base.json"}),
                 {"-o: would overwrite base.json; write to another file"});
  expect_refused(run({"check", "base.json", "base.json", "-o", "r", "--junit", "r"}),
                 {"check: --junit and -o name the same file; name two different files"});
  expect_refused(run({"check", "base.json", "base.json", "--update", "-o", "r.json"}),
                 {"check: --update writes no report; leave out -o, --json, --junit and --markdown"});
}

TEST_F(Cli, ValidateNamesTheRowsThatValidate) {
  std::string text = "x,y\n";
  for (int row = 0; row < 20; ++row) text += row == 3 ? ",1\n" : fmt::format("{},{}\n", row, row % 2);
  write("t.csv", text);
  write("c.json", R"({"data": {"train": "t.csv", "target": "y", "missing": "drop"}, "training": {"batch_size": 4}})");
  const Ran ran = run({"validate", "c.json", "--rows", "-q"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.err, "");
  std::istringstream lines(ran.out);
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; lines >> row;) rows.push_back(row);
  EXPECT_EQ(rows.size(), parse(run({"validate", "c.json", "--json"}).out).at("data").at("validation_rows"));
  EXPECT_TRUE(std::ranges::is_sorted(rows));
  EXPECT_LT(rows.back(), 20U);
  EXPECT_EQ(std::ranges::count(rows, 3U), 0) << "it is dropped";
  EXPECT_EQ(run({"validate", "c.json", "--rows", "--set", "data.split_seed=1"}).out == ran.out, false);
  expect_refused(run({"validate", "c.json", "--rows", "--json"}),
                 {"validate: --rows and --json would both go to standard output; call it twice"});
  expect_refused(run({"validate", "c.json", "--rows", "--set", "data.validation=t.csv", "-q"}),
                 {"--rows: no row of the training file validates: \"data.validation\" is t.csv; all of its rows do"});
}

}  // namespace
}  // namespace lrtune
