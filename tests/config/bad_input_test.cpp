// Every mistake a configuration can have, and the very line that tells it.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "base/random.h"
#include "config/reading.h"

namespace lrtune {
namespace {

struct Case {
  std::string text;
  std::string line;
};

void expect_lines(const std::vector<Case>& cases) {
  for (const Case& c : cases) EXPECT_EQ(complaint(c.text), c.line) << "of: " << c.text;
}

TEST(BadJson, IsToldWithLineAndColumn) {
  using std::string_literals::operator""s;
  expect_lines({
      {"", "c.json: is empty; expected JSON, starting with {"},
      {" \n// only this\n", "c.json: is empty; expected JSON, starting with {"},
      {"\xEF\xBB\xBF", "c.json: is empty; expected JSON, starting with {"},
      {"{\0}"s, "c.json: is not a text file (byte 1 is NUL); expected JSON in UTF-8"},
      {"\xFF\xFE{", "c.json: is UTF-16 text; save it as UTF-8"},
      {"\x7F\x45LF", "c.json: line 1, column 1: unexpected \"\\x7f\"; expected a value"},
      {"{\"data\": {",
       "c.json: line 1, column 11: unexpected end of the file; expected a key in double quotes or \"}\""},
      {"{\"data\"", "c.json: line 1, column 8: unexpected end of the file; expected \":\" after the key"},
      {"{\"data\":", "c.json: line 1, column 9: unexpected end of the file; expected a value"},
      {"{\"data\": 3", "c.json: line 1, column 11: unexpected end of the file; expected \",\" or \"}\""},
      {"{\"a\": [1, 2", "c.json: line 1, column 12: unexpected end of the file; expected \",\" or \"]\""},
      {"{\"a\": \"b", "c.json: line 1, column 7: a string that does not end; end it with \""},
      {"{\n  \"a\" 3}", "c.json: line 2, column 7: unexpected \"3\"; expected \":\" after the key"},
      {"{\"a\": 1 \"b\": 2}", "c.json: line 1, column 9: unexpected \"\\\"\"; expected \",\" or \"}\""},
      {"{\"a\": 1,}", "c.json: line 1, column 9: a comma before \"}\"; remove the comma"},
      {"{\"a\": [1, ]}", "c.json: line 1, column 11: a comma before \"]\"; remove the comma"},
      {"{\"a\": [,]}", "c.json: line 1, column 8: unexpected \",\"; expected a value or \"]\""},
      {"{\"a\": }", "c.json: line 1, column 7: unexpected \"}\"; expected a value"},
      {"{a: 1}", "c.json: line 1, column 2: a key without double quotes; write \"key\": value"},
      {"{\"a\": 'b'}", "c.json: line 1, column 7: a string in single quotes; use double quotes"},
      {"{\"a\": relu}", "c.json: line 1, column 7: unknown word \"relu\"; put strings in double quotes"},
      {"{\"a\": True}", "c.json: line 1, column 7: unknown word \"True\"; did you mean true?"},
      {"{\"a\": NaN}", "c.json: line 1, column 7: NaN is not allowed; use a finite number"},
      {"{\"a\": -Infinity}", "c.json: line 1, column 7: -Infinity is not allowed; use a finite number"},
      {"{\"a\": 1e999}", "c.json: line 1, column 7: \"1e999\" is too large; use a number below 1.8e308"},
      {"{\"a\": 01}",
       "c.json: line 1, column 7: \"01\" is not a JSON number; write no leading + or 0, and a digit on both sides of "
       "the point"},
      {"{\"a\": .5}",
       "c.json: line 1, column 7: \".5\" is not a JSON number; write no leading + or 0, and a digit on both sides of "
       "the point"},
      {"{\"a\": \"x\ny\"}", "c.json: line 1, column 7: a string that does not end on its line; end it with \""},
      {"{\"a\": \"C:\\data\"}", "c.json: line 1, column 10: a \\ before \"d\"; write \\\\ for a backslash"},
      {"{\"a\": \"\\u12g4\"}", "c.json: line 1, column 8: \\u without four hexadecimal digits; for example \\u00e9"},
      {"{\"a\": \"\xE4\"}", "c.json: line 1, column 7: a string with bytes that are not UTF-8; save the file as UTF-8"},
      {"{\"ä\": 1e}",
       "c.json: line 1, column 7: \"1e\" is not a JSON number; write no leading + or 0, and a digit on both sides of "
       "the point"},
      {"{} {}", "c.json: line 1, column 4: unexpected \"{\"; expected the end of the file"},
      {"{ # no\n}", "c.json: line 1, column 3: unexpected \"#\"; expected a key in double quotes or \"}\""},
      {"{ /* no\n}", "c.json: line 1, column 3: unterminated comment; close it with */"},
      {"[1]", "c.json: must be an object, not a list; {\"data\": …}"},
      {std::string(65, '['), "c.json: line 1, column 65: is nested more than 64 levels deep"},
      {std::string(1000000, '['), "c.json: line 1, column 65: is nested more than 64 levels deep"},
  });
}

TEST(BadJson, WithAKeyTwiceNamesBothLines) {
  expect_lines({
      {with("\n\"model\": {},\n\"model\": {}"), "c.json: /model: appears twice (lines 2 and 3); remove one of the two"},
      {with("\"optimizers\": [\"sgd\", {\"name\": \"adam\", \"eps\": 1, \"eps\": 0.1}]"),
       "c.json: /optimizers/1/eps: appears twice (both on line 1); remove one of the two"},
  });
}

TEST(BadJson, WithKeysTwiceAHundredTimesIsNotReadOn) {
  std::string text = "{\"a\": 1";
  for (int i = 0; i < 1000; ++i) text += ", \"a\": 1";
  const std::string lines = complaint(text + "} and what is no JSON");
  EXPECT_EQ(std::ranges::count(lines, '\n'), 99);
  EXPECT_TRUE(lines.ends_with("c.json: /a: appears twice (both on line 1); remove one of the two")) << lines;
  EXPECT_EQ(std::ranges::count(complaint(with(""), {"training=" + text + "}"}), '\n'), 100)
      << "what cannot be read as JSON is a text, and that is one more mistake";
}

TEST(BadKeys, AreErrorsWithTheNearestName) {
  expect_lines({
      {with(R"("modle": {})"), "c.json: /modle: unknown key \"modle\"; did you mean \"model\"?"},
      {with(R"("training": {"epochz": 5})"),
       "c.json: /training/epochz: unknown key \"epochz\"; did you mean \"epochs\"?"},
      {with(R"("epochs": 5)"), "c.json: /epochs: unknown key \"epochs\"; it belongs to \"training\""},
      {with(R"("search": {"batch_size": 5})"),
       "c.json: /search/batch_size: unknown key \"batch_size\"; it belongs to \"training\""},
      {with(R"("model": {"zzzzzz": 5})"),
       "c.json: /model/zzzzzz: unknown key \"zzzzzz\"; one of: hidden, activation, init"},
      {with("\"model\": {\"a\\u001b/~\": 5}"),
       "c.json: /model/\"a\\x1b~1~0\": unknown key \"a\\x1b/~\"; one of: hidden, activation, init"},
      {R"({"data": {"format": "synthetic", "name": "moons"}})",
       "c.json: /data/name: unknown key \"name\"; for generated data write \"synthetic\": {\"name\": \"moons\", "
       "\"rows\": 500, \"noise\": 0.1, \"seed\": 0}"},
  });
}

TEST(BadValues, SayWhatIsWantedAndWhatIsThere) {
  expect_lines({
      {with(R"("training": {"epochs": "20"})"),
       "c.json: /training/epochs: must be a whole number from 1 to 1000000, not \"20\""},
      {with(R"("training": {"epochs": 3.5})"),
       "c.json: /training/epochs: must be a whole number from 1 to 1000000, not 3.5"},
      {with(R"("training": {"epochs": 0})"),
       "c.json: /training/epochs: must be a whole number from 1 to 1000000, not 0"},
      {with(R"("training": {"epochs": 10000000000000000000000})"),
       "c.json: /training/epochs: must be a whole number from 1 to 1000000, not 1e+22"},
      {with(R"("training": {"epochs": null})"),
       "c.json: /training/epochs: must be a whole number from 1 to 1000000, not null"},
      {with(R"("training": {"clip_norm": 0})"),
       "c.json: /training/clip_norm: must be a number above 0 and at most 1000000, not 0"},
      {with(R"("training": {"weight_decay": -1})"),
       "c.json: /training/weight_decay: must be a number from 0 to 1000000, not -1"},
      {with(R"("search": {"seed": 4294967296})"),
       "c.json: /search/seed: must be a whole number from 0 to 4294967295, not 4294967296"},
      {with(R"("search": {"extend": 1})"), "c.json: /search/extend: must be true or false, not 1"},
      {with(R"("search": {"budget_runs": 0})"), "c.json: /search/budget_runs: must be a number of at least 1, not 0"},
      {with_data(R"("validation_fraction": 1)"),
       "c.json: /data/validation_fraction: must be a number above 0 and below 1, not 1"},
      {with(R"("model": {"hidden": 32})"), "c.json: /model/hidden: must be a list of at most 64 items, not 32"},
      {with(R"("model": {"hidden": [32, 0, 65537]})"),
       "c.json: /model/hidden/1: must be a whole number from 1 to 65536, not 0\n"
       "c.json: /model/hidden/2: must be a whole number from 1 to 65536, not 65537"},
      {with(R"("model": 3)"), "c.json: /model: must be an object, not 3"},
      {with_data(R"("delimiter": ";;")"),
       "c.json: /data/delimiter: must be one character that separates cells, not \";;\"; for example \",\", \";\", "
       "\"|\" or "
       "\"\\t\""},
      {with_data(R"("ignore": ["a", 3])"), "c.json: /data/ignore/1: must be a string, not 3"},
  });
}

TEST(BadNames, AreErrorsWithTheNearestName) {
  expect_lines({
      {with(R"("optimizers": ["sgd", "adam", "lion", {"name": "adamv"}])"),
       "c.json: /optimizers/3/name: unknown \"adamv\"; did you mean \"adamw\"?"},
      {with(R"("optimizers": ["adamv"])"), "c.json: /optimizers/0: unknown \"adamv\"; did you mean \"adamw\"?"},
      {with(R"("training": {"schedule": "cosin"})"),
       "c.json: /training/schedule: unknown \"cosin\"; did you mean \"cosine\"?"},
      {with(R"("model": {"activation": "swish"})"),
       "c.json: /model/activation: unknown \"swish\"; one of: relu, leaky_relu, tanh, sigmoid, gelu"},
      {with(R"("model": {"activation": 1})"),
       "c.json: /model/activation: must be a name, not 1; one of: relu, leaky_relu, tanh, sigmoid, gelu"},
      {with(R"("training": {"loss": "cross-entropy"})"),
       "c.json: /training/loss: unknown \"cross-entropy\"; did you mean \"cross_entropy\"?"},
      {R"({"data": {"synthetic": "moon"}})", "c.json: /data/synthetic: unknown \"moon\"; did you mean \"moons\"?"},
      {with_data(R"("format": "cvs")"), "c.json: /data/format: unknown \"cvs\"; did you mean \"csv\"?"},
  });
}

TEST(BadOptimizers, AreToldOneByOne) {
  expect_lines({
      {with(R"("optimizers": "sgd")"),
       "c.json: /optimizers: must be a list, not \"sgd\"; for example [\"sgd\", \"adam\"]"},
      {with(R"("optimizers": [])"), "c.json: /optimizers: is empty; leave it out for all optimizers"},
      {with(R"("optimizers": [{"momentum": 0.9}])"),
       "c.json: /optimizers/0: has no \"name\"; one of: sgd, momentum, nesterov, adagrad, adadelta, rmsprop, adam, "
       "amsgrad, "
       "adamw, nadam, radam, adamax, lion"},
      {with(R"("optimizers": [3])"),
       "c.json: /optimizers/0: must be a name or an object with a \"name\", not 3; for example \"sgd\""},
      {with(R"("optimizers": [{"name": "momentum", "momentum": 1}])"),
       "c.json: /optimizers/0/momentum: must be a number of at least 0 and below 1, not 1"},
      {with(R"("optimizers": [{"name": "rmsprop", "centered": 1}])"),
       "c.json: /optimizers/0/centered: must be true or false, not 1"},
      {with(R"("optimizers": [{"name": "adam", "beta_1": 0.9}])"),
       "c.json: /optimizers/0/beta_1: unknown key \"beta_1\"; did you mean \"beta1\"?"},
      {with(R"("optimizers": [{"name": "adam", "eps": 0}])"),
       "c.json: /optimizers/0/eps: must be a number above 0 and at most 1, not 0"},
  });
}

TEST(BadLabels, NameBothPlaces) {
  expect_lines({
      {with(R"("optimizers": ["momentum", {"name": "momentum", "momentum": 0.9}])"),
       "c.json: /optimizers/1: label \"momentum\" is already used by /optimizers/0; give one of them a \"label\" of "
       "its own"},
      {with(R"("optimizers": ["sgd", {"name": "adam", "label": "sgd"}])"),
       "c.json: /optimizers/1: label \"sgd\" is already used by /optimizers/0; give one of them a \"label\" of its "
       "own"},
      {with(R"("optimizers": [{"name": "adam", "label": "best"}])"),
       "c.json: /optimizers/0/label: \"best\" cannot be a label; --print best means the best of all entries; choose "
       "another label"},
      {with(R"("optimizers": [{"name": "adam", "label": ""}])"), "c.json: /optimizers/0/label: must not be empty"},
      {with(R"("optimizers": [{"name": "adam", "label": "a\u0000"}])"),
       "c.json: /optimizers/0/label: must not contain a NUL byte"},
      {with("\"optimizers\": [{\"name\": \"adam\", \"label\": \"a\\nb\"}]"),
       "c.json: /optimizers/0/label: \"a\\x0ab\" cannot be a label; use one line of at most 1000 bytes"},
  });
}

TEST(BadRanges, AreCalledWhatTheyAre) {
  expect_lines({
      {with(R"("search": {"range": [1, 1e-6]})"), "c.json: /search/range: [1, 1e-06] is reversed; write [1e-06, 1]"},
      {with(R"("search": {"range": [0.1, 0.1]})"),
       "c.json: /search/range: [0.1, 0.1] is too narrow: it must contain two rates of 2 digits; for example "
       "[1e-6, 1]"},
      {with(R"("search": {"range": [0.00101, 0.00109]})"),
       "c.json: /search/range: [0.00101, 0.00109] is too narrow: it must contain two rates of 2 digits; for "
       "example [1e-6, 1]"},
      {with(R"("search": {"range": [0.0995, 0.109]})"),
       "c.json: /search/range: [0.0995, 0.109] is too narrow: it must contain two rates of 2 digits; for example "
       "[1e-6, 1]"},
      {with(R"("search": {"range": [-0.1, 1]})"),
       "c.json: /search/range/0: -0.1 is negative, and a negative rate increases the loss; use rates above 0 and at "
       "most 100"},
      {with(R"("search": {"range": [0, 1]})"),
       "c.json: /search/range/0: a rate of 0 trains nothing; use rates above 0 and at most 100"},
      {with(R"("search": {"range": [0.1, 1000]})"),
       "c.json: /search/range/1: must be a number above 0 and at most 100, not 1000"},
      {with(R"("search": {"range": [0.1]})"),
       "c.json: /search/range: must be the lowest and the highest rate, not a list of 1; for example [1e-6, 1]"},
      {with(R"("search": {"range": [0.1, "1"]})"),
       "c.json: /search/range/1: must be a number above 0 and at most 100, not \"1\""},
  });
}

TEST(BadData, SaysWhatBelongsToTheFormat) {
  expect_lines({
      {"{}", "c.json: /data: is missing; for example \"data\": {\"train\": \"iris.csv\", \"target\": \"species\"}"},
      {R"({"data": {}})",
       "c.json: /data/train: is missing; name the file with the training rows\n"
       "c.json: /data/target: is missing; give the name of the column to predict, or its index from 0"},
      {R"({"data": {"train": "a.csv"}})",
       "c.json: /data/target: is missing; give the name of the column to predict, or its index from 0"},
      {R"({"data": {"train": "", "target": -1}})",
       "c.json: /data/train: must not be empty\n"
       "c.json: /data/target: must be a whole number from 0 to 1000000, not -1"},
      {R"({"data": {"train": "a.csv", "target": true}})",
       "c.json: /data/target: must be a column's name or its index from 0, not true"},
      {with_data(R"("validation": "b.csv", "validation_fraction": 0.2)"),
       "c.json: /data/validation_fraction: cannot be combined with \"validation\"; remove one of the two"},
      {R"({"data": {"train": {"images": "i", "labels": "l"}, "target": 0}})",
       "c.json: /data/target: is not for idx data; remove it"},
      {R"({"data": {"train": {"images": "i", "label": "l"}}})",
       "c.json: /data/train/label: unknown key \"label\"; did you mean \"labels\"?\n"
       "c.json: /data/train: has no \"labels\"; write {\"images\": FILE, \"labels\": FILE}"},
      {R"({"data": {"format": "idx", "train": "i"}})",
       "c.json: /data/train: must be an object for idx data, not \"i\"; write {\"images\": FILE, \"labels\": FILE}"},
      {R"({"data": {"format": "csv", "train": {"images": "i"}, "target": 0}})",
       "c.json: /data/train: must be a file name for csv data, not an object; images and labels need \"format\": "
       "\"idx\"; generated sets go in \"synthetic\""},
      {R"({"data": {"format": "synthetic", "train": "a.csv"}})",
       "c.json: /data/train: is not for synthetic data; remove it"},
      {R"({"data": {"synthetic": {"name": "moons", "row": 1}}})",
       "c.json: /data/synthetic/row: unknown key \"row\"; did you mean \"rows\"?"},
  });
}

TEST(BadCombinations, NameTheFieldThatWasGiven) {
  expect_lines({
      {with(R"("training": {"epochs": 5, "warmup_epochs": 5})"),
       "c.json: /training/warmup_epochs: a warm-up of 5 epochs leaves none of the 5 for the training; use at most 4"},
      {with(R"("search": {"seeds": 4, "max_seeds": 3})"),
       "c.json: /search/max_seeds: max_seeds is 3, less than seeds, which is 4; set max_seeds to 4 or more"},
      {R"({"data": {"train": "a.csv", "target": 0, "kind": "regression"}, "training": {"loss": "cross_entropy"}})",
       "c.json: /training/loss: \"cross_entropy\" needs classes, but \"kind\" is \"regression\"; use \"mse\" or "
       "\"auto\""},
      {R"({"data": {"train": "a.csv", "target": 0, "kind": "regression"},
           "search": {"objective": "final_validation_error"}})",
       "c.json: /search/objective: \"final_validation_error\" needs classes, but \"kind\" is \"regression\"; "
       "\"final_validation_loss\""},
  });
}

