// What older versions have written: one folder per version beside this file. Every later one reads, shows and checks
// it, and goes on from its journals, or refuses them in one line if its trainings give other bits.
#include <fmt/format.h>

#include <functional>
#include <regex>
#include <sstream>

#include "base/files.h"
#include "cli/program.h"
#include "config/schema_check.h"
#include "lrtune/training_revision.h"
#include "record/any_result.h"
#include "record/check_json.h"
#include "record/range_json.h"
#include "record/study_json.h"
#include "record/trial_run_json.h"
#include "upgrades/projection.h"

namespace lrtune {
namespace {

const std::filesystem::path kUpgrades = LRTUNE_SOURCE_DIR "/tests/upgrades";

std::vector<std::string> versions() {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::directory_iterator(kUpgrades))
    if (entry.is_directory()) found.push_back(entry.path().filename());
  std::ranges::sort(found);
  return found;
}

// A copy of one version's folder, which the program stands in.
class Upgrade : public Cli, public testing::WithParamInterface<std::string> {
 protected:
  Upgrade() { std::filesystem::copy(kUpgrades / GetParam(), folder); }

  std::vector<std::string> files(std::string_view ending) const {
    std::vector<std::string> found;
    for (const std::string& name : names())
      if (name.ends_with(ending)) found.push_back(name);
    EXPECT_FALSE(found.empty()) << ending;
    return found;
  }

  // Whether that version's trainings give the bits of today's. It says so in its journals; version 0.1.0 did not yet.
  bool has_todays_bits() const {
    const std::string journal = read(files(".journal").front());
    const auto header = nlohmann::json::parse(journal.substr(17, journal.find('\n') - 17));
    return header.value("training_revision", 1) == kTrainingRevision;
  }

  // What is said of a journal of other bits.
  static std::string refusal(const std::string& journal) {
    return fmt::format(
        "{}: is the journal of lrtune {}, whose trainings give other bits; continue with that version, "
        "name another file, or remove this one",
        journal, GetParam());
  }

