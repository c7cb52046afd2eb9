#include "record/journal.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/files.h"
#include "base/json.h"
#include "base/text.h"
#include "lrtune/error.h"
#include "record/describe_trial.h"
#include "record/json_reader.h"
#include "record/json_writer.h"

namespace lrtune {
namespace {

constexpr int kJournalVersion = 1;
constexpr std::size_t kChecksumDigits = 16;
constexpr std::string_view kFirstKey = "{\"lrtune_journal\":";

std::string line_of(const std::string& object, std::string& checksum) {
  checksum = sha256(checksum + object).substr(0, kChecksumDigits);
  return fmt::format("{} {}\n", checksum, object);
}

// The object of a line whose checksum is right; the checksum becomes its own.
std::optional<std::string_view> object_of(std::string_view line, std::string& checksum) {
  if (line.size() <= kChecksumDigits || line[kChecksumDigits] != ' ') return std::nullopt;
  const std::string_view object = line.substr(kChecksumDigits + 1);
  const std::string right = sha256(checksum + std::string(object)).substr(0, kChecksumDigits);
  if (line.substr(0, kChecksumDigits) != right) return std::nullopt;
  checksum = right;
  return object;
}

std::string text_member(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::size_t count_member(const Json& json, const char* key, std::size_t most, const std::string& where) {
  const auto found = json.find(key);
  if (found == json.end() || !found->is_number_unsigned() || found->get<std::size_t>() > most)
    throw Error(ProblemKind::journal_member, where, {{"key", key}, {"most", most}});
  return found->get<std::size_t>();
}

Facts difference_of(const Json& json, const JournalHeader& expected) {
  if (json["lrtune_journal"] != kJournalVersion) return {{"of", "later"}};
  if (json.value("training_revision", Json(1)) != expected.training_revision)
    return {{"of", "version"}, {"version", text_member(json, "version")}};
  const std::string id = text_member(json, "config_id");
  if (id != expected.config_id && std::ranges::find(expected.older_config_ids, id) == expected.older_config_ids.end())
    return {{"of", "config"}};
  if (text_member(json, "data_sha256") != expected.data_sha256) return {{"of", "data"}};
  return {};
}

JournalRecord record_of(std::string_view object, const std::string& where, std::size_t entries) {
  constexpr std::size_t kMostUpdates = std::size_t{1} << 53U;
  const Json json = parse_json(object, where);
  const auto trial = json.is_object() ? json.find("trial") : json.end();
  if (trial == json.end()) throw Error(ProblemKind::journal_trial_absent, where);
  return {count_member(json, "entry", entries - 1, where), count_member(json, "updates", kMostUpdates, where),
          read_record<Trial>(Node(*trial, where))};
}

}  // namespace

std::string journal_line(const JournalHeader& header, std::string& checksum) {
  const Json json = {{"lrtune_journal", kJournalVersion},
                     {"version", header.tool_version},
                     {"training_revision", header.training_revision},
                     {"config_id", header.config_id},
                     {"data_sha256", header.data_sha256}};
  return line_of(json.dump(), checksum);
}

std::string journal_line(const JournalRecord& record, std::string& checksum) {
  const Json json = {{"entry", record.entry}, {"updates", record.updates}, {"trial", json_of(record.trial)}};
  return line_of(json.dump(), checksum);
}

Journal read_journal(std::string_view bytes, const std::string& where, const JournalHeader& expected,
                     std::size_t entries) {
  Journal journal;
  std::string fresh;
  if (journal_line(expected, fresh).starts_with(bytes) && !bytes.ends_with('\n')) return journal;
  std::size_t begin = bytes.find('\n');
  const auto header = object_of(bytes.substr(0, begin), journal.checksum);
  if (begin == std::string_view::npos || !header || !header->starts_with(kFirstKey))
    throw Error(ProblemKind::not_a_journal, where);
  journal.difference = difference_of(parse_json(*header, where), expected);
  if (!journal.difference.empty()) {
    journal.state = JournalState::other;
    return journal;
  }
  journal.state = JournalState::ours;
  for (++begin; begin < bytes.size(); begin = journal.whole_bytes) {
    journal.whole_bytes = begin;
    const std::size_t number = journal.records.size() + 1;
    const std::size_t end = bytes.find('\n', begin);
    const bool last = end == std::string_view::npos || end + 1 == bytes.size();
    const auto object =
        end == std::string_view::npos ? std::nullopt : object_of(bytes.substr(begin, end - begin), journal.checksum);
    if (!object && last) return journal;
    const std::string place = fmt::format("{}: record {}", where, number);
    if (!object) throw Error(ProblemKind::journal_damaged, place, {{"intact", number}});
    journal.records.push_back(record_of(*object, place, entries));
    journal.whole_bytes = end + 1;
  }
  journal.whole_bytes = begin;
  return journal;
}

}  // namespace lrtune