TEST(BadCombinations, AreNotToldOfFieldsThatAreBadThemselves) {
  expect_lines({
      {with(R"("training": {"epochs": "x", "warmup_epochs": 30})"),
       "c.json: /training/epochs: must be a whole number from 1 to 1000000, not \"x\""},
      {with(R"("search": {"seeds": 5, "max_seeds": -1})"),
       "c.json: /search/max_seeds: must be a whole number from 1 to 1000, not -1"},
      {R"({"data": 3})", "c.json: /data: must be an object, not 3"},
  });
}

TEST(BadJson, OfAnyKindIsReadOrRefusedWithALine) {
  const std::string good =
      config_to_json(read(with(R"("training": {"schedule": "cosine"}, "optimizers": ["rmsprop"])")));
  for (std::uint32_t i = 0; i < 4000; ++i) {
    std::string text = good;
    const PhiloxBlock draw = random_block({}, Purpose::test, 0, i);
    const std::size_t at = draw[0] % text.size();
    if (i % 3 == 0) {
      text[at] = static_cast<char>(draw[1]);
    } else if (i % 3 == 1) {
      text.erase(at, 1 + draw[1] % 20);
    } else {
      text.insert(at, text.substr(draw[1] % text.size(), draw[2] % 30));
    }
    const std::string lines = complaint(text);
    EXPECT_EQ(lines.find("json.exception"), std::string::npos) << lines;
    EXPECT_EQ(lines.find("parse error"), std::string::npos) << lines;
  }
}

