// A journal is read up to a whole record, and what was read, written again, reads back as the same. The checksums would
// keep a fuzzer out: bytes that begin with "!" are lines of objects, which get theirs here.
#include <algorithm>
#include <string>

#include "base/files.h"
#include "fuzz/promises.h"
#include "record/journal.h"

namespace lrtune::fuzz {
namespace {

constexpr std::size_t kEntries = 3;

const JournalHeader kHeader{"0.1.0", std::string(64, 'a'), std::string(64, 'b')};

// The lines with their chain of checksums, as docs/formats.md has it.
std::string with_checksums(std::string_view lines) {
  std::string text;
  std::string checksum;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    const std::string object(lines.substr(0, end));
    lines.remove_prefix(std::min(end + 1, lines.size()));
    checksum = sha256(checksum + object).substr(0, 16);
    text += checksum + " " + object + "\n";
  }
  return text;
}

}  // namespace

void fuzz_journal(std::string_view bytes) {
  const std::string text = bytes.starts_with('!') ? with_checksums(bytes.substr(1)) : std::string(bytes);
  Journal journal;
  if (!accepts([&] { journal = read_journal(text, "j", kHeader, kEntries); })) return;
  require(journal.whole_bytes <= text.size(), "no more is whole than there is");
  if (journal.state != JournalState::ours) return;
  require(journal.whole_bytes > 0 && text[journal.whole_bytes - 1] == '\n', "what is kept ends with a line");
  std::string checksum;
  std::string again = journal_line(kHeader, checksum);
  for (const JournalRecord& record : journal.records) {
    require(record.entry < kEntries, "a record is of an entry there is");
    again += journal_line(record, checksum);
  }
  const Journal read = read_journal(again, "again", kHeader, kEntries);
  require(read.records == journal.records, "written records read back as the same");
  require(read.whole_bytes == again.size(), "and are whole");
}

}  // namespace lrtune::fuzz
