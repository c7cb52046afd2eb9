// journal_file.h: the journal file of a search: opened before it, grown while it runs, gone on from by --resume.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include "base/files.h"
#include "lrtune/config.h"
#include "lrtune/study.h"
#include "record/journal.h"
#include "sweep/sweep.h"

namespace lrtune {

struct JournalOptions {
  std::string path;    // --journal; empty: beside the output, or none
  std::string output;  // -o
  bool resume = false;
};

// Which file it is; nullopt: none is kept. Throws Error: --resume without any, or a name that is taken.
std::optional<std::string> journal_path(const JournalOptions& options);

class JournalFile {
 public:
  // Takes up what the file holds. A journal that was named and holds trials is an Error without --resume; one of
  // another config is too, but for the one beside the output without --resume, which is then begun anew. Where
  // it cannot be begun there is no file after the Error.
  JournalFile(const JournalOptions& options, const std::string& path, const JournalHeader& header, std::size_t entries);

  KnownTrials known() const;
  // How many trials its records are of, as a result counts them: one that was stopped at rungs counts once if runs
  // continue from there.
  std::size_t trials(bool runs_continue) const;
  // What was thrown away to begin anew was of another config, as ProblemKind::journal_of_other tells it; empty:
  // nothing.
  const Facts& dropped() const { return dropped_; }

  void add(const TrialRequest& request, const Trial& trial);

  // The file goes: what it holds is in the result.
  void remove() { file_.remove(); }

 private:
  void begin(const JournalHeader& header);

  AppendFile file_;
  Journal journal_;
  Facts dropped_;
  std::chrono::steady_clock::time_point flushed_;
};

}  // namespace lrtune