// The problems that a user would be told.
std::vector<Problem> problems_of(const std::string& text, const std::vector<std::string>& overrides = {}) {
  try {
    read(text, overrides);
  } catch (const Error& error) {
    return error.problems();
  }
  return {};
}

TEST(BadValues, AreMendedByTheValueThatIsNamed) {
  struct Mended {
    std::string text;
    ProblemKind kind;
    std::string option;
    std::string value;
  };
  const std::string regression = R"({"data": {"train": "a.csv", "target": 0, "kind": "regression"}, )";
  const std::vector<Mended> cases = {
      {with(R"("model": {"activation": "rleu"})"), ProblemKind::name_unknown, "model.activation", "relu"},
      {with(R"("optimizers": ["adamv"])"), ProblemKind::name_unknown, "optimizers.0", "adamw"},
      {with(R"("optimizers": "sgd")"), ProblemKind::list_expected, "optimizers", R"(["sgd", "adam"])"},
      {with(R"("search": {"range": [1, 1e-6]})"), ProblemKind::range_reversed, "search.range", "[1e-06, 1]"},
      {with(R"("search": {"range": [0.1, 0.1]})"), ProblemKind::range_narrow, "search.range", "[1e-6, 1]"},
      {with(R"("search": {"range": 3})"), ProblemKind::range_malformed, "search.range", "[1e-6, 1]"},
      {with(R"("training": {"epochs": 5, "warmup_epochs": 5})"), ProblemKind::warmup_too_long, "training.warmup_epochs",
       "4"},
      {with(R"("search": {"seeds": 4, "max_seeds": 3})"), ProblemKind::max_seeds_too_few, "search.max_seeds", "4"},
      {regression + R"("training": {"loss": "cross_entropy"}})", ProblemKind::loss_needs_classes, "training.loss",
       "auto"},
      {regression + R"("search": {"objective": "final_validation_error"}})", ProblemKind::objective_needs_classes,
       "search.objective", "final_validation_loss"},
  };
  for (const Mended& c : cases) {
    const auto found = problems_of(c.text);
    ASSERT_EQ(found.size(), 1U) << c.text;
    EXPECT_EQ(found[0].kind, c.kind) << to_line(found[0]);
    EXPECT_EQ(found[0].option, c.option) << to_line(found[0]);
    EXPECT_EQ(found[0].value, c.value) << to_line(found[0]);
    EXPECT_TRUE(problems_of(c.text, {c.option + "=" + c.value}).empty()) << to_line(found[0]);
  }
  const auto set = problems_of(with(""), {"optimizers.0.momentum=0.5"});
  ASSERT_EQ(set.size(), 1U);
  EXPECT_EQ(set[0].kind, ProblemKind::set_no_optimizers);
  EXPECT_TRUE(problems_of(with(""), {set[0].option + "=" + set[0].value}).empty());
}

