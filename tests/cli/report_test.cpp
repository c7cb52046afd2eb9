// lrtune report: a saved result of every kind, in every format that it has, of this version and of older ones.
#include "base/text.h"
#include "cli/program.h"
#include "report/read_csv.h"

namespace lrtune {
namespace {

using nlohmann::json;

const std::string kSaved = LRTUNE_SOURCE_DIR "/tests/upgrades/0.1.0/";
const std::vector<std::string> kStudies = {"classes.result.json", "quantity.result.json", "stopped.result.json",
                                           "wild.result.json"};

std::string saved_text(const std::string& name) {
  std::ifstream file(kSaved + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

json saved_json(const std::string& name) { return json::parse(saved_text(name)); }

class Report : public Cli {
 protected:
  Report() { write("c.json", kTiny); }

  // What it prints, which must succeed in silence.
  std::string report(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "report");
    const Ran ran = run(arguments);
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_EQ(ran.err, "");
    return ran.out;
  }

  std::vector<std::vector<std::string>> csv(const std::string& result, const std::string& table) const {
    return read_csv(report({result, "--format", "csv", "--table", table}));
  }
};

// A cell by the name of its column.
std::string cell(const std::vector<std::vector<std::string>>& rows, std::size_t row, const std::string& name) {
  const auto at = std::ranges::find(rows.at(0), name);
  EXPECT_NE(at, rows[0].end()) << "no column " << name;
  return rows.at(row + 1).at(static_cast<std::size_t>(at - rows[0].begin()));
}

// A cell holds that value: the same double, the word, or nothing for null.
void expect_cell(const std::vector<std::vector<std::string>>& rows, std::size_t row, const std::string& name,
                 const json& value) {
  const std::string text = cell(rows, row, name);
  if (value.is_null())
    EXPECT_EQ(text, "") << name;
  else if (value.is_number())
    EXPECT_EQ(parse_number(text), value.get<double>()) << name;
  else
    EXPECT_EQ(text, value.is_boolean() ? value.dump() : value.get<std::string>()) << name;
}

TEST_F(Report, IsWhatTheCommandPrintedItself) {
  const Ran tune = run({"tune", "c.json", "-o", "tune.json"});
  EXPECT_NE(tune.out, "");
  EXPECT_EQ(report({"tune.json"}), tune.out);
  const Ran range = run({"range", "c.json", "-o", "range.json"});
  EXPECT_NE(range.out, "");
  EXPECT_EQ(report({"range.json"}), range.out);
  const Ran train = run({"train", "c.json", "--optimizer", "sgd", "--lr", "0.1", "--sharpness", "-o", "train.json"});
  EXPECT_NE(train.out, "");
  EXPECT_EQ(report({"train.json"}), train.out);
  const Ran check = run({"check", "tune.json", "tune.json", "-o", "check.json"});
  EXPECT_NE(check.out, "");
  EXPECT_EQ(report({"check.json"}), check.out);
}

TEST_F(Report, ReadsStandardInputAndWritesStandardOutputOrAFile) {
  const std::string text = report({kSaved + "classes.result.json"});
  const Ran ran = run(Call{.arguments = {"report", "-", "-o", "-"}, .input = saved_text("classes.result.json")});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(ran.out, text);
  write("table.txt", "old");
  EXPECT_EQ(report({kSaved + "classes.result.json", "-o", "table.txt"}), "");
  EXPECT_EQ(read("table.txt"), text);
}

TEST_F(Report, ShowsEveryTableOfEveryKindInEveryFormat) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> tables = {
      {"classes.result.json", {"recommendations", "trials", "curves"}},
      {"quantity.result.json", {"recommendations", "trials", "curves"}},
      {"stopped.result.json", {"recommendations", "trials", "curves"}},
      {"wild.result.json", {"recommendations", "trials"}},
      {"classes.baseline.json", {"recommendations"}},
      {"range.result.json", {"recommendations", "trials", "curves"}},
      {"train.result.json", {"curves", "trials"}},
      {"check.report.json", {"recommendations"}},
  };
  for (const auto& [name, names] : tables)
    for (const std::string& table : names) {
      SCOPED_TRACE(name + ", " + table);
      const std::string text = report({kSaved + name, "--table", table});
      if (table == names.front()) {
        EXPECT_EQ(text, report({kSaved + name})) << "it is the first";
      }
      const auto rows = csv(kSaved + name, table);
      ASSERT_GE(rows.size(), 2U);
      for (const auto& row : rows) EXPECT_EQ(row.size(), rows[0].size());
      EXPECT_EQ(rows[0][0], "label");
      const std::string markdown = report({kSaved + name, "--table", table, "--format", "markdown"});
      EXPECT_NE(markdown.find("|\n|--"), std::string::npos) << markdown;
      EXPECT_GE(static_cast<std::size_t>(std::ranges::count(markdown, '\n')), rows.size() + 1);
    }
}

TEST_F(Report, CsvHasTheRecommendationsToTheLastBit) {
  for (const std::string& name : kStudies) {
    SCOPED_TRACE(name);
    const json entries = saved_json(name).at("optimizers");
    const auto rows = csv(kSaved + name, "recommendations");
    ASSERT_EQ(rows.size(), entries.size() + 1);
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const json& r = entries[i].at("recommendation");
      expect_cell(rows, i, "label", entries[i].at("label"));
      expect_cell(rows, i, "learning_rate", r.at("learning_rate"));
      const auto part = [](const json& value, const auto& key) { return value.is_null() ? value : value.at(key); };
      expect_cell(rows, i, "interval_low", part(r.at("interval"), std::size_t{0}));
      expect_cell(rows, i, "interval_high", part(r.at("interval"), std::size_t{1}));
      expect_cell(rows, i, "range_min", part(r.at("range"), "min"));
      for (const char* key : {"objective", "objective_in_target_units", "validation_error"}) {
        const json estimate = r.contains(key) ? r.at(key) : json();
        expect_cell(rows, i, key, part(estimate, "mean"));
        expect_cell(rows, i, std::string(key) + "_standard_error", part(estimate, "standard_error"));
      }
      expect_cell(rows, i, "status", r.at("status"));
      expect_cell(rows, i, "seeds", r.at("seeds"));
      expect_cell(rows, i, "default_learning_rate", entries[i].at("default").at("learning_rate"));
      expect_cell(rows, i, "default_objective", part(entries[i].at("default").at("objective"), "mean"));
      expect_cell(rows, i, "default_diverged", entries[i].at("default").at("diverged"));
      expect_cell(rows, i, "trials", entries[i].at("cost").at("trials"));
    }
  }
}

TEST_F(Report, CsvHasEveryTrialAndEveryLookToTheLastBit) {
  for (const std::string& name : kStudies) {
    SCOPED_TRACE(name);
    const auto trials = csv(kSaved + name, "trials");
    const bool has_looks = name != "wild.result.json";
    const auto looks = has_looks ? csv(kSaved + name, "curves") : std::vector<std::vector<std::string>>(1);
    std::size_t trial_row = 0;
    std::size_t look_row = 0;
    const json saved = saved_json(name);
    for (const json& entry : saved.at("optimizers"))
      for (const json& trial : entry.at("trials")) {
        expect_cell(trials, trial_row, "label", entry.at("label"));
        for (const char* key : {"stage", "learning_rate", "seed", "status", "class", "ended_at_step", "updates",
                                "objective", "validation_error"})
          expect_cell(trials, trial_row, key, trial.at(key));
        expect_cell(trials, trial_row, "recovered", trial.value("recovered", false));
        ++trial_row;
        const json& curve = trial.at("curve");
        for (std::size_t i = 0; i < curve.at("step").size(); ++i, ++look_row) {
          expect_cell(looks, look_row, "label", entry.at("label"));
          expect_cell(looks, look_row, "learning_rate", trial.at("learning_rate"));
          expect_cell(looks, look_row, "seed", trial.at("seed"));
          for (const char* key : {"step", "train_loss", "validation_loss"})
            expect_cell(looks, look_row, key, curve.at(key)[i]);
          const json& errors = curve.at("validation_error");
          expect_cell(looks, look_row, "validation_error", errors.empty() ? json() : errors[i]);
        }
      }
    EXPECT_EQ(trials.size(), trial_row + 1);
    EXPECT_EQ(looks.size(), look_row + 1);
    EXPECT_GT(trial_row, 0U);
    EXPECT_EQ(look_row > trial_row, has_looks);
  }
}

TEST_F(Report, CsvHasWhatTheHeuristicsSuggestToTheLastBit) {
  const json saved = saved_json("range.result.json");
  const auto rows = csv(kSaved + "range.result.json", "recommendations");
  const auto runs = csv(kSaved + "range.result.json", "trials");
  const auto updates = csv(kSaved + "range.result.json", "curves");
  std::size_t run_row = 0;
  std::size_t update_row = 0;
  for (std::size_t i = 0; i < saved.at("optimizers").size(); ++i) {
    const json& entry = saved.at("optimizers")[i];
    for (const auto& [name, agreement] : entry.at("suggestions").items())
      for (const char* key : {"learning_rate", "lowest_rate", "spread_decades", "abstained"})
        expect_cell(rows, i, name + "_" + key, agreement.value(key, json()));
    for (const json& one : entry.at("runs")) {
      expect_cell(runs, run_row, "label", entry.at("label"));
      for (const char* key : {"seed", "status", "ended_at_update"}) expect_cell(runs, run_row, key, one.at(key));
      for (const auto& [name, suggestion] : one.at("suggestions").items())
        expect_cell(runs, run_row, name + "_learning_rate", suggestion.at("learning_rate"));
      ++run_row;
      const json& curve = one.at("curve");
      for (std::size_t at = 0; at < curve.at("loss").size(); ++at, ++update_row) {
        EXPECT_EQ(cell(updates, update_row, "update"), fmt::format("{}", at + 1));
        for (const char* key : {"learning_rate", "loss", "smoothed_loss"})
          expect_cell(updates, update_row, key, curve.at(key)[at]);
      }
    }
  }
  EXPECT_EQ(runs.size(), run_row + 1);
  EXPECT_EQ(updates.size(), update_row + 1);
}

TEST_F(Report, OfCheckIsWhatCheckWroteItself) {
  ASSERT_EQ(run({"tune", "c.json", "-q", "-o", "tune.json"}).status, 0);
  json worse = parse(read("tune.json"));
  worse["optimizers"][0]["recommendation"]["objective"]["mean"] = 9.5;
  write("worse.json", worse.dump());
  const Ran ran = run(
      Call{.arguments = {"check", "tune.json", "worse.json", "-o", "r.json", "--junit", "r.xml", "--markdown", "r.md"},
           .environment = {"GITHUB_ACTIONS=true"}});
  EXPECT_EQ(ran.status, 3) << ran.err;
  EXPECT_EQ(report({"r.json"}), ran.out) << "showing a regression is no failure";
  EXPECT_EQ(report({"r.json", "--format", "junit"}), read("r.xml"));
  EXPECT_EQ(report({"r.json", "--format", "markdown"}), read("r.md"));
  EXPECT_EQ(report({"r.json", "--format", "annotations"}), ran.err);
  const auto rows = csv("r.json", "recommendations");
  const json saved = parse(read("r.json"));
  for (std::size_t i = 0; i < saved.at("optimizers").size(); ++i) {
    const json& entry = saved.at("optimizers")[i];
    expect_cell(rows, i, "verdict", entry.at("verdict"));
    expect_cell(rows, i, "learning_rate_now", entry.at("learning_rate").at("now"));
    expect_cell(rows, i, "objective_now", entry.at("objective").at("now").at("mean"));
    expect_cell(rows, i, "objective_change", entry.at("objective").at("change"));
    expect_cell(rows, i, "status_now", entry.at("status").at("now"));
  }
  EXPECT_EQ(cell(rows, 0, "reasons"), "loss_worse");
}

TEST_F(Report, OfABaselineSaysThatItHasNoTrials) {
  const std::string name = kSaved + "classes.baseline.json";
  EXPECT_NE(report({name}).find("\nRecommended: "), std::string::npos);
  for (const char* table : {"trials", "curves"})
    for (const char* format : {"table", "csv", "markdown"})
      expect_refused(run({"report", name, "--table", table, "--format", format}),
                     {fmt::format("{}: holds no {}; a baseline leaves them out, name the result that it was made of",
                                  name, table)});
}

TEST_F(Report, SaysWhereNoTrialCameToALook) {
  const std::string name = kSaved + "wild.result.json";
  expect_refused(
      run({"report", name, "--table", "curves"}),
      {name + ": holds no curves; no trial came as far as its first look, --table trials has how they ended"});
}

TEST_F(Report, OfWhatCannotBeComparedIsNoCsv) {
  ASSERT_EQ(run({"check", "none.json", "--config", "c.json", "-q", "-o", "r.json"}).status, 5);
  EXPECT_NE(report({"r.json"}).find("there is no baseline at none.json"), std::string::npos);
  expect_refused(run({"report", "r.json", "--format", "csv"}),
                 {"r.json: holds no recommendations; --format table tells why"});
}

TEST_F(Report, RefusesWhatAKindOfResultDoesNotHave) {
  const std::string study = kSaved + "classes.result.json";
  expect_refused(
      run({"report", study, "--format", "junit"}),
      {study + ": is a result of tune, which cannot be shown as junit; --format can be: table, csv, markdown"});
  const std::string trial = kSaved + "train.result.json";
  expect_refused(run({"report", trial, "--table", "recommendations"}),
                 {trial + ": is a trial of train, which has no recommendations; --table can be: curves, trials"});
  const std::string check = kSaved + "check.report.json";
  expect_refused(run({"report", check, "--table", "trials"}),
                 {check + ": is a report of check, which has no trials; --table can be: recommendations"});
}

TEST_F(Report, RefusesArgumentsThatAreNone) {
  const std::string study = kSaved + "classes.result.json";
  expect_refused(run({"report"}), {"report: no result given; name the file of one, or - for standard input"});
  expect_refused(run({"report", study, "--format", "cvs"}), {R"(--format: unknown "cvs"; did you mean "csv"?)"});
  expect_refused(run({"report", study, "--format", "html5"}),
                 {R"(--format: unknown "html5"; one of: table, csv, markdown, junit, annotations)"});
  expect_refused(run({"report", study, "--table", "trails"}), {R"(--table: unknown "trails"; did you mean "trials"?)"});
  expect_refused(run({"report", "none.json"}), {"none.json: cannot be opened: no such file or folder"});
  EXPECT_EQ(run({"report", "c.json"}).status, 2) << "a config is no result";
  EXPECT_EQ(run({"report", "c.json"}).out, "");
}

TEST_F(Report, OverwritesNeitherTheResultNorData) {
  write("wild.csv", kWildRows);
  write("wild.json", kWild);
  run({"tune", "wild.json", "-q", "-o", "r.json"});
  const std::string before = read("r.json");
  std::filesystem::create_symlink("r.json", folder / "link.json");
  for (const char* name : {"r.json", "./r.json", "link.json"})
    expect_refused(run({"report", "r.json", "-o", name}),
                   {fmt::format("{}: is the result, which would be overwritten; write to another file", name)});
  expect_refused(run({"report", "r.json", "-o", "wild.csv"}),
                 {"wild.csv: is a data file of the config, which would be overwritten; write to another file"});
  expect_refused(run({"report", "r.json", "-o", "none/t.txt"}),
                 {"none/t.txt: the folder none cannot be used: no such file or folder; create it first"});
  EXPECT_EQ(read("r.json"), before);
  EXPECT_EQ(read("wild.csv"), kWildRows);
}

TEST_F(Report, ShowsARegressionInTheTargetsUnitsToo) {
  EXPECT_NE(report({kSaved + "quantity.result.json"}).find("  expected loss  target units²  "), std::string::npos);
  EXPECT_EQ(report({kSaved + "classes.result.json"}).find("target units"), std::string::npos);
}

TEST_F(Report, KeepsHostileLabelsInTheirCells) {
  const std::vector<std::string> labels = {"=cmd|'/c calc'!A1", "a,\"b\"", "<script>|x|</script>", "`x` **y**"};
  json config = parse(std::string(kTiny));
  config["optimizers"] = json::array();
  for (const std::string& label : labels) config["optimizers"].push_back({{"name", "sgd"}, {"label", label}});
  config["search"]["budget_runs"] = 2;
  write("hostile.json", config.dump());
  run({"tune", "hostile.json", "-q", "-o", "r.json"});
  const auto rows = csv("r.json", "recommendations");
  ASSERT_EQ(rows.size(), labels.size() + 1);
  EXPECT_EQ(rows[1][0], "'" + labels[0]);
  for (std::size_t i = 1; i < labels.size(); ++i) EXPECT_EQ(rows[i + 1][0], labels[i]);
  const std::string markdown = report({"r.json", "--format", "markdown"});
  EXPECT_EQ(markdown.find("<script>"), std::string::npos) << markdown;
  EXPECT_NE(markdown.find("| \\<script\\>\\|x\\|\\</script\\> |"), std::string::npos) << markdown;
}

}  // namespace
}  // namespace lrtune
