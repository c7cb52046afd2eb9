// lrtune tune: what goes to standard output, to standard error and into the file, and the exit code.

#include "base/text.h"
#include "cli/program.h"
#include "config/schema_check.h"
#include "record/study_json.h"

namespace lrtune {
namespace {

using nlohmann::json;

class Tune : public Cli {
 protected:
  Tune() { write("c.json", kTiny); }

  // The result on standard output of `tune` with more arguments.
  json result(std::vector<std::string> more) const {
    std::vector<std::string> arguments = {"tune", "c.json", "--json", "-q"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Ran ran = run(arguments);
    EXPECT_EQ(ran.err, "");
    return parse(ran.out);
  }

  static std::vector<std::string> labels(const json& result) {
    std::vector<std::string> found;
    for (const json& entry : result.at("optimizers")) found.push_back(entry.at("label"));
    return found;
  }
};

TEST_F(Tune, PrintsTheSummaryAndTellsTheRestOnStderr) {
  const Ran ran = run({"tune", "c.json"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.out.substr(0, ran.out.find('\n')), "48 training rows, 12 validation rows, 2 features, 2 classes");
  for (const char* part : {"\nsgd ", "\nheavy ", "\nRecommended: "})
    EXPECT_NE(ran.out.find(part), std::string::npos) << ran.out;
  EXPECT_TRUE(ran.err.starts_with("lrtune: c.json: reading the data\n")) << ran.err;
  EXPECT_EQ(ran.err.find('\x1b'), std::string::npos) << "the bar is for terminals";
  EXPECT_EQ(names(), std::vector<std::string>{"c.json"}) << "without -o nothing is written";
}

TEST_F(Tune, WritesAResultThatFitsItsSchemaAndReadsBack) {
  const Ran ran = run({"tune", "c.json", "-o", "r.json"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_NE(ran.out.find("Recommended: "), std::string::npos) << "the summary is printed with -o FILE too";
  EXPECT_EQ(names(), (std::vector<std::string>{"c.json", "r.json"}));
  const std::string text = read("r.json");
  EXPECT_EQ(misfit(run({"schema", "result"}).out, text), "");
  EXPECT_EQ(misfit(run({"schema", "config"}).out, parse(text).at("config").dump()), "");
  const Study study = study_from_json(text, "r.json");
  EXPECT_EQ(study.optimizers.size(), 2U);
  EXPECT_EQ(study_to_json(study), text);
  EXPECT_EQ(labels(parse(text)), (std::vector<std::string>{"sgd", "heavy"}));
}

TEST_F(Tune, PrintsTheSameJsonAsItWrites) {
  ASSERT_EQ(run({"tune", "c.json", "-o", "r.json"}).status, 0);
  const std::string written = without_run(read("r.json"));
  EXPECT_EQ(without_run(run({"tune", "c.json", "--json"}).out), written);
  EXPECT_EQ(without_run(run({"tune", "c.json", "-o", "-"}).out), written);
  EXPECT_EQ(without_run(run({"tune", "c.json", "-o", "s.json", "--json"}).out), written);
  EXPECT_EQ(without_run(read("s.json")), written);
}

TEST_F(Tune, PrintsARateAndNothingElse) {
  const json r = result({});
  for (const json& entry : r.at("optimizers")) {
    const Ran ran = run({"tune", "c.json", "--print", entry.at("label")});
    EXPECT_EQ(ran.status, 0);
    EXPECT_EQ(ran.out, fmt::format("{}\n", format_number(entry.at("recommendation").at("learning_rate"))));
  }
  const Ran best = run({"tune", "c.json", "--print", "best", "-q"});
  EXPECT_EQ(best.out, fmt::format("{}\n", format_number(r.at("recommendation").at("learning_rate"))));
  EXPECT_EQ(best.err, "");
}

TEST_F(Tune, PrintsARateBesideTheFile) {
  const Ran ran = run({"tune", "c.json", "--print", "sgd", "-o", "r.json"});
  const double rate = parse(read("r.json")).at("optimizers").at(0).at("recommendation").at("learning_rate");
  EXPECT_EQ(ran.out, fmt::format("{}\n", format_number(rate)));
}

TEST_F(Tune, RefusesToPrintTheRateOfAnUnknownLabel) {
  expect_refused(run({"tune", "c.json", "--print", "havy"}),
                 {R"(--print: unknown label "havy"; did you mean "heavy"?)"});
  expect_refused(run({"tune", "c.json", "--print", "momentum"}),
                 {R"(--print: unknown label "momentum"; one of: best, sgd, heavy)"});
}

TEST_F(Tune, RefusesTwoThingsOnStandardOutput) {
  for (const std::vector<std::string>& both : {std::vector<std::string>{"--json"}, {"-o", "-"}}) {
    std::vector<std::string> arguments = {"tune", "c.json", "--print", "sgd"};
    arguments.insert(arguments.end(), both.begin(), both.end());
    expect_refused(
        run(arguments),
        {"tune: --print and the result would both go to standard output; write the result to a file: -o FILE"});
  }
}

TEST_F(Tune, SaysNothingWhenQuiet) {
  for (const char* flag : {"-q", "--quiet"}) {
    const Ran ran = run({"tune", "c.json", flag});
    EXPECT_EQ(ran.status, 0);
    EXPECT_EQ(ran.out, "");
    EXPECT_EQ(ran.err, "");
  }
  const Ran wrong = run({"tune", "none.json", "-q"});
  EXPECT_EQ(wrong.err, "lrtune: none.json: cannot be opened: no such file or folder\n") << "errors are never dropped";
}

TEST_F(Tune, ExitsWith4UnderStrictUnlessEveryStatusIsOk) {
  const json r = result({});
  const auto is_ok = [](const json& entry) { return entry.at("recommendation").at("status") == "ok"; };
  ASSERT_FALSE(std::ranges::all_of(r.at("optimizers"), is_ok)) << "three epochs tell no rates apart";
  EXPECT_EQ(run({"tune", "c.json", "-q", "--strict"}).status, 4);
  EXPECT_EQ(run({"tune", "c.json", "-q"}).status, 0);
  // Iris tells the rates of some optimizers apart.
  const std::string iris = LRTUNE_SOURCE_DIR "/configs/iris.json";
  const json all = parse(run({"tune", iris, "--json", "-q"}).out).at("optimizers");
  const auto ok = std::ranges::find_if(all, is_ok);
  ASSERT_NE(ok, all.end());
  const std::string label = ok->at("label");
  EXPECT_EQ(run({"tune", iris, "--optimizers", label, "-q", "--strict"}).status, 0) << label;
}

TEST_F(Tune, ExitsWith4AndPrintsNoRateWhenEveryTrialDiverges) {
  write("wild.csv", kWildRows);
  write("wild.json", kWild);
  const Ran summary = run({"tune", "wild.json"});
  EXPECT_EQ(summary.status, 4);
  EXPECT_NE(summary.out.find("all_diverged"), std::string::npos) << summary.out;
  EXPECT_NE(summary.err.find("every trial diverged"), std::string::npos) << summary.err;
  for (const char* label : {"sgd", "best"}) {
    const Ran rate = run({"tune", "wild.json", "--print", label});
    EXPECT_EQ(rate.status, 4);
    EXPECT_EQ(rate.out, "");
    EXPECT_NE(rate.err, "");
  }
  const Ran result = run({"tune", "wild.json", "--json"});
  EXPECT_EQ(result.status, 4);
  EXPECT_TRUE(parse(result.out).at("recommendation").is_null());
  EXPECT_TRUE(parse(result.out).at("optimizers").at(0).at("recommendation").at("learning_rate").is_null());
  EXPECT_EQ(misfit(run({"schema", "result"}).out, result.out), "");
}

TEST_F(Tune, TakesFieldsFromSetInTheirOrder) {
  const json r =
      result({"--set", "training.epochs=1", "--set", "training.epochs=2", "--set", "optimizers.1.momentum=0.5"});
  EXPECT_EQ(r.at("config").at("training").at("epochs"), 2);
  EXPECT_EQ(r.at("optimizers").at(1).at("hyperparameters").at("momentum"), 0.5);
}

TEST_F(Tune, TakesSetBeforeTheConfig) {
  const Ran ran = run({"tune", "--set", "training.epochs=1", "c.json", "--json"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(parse(ran.out).at("config").at("training").at("epochs"), 1);
}

TEST_F(Tune, TakesOptimizersByLabelAndByNameEachOnce) {
  using List = std::vector<std::string>;
  EXPECT_EQ(labels(result({"--optimizers", "heavy"})), List{"heavy"});
  EXPECT_EQ(labels(result({"--optimizers", "momentum"})), List{"heavy"});
  EXPECT_EQ(labels(result({"--optimizers", "heavy,sgd"})), (List{"heavy", "sgd"}));
  EXPECT_EQ(labels(result({"--optimizers", "heavy,momentum, heavy"})), List{"heavy"});
  EXPECT_EQ(labels(result({"--optimizers", "lion,heavy"})), (List{"lion", "heavy"})) << "lion is not in the config";
  const List both = {"momentum", "momentum(momentum=0.5, dampening=0.5)"};
  const json r = result({"--set", R"(optimizers=["momentum",{"name":"momentum","momentum":0.5,"dampening":0.5},"sgd"])",
                         "--optimizers", both[1]});
  EXPECT_EQ(labels(r), List{both[1]});
}

TEST_F(Tune, RefusesUnknownOptimizers) {
  expect_refused(run({"tune", "c.json", "--optimizers", "sgd,adma,hevy,xyz\x1b"}),
                 {R"(--optimizers: unknown "adma"; did you mean "adam"?)",
                  R"(--optimizers: unknown "hevy"; did you mean "heavy"?)",
                  R"(--optimizers: unknown "xyz\x1b"; one of: sgd, momentum, nesterov, adagrad, adadelta, rmsprop, )"
                  "adam, amsgrad, adamw, nadam, radam, adamax, lion"});
  expect_refused(run({"tune", "c.json", "--optimizers", " , "}),
                 {"--optimizers: \" , \" names no optimizer; leave it out for all optimizers"});
}

TEST_F(Tune, TakesSeedsSeedAndBudget) {
  const json r = result({"--seeds", "3", "--set", "search.max_seeds=3", "--seed", "7", "--budget", "5"});
  EXPECT_EQ(r.at("config").at("search").at("seeds"), 3);
  EXPECT_EQ(r.at("config").at("search").at("seed"), 7);
  EXPECT_EQ(r.at("config").at("search").at("budget_runs"), 5);
  for (const json& entry : r.at("optimizers")) EXPECT_LE(entry.at("cost").at("full_runs"), 5.0);
  const auto first_loss = [](const json& of) {
    return of.at("optimizers").at(0).at("trials").at(0).at("curve").at("validation_loss").at(0);
  };
  EXPECT_NE(first_loss(r), first_loss(result({}))) << "another seed, other initial weights";
}

TEST_F(Tune, RefusesCountsOutOfBounds) {
  const std::vector<std::pair<std::string, std::string>> bounds = {
      {"--seeds", "1 to 1000"}, {"--threads", "1 to 1024"}, {"--seed", "0 to 4294967295"}};
  for (const auto& [option, range] : bounds)
    for (const char* value : {"-1", "x", "1.5", "nan", "1e999", "99999999999"})
      expect_refused(run({"tune", "c.json", option, value}),
                     {fmt::format("{}: must be a whole number from {}, not \"{}\"", option, range, value)});
  for (const char* value : {"0", "-1", "nan", "many"})
    expect_refused(run({"tune", "c.json", "--budget", value}),
                   {fmt::format("--budget: must be at least 1 full run, not \"{}\"", value)});
}

TEST_F(Tune, ReadsTheConfigFromStandardInput) {
  const Ran piped = run(Call{.arguments = {"tune", "-", "--json"}, .input = std::string(kTiny)});
  EXPECT_EQ(piped.status, 0);
  EXPECT_TRUE(piped.err.starts_with("lrtune: standard input: reading the data\n")) << piped.err;
  EXPECT_EQ(without_run(piped.out), without_run(run({"tune", "c.json", "--json"}).out));
  expect_refused(run({"tune", "-"}), {"standard input: is empty; expected JSON, starting with {"});
}

TEST_F(Tune, FindsDataBesideTheConfig) {
  std::filesystem::create_directories(folder / "deep" / "er");
  write("deep/wild.csv", kWildRows);
  write("deep/er/c.json",
        R"({"data": {"train": "../wild.csv", "target": "z", "kind": "regression"}, "training": {"batch_size": 2},
                              "optimizers": ["sgd"]})");
  const Ran ran = run({"validate", "deep/er/c.json"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  write("piped.csv", kWildRows);  // standard input stands in the current folder
  EXPECT_EQ(
      run(Call{
              .arguments = {"validate", "-"},
              .input =
                  R"({"data": {"train": "piped.csv", "target": "z", "kind": "regression"}, "training": {"batch_size": 2}})"})
          .status,
      0);
}

// A user stands in his project, the config in configs/: --set names files as any other option does.
TEST_F(Tune, FindsDataOfSetFromWhereTheUserStands) {
  std::filesystem::create_directories(folder / "configs" / "old");
  const auto rows = [](int step) {
    std::string text = "x,y\n";
    for (int i = 0; i < 40; ++i) text += fmt::format("{},{}\n", i * step % 40, i % 2 == 0 ? "a" : "b");
    return text;
  };
  write("new.csv", rows(7));
  write("configs/old/rows.csv", rows(3));
  write("configs/c.json", R"({"data": {"train": "old/rows.csv", "target": "y"}, "model": {"hidden": [3]},
    "training": {"epochs": 2, "batch_size": 8}, "search": {"seeds": 1, "max_seeds": 1, "budget_runs": 3},
    "optimizers": ["sgd"]})");
  const auto data_of = [](const Ran& ran) { return parse(ran.out).at("data").at("sha256").get<std::string>(); };
  const Ran usual = run({"tune", "configs/c.json", "-q", "--json"});
  const Ran set = run({"tune", "configs/c.json", "-q", "--json", "--set", "data.train=new.csv"});
  ASSERT_EQ(usual.status, 0) << usual.err;
  ASSERT_EQ(set.status, 0) << set.err;
  EXPECT_NE(data_of(set), data_of(usual));
  EXPECT_EQ(parse(set.out).at("config_id"), parse(usual.out).at("config_id"));
  // The resolved config names the same file from the config's folder.
  EXPECT_EQ(parse(set.out).at("config").at("data").at("train"), "../new.csv");
  write("configs/resolved.json", parse(set.out).at("config").dump());
  EXPECT_EQ(data_of(run({"tune", "configs/resolved.json", "-q", "--json"})), data_of(set));
  const std::string absolute = (folder / "new.csv").string();
  const Ran whole = run({"tune", "configs/c.json", "-q", "--json", "--set", "data.train=" + absolute});
  EXPECT_EQ(parse(whole.out).at("config").at("data").at("train"), absolute);
  // A config from standard input stands where the user does.
  const Ran piped = run(
      Call{.arguments = {"tune", "-", "-q", "--json", "--set", "data.train=new.csv"}, .input = read("configs/c.json")});
  ASSERT_EQ(piped.status, 0) << piped.err;
  EXPECT_EQ(parse(piped.out).at("config").at("data").at("train"), "new.csv");
  EXPECT_EQ(data_of(piped), data_of(set));
  // The other commands that take --set do so too.
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"validate"}, {"train", "--optimizer", "sgd", "--lr", "0.1"}, {"range"}}) {
    std::vector<std::string> arguments = {command.front(), "configs/c.json", "--set", "data.validation=new.csv"};
    arguments.insert(arguments.end(), command.begin() + 1, command.end());
    const Ran ran = run(arguments);
    EXPECT_EQ(ran.status, 0) << command.front() << ": " << ran.err;
  }
}

TEST_F(Tune, RefusesAnUnknownInstructionSet) {
  const Ran ran = run(Call{.arguments = {"tune", "c.json"}, .environment = {"LRTUNE_ISA=mmx"}});
  EXPECT_EQ(ran.status, 2);
  EXPECT_EQ(ran.out, "");
  EXPECT_TRUE(ran.err.starts_with("lrtune: LRTUNE_ISA: \"mmx\" is unknown or cannot run on this machine; one of: "))
      << ran.err;
}

}  // namespace
}  // namespace lrtune