TEST(ManyProblems, AreAllTold) {
  const std::string text = R"({"dat": 1, "model": {"init": 3, "hiden": []}, "training": {"epochs": 0, "epochs": 1},
                               "search": {"range": []}, "optimizers": ["x", "y"]})";
  try {
    read(text, {"search.seeds=0"});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.problems().size(), 10U) << error.what();
  }
}

TEST(BadOverrides, AreToldAsTheyWereTyped) {
  const auto line = [](const std::string& set) { return complaint(with(R"("optimizers": ["adam"])"), {set}); };
  EXPECT_EQ(line("training.epochz=5"), "--set training.epochz=5: unknown key \"epochz\"; did you mean \"epochs\"?");
  EXPECT_EQ(line("trainig.epochs=5"), "--set trainig.epochs=5: unknown key \"trainig\"; did you mean \"training\"?");
  EXPECT_EQ(line("training.epochs=x"), "--set training.epochs=x: must be a whole number from 1 to 1000000, not \"x\"");
  EXPECT_EQ(line("training.clip_norm=NaN"),
            "--set training.clip_norm=NaN: must be a number above 0 and at most 1000000, not \"NaN\"");
  EXPECT_EQ(line("optimizers.0.momentum=0.5"),
            "--set optimizers.0.momentum=0.5: unknown key \"momentum\"; one of: name, beta1, beta2, eps, weight_decay, "
            "label");
  EXPECT_EQ(line("optimizers.1.eps=0.5"),
            "--set optimizers.1.eps=0.5: there is no /optimizers/1; the list has items 0 to 0");
  EXPECT_EQ(
      line("optimizers=[\"sgd\", \"adma\"]"),
      "--set \"optimizers=[\\\"sgd\\\", \\\"adma\\\"]\": /optimizers/1: unknown \"adma\"; did you mean \"adam\"?");
  EXPECT_EQ(line("data.train.x=5"), "--set data.train.x=5: /data/train is \"iris.csv\" and has no \"x\"");
  EXPECT_EQ(line("epochs"), "--set epochs: has no \"=\"; for example --set training.epochs=5");
  EXPECT_EQ(line("=5"), "--set =5: names no field; for example --set training.epochs=5");
  EXPECT_EQ(line("training..epochs=5"),
            "--set training..epochs=5: has an empty part in the field's name; for example --set training.epochs=5");
  EXPECT_EQ(line("a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a=5"),
            "--set a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a=5: names a path longer than that of any field; for example --set "
            "training.epochs=5");
  EXPECT_EQ(complaint(with(""), {"optimizers.0.momentum=0.5"}),
            "--set optimizers.0.momentum=0.5: the config lists no optimizers; --set optimizers=[\"sgd\"] lists them");
}

TEST(BadOptimizers, OfMoreThanAThousandEntriesAreRefused) {
  std::string list = "\"sgd\"";
  for (int i = 1; i < 1001; ++i) list += ", \"sgd\"";
  EXPECT_EQ(complaint(with("\"optimizers\": [" + list + "]")),
            "c.json: /optimizers: has 1001 entries; use at most 1000");
}

TEST(BadOverrides, TakeTheBlameOnlyForWhatTheySet) {
  EXPECT_EQ(complaint(with(R"("training": {"epochs": 0})"), {"training.batch_size=0"}),
            "c.json: /training/epochs: must be a whole number from 1 to 1000000, not 0\n"
            "--set training.batch_size=0: must be a whole number from 1 to 16777216, not 0");
  EXPECT_EQ(complaint(with(R"("training": {"epochs": 0})"), {"training.epochs=3"}), "");
}

}  // namespace
}  // namespace lrtune