  nlohmann::json projected(const std::string& result) const { return Projection(folder).of(result); }
};

// The schema of a result, and the result as this version writes it.
struct Written {
  std::string schema;
  std::string text;
};

Written written(const Study& study) { return {result_schema(), study_to_json(study)}; }
Written written(const RangeStudy& study) { return {range_result_schema(), range_to_json(study)}; }
Written written(const TrialRun& run) { return {train_schema(), trial_run_to_json(run)}; }
Written written(const CheckReport& report) { return {check_schema(), check_to_json(report, "0.0.0", 0)}; }

TEST_P(Upgrade, ResultsAreReadShownAndFitTheSchema) {
  std::vector<std::string> all = files(".result.json");
  for (const char* ending : {".report.json", ".baseline.json"})
    for (const std::string& name : files(ending)) all.push_back(name);
  for (const std::string& name : all) {
    const AnyResult result = result_from_json(read(name), name);
    const Written today = std::visit([](const auto& record) { return written(record); }, result);
    EXPECT_EQ(misfit(today.schema, read(name)), "") << name;
    EXPECT_EQ(misfit(today.schema, today.text), "") << name;
    EXPECT_EQ(result_from_json(today.text, name), result) << name;
    const Ran shown = run({"report", name});
    EXPECT_EQ(shown.status, 0) << name << ": " << shown.err;
    EXPECT_GT(std::ranges::count(shown.out, '\n'), 1) << name << ": " << shown.out;
  }
}

TEST_P(Upgrade, ResultsPassAgainstTheirBaselines) {
  for (const std::string& baseline : files(".baseline.json")) {
    const std::string stem = baseline.substr(0, baseline.find('.'));
    const Ran stored = run({"check", baseline, stem + ".result.json"});
    EXPECT_EQ(stored.status, 0) << stored.out << stored.err;
    const Ran exact = run({"check", baseline, stem + ".result.json", "--exact"});
    EXPECT_EQ(exact.status, 0) << exact.out << exact.err;
  }
}

TEST_P(Upgrade, BaselinesAreMeasuredAgainWithTheirOwnConfigs) {
  for (const std::string& baseline : files(".baseline.json")) {
    const Ran today = run({"check", baseline, "--json"});
    EXPECT_TRUE(today.status == 0 || today.status == 3) << today.status << today.out << today.err;
    EXPECT_EQ(parse(today.out).at("obstacles"), nlohmann::json::array()) << today.out;
  }
}

// A default that is another one today is a difference, not overlooked.
TEST_P(Upgrade, ConfigsThatLeftTheInitOutAreToldFromTodays) {
  if (GetParam() != "0.1.0") return;
  const Ran ran = run({"check", "classes.baseline.json", "--config", "classes.json"});
  EXPECT_EQ(ran.status, 5) << ran.out << ran.err;
  EXPECT_EQ(ran.out.substr(0, ran.out.find('\n')),
            "the config differs: model.init was \"kaiming_uniform\" in the baseline and is now \"pytorch\"");
}

TEST_P(Upgrade, ResultsAreTheSameToTheBitTodayIfTrainingsAre) {
  if (!has_todays_bits()) return;
  for (const std::string& baseline : files(".baseline.json")) {
    const std::string stem = baseline.substr(0, baseline.find('.'));
    const Ran today = run({"check", baseline, "--config", stem + ".json", "--exact"});
    EXPECT_EQ(today.status, 0) << today.out << today.err;
  }
  for (const std::string& name : files(".result.json")) {
    const auto stored = parse(read(name));
    if (!stored.contains("complete") || stored["complete"] == false) continue;
    const Ran ran = run({"tune", name.substr(0, name.find('.')) + ".json", "--json", "-q"});
    EXPECT_EQ(projected(ran.out), projected(read(name))) << name << ran.err;
  }
}

// X.journal is of X.json, and X.result.json holds what came of it; where that was stopped too, X.whole.result.json what
// the same version makes of the config.
TEST_P(Upgrade, JournalsAreGoneOnFromToTheSameBitsOrRefused) {
  for (const std::string& journal : files(".journal")) {
    const std::string stem = journal.substr(0, journal.find('.'));
    if (!has_todays_bits()) {
      expect_refused(run({"tune", stem + ".json", "--journal", journal, "--resume", "--json"}), {refusal(journal)});
      continue;
    }
    const bool was_stopped = parse(read(stem + ".result.json")).at("complete") == false;
    const Ran ran = run({"tune", stem + ".json", "--journal", journal, "--resume", "--json"});
    ASSERT_EQ(ran.status, 0) << ran.err;
    EXPECT_TRUE(std::regex_search(ran.err, std::regex("continuing after [1-9][0-9]* trials?\n"))) << ran.err;
    EXPECT_EQ(projected(ran.out), projected(read(stem + (was_stopped ? ".whole.result.json" : ".result.json"))))
        << journal;
  }
}

// The journal with `change` made to its first line, in a right chain of checksums.
std::string rewritten(const std::string& journal, const std::function<void(nlohmann::ordered_json&)>& change) {
  std::istringstream lines(journal);
  std::string out;
  std::string checksum;
  for (std::string line; std::getline(lines, line);) {
    std::string object = line.substr(17);
    if (out.empty()) {
      auto header = nlohmann::ordered_json::parse(object);
      change(header);
      object = header.dump();
    }
    checksum = sha256(checksum + object).substr(0, 16);
    out += checksum + " " + object + "\n";
  }
  return out;
}

TEST_P(Upgrade, JournalsOfTrainingsWithOtherBitsAreRefusedInOneLine) {
  for (const std::string& journal : files(".journal")) {
    write(journal, rewritten(read(journal), [](auto& header) { header["training_revision"] = 999; }));
    const std::string config = journal.substr(0, journal.find('.')) + ".json";
    expect_refused(run({"tune", config, "--journal", journal, "--resume", "--json"}), {refusal(journal)});
  }
}

INSTANTIATE_TEST_SUITE_P(Versions, Upgrade, testing::ValuesIn(versions()), [](const auto& version) {
  return std::regex_replace(version.param, std::regex("[^0-9A-Za-z]"), "_");
});

}  // namespace
}  // namespace lrtune
