#include "cli/journal_file.h"

#include <filesystem>
#include <set>
#include <system_error>

#include "lrtune/error.h"

namespace lrtune {
namespace {

constexpr std::chrono::seconds kFlushEvery{1};

// A device, a pipe or a folder: nothing that a journal could lie beside.
bool is_special(const std::string& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  return std::filesystem::exists(status) && !std::filesystem::is_regular_file(status);
}

}  // namespace

std::optional<std::string> journal_path(const JournalOptions& options) {
  const bool to_file = !options.output.empty() && options.output != "-" && !is_special(options.output);
  if (options.path == "-") throw Error(ProblemKind::journal_not_file, "--journal");
  if (!options.path.empty()) {
    if (to_file && same_file(options.path, options.output)) throw Error(ProblemKind::journal_is_result, "--journal");
    return options.path;
  }
  if (to_file) return options.output + ".journal";
  if (options.resume) throw Error(ProblemKind::journal_absent, "--resume");
  return std::nullopt;
}

JournalFile::JournalFile(const JournalOptions& options, const std::string& path, const JournalHeader& header,
                         std::size_t entries)
    : file_(path, AppendMode::record), journal_(read_journal(file_.read(), path, header, entries)) {
  const bool named = !options.path.empty();
  const bool must_fit = named || options.resume;
  if (journal_.state == JournalState::other && must_fit)
    throw Error(ProblemKind::journal_of_other, path, journal_.difference);
  if (!journal_.records.empty() && named && !options.resume) throw Error(ProblemKind::journal_not_empty, path);
  if (journal_.state == JournalState::ours)
    file_.cut(journal_.whole_bytes);
  else
    begin(header);
  flushed_ = std::chrono::steady_clock::now();
}

void JournalFile::begin(const JournalHeader& header) {
  dropped_ = journal_.difference;
  journal_ = {};
  try {
    file_.cut(0);
    file_.append(journal_line(header, journal_.checksum));
    file_.flush();
  } catch (const Error&) {
    file_.remove();
    throw;
  }
}

KnownTrials JournalFile::known() const {
  KnownTrials known;
  for (const JournalRecord& r : journal_.records)
    known.insert_or_assign({{r.entry, r.trial.learning_rate, r.trial.seed}, r.updates}, r.trial);
  return known;
}

std::size_t JournalFile::trials(bool runs_continue) const {
  std::set<std::pair<TrialKey, std::size_t>> keys;
  for (const JournalRecord& r : journal_.records)
    keys.insert({{r.entry, r.trial.learning_rate, r.trial.seed}, runs_continue ? 0 : r.updates});
  return keys.size();
}

void JournalFile::add(const TrialRequest& request, const Trial& trial) {
  file_.append(journal_line(JournalRecord{request.key.entry, request.updates, trial}, journal_.checksum));
  const auto now = std::chrono::steady_clock::now();
  if (now - flushed_ < kFlushEvery) return;
  file_.flush();
  flushed_ = now;
}

}  // namespace lrtune
