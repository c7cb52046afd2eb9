#include "record/journal.h"

#include <gtest/gtest.h>

#include "base/files.h"
#include "lrtune/error.h"
#include "record/example.h"

namespace lrtune {
namespace {

constexpr std::size_t kEntries = 3;

const JournalHeader kHeader{"0.1.0", std::string(64, 'a'), std::string(64, 'b')};

std::vector<JournalRecord> some_records() {
  return {{0, 0, example_trial(Stage::coarse, TrialStatus::completed)},
          {2, 33, example_trial(Stage::coarse, TrialStatus::pruned)},
          {1, 0, example_trial(Stage::framework_default, TrialStatus::diverged)}};
}

std::vector<std::string> lines_of(const JournalHeader& header, const std::vector<JournalRecord>& records) {
  std::string checksum;
  std::vector<std::string> lines = {journal_line(header, checksum)};
  for (const JournalRecord& record : records) lines.push_back(journal_line(record, checksum));
  return lines;
}

std::string text_of(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line;
  return text;
}

Journal read(std::string_view bytes) { return read_journal(bytes, "j", kHeader, kEntries); }

std::string refusal(std::string_view bytes) {
  try {
    read(bytes);
  } catch (const Error& error) {
    return error.what();
  }
  return "read";
}

TEST(Journal, ReadsBackWhatWasWritten) {
  const std::string text = text_of(lines_of(kHeader, some_records()));
  const Journal journal = read(text);
  EXPECT_EQ(journal.state, JournalState::ours);
  EXPECT_EQ(journal.records, some_records());
  EXPECT_EQ(journal.whole_bytes, text.size());
}

TEST(Journal, CutAnywhereKeepsEveryWholeRecord) {
  const auto lines = lines_of(kHeader, some_records());
  const std::string text = text_of(lines);
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    std::size_t whole = 0;
    std::size_t records = 0;
    for (const std::string& line : lines) {
      if (whole + line.size() > cut) break;
      whole += line.size();
      ++records;
    }
    const Journal journal = read(std::string_view(text).substr(0, cut));
    EXPECT_EQ(journal.state, records == 0 ? JournalState::none : JournalState::ours) << cut;
    EXPECT_EQ(journal.records.size() + 1, std::max<std::size_t>(records, 1)) << cut;
    EXPECT_EQ(journal.whole_bytes, whole) << cut;
  }
}

TEST(Journal, GoesOnFromACutInTheSameChainOfChecksums) {
  const auto lines = lines_of(kHeader, some_records());
  Journal cut = read(lines[0] + lines[1] + lines[2].substr(0, 40));
  std::string text = (lines[0] + lines[1] + lines[2].substr(0, 40)).substr(0, cut.whole_bytes);
  for (std::size_t i : {1U, 2U}) text += journal_line(some_records()[i], cut.checksum);
  EXPECT_EQ(text, text_of(lines));
}

TEST(Journal, NamesTheDamagedRecord) {
  const auto lines = lines_of(kHeader, some_records());
  const std::size_t first = lines[0].size();
  for (std::size_t at = first; at < first + lines[1].size(); ++at) {
    std::string text = text_of(lines);
    text[at] = text[at] == 'x' ? 'y' : 'x';
    EXPECT_EQ(refusal(text),
              "j: record 1: is damaged; the lines before it are intact: keep them with head -n 1, or remove the file "
              "to start over")
        << at;
  }
  EXPECT_EQ(refusal(lines[0] + lines[1] + lines[3] + lines[3]).substr(0, 24),
            "j: record 2: is damaged;");  // one is lost
}

TEST(Journal, TrainsADamagedLastRecordAgain) {
  auto lines = lines_of(kHeader, some_records());
  lines[3][30] = '#';
  const Journal journal = read(text_of(lines));
  EXPECT_EQ(journal.records.size(), 2U);
  EXPECT_EQ(journal.whole_bytes, text_of(lines).size() - lines[3].size());
}

TEST(Journal, TellsWhatElseItIsOf) {
  const auto other = [&](const JournalHeader& header) {
    const Journal journal = read(text_of(lines_of(header, some_records())));
    EXPECT_EQ(journal.state, JournalState::other);
    return journal.difference;
  };
  EXPECT_EQ(other({"0.9.0", kHeader.config_id, kHeader.data_sha256, kTrainingRevision + 1}),
            (Facts{{"of", "version"}, {"version", "0.9.0"}}));
  EXPECT_EQ(other({"0.1.0", std::string(64, 'c'), kHeader.data_sha256}), (Facts{{"of", "config"}}));
  EXPECT_EQ(other({"0.1.0", kHeader.config_id, std::string(64, 'c')}), (Facts{{"of", "data"}}));
}

// The line and its checksum, as docs/formats.md has it.
std::string first_line(const std::string& object) { return sha256(object).substr(0, 16) + " " + object + "\n"; }

TEST(Journal, OfAnotherVersionWithTheSameTrainingsIsGoneOnFrom) {
  const JournalHeader newer{"0.9.0", kHeader.config_id, kHeader.data_sha256};
  const Journal journal = read(text_of(lines_of(newer, some_records())));
  EXPECT_EQ(journal.state, JournalState::ours);
  EXPECT_EQ(journal.records, some_records());
}

TEST(Journal, OfVersion010IsOfRevision1) {
  const std::string line = first_line(R"({"lrtune_journal":1,"version":"0.1.0","config_id":")" + kHeader.config_id +
                                      R"(","data_sha256":")" + kHeader.data_sha256 + "\"}");
  JournalHeader expected = kHeader;
  expected.training_revision = 1;
  EXPECT_EQ(read_journal(line, "j", expected, kEntries).state, JournalState::ours);
  expected.training_revision = 2;
  EXPECT_EQ(read_journal(line, "j", expected, kEntries).state, JournalState::other);
}

TEST(Journal, OfTheSameConfigByAnOlderDefinitionOfItsIdIsOurs) {
  JournalHeader expected = kHeader;
  expected.config_id = std::string(64, 'n');
  const std::string text = text_of(lines_of(kHeader, some_records()));
  EXPECT_EQ(read_journal(text, "j", expected, kEntries).difference, (Facts{{"of", "config"}}));
  expected.older_config_ids = {kHeader.config_id};
  EXPECT_EQ(read_journal(text, "j", expected, kEntries).records, some_records());
}

TEST(Journal, IsNeverMistakenForAnotherFile) {
  const std::string refused =
      "j: is not a journal of lrtune, or its first line is damaged; name another file, or remove this one";
  for (const char* text : {"x", "\n", "{\"data\": 1}\n", "name,value\n1,2\n", "no line break"})
    EXPECT_EQ(refusal(text), refused);
  std::string damaged = text_of(lines_of(kHeader, some_records()));
  damaged[30] = '#';
  EXPECT_EQ(refusal(damaged), refused);
}

TEST(Journal, RefusesRecordsThatFitNoEntry) {
  auto records = some_records();
  records[1].entry = kEntries;
  EXPECT_EQ(refusal(text_of(lines_of(kHeader, records))), "j: record 2: \"entry\" must be a whole number of at most 2");
}

}  // namespace
}  // namespace lrtune
