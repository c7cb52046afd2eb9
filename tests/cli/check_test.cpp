// lrtune check: every exit code and every message, from the real binary; and the gate over the examples of configs/.
#include <regex>

#include "cli/program.h"

namespace lrtune {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

// A folder with a config, its result, and a baseline made of it.
class Check : public Cli {
 protected:
  Check() {
    write("c.json", kTiny);
    EXPECT_EQ(run({"tune", "c.json", "-q", "-o", "r.json"}).status, 0);
    EXPECT_EQ(check({"b.json", "r.json", "--update", "-q"}).status, 0);
  }

  // Without what this test's own surroundings say.
  Ran check(std::vector<std::string> arguments, const std::vector<std::string>& environment = {},
            const std::string& input = {}) const {
    arguments.insert(arguments.begin(), "check");
    std::vector<std::string> with = {"CI=", "GITHUB_ACTIONS="};
    with.insert(with.begin(), environment.begin(), environment.end());
    return run(Call{.arguments = arguments, .input = input, .environment = with});
  }

  // `to` becomes `from` with `change` made to its JSON.
  template <class Change>
  void change(const std::string& from, const std::string& to, const Change& change) const {
    ordered_json file = ordered_json::parse(read(from));
    change(file);
    write(to, file.dump(1));
  }

  static ordered_json& sgd(ordered_json& file) { return file["optimizers"][0]["recommendation"]; }

  // The last line of the summary.
  static std::string last_line(const Ran& ran) {
    const std::string text = ran.out.substr(0, ran.out.size() - 1);
    return text.substr(text.rfind('\n') + 1);
  }

