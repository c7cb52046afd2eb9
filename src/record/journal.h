// journal.h: the finished trials of a search as lines of text, one after the other, so that a search that was killed
// can go on where it stopped (docs/formats.md).
//
// Line n is a checksum, a blank and a JSON object. Line 0 says what the trials belong to, each other line holds one
// trial. The checksum is c_n = the first 16 hexadecimal digits of sha256(c_(n−1) + object), c_(−1) empty: a line that
// was changed, lost or moved shows. A trial is a pure function of what line 0 and its own key name, so that their
// order, which is the one they were finished in, does not matter.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "lrtune/study.h"
#include "lrtune/training_revision.h"

namespace lrtune {

// What all trials of a journal belong to.
struct JournalHeader {
  std::string tool_version;
  std::string config_id;
  std::string data_sha256;
  int training_revision = kTrainingRevision;       // of version 0.1.0, which does not write it: 1
  std::vector<std::string> older_config_ids = {};  // not written; a journal of one of these is of the same config

  friend bool operator==(const JournalHeader&, const JournalHeader&) = default;
};

struct JournalRecord {
  std::size_t entry = 0;    // index into Config::optimizers
  std::size_t updates = 0;  // TrialRequest::updates
  Trial trial;

  friend bool operator==(const JournalRecord&, const JournalRecord&) = default;
};

// One line, its line break included. `checksum`: of the line before, empty for the header; becomes that of this one.
std::string journal_line(const JournalHeader& header, std::string& checksum);
std::string journal_line(const JournalRecord& record, std::string& checksum);

enum class JournalState {
  none,   // nothing, or the beginning of the header's line: nothing was recorded yet
  other,  // of another config, other data or trainings with other bits
  ours,
};

struct Journal {
  JournalState state = JournalState::none;
  Facts difference;  // state other: what it is "of", as ProblemKind::journal_of_other has it
  std::vector<JournalRecord> records;
  std::size_t whole_bytes =
      0;                 // up to the end of the last whole record; what follows was torn off while it was written
  std::string checksum;  // of the last whole record
};

// The journal in `bytes`. Throws Error naming the file and the record: not a journal, or a record before the last is
// damaged. A last line that is torn or damaged does not count: its trial is trained again.
Journal read_journal(std::string_view bytes, const std::string& where, const JournalHeader& expected,
                     std::size_t entries);

}  // namespace lrtune
