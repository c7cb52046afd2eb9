// lrtune range: what it prints, what it refuses, and that it is the same everywhere.
#include "base/text.h"
#include "cli/program.h"
#include "config/schema_check.h"

namespace lrtune {
namespace {

using nlohmann::json;

constexpr std::array kHeuristicNames = {"steepest",     "fastai_steep",      "fastai_valley",
                                        "fastai_slide", "fastai_minimum",    "lightning_old",
                                        "lightning",    "pytorch_lr_finder", "smith"};

class Range : public Cli {
 protected:
  Range() { write("c.json", kTiny); }

  Ran range(const std::vector<std::string>& more, const std::vector<std::string>& environment = {}) const {
    Call call{.arguments = {"range", "c.json"}, .environment = environment};
    call.arguments.insert(call.arguments.end(), more.begin(), more.end());
    return run(call);
  }
};

TEST_F(Range, PrintsATableWithARowPerOptimizer) {
  const Ran ran = range({});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_TRUE(ran.out.starts_with("48 training rows, 12 validation rows, 2 features, 2 classes\n\n")) << ran.out;
  EXPECT_NE(ran.out.find("\nsgd "), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("\nheavy "), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("\n4 range tests of 100 updates, 1e-07 to 10, in "), std::string::npos) << ran.out;
}

TEST_F(Range, WritesAResultThatFitsItsSchema) {
  const Ran ran = range({"--json"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(misfit(run({"schema", "range"}).out, ran.out), "");
  const json result = parse(ran.out);
  ASSERT_EQ(result.at("optimizers").size(), 2U);
  for (const json& entry : result.at("optimizers")) {
    ASSERT_EQ(entry.at("runs").size(), 2U);
    for (const json& one : entry.at("runs")) {
      const json& curve = one.at("curve");
      EXPECT_EQ(curve.at("learning_rate").front(), 1e-7);
      EXPECT_EQ(curve.at("learning_rate").back() == 10, curve.at("loss").size() == 100);
      EXPECT_EQ(curve.at("learning_rate").size(), curve.at("loss").size());
      EXPECT_EQ(curve.at("learning_rate").size(), curve.at("smoothed_loss").size());
      for (const char* name : kHeuristicNames) EXPECT_NE(one.at("suggestions").at(name).at("why"), "") << name;
    }
    for (const char* name : kHeuristicNames) EXPECT_TRUE(entry.at("suggestions").contains(name)) << name;
  }
}

TEST_F(Range, WritesTheSameToAFile) {
  const Ran ran = range({"-o", "r.json"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_NE(ran.out.find("range tests"), std::string::npos) << "the table too";
  EXPECT_EQ(without_run(read("r.json")), without_run(range({"-q", "-o", "-"}).out));
}

TEST_F(Range, PrintsOneRate) {
  const json result = parse(range({"--json"}).out);
  const json& heavy = result.at("optimizers").at(1).at("suggestions");
  for (const char* name : kHeuristicNames) {
    const Ran ran = range({"--print", "heavy", "--heuristic", name});
    if (heavy.at(name).at("learning_rate").is_null()) {
      EXPECT_EQ(ran.status, 4);
      EXPECT_EQ(ran.out, "");
      continue;
    }
    EXPECT_EQ(ran.status, 0);
    EXPECT_EQ(ran.out, format_number(heavy.at(name).at("learning_rate")) + "\n");
  }
  EXPECT_EQ(range({"--print", "heavy"}).out, range({"--print", "heavy", "--heuristic", "fastai_valley"}).out);
}

TEST_F(Range, QuietSaysNothing) {
  const Ran ran = range({"-q", "-o", "r.json"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.out + ran.err, "");
}

TEST_F(Range, TakesItsOptions) {
  const json result =
      parse(range({"--json",   "-q",     "--updates", "40",         "--from",       "1e-3",    "--to",          "0.5",
                   "--growth", "linear", "--loss",    "validation", "--smoothing",  "0.5",     "--stop-factor", "9",
                   "--seeds",  "1",      "--seed",    "7",          "--optimizers", "sgd,adam"})
                .out);
  EXPECT_EQ(result.at("range"), parse(R"({"updates": 40, "from": 0.001, "to": 0.5, "growth": "linear",
                                          "loss": "validation", "smoothing": 0.5, "stop_factor": 9})"));
  EXPECT_EQ(result.at("config").at("search").at("seed"), 7);
  ASSERT_EQ(result.at("optimizers").size(), 2U);
  EXPECT_EQ(result.at("optimizers").at(1).at("label"), "adam");
  const json& runs = result.at("optimizers").at(0).at("runs");
  ASSERT_EQ(runs.size(), 1U);
  EXPECT_EQ(runs.at(0).at("curve").at("learning_rate").back(), 0.5);
  EXPECT_EQ(runs.at(0).at("curve").at("loss").size(), 40U);
}

TEST_F(Range, IsTheSameBytesWhateverTheThreadsAndTheInstructionSet) {
  for (const std::string loss : {"batch", "train", "validation"}) {
    const auto result = [&](const char* threads, const std::vector<std::string>& environment = {}) {
      return range({"--json", "-q", "--optimizers", "sgd,nesterov,adagrad,adadelta,rmsprop,adam,nadam,lion", "--set",
                    "search.max_seeds=4", "--seeds", "4", "--loss", loss, "--threads", threads},
                   environment);
    };
    const Ran one = result("1");
    ASSERT_EQ(one.status, 0) << one.err;
    for (const char* threads : {"2", "8"}) EXPECT_EQ(without_run(result(threads).out), without_run(one.out)) << threads;
    std::size_t compared = 0;
    for (const char* isa : {"avx512", "avx2", "neon", "scalar"}) {
      const Ran ran = result("2", {fmt::format("LRTUNE_ISA={}", isa)});
      if (ran.status == 2 && ran.err.find("cannot run on this machine") != std::string::npos) continue;
      EXPECT_EQ(without_run(ran.out), without_run(one.out)) << isa;
      ++compared;
    }
    EXPECT_GE(compared, 1U) << "scalar runs everywhere";
  }
}

TEST_F(Range, SaysWhyThereIsNoRateAndExitsWithFour) {
  write("wild.csv", kWildRows);
  write("c.json", kWild);
  const Ran ran = range({"--from", "1"});
  EXPECT_EQ(ran.status, 4);
  EXPECT_NE(ran.err.find("\nsgd, momentum (2 runs): the loss blew up within "), std::string::npos) << ran.err;
  EXPECT_NE(ran.out.find("–: no seed gave one."), std::string::npos) << ran.out;
  const json result = parse(range({"--from", "1", "--json"}).out);
  for (const json& entry : result.at("optimizers")) EXPECT_EQ(entry.at("runs").at(0).at("status"), "too_short");
}

TEST_F(Range, RefusesOptionsThatMakeNoSense) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> refused = {
      {{"--updates", "9"}, R"(--updates: must be a whole number from 10 to 100000, not "9")"},
      {{"--updates", "many"}, R"(--updates: must be a whole number from 10 to 100000, not "many")"},
      {{"--from", "0"}, R"(--from: must be a number above 0 and at most 1e+06, not "0")"},
      {{"--from=-1e-3"}, "--from: -1e-3 is negative and would increase the loss; use a rate above 0"},
      {{"--to", "nan"}, R"(--to: must be a number above 0 and at most 1e+06, not "nan")"},
      {{"--from", "10"}, "--to: 10 is less than 2 times --from, 10"},
      {{"--from", "1", "--to", "0.1"}, "--to: 0.1 is less than 2 times --from, 1"},
      {{"--growth", "exponental"}, R"(--growth: unknown "exponental"; did you mean "exponential"?)"},
      {{"--loss", "test"}, R"(--loss: unknown "test"; one of: batch, train, validation)"},
      {{"--smoothing", "1"}, "--smoothing: must be a number from 0 to below 1, not \"1\""},
      {{"--smoothing", "nan"}, "--smoothing: must be a number from 0 to below 1, not \"nan\""},
      {{"--stop-factor", "1"}, R"(--stop-factor: must be a number above 1 and at most 1e+06, not "1")"},
      {{"--stop-factor", "inf"}, R"(--stop-factor: must be a number above 1 and at most 1e+06, not "inf")"},
      {{"--seeds", "0"}, R"(--seeds: must be a whole number from 1 to 1000, not "0")"},
      {{"--optimizers", "adamv"}, R"(--optimizers: unknown "adamv"; did you mean "adamw"?)"},
      {{"--print", "havy"}, R"(--print: unknown label "havy"; did you mean "heavy"?)"},
      {{"--heuristic", "valley"},
       R"(--heuristic: unknown "valley"; one of: steepest, fastai_steep, fastai_valley, )"
       R"(fastai_slide, fastai_minimum, lightning_old, lightning, pytorch_lr_finder, smith)"},
      {{"--print", "sgd", "--json"},
       "range: --print and the result would both go to standard output; write the result to a file: -o FILE"},
      {{"--updates", "100000", "--seeds", "1000", "--set", "search.max_seeds=1000"},
       "--updates: 100000 in each of 2000 runs is too many; use at most 10000000 in all"},
      {{"--set", "training.batch_size=49"},
       "--set training.batch_size: 49 is more than the 48 training rows; use at most 48"},
      {{"-o", "c.json"}, "c.json: is the config, which would be overwritten; write to another file"},
      {{"-o", "none/r.json"}, "none/r.json: the folder none cannot be used: no such file or folder; create it first"},
      {{"--strict"}, R"(range: unknown option "--strict"; see "lrtune range --help")"},
  };
  for (const auto& [options, line] : refused) expect_refused(range(options), {line});
}

}  // namespace
}  // namespace lrtune
