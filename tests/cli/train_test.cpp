// lrtune train: any trial of a result can be made again, bit for bit, on its own.
#include <set>

#include "base/text.h"
#include "cli/program.h"

namespace lrtune {
namespace {

using nlohmann::json;

class Train : public Cli {
 protected:
  Train() { write("c.json", kTiny); }

  Ran train(const std::vector<std::string>& more) const {
    std::vector<std::string> arguments = {"train", "c.json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(arguments);
  }
};

TEST_F(Train, MakesTheTrialsOfTuneAgainBitForBit) {
  std::set<std::string> ends;
  std::set<std::size_t> seeds;
  const json result = parse(run({"tune", "c.json", "--json", "-q", "--set", "training.warmup_epochs=1"}).out);
  for (const json& entry : result.at("optimizers")) {
    const json& trials = entry.at("trials");
    for (std::size_t i = 0; i < trials.size(); i += 3) {
      const json& wanted = trials[i];
      if (wanted.at("status") == "pruned") continue;
      const Ran ran = train({"--set", "training.warmup_epochs=1", "--optimizer", entry.at("label"), "--lr",
                             format_number(wanted.at("learning_rate")), "--seed", wanted.at("seed").dump(), "--json"});
      ASSERT_EQ(ran.status, 0) << ran.err;
      const json got = parse(ran.out).at("trial");
      for (const char* key : {"learning_rate", "seed", "status", "ended_at_step", "updates", "curve", "objective"})
        EXPECT_EQ(got.at(key), wanted.at(key)) << key << " of " << entry.at("label") << ", trial " << i;
      ends.insert(wanted.at("status").get<std::string>());
      seeds.insert(wanted.at("seed").get<std::size_t>());
    }
  }
  EXPECT_TRUE(ends.contains("completed"));
  EXPECT_GE(seeds.size(), 2U) << "trials of several seeds were compared";
}

TEST_F(Train, PrintsTheCurveAndTheFinalAccuracy) {
  const json trial = parse(train({"--optimizer", "sgd", "--lr", "0.1", "--json"}).out).at("trial");
  const Ran ran = train({"--optimizer", "sgd", "--lr", "0.1"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.err, "");
  const double error = trial.at("curve").at("validation_error").back();
  EXPECT_NE(ran.out.find(fmt::format("validation accuracy {:.2f} %", 100 * (1 - error))), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("\nsgd at 0.1, seed 0: completed"), std::string::npos) << ran.out;
  EXPECT_EQ(static_cast<std::size_t>(std::ranges::count(ran.out, '\n')), trial.at("curve").at("step").size() + 3)
      << "a heading, a line per look, a blank line and the end\n"
      << ran.out;
}

TEST_F(Train, TellsTheSharpnessThatTuneMeasured) {
  const json result = parse(run({"tune", "c.json", "--json", "-q"}).out);
  for (const json& entry : result.at("optimizers")) {
    const std::vector<std::string> same = {"--optimizer", entry.at("label"), "--lr",
                                           format_number(entry.at("recommendation").at("learning_rate")),
                                           "--sharpness"};
    const Ran text = train(same);
    const double start = entry.at("stability").at("start").at("sharpness").at("value");
    EXPECT_NE(text.out.find(fmt::format("\nstart: sharpness λ = {:.4g}", start)), std::string::npos) << text.out;
    EXPECT_NE(text.out.find("\nend: sharpness λ = "), std::string::npos) << text.out;
    std::vector<std::string> as_json = same;
    as_json.emplace_back("--json");
    const json stability = parse(train(as_json).out).at("stability");
    EXPECT_EQ(stability.at("start"), entry.at("stability").at("start"));
    EXPECT_EQ(stability.at("end"), entry.at("stability").at("end"));
  }
}

TEST_F(Train, WritesTheTrialToAFile) {
  const Ran ran = train({"--optimizer", "heavy", "--lr", "0.1", "-o", "t.json"});
  EXPECT_NE(ran.out.find("heavy at 0.1"), std::string::npos) << ran.out;
  EXPECT_EQ(without_run(read("t.json")), without_run(train({"--optimizer", "heavy", "--lr", "0.1", "-o", "-"}).out));
}

TEST_F(Train, TellsThatATrialDiverged) {
  const Ran ran = train({"--optimizer", "sgd", "--lr", "1e6"});
  EXPECT_EQ(ran.status, 0) << "how an experiment ends is an answer, not an error";
  EXPECT_NE(ran.out.find("sgd at 1e+06, seed 0: diverged at update "), std::string::npos) << ran.out;
}

TEST_F(Train, RefusesRatesThatAreNone) {
  expect_refused(train({"--optimizer", "sgd"}), {"--lr: no learning rate given; for example --lr 0.003"});
  for (const std::vector<std::string>& rate : {std::vector<std::string>{"--lr", "-0.1"}, {"--lr=-0.1"}}) {
    std::vector<std::string> arguments = {"--optimizer", "sgd"};
    arguments.insert(arguments.end(), rate.begin(), rate.end());
    expect_refused(train(arguments), {"--lr: -0.1 is negative and would increase the loss; use a rate above 0"});
  }
  for (const char* rate : {"0", "nan", "inf", "1e999", "fast", "0.1x", "2e6"})
    expect_refused(train({"--optimizer", "sgd", "--lr", rate}),
                   {fmt::format("--lr: must be a number above 0 and at most 1e+06, not \"{}\"", rate)});
}

TEST_F(Train, RefusesOptimizersThatTheConfigLacks) {
  expect_refused(train({"--lr", "0.1"}), {"--optimizer: no optimizer given; one of: sgd, heavy"});
  expect_refused(train({"--lr", "0.1", "--optimizer", "havy"}),
                 {R"(--optimizer: unknown label "havy"; did you mean "heavy"?)"});
  expect_refused(train({"--lr", "0.1", "--optimizer", "lion"}),
                 {R"(--optimizer: unknown label "lion"; one of: sgd, heavy)"});
}

TEST_F(Train, RefusesSeedsThatAreNone) {
  for (const char* seed : {"-1", "0.5", "x", "4294967296"})
    expect_refused(train({"--lr", "0.1", "--optimizer", "sgd", "--seed", seed}),
                   {fmt::format("--seed: must be a whole number from 0 to 4294967295, not \"{}\"", seed)});
}

}  // namespace
}  // namespace lrtune
