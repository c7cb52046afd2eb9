// The command line itself: commands, options, listings, schemas and help.
#include "cli/program.h"

namespace lrtune {
namespace {

class Usage : public Cli {
 protected:
  Usage() { write("c.json", kTiny); }
};

std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST_F(Usage, ValidateTellsTheSizesWithoutTraining) {
  const Ran ran = run({"validate", "c.json"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.out,
            "c.json: valid: 48 training rows, 12 validation rows, 2 features, 2 outputs; 9 updates per trial, 2 "
            "optimizers\n"
            "A constant answer scores 0.6931 (error 50.00 %).\n");
  EXPECT_EQ(ran.err, "");
}

TEST_F(Usage, ValidateTellsWhatWasGuessed) {
  write("t.csv", "x,y\n1,2\n3,1\n4,2\n2,1\n5,2\n6,1\n");
  const Ran ran =
      run({"validate", "c.json", "--set", R"(data={"train":"t.csv","target":"y"})", "--set", "training.batch_size=2"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.err,
            "lrtune: c.json: taken for classification: its target has 2 different whole numbers; set \"data.kind\" to "
            "\"classification\" to confirm it, or to \"regression\"\n");
}

TEST_F(Usage, ListShowsEveryRegistry) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> listings = {
      {"optimizers",
       {"sgd", "momentum", "nesterov", "adagrad", "adadelta", "rmsprop", "adam", "amsgrad", "adamw", "nadam", "radam",
        "adamax", "lion"}},
      {"schedules",
       {"constant", "step", "exponential", "inverse_time", "linear", "linear_then_constant", "cosine", "one_cycle",
        "triangular", "plateau"}},
      {"activations", {"relu", "leaky_relu", "tanh", "sigmoid", "gelu"}},
      {"inits", {"kaiming_uniform", "kaiming_normal", "xavier_uniform", "xavier_normal", "pytorch"}},
      {"losses", {"cross_entropy", "mse"}},
      {"objectives", {"final_validation_loss", "best_validation_loss", "final_train_loss", "final_validation_error"}},
      {"heuristics",
       {"steepest", "fastai_steep", "fastai_valley", "fastai_slide", "fastai_minimum", "lightning_old", "lightning",
        "pytorch_lr_finder", "smith"}},
      {"synthetic", {"moons", "spirals", "blobs", "noisy_regression"}},
      {"reporters", {"table", "csv", "markdown", "junit", "annotations"}},
  };
  for (const auto& [name, rows] : listings) {
    const Ran ran = run({"list", name});
    EXPECT_EQ(ran.status, 0);
    EXPECT_EQ(ran.err, "");
    for (const std::string& row : rows)  // a line of its own, then indented lines about it
      EXPECT_NE(fmt::format("\n{}", ran.out).find(fmt::format("\n{}\n    ", row)), std::string::npos) << row;
  }
}

TEST_F(Usage, ListRefusesWhatThereIsNot) {
  const std::string all =
      "one of: optimizers, schedules, activations, inits, losses, objectives, heuristics, synthetic, reporters";
  expect_refused(run({"list"}), {fmt::format("list: nothing to list was named; {}", all)});
  expect_refused(run({"list", "xyz"}), {fmt::format("list: unknown \"xyz\"; {}", all)});
  expect_refused(run({"list", "optimisers"}), {R"(list: unknown "optimisers"; did you mean "optimizers"?)"});
}

TEST_F(Usage, SchemaPrintsTheSchemasOfTheDocumentation) {
  for (const std::string name : {"config", "result", "range", "train", "check"}) {
    const Ran ran = run({"schema", name});
    EXPECT_EQ(ran.status, 0);
    EXPECT_EQ(ran.out, file_text(fmt::format("{}/docs/schemas/{}.schema.json", LRTUNE_SOURCE_DIR, name)));
  }
  expect_refused(run({"schema"}), {"schema: no schema was named; one of: config, result, range, train, check"});
  expect_refused(run({"schema", "confg"}), {R"(schema: unknown "confg"; did you mean "config"?)"});
}

TEST_F(Usage, VersionIsANameAndANumber) {
  const Ran ran = run({"--version"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_TRUE(ran.out.starts_with("lrtune ")) << ran.out;
  EXPECT_EQ(std::ranges::count(ran.out, '.'), 2);
  EXPECT_EQ(std::ranges::count(ran.out, '\n'), 1);
}

TEST_F(Usage, HelpOfEveryCommandGoesToStdout) {
  const std::vector<std::string> commands = {"tune", "range", "train", "check", "report", "validate", "list", "schema"};
  const Ran top = run({"--help"});
  EXPECT_EQ(top.status, 0);
  EXPECT_EQ(top.err, "");
  EXPECT_EQ(run({"-h"}).out, top.out);
  for (const std::string& command : commands) {
    EXPECT_NE(top.out.find(fmt::format("\n  {} ", command)), std::string::npos) << top.out;
    const Ran ran = run({command, "--help"});
    EXPECT_EQ(ran.status, 0);
    EXPECT_EQ(ran.err, "");
    EXPECT_NE(ran.out.find(fmt::format("Usage: lrtune {}", command)), std::string::npos) << ran.out;
  }
  const std::string tune = run({"tune", "--help"}).out;
  for (const char* option : {"--set", "--threads", "--optimizers", "--seeds", "--seed", "--budget", "--output",
                             "--print", "--json", "--quiet", "--strict"})
    EXPECT_NE(tune.find(option), std::string::npos) << option;
}

TEST_F(Usage, WrongCommandsAreToldTheNearest) {
  expect_refused(run(std::vector<std::string>{}), {R"(no command given; see "lrtune --help")"});
  expect_refused(run({"tnue", "c.json"}), {R"(unknown command "tnue"; did you mean "tune"?)"});
  expect_refused(run({"xyz"}), {R"(unknown command "xyz"; see "lrtune --help")"});
  expect_refused(run({"help", "tune"}), {R"(unknown command "help"; see "lrtune --help")"});
  expect_refused(run({""}), {R"(unknown command ""; see "lrtune --help")"});
  expect_refused(run({"a\x1b[31mb\n"}), {R"(unknown command "a\x1b[31mb\x0a"; see "lrtune --help")"});
}

TEST_F(Usage, WrongOptionsAreToldTheNearest) {
  expect_refused(run({"--versoin"}), {R"(unknown option "--versoin"; did you mean "--version"?)"});
  expect_refused(run({"tune", "c.json", "--optimzers", "sgd"}),
                 {R"(tune: unknown option "--optimzers"; did you mean "--optimizers"?)"});
  expect_refused(run({"tune", "c.json", "--treads=2"}),
                 {R"(tune: unknown option "--treads=2"; did you mean "--threads"?)"});
  expect_refused(run({"tune", "-x", "c.json"}), {R"(tune: unknown option "-x"; see "lrtune tune --help")"});
  expect_refused(run({"validate", "c.json", "--resume"}),
                 {R"(validate: unknown option "--resume"; see "lrtune validate --help")"});
  for (const std::vector<std::string>& early : {std::vector<std::string>{"--set", "a=b"}, {"--set=a=b"}}) {
    std::vector<std::string> arguments = early;
    arguments.insert(arguments.end(), {"tune", "c.json"});
    expect_refused(run(arguments),
                   {"tune: option \"--set\" is in front of the command; write \"lrtune tune --set …\""});
  }
}

TEST_F(Usage, OptionsWantTheirValueOnce) {
  for (const char* option :
       {"--set", "--threads", "--optimizers", "--seeds", "--seed", "--budget", "--output", "--print"}) {
    expect_refused(run({"tune", "c.json", option}),
                   {fmt::format("tune: {} needs a value; see \"lrtune tune --help\"", option)});
    expect_refused(run({"tune", "c.json", option, ""}),
                   {fmt::format("tune: the value of {} is empty; give one, or leave it out", option)});
    if (std::string_view(option) != "--set")
      expect_refused(run({"tune", "c.json", option, "1", option, "2"}),
                     {fmt::format("tune: {} appears 2 times; use it once", option)});
  }
  for (const char* flag : {"--json", "--quiet", "--strict"})
    expect_refused(run({"tune", "c.json", fmt::format("{}=false", flag)}),
                   {fmt::format("tune: {} takes no value; see \"lrtune tune --help\"", flag)});
}

TEST_F(Usage, OneArgumentAtATime) {
  write("d.json", kTiny);
  expect_refused(run({"tune", "c.json", "d.json"}),
                 {R"(tune: unexpected argument "d.json"; see "lrtune tune --help")"});
  expect_refused(run({"schema", "config", "result"}),
                 {R"(schema: unexpected argument "result"; see "lrtune schema --help")"});
  EXPECT_EQ(run({"validate", "--", "c.json"}).status, 0);
  expect_refused(run({"tune", "--", "c.json", "d.json"}),
                 {R"(tune: unexpected argument "d.json"; see "lrtune tune --help")"});
}

TEST_F(Usage, TheConfigIsAFileThatIsThere) {
  std::filesystem::create_directory(folder / "place");
  for (const std::string command : {"tune", "validate"}) {
    expect_refused(run({command}), {"no config given; name a config file, or - for standard input"});
    expect_refused(
        run({command, ""}),
        {fmt::format("{}: the value of CONFIG is empty; check for a shell variable that is not set", command)});
    expect_refused(run({command, "none.json"}), {"none.json: cannot be opened: no such file or folder"});
    expect_refused(run({command, "place"}), {"place: is a folder, not a file"});
    expect_refused(run({command, "c.json/x"}), {"c.json/x: cannot be opened: part of the path is not a folder"});
  }
}

}  // namespace
}  // namespace lrtune