  void expect_not_comparable(const Ran& ran, const std::string& why) const {
    EXPECT_EQ(ran.status, 5) << ran.err;
    EXPECT_EQ(ran.out, why + "\nnot comparable: 1 obstacle\n");
  }
};

TEST_F(Check, PassesAResultThatIsTheSame) {
  const Ran ran = check({"b.json", "r.json"});
  EXPECT_EQ(ran.status, 0) << ran.out;
  EXPECT_EQ(ran.err, "");
  EXPECT_TRUE(ran.out.starts_with("optimizer ")) << ran.out;
  for (const char* label : {"\nsgd ", "\nheavy "}) EXPECT_NE(ran.out.find(label), std::string::npos) << ran.out;
  EXPECT_EQ(last_line(ran),
            "pass: 2 optimizers compared; rate within 0.5 decades before rounding, or in its interval or plateau; loss "
            "within 2 % "
            "or 3 standard "
            "errors");
  EXPECT_EQ(check({"b.json", "r.json", "--exact"}).status, 0);
  EXPECT_EQ(check({"r.json", "r.json", "--exact"}).status, 0) << "a baseline may have trials and run";
}

TEST_F(Check, RunsTheConfigOfTheBaseline) {
  const Ran ran = check({"b.json", "--exact", "--threads", "1"});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_EQ(last_line(ran), "pass: 2 optimizers compared; to the byte");
  EXPECT_EQ(ran.err, "lrtune: b.json: config: reading the data\n");
  EXPECT_TRUE(ran.out.starts_with("ran the config stored in b.json\n\noptimizer ")) << ran.out;
  EXPECT_EQ(parse(check({"b.json", "--json"}).out).at("result"), "a run of the config stored in b.json");
  const Ran quiet = check({"b.json", "-q"});
  EXPECT_EQ(quiet.status, 0);
  EXPECT_EQ(quiet.out + quiet.err, "");
}

TEST_F(Check, ReadsAResultFromStandardInput) {
  EXPECT_EQ(check({"b.json", "-", "--exact"}, {}, read("r.json")).status, 0);
  const Ran empty = check({"b.json", "-"});
  EXPECT_EQ(empty.status, 2);
  EXPECT_NE(empty.err.find("standard input"), std::string::npos) << empty.err;
}

TEST_F(Check, RunsAnotherConfigIfItAsksForTheSame) {
  write("same.json", "// reordered and commented\n" + std::string(kTiny));
  const Ran named = check({"b.json", "--config", "same.json", "--exact"});
  EXPECT_EQ(named.status, 0);
  EXPECT_TRUE(named.out.starts_with("ran same.json\n\noptimizer ")) << named.out;
  const Ran piped = check({"b.json", "--config", "-"}, {}, std::string(kTiny));
  EXPECT_EQ(piped.status, 0);
  EXPECT_TRUE(piped.out.starts_with("ran the config from standard input\n\noptimizer ")) << piped.out;
}

TEST_F(Check, ARateThatMovedIsARegression) {
  change("r.json", "n.json", [](ordered_json& file) { sgd(file)["learning_rate"] = 900.0; });
  const Ran ran = check({"b.json", "n.json"});
  EXPECT_EQ(ran.status, 3);
  EXPECT_NE(ran.out.find("decades higher (allowed: 0.5)"), std::string::npos) << ran.out;
  EXPECT_TRUE(last_line(ran).starts_with("regression: 1 of 2 optimizers got worse; ")) << ran.out;
  EXPECT_EQ(check({"b.json", "n.json", "--tolerance", "20"}).status, 0);
  EXPECT_EQ(check({"b.json", "n.json", "-q"}).status, 3);
}

TEST_F(Check, AWorseLossIsARegressionUnlessItIsAllowed) {
  change("r.json", "n.json", [](ordered_json& file) {
    ordered_json& loss = sgd(file)["objective"];
    loss["mean"] = loss["mean"].get<double>() + 100;
    loss["standard_error"] = nullptr;
  });
  const Ran ran = check({"b.json", "n.json"});
  EXPECT_EQ(ran.status, 3);
  EXPECT_NE(ran.out.find("the loss is worse by 100 ("), std::string::npos) << ran.out;
  EXPECT_EQ(check({"b.json", "n.json", "--loss-absolute", "101"}).status, 0);
  EXPECT_EQ(check({"b.json", "n.json", "--loss-relative", "1e6"}).status, 0);
  EXPECT_EQ(check({"b.json", "n.json", "--loss-se", "1e9"}).status, 0);
}

TEST_F(Check, AWorseStatusAndALostRateAreRegressions) {
  change("r.json", "stuck.json", [](ordered_json& file) { sgd(file)["status"] = "stuck"; });
  const Ran worse = check({"b.json", "stuck.json"});
  EXPECT_EQ(worse.status, 3);
  EXPECT_NE(worse.out.find("the status is worse: stuck, was "), std::string::npos) << worse.out;
  change("r.json", "lost.json", [](ordered_json& file) {
    for (const char* key : {"learning_rate", "interval", "objective"}) sgd(file)[key] = nullptr;
    sgd(file)["status"] = "all_diverged";
  });
  const Ran lost = check({"b.json", "lost.json"});
  EXPECT_EQ(lost.status, 3);
  EXPECT_NE(lost.out.find("it no longer has a rate; the status is worse: all_diverged, was "), std::string::npos)
      << lost.out;
  change("r.json", "lossless.json", [](ordered_json& file) { sgd(file)["objective"] = nullptr; });
  const Ran lossless = check({"b.json", "lossless.json"});
  EXPECT_EQ(lossless.status, 3);
  EXPECT_NE(lossless.out.find("it no longer has an expected loss"), std::string::npos) << lossless.out;
}

TEST_F(Check, ExactSeesTheLastDigitAndSaysWhere) {
  change("r.json", "n.json", [](ordered_json& file) {
    ordered_json& mean = sgd(file)["objective"]["mean"];
    mean = std::nextafter(mean.get<double>(), 1e9);
  });
  EXPECT_EQ(check({"b.json", "n.json"}).status, 0);
  const Ran ran = check({"b.json", "n.json", "--exact"});
  EXPECT_EQ(ran.status, 3);
  EXPECT_NE(ran.out.find("\ndiffers first at sgd: /optimizers/0/recommendation/objective/mean: "), std::string::npos)
      << ran.out;
  EXPECT_EQ(last_line(ran), "regression: 1 difference, in 1 of 2 optimizers; to the byte");
}

// As jq and others write a file anew: 0.0 is 0, 1e-06 is 1e-6, 0.001 is 1.0E-3, and keys are in another order.
TEST_F(Check, ExactComparesNumbersNotTheirSpelling) {
  for (const char* name : {"b.json", "r.json"}) {
    std::string text = json::parse(read(name)).dump();  // keys sorted, no blanks
    text = std::regex_replace(text, std::regex(R"(([:,\[]-?[0-9]+)\.0([,\]}]))"), "$1$2");
    text =
        std::regex_replace(text, std::regex(R"(([:,]-?[0-9.]+)e-0([1-9]))"), "$1E-$2");  // not in a text "[1e-06, 1]"
    text = std::regex_replace(text, std::regex(R"(:0\.001([,\]}]))"), ":1.0E-3$1");
    ASSERT_NE(text, json::parse(read(name)).dump());
    write("other.json", text);
    for (const auto& files : {std::vector<std::string>{name, "other.json"}, {"other.json", name}}) {
      const Ran ran = check({files[0], files[1], "--exact"});
      EXPECT_EQ(ran.status, 0) << ran.out;
    }
  }
}

TEST_F(Check, ExactPassesOverToolRunAndTrialsThatTheBaselineLacks) {
  change("r.json", "n.json", [](ordered_json& file) {
    file["tool"]["version"] = "9.9.9";
    file["run"]["host"] = "elsewhere";
    for (ordered_json& entry : file["optimizers"]) entry["trials"][0]["seed"] = 77;
  });
  EXPECT_EQ(check({"b.json", "n.json", "--exact"}).status, 0);
  const Ran trials = check({"r.json", "n.json", "--exact"});
  EXPECT_EQ(trials.status, 3) << "this one has trials";
  EXPECT_NE(trials.out.find("/optimizers/0/trials/0/seed: 0, now 77"), std::string::npos) << trials.out;
  change("r.json", "more.json", [](ordered_json& file) { sgd(file)["something"] = 1; });
  const Ran more = check({"b.json", "more.json", "--exact"});
  EXPECT_EQ(more.status, 3);
  EXPECT_NE(more.out.find("/optimizers/0/recommendation/something: nothing, now 1"), std::string::npos) << more.out;
}

TEST_F(Check, ABaselineThatIsNotThereIsNotComparable) {
  expect_not_comparable(check({"none.json", "r.json"}),
                        "there is no baseline at none.json; make one with --update and --config CONFIG or a RESULT");
  expect_not_comparable(check({"none.json"}),
                        "there is no baseline at none.json; make one with --update and --config CONFIG or a RESULT");
  EXPECT_EQ(check({"none.json", "--update"}).status, 5) << "of what?";
  EXPECT_EQ(check({"none.json", "-q"}).status, 5);
  for (const std::vector<std::string>& wrong :
       {std::vector<std::string>{"missing.json"}, {"--config", "missing.json"}, {"--threads", "x"}}) {
    std::vector<std::string> arguments = {"none.json"};
    arguments.insert(arguments.end(), wrong.begin(), wrong.end());
    EXPECT_EQ(check(arguments).status, 2) << "what must be mended comes first: " << wrong.back();
  }
}

TEST_F(Check, AnotherConfigIsNotComparableAndNotRun) {
  std::string other(kTiny);
  other.replace(other.find("\"epochs\": 3"), 11, "\"epochs\": 4");
  write("d.json", other);
  const Ran ran = check({"b.json", "--config", "d.json"});
  expect_not_comparable(ran, "the config differs: training.epochs was 3 in the baseline and is now 4");
  EXPECT_EQ(run({"tune", "c.json", "-q", "-o", "s.json", "--set", "search.budget_runs=20"}).status, 0);
  expect_not_comparable(check({"b.json", "s.json"}),
                        "the config differs: search.budget_runs was 24.0 in the baseline and is now 20.0");
  EXPECT_EQ(run({"tune", "c.json", "-q", "-o", "m.json", "--set", "optimizers.1.momentum=0.5"}).status, 0);
  expect_not_comparable(check({"b.json", "m.json"}),
                        "the config differs: heavy: momentum was 0.9 in the baseline and is now 0.5");
}

TEST_F(Check, AStoredConfigWithoutAFieldHasItsDefault) {
  change("b.json", "old.json", [](ordered_json& file) {
    file["config"]["search"].erase("sharpness");
    file["config"]["training"].erase("warmup_epochs");
  });
  EXPECT_EQ(check({"old.json", "r.json", "--exact"}).status, 0);
  EXPECT_EQ(check({"old.json", "--exact", "-q"}).status, 0);
}

TEST_F(Check, ExactTakesABaselineOfAnOlderVersion) {
  const auto notices_of = [](ordered_json& file) -> ordered_json& {
    for (ordered_json& entry : file["optimizers"])
      if (!entry["recommendation"]["notices"].empty()) return entry["recommendation"]["notices"];
    ADD_FAILURE() << "no notice";
    return file["data"]["notices"];
  };
  change("b.json", "old.json", [&](ordered_json& file) {
    for (const char* key : {"facts", "option", "value"}) notices_of(file)[0].erase(key);
    notices_of(file)[0]["text"] = "the same in other words";
    file["data"].erase("constant");
  });
  EXPECT_EQ(check({"old.json", "r.json", "--exact"}).status, 0) << "it lacks what was added since, and words are words";
  change("b.json", "other.json", [&](ordered_json& file) { notices_of(file)[0]["facts"]["more"] = 1; });
  EXPECT_EQ(check({"other.json", "r.json", "--exact"}).status, 3) << "what it has is compared";
  change("b.json", "constant.json", [&](ordered_json& file) { file["data"]["constant"]["loss"] = 1; });
  EXPECT_EQ(check({"constant.json", "r.json", "--exact"}).status, 3);
  change("b.json", "kind.json", [&](ordered_json& file) { notices_of(file)[0]["kind"] = "flat"; });
  EXPECT_EQ(check({"kind.json", "r.json", "--exact"}).status, 3);
}

TEST_F(Check, OtherDataAreNotComparable) {
  change("r.json", "n.json", [](ordered_json& file) { file["data"]["sha256"] = std::string(64, 'f'); });
  const Ran ran = check({"b.json", "n.json"});
  EXPECT_EQ(ran.status, 5);
  EXPECT_TRUE(ran.out.starts_with("optimizer ")) << "the figures of both are there: " << ran.out;
  for (const char* label : {"sgd", "heavy"})
    EXPECT_TRUE(std::regex_search(ran.out, std::regex(fmt::format("\n{} .* not compared\n", label)))) << ran.out;
  EXPECT_TRUE(std::regex_search(
      ran.out, std::regex("\n\nthe data differ: their SHA-256 was [0-9a-f]{12}… in the baseline and is now "
                          "ffffffffffff…\nnot comparable: 1 obstacle; the figures are for "
                          "information\n$")))
      << ran.out;
  EXPECT_EQ(check({"b.json", "n.json", "--exact"}).status, 5);
}

TEST_F(Check, MissingOrNewOptimizersAreNotComparable) {
  change("r.json", "one.json", [](ordered_json& file) { file["optimizers"].erase(1); });
  expect_not_comparable(check({"b.json", "one.json"}), "missing optimizer: heavy is in the baseline only");
  EXPECT_EQ(check({"b.json", "one.json", "--allow-new"}).status, 5);
  EXPECT_EQ(check({"one.json", "r.json", "-q", "--update"}).status, 0);
  change("b.json", "one.json", [](ordered_json& file) { file["optimizers"].erase(1); });
  expect_not_comparable(check({"one.json", "r.json"}),
                        "new optimizer: heavy is not in the baseline; add --allow-new to ignore it");
  EXPECT_EQ(check({"one.json", "r.json", "--allow-new"}).status, 0);
  EXPECT_EQ(check({"one.json", "r.json", "--allow-new", "--exact"}).status, 0);
  const Ran update = check({"one.json", "r.json", "--update"});
  EXPECT_TRUE(update.out.ends_with("\nnew optimizer: heavy\none.json: updated, 2 optimizers\n")) << update.out;
}

TEST_F(Check, AnotherSchemaVersionIsNotComparable) {
  change("b.json", "next.json", [](ordered_json& file) { file["schema_version"] = 2; });
  expect_not_comparable(check({"next.json", "r.json"}),
                        "another version of the file format: the baseline has 2, and this lrtune compares 1; replace "
                        "it with --update and --config CONFIG or a RESULT");
  EXPECT_EQ(check({"next.json", "--update"}).status, 5) << "of what?";
  expect_not_comparable(check({"b.json", "next.json"}),
                        "another version of the file format: the result has 2, and this lrtune compares 1");
  change("b.json", "old.json", [](ordered_json& file) { file["schema_version"] = 2; });
  const Ran made = check({"old.json", "r.json", "--update"});
  EXPECT_EQ(made.out, "old.json: made; replaces a baseline of version 2, of which nothing is kept, 2 optimizers\n");
  EXPECT_EQ(read("old.json"), read("b.json"));
}

TEST_F(Check, AnIncompleteStudyIsNotComparable) {
  change("r.json", "part.json", [](ordered_json& file) { file["complete"] = false; });
  expect_not_comparable(check({"b.json", "part.json"}), "the result is incomplete: its search was interrupted");
  expect_not_comparable(check({"part.json", "r.json"}), "the baseline is incomplete: its search was interrupted");
  const std::string before = read("b.json");
  expect_not_comparable(check({"b.json", "part.json", "--update"}),
                        "the result is incomplete: its search was interrupted");
  EXPECT_EQ(read("b.json"), before);
}

TEST_F(Check, ComparingNothingIsInconclusive) {
  change("r.json", "dead.json", [](ordered_json& file) {
    for (ordered_json& entry : file["optimizers"]) {
      for (const char* key : {"learning_rate", "interval", "objective"}) entry["recommendation"][key] = nullptr;
      entry["recommendation"]["status"] = "all_diverged";
    }
  });
  for (const char* result : {"dead.json", "r.json"}) {
    const Ran ran = check({"dead.json", result});
    EXPECT_EQ(ran.status, 4);
    EXPECT_EQ(last_line(ran), "inconclusive: nothing was compared; no optimizer of the baseline has a rate");
  }
  change("r.json", "empty.json", [](ordered_json& file) { file["optimizers"] = ordered_json::array(); });
  EXPECT_EQ(check({"empty.json", "empty.json"}).status, 4);
  EXPECT_EQ(check({"empty.json", "empty.json", "--exact"}).status, 4);
  const std::string before = read("b.json");
  const Ran update = check({"b.json", "dead.json", "--update"});
  EXPECT_EQ(update.status, 4);
  EXPECT_EQ(
      update.err,
      "lrtune: b.json: not written: no optimizer of the result has a rate, so nothing could be compared with it\n");
  EXPECT_EQ(read("b.json"), before);
}

TEST_F(Check, RefusesMalformedFiles) {
  write("cut.json", read("b.json").substr(0, 300));
  for (const auto& files : {std::vector<std::string>{"cut.json", "r.json"}, {"b.json", "cut.json"}}) {
    const Ran ran = check(files);
    EXPECT_EQ(ran.status, 2);
    EXPECT_EQ(ran.out, "");
    EXPECT_TRUE(ran.err.starts_with("lrtune: cut.json")) << ran.err;
  }
  expect_refused(check({"c.json", "r.json"}),
                 {"c.json: is not a result of lrtune; expected a JSON object with \"schema_version\""});
  change("b.json", "zero.json", [](ordered_json& file) { file["schema_version"] = 0; });
  expect_refused(check({"zero.json", "r.json"}),
                 {"zero.json: /schema_version: must be a whole number of at least 1, not 0"});
  change("b.json", "nodata.json", [](ordered_json& file) { file.erase("data"); });
  expect_refused(check({"nodata.json", "r.json"}), {"nodata.json: has no \"data\""});
  change("b.json", "future.json", [](ordered_json& file) { file["config"]["search"]["depth"] = 1; });
  const Ran future = check({"future.json", "r.json"});
  EXPECT_EQ(future.status, 2);
  EXPECT_TRUE(future.err.starts_with("lrtune: future.json: config: /search/depth: unknown key \"depth\""))
      << future.err;
}

TEST_F(Check, TakesTolerancesFromTheBaselineAndTheCommandLineWins) {
  change("r.json", "n.json", [](ordered_json& file) {
    ordered_json& loss = sgd(file)["objective"];
    loss["mean"] = loss["mean"].get<double>() + 100;
    loss["standard_error"] = nullptr;
  });
  change("b.json", "t.json", [](ordered_json& file) { file["tolerances"] = {{"loss_absolute", 200}}; });
  EXPECT_EQ(check({"t.json", "n.json"}).status, 0);
  EXPECT_EQ(check({"t.json", "n.json", "--loss-absolute", "1"}).status, 3);
  EXPECT_EQ(check({"t.json", "r.json", "--exact"}).status, 0) << "they are no part of the result";
  // An update keeps them, and adds those that it is told.
  EXPECT_EQ(check({"t.json", "r.json", "--update", "--loss-se", "5", "-q"}).status, 0);
  EXPECT_EQ(parse(read("t.json")).at("tolerances"), (json{{"loss_absolute", 200.0}, {"loss_se", 5.0}}));
}

TEST_F(Check, RefusesTolerancesThatAreNone) {
  const std::vector<std::pair<std::string, std::string>> kOptions = {
      {"--tolerance", "-1"}, {"--loss-absolute", "nan"}, {"--loss-relative", "inf"}, {"--loss-se", "three"}};
  for (const auto& [option, value] : kOptions)
    expect_refused(check({"b.json", "r.json", fmt::format("{}={}", option, value)}),
                   {fmt::format("{}: must be a number of 0 or more, not \"{}\"", option, value)});
  change("b.json", "t.json", [](ordered_json& file) {
    file["tolerances"] = {{"rate_decades", -0.5}, {"loss_see", 3}, {"loss_se", "3"}};
  });
  expect_refused(check({"t.json", "r.json"}),
                 {"t.json: /tolerances/rate_decades: must be a number of at least 0, not -0.5",
                  "t.json: /tolerances/loss_see: unknown key \"loss_see\"; did you mean \"loss_se\"?",
                  "t.json: /tolerances/loss_se: must be a number of at least 0, not \"3\""});
  change("b.json", "t.json", [](ordered_json& file) { file["tolerances"] = 3; });
  expect_refused(check({"t.json", "r.json"}), {"t.json: /tolerances: must be an object, not 3"});
}

TEST_F(Check, RefusesWhatDoesNotGoTogether) {
  expect_refused(check({}), {"check: no baseline given; name its file"});
  expect_refused(check({"-", "r.json"}), {"check: the baseline must be a file; - is for RESULT"});
  expect_refused(
      check({"b.json", "r.json", "--config", "c.json"}),
      {"check: RESULT and --config are both given; give RESULT to compare a file, or --config to run a config"});
  expect_refused(check({"b.json", "r.json", "--update", "--json"}),
                 {"check: --update writes no report; leave out -o, --json, --junit and --markdown"});
  expect_refused(check({"b.json", "r.json", "--force"}), {"check: --force is for --update only; leave it out"});
  expect_refused(check({"b.json", "r.json", "--junit", "-"}),
                 {"--junit: needs a file; standard output has the summary, or with --json the report"});
  expect_refused(check({"b.json", "r.json", "--markdown", "b.json"}),
                 {"--markdown: would overwrite b.json; write to another file"});
  expect_refused(check({"b.json", "r.json", "--junit", "x", "--markdown", "./x"}),
                 {"check: --junit and --markdown name the same file; name two different files"});
  for (const char* option : {"--exact", "--allow-new"})
    expect_refused(check({"b.json", "r.json", "--update", option}),
                   {"check: --update gives no verdict; leave out --exact and --allow-new"});
  EXPECT_EQ(check({"b.json", "r.json", "--junit", "/dev/null", "--markdown", "/dev/null"}).status, 0);
  EXPECT_EQ(check({"b.json", "r.json"}, {"LRTUNE_ISA=none"}).status, 0) << "nothing is trained";
  EXPECT_EQ(check({"b.json"}, {"LRTUNE_ISA=none"}).status, 2);
  expect_refused(check({"b.json", ""}),
                 {"check: the value of RESULT is empty; check for a shell variable that is not set"});
  EXPECT_EQ(check({"b.json", "r.json", "--junit", "no/where.xml"}).status, 2);
  EXPECT_EQ(check({"b.json", "--threads", "0"}).status, 2);
}

TEST_F(Check, TellsNumbersThatOverflow) {
  change("r.json", "n.json", [](ordered_json& file) {
    sgd(file)["objective"] = {{"mean", 20.5}, {"standard_error", 1e200}};
  });
  const Ran ran = check({"b.json", "n.json", "--json", "--loss-se", "1e308", "--loss-relative", "1e308"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(parse(ran.out).at("verdict"), "pass");
  change("r.json", "n.json", [](ordered_json& file) { sgd(file)["objective"]["standard_error"] = -1; });
  expect_refused(
      check({"b.json", "n.json"}),
      {"n.json: /optimizers/0/recommendation/objective/standard_error: must be a number of at least 0, not -1"});
}

TEST_F(Check, NamesOfFilesNeedNotBeUtf8) {
  std::filesystem::rename(folder / "b.json", folder / "b\xff.json");
  const Ran ran = check({"b\xff.json", "r.json", "--json", "--junit", "j.xml"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(parse(ran.out).at("baseline"), R"("b\xff.json")");
  EXPECT_NE(read("j.xml").find(R"(&quot;b\xff.json&quot;)"), std::string::npos);
}

// A folder with a config whose data are reached by a link.
class CheckData : public Check {
 protected:
  CheckData() {
    std::filesystem::create_directory(folder / "store");
    std::filesystem::create_directory(folder / "baselines");
    for (int version : {1, 2}) {
      std::string rows = "x,y\n";
      for (int i = 0; i < 12; ++i) rows += fmt::format("{},{}\n", i * version, i % 2 == 0 ? "a" : "b");
      write(fmt::format("store/v{}.csv", version), rows);
    }
    link(1);
    write("d.json", R"({"data": {"train": "rows.csv", "target": "y"}, "training": {"epochs": 2, "batch_size": 4},
      "search": {"budget_runs": 4, "seeds": 1, "max_seeds": 1}, "optimizers": ["sgd"]})");
  }

  void link(int version) const {
    std::filesystem::remove(folder / "rows.csv");
    std::filesystem::create_symlink(fmt::format("store/v{}.csv", version), folder / "rows.csv");
  }
};

TEST_F(CheckData, BehindALinkAreFoundByTheLink) {
  const std::vector<std::pair<const char*, const char*>> places = {{"base.json", "rows.csv"},
                                                                   {"baselines/b.json", "../rows.csv"}};
  for (const auto& [baseline, path] : places) {
    link(1);
    EXPECT_EQ(check({baseline, "--config", "d.json", "--update", "-q"}).status, 0);
    EXPECT_EQ(parse(read(baseline)).at("config").at("data").at("train"), path);
    EXPECT_EQ(check({baseline, "-q"}).status, 0);
    link(2);
    const Ran other = check({baseline});
    EXPECT_EQ(other.status, 5) << "other data";
    EXPECT_TRUE(other.out.starts_with(fmt::format("ran the config stored in {}\n\noptimizer ", baseline))) << other.out;
    EXPECT_TRUE(std::regex_search(other.out, std::regex("\nsgd .* not compared\n\nthe data differ: "))) << other.out;
  }
}

TEST_F(CheckData, AreNotOverwrittenByAReport) {
  EXPECT_EQ(check({"base.json", "--config", "d.json", "--update", "-q"}).status, 0);
  EXPECT_EQ(run({"tune", "d.json", "-q", "-o", "result.json"}).status, 0);
  const std::string before = read("rows.csv");
  for (const std::vector<std::string>& how :
       {std::vector<std::string>{"base.json", "result.json"}, {"base.json"}, {"none.json", "--config", "d.json"}}) {
    std::vector<std::string> arguments = how;
    arguments.insert(arguments.end(), {"--junit", "store/v1.csv"});
    expect_refused(check(arguments),
                   {"store/v1.csv: is a data file of the config, which would be overwritten; write to another file"});
  }
  EXPECT_EQ(read("rows.csv"), before);
}

// A result does not say where its config was.
TEST_F(CheckData, OfABaselineMadeFromAResultAreLookedFor) {
  EXPECT_EQ(run({"tune", "d.json", "-q", "-o", "result.json"}).status, 0);
  EXPECT_EQ(check({"base.json", "result.json", "--update", "-q"}).err, "");
  const Ran lost = check({"baselines/b.json", "result.json", "--update", "-q"});
  EXPECT_EQ(lost.status, 0);
  EXPECT_TRUE(
      lost.err.starts_with("lrtune: baselines/b.json: cannot be run, only compared with a RESULT: rows.csv: "
                           "there is no such file"))
      << lost.err;
  EXPECT_EQ(check({"baselines/b.json", "result.json", "-q"}).status, 0);
  link(2);
  EXPECT_EQ(check({"base.json", "result.json", "--update", "-q"}).err,
            "lrtune: base.json: cannot be run, only compared with a RESULT: seen from there, the paths of its config "
            "lead to other data than the result's; make one that can be run with --config CONFIG\n");
}

TEST_F(Check, WritesReportsOnRequest) {
  const Ran ran = check({"b.json", "r.json", "--json", "--junit", "j.xml", "--markdown", "m.md"});
  EXPECT_EQ(ran.status, 0);
  const json report = parse(ran.out);
  EXPECT_EQ(report.at("verdict"), "pass");
  EXPECT_EQ(report.at("result"), "r.json");
  EXPECT_EQ(report.at("compared"), 2);
  EXPECT_NE(read("j.xml").find("tests=\"2\" failures=\"0\""), std::string::npos);
  EXPECT_TRUE(read("m.md").starts_with("### lrtune check: pass\n"));
  const Ran missing = check({"none.json", "r.json", "--json", "--junit", "j.xml"});
  EXPECT_EQ(missing.status, 5);
  EXPECT_EQ(parse(missing.out).at("obstacles").at(0).at("kind"), "no_baseline");
  EXPECT_NE(read("j.xml").find("errors=\"1\""), std::string::npos);
  const Ran full = run(Call{.arguments = {"check", "b.json", "r.json", "--json"}, .output_device = "/dev/full"});
  EXPECT_EQ(full.status, 2);
}

TEST_F(Check, AnnotatesUnderGitHubActions) {
  change("r.json", "n.json", [](ordered_json& file) { sgd(file)["status"] = "stuck"; });
  const Ran ran = check({"b.json", "n.json", "--json"}, {"GITHUB_ACTIONS=true"});
  EXPECT_EQ(ran.status, 3);
  EXPECT_TRUE(ran.err.starts_with("::error file=b.json,title=lrtune check%2C sgd::regression: the status is worse: "))
      << ran.err;
  EXPECT_NO_THROW(parse(ran.out)) << "standard output stays what it is";
  EXPECT_EQ(check({"b.json", "n.json"}).err, "");
  EXPECT_EQ(check({"b.json", "r.json"}, {"GITHUB_ACTIONS=true"}).err, "") << "nothing to say of a pass";
}

TEST_F(Check, UpdateMakesABaselineWithoutTrialsAndRun) {
  const json baseline = parse(read("b.json"));
  EXPECT_FALSE(baseline.contains("run"));
  EXPECT_FALSE(baseline.contains("tolerances"));
  for (const json& entry : baseline.at("optimizers")) EXPECT_FALSE(entry.contains("trials"));
  const Ran ran = check({"new.json", "--config", "c.json", "--update"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.out, "new.json: made, 2 optimizers\n");
  EXPECT_EQ(read("new.json"), read("b.json"));
}

TEST_F(Check, UpdateShowsWhatChanges) {
  const std::string before = read("b.json");
  std::string other(kTiny);
  other.replace(other.find("\"epochs\": 3"), 11, "\"epochs\": 6");
  write("d.json", other);
  const Ran ran = check({"b.json", "--config", "d.json", "--update"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  for (const char* part : {"optimizer  rate before", "\nsgd ", "\nheavy ",
                           "\nthe config differs: training.epochs was 3 in the baseline and is now 6\n",
                           "\nb.json: updated, 2 optimizers\n"})
    EXPECT_NE(ran.out.find(part), std::string::npos) << ran.out;
  EXPECT_NE(read("b.json"), before);
  EXPECT_EQ(check({"b.json", "--exact", "-q"}).status, 0);
}

TEST_F(Check, UpdateIsRefusedUnderCiUnlessForced) {
  const std::string before = read("b.json");
  change("r.json", "n.json", [](ordered_json& file) { sgd(file)["learning_rate"] = 9.0; });
  expect_refused(check({"b.json", "n.json", "--update"}, {"CI=true"}),
                 {"check: --update under CI would let every regression pass (CI is set); update where somebody reviews "
                  "the change, or add --force"});
  EXPECT_EQ(read("b.json"), before);
  EXPECT_EQ(check({"b.json", "n.json", "--update", "--force", "-q"}, {"CI=true"}).status, 0);
  EXPECT_NE(read("b.json"), before);
  EXPECT_EQ(check({"b.json", "r.json", "--update", "-q"}, {"CI=false"}).status, 0);
  EXPECT_EQ(read("b.json"), before);
}

TEST_F(Check, UpdateKeepsTheOldBaselineIfItCannotWrite) {
  const std::string before = read("b.json");
  Call call{.arguments = {"check", "b.json", "r.json", "--update"}, .environment = {"CI="}};
  call.most_file_bytes = 100;
  const Ran ran = run(call);
  EXPECT_EQ(ran.status, 2);
  EXPECT_NE(ran.err.find("b.json: "), std::string::npos) << ran.err;
  EXPECT_EQ(read("b.json"), before);
  EXPECT_EQ(names(), (std::vector<std::string>{"b.json", "c.json", "r.json"})) << "no temporary is left";
}

TEST_F(Check, PathsOfTheDataAreFoundFromTheBaseline) {
  std::filesystem::create_directories(folder / "configs" / "baselines");
  std::filesystem::create_directories(folder / "data");
  std::string rows = "x,y\n";
  for (int i = 0; i < 40; ++i) rows += fmt::format("{},{}\n", i * 7 % 40, i % 2 == 0 ? "a" : "b");
  write("data/rows.csv", rows);
  write("configs/rows.json", R"({"data": {"train": "../data/rows.csv", "target": "y"}, "model": {"hidden": [3]},
    "training": {"epochs": 2, "batch_size": 8}, "search": {"seeds": 1, "max_seeds": 1}, "optimizers": ["sgd"]})");
  const std::string baseline = "configs/baselines/rows.json";
  ASSERT_EQ(check({baseline, "--config", "configs/rows.json", "--update", "-q"}).status, 0);
  const auto stored_path = [&] { return parse(read(baseline)).at("config").at("data").at("train").get<std::string>(); };
  EXPECT_EQ(stored_path(), "../../data/rows.csv");
  EXPECT_EQ(check({baseline, "--exact", "-q"}).status, 0);
  EXPECT_EQ(check({baseline, "--config", "configs/rows.json", "--exact", "-q"}).status, 0);
  // A result says its paths from its own config's place: the baseline keeps those it has.
  ASSERT_EQ(run({"tune", "configs/rows.json", "-q", "-o", "r.json"}).status, 0);
  EXPECT_EQ(check({baseline, "r.json", "--exact", "-q"}).status, 0);
  EXPECT_EQ(check({baseline, "r.json", "--update", "-q"}).status, 0);
  EXPECT_EQ(stored_path(), "../../data/rows.csv");
  write("data/rows.csv", rows + "3,a\n");
  const Ran changed = check({baseline});
  EXPECT_EQ(changed.status, 5);
  EXPECT_NE(changed.out.find("\nthe data differ: their SHA-256 was "), std::string::npos) << changed.out;
  std::filesystem::remove(folder / "data" / "rows.csv");
  const Ran gone = check({baseline});
  EXPECT_EQ(gone.status, 2);
  EXPECT_NE(gone.err.find("rows.csv"), std::string::npos) << gone.err;
}

// The project's own gate: the example configs give what configs/baselines/ holds, byte for byte.
class Gate : public Check, public testing::WithParamInterface<const char*> {};

TEST_P(Gate, ExampleConfigsGiveTheirBaselines) {
  const std::string baseline = fmt::format("{}/configs/baselines/{}.json", LRTUNE_SOURCE_DIR, GetParam());
  const Ran ran = check({baseline, "--exact"});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err << "if the change is meant: lrtune check configs/baselines/"
                           << GetParam() << ".json --update";
}

INSTANTIATE_TEST_SUITE_P(Configs, Gate, testing::Values("iris", "wine", "breast_cancer", "digits", "diabetes"),
                         [](const auto& name) { return std::string(name.param); });

}  // namespace
}  // namespace lrtune
