// Configs that cannot be used, through the whole program: the lines on stderr, exit code 2 and nothing on stdout. Every
// rule of a field is tested in tests/config/; here are the kinds of mistakes.
#include <regex>

#include "cli/program.h"

namespace lrtune {
namespace {

class BadConfig : public Cli {
 protected:
  BadConfig() { write("tiny.json", kTiny); }

  void expect_config(std::string_view text, const std::vector<std::string>& lines) const {
    write("c.json", text);
    for (const char* command : {"tune", "validate"}) expect_refused(run({command, "c.json"}), lines);
    expect_refused(run({"train", "c.json", "--optimizer", "sgd", "--lr", "0.1"}), lines);
  }

  void expect_set(const std::string& set, const std::vector<std::string>& lines) const {
    expect_refused(run({"tune", "tiny.json", "--set", set}), lines);
  }
};

TEST_F(BadConfig, FilesThatAreNoConfig) {
  using std::string_literals::operator""s;
  expect_config("", {"c.json: is empty; expected JSON, starting with {"});
  expect_config("{\"data\": {\"train\": ", {"c.json: line 1, column 20: unexpected end of the file; expected a value"});
  expect_config("{\"data\"\0}"s, {"c.json: is not a text file (byte 7 is NUL); expected JSON in UTF-8"});
  expect_config("\x7F\x45LF\x02", {R"(c.json: line 1, column 1: unexpected "\x7f"; expected a value)"});
  expect_config("[]", {R"(c.json: must be an object, not a list; {"data": …})"});
  expect_config(
      "{}", {"c.json: /data: is missing; for example \"data\": {\"train\": \"iris.csv\", \"target\": \"species\"}"});
  expect_config("x,y\n1,2\n", {R"(c.json: line 1, column 1: unknown word "x"; put strings in double quotes)"});
}

TEST_F(BadConfig, HugeFilesAreRefusedAfterTheirFirstPart) {
  write("huge.json", "{}");
  std::filesystem::resize_file(folder / "huge.json", std::uintmax_t{1} << 40U);  // sparse
  const std::string line = ": is larger than 16777216 bytes; check that it is the right file";
  for (const std::string name : {"huge.json", "/dev/zero"}) {
    const Ran ran = run({"tune", name});
    expect_refused(ran, {name + line});
    EXPECT_LT(ran.peak_bytes, std::size_t{500} << 20U);
  }
}

TEST_F(BadConfig, NumbersThatAreNone) {
  expect_config(R"({"data": {"synthetic": "moons"}, "training": {"epochs": NaN}})",
                {"c.json: line 1, column 57: NaN is not allowed; use a finite number"});
  expect_config(R"({"data": {"synthetic": "moons"}, "training": {"clip_norm": 1e999}})",
                {R"(c.json: line 1, column 60: "1e999" is too large; use a number below 1.8e308)"});
  expect_config(R"({"data": {"synthetic": "moons"}, "training": {"epochs": 0}})",
                {"c.json: /training/epochs: must be a whole number from 1 to 1000000, not 0"});
  expect_set("training.clip_norm=nan",
             {R"(--set training.clip_norm=nan: must be a number above 0 and at most 1000000, not "nan")"});
  expect_set("data.synthetic.rows=5000001",
             {"--set data.synthetic.rows=5000001: must be a whole number from 10 to 5000000, not 5000001"});
}

TEST_F(BadConfig, RangesThatCannotBeSearched) {
  const auto range = [](const char* text) {
    return fmt::format(R"({{"data": {{"synthetic": "moons"}}, "search": {{"range": {}}}}})", text);
  };
  expect_config(range("[0.1, 0.1]"),
                {"c.json: /search/range: [0.1, 0.1] is too narrow: it must contain two rates of 2 digits; for "
                 "example [1e-6, 1]"});
  expect_config(range("[1, 0.01]"), {"c.json: /search/range: [1, 0.01] is reversed; write [0.01, 1]"});
  expect_config(range("[-0.01, 1]"), {"c.json: /search/range/0: -0.01 is negative, and a negative rate increases the "
                                      "loss; use rates above 0 and at most 100"});
  expect_config(range("[0, 1]"),
                {"c.json: /search/range/0: a rate of 0 trains nothing; use rates above 0 and at most 100"});
}

TEST_F(BadConfig, UnknownAndDuplicateKeys) {
  expect_config(R"({"data": {"synthetic": "moons"}, "training": {"epochz": 5}, "modle": {}})",
                {R"(c.json: /training/epochz: unknown key "epochz"; did you mean "epochs"?)",
                 R"(c.json: /modle: unknown key "modle"; did you mean "model"?)"});
  expect_config(R"({"data": {"synthetic": "moons"}, "data": {"synthetic": "blobs"}})",
                {"c.json: /data: appears twice (both on line 1); remove one of the two"});
}

TEST_F(BadConfig, TellsTenProblemsAndCountsTheRest) {
  std::string text = R"({"data": {"synthetic": "moons"}, "model": {"hidden": [)";
  std::vector<std::string> lines;
  for (int i = 0; i < 13; ++i) {
    text += i == 0 ? "0" : ", 0";
    if (i < 10)
      lines.push_back(fmt::format("c.json: /model/hidden/{}: must be a whole number from 1 to 65536, not 0", i));
  }
  lines.emplace_back("and 3 more");
  expect_config(text + "]}}", lines);
}

TEST_F(BadConfig, WhatDoesNotFitTheDataNamesTheConfigOrTheOption) {
  expect_config(R"({"data": {"synthetic": {"name": "moons", "rows": 60}}, "training": {"batch_size": 49},
                    "optimizers": ["sgd"]})",
                {"c.json: /training/batch_size: 49 is more than the 48 training rows; use at most 48"});
  expect_config(
      R"({"data": {"synthetic": "noisy_regression"}, "training": {"loss": "cross_entropy"},
                    "search": {"objective": "final_validation_error"}, "optimizers": ["sgd"]})",
      {"c.json: /training/loss: \"cross_entropy\" cannot be used for regression; use \"auto\" or \"mse\"",
       "c.json: /search/objective: there is no classification error in regression; use \"final_validation_loss\""});
  expect_set("training.batch_size=49",
             {"--set training.batch_size: 49 is more than the 48 training rows; use at most 48"});
  expect_refused(
      run(Call{.arguments = {"tune", "-", "--set", "training.epochs=2"},
               .input = R"({"data": {"synthetic": {"name": "moons", "rows": 60}}, "training": {"batch_size": 49}})"}),
      {"standard input: /training/batch_size: 49 is more than the 48 training rows; use at most 48"});
}

TEST_F(BadConfig, NetworksBeyondTheMemoryAreRefusedBeforeTheyAreMade) {
  write("c.json", R"({"data": {"synthetic": "moons"}, "model": {"hidden": [65536, 65536, 65536, 65536, 65536]}})");
  const Ran ran = run({"tune", "c.json", "--threads", "64"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_EQ(ran.out, "");
  EXPECT_TRUE(
      std::regex_match(errors(ran), std::regex("lrtune: c\\.json: /model/hidden: training needs [0-9.]+ GiB of memory, "
                                               "but this machine has [0-9.]+ GiB; use a smaller network, a smaller "
                                               "batch_size or fewer threads\n")))
      << ran.err;
  EXPECT_LT(ran.peak_bytes, std::size_t{500} << 20U);
}

TEST_F(BadConfig, MoreUpdatesThanCountersHoldAreRefusedBeforeTraining) {
  expect_config(
      R"({"data": {"synthetic": {"name": "moons", "rows": 5000}},
                    "training": {"epochs": 1000000, "batch_size": 1}, "optimizers": ["sgd"]})",
      {"c.json: /training/epochs: more than 2^31 updates per trial; use fewer epochs or a larger batch_size"});
}

}  // namespace
}  // namespace lrtune
