// fields.h: every field of a configuration but the optimizers, one row each: where it stands, what it takes, what it
// means, and the member of the record it goes to. A new field is a member of the record and a row here; its default is
// the member's initial value.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/json.h"
#include "config/complaints.h"
#include "lrtune/catalog.h"
#include "lrtune/config.h"

namespace lrtune {

enum class FieldKind { text, text_list, name, number, number_list, own };

// Formats of data that a field belongs to.
enum FieldFormats : unsigned { kCsv = 1, kIdx = 2, kSynthetic = 4, kAnyFormat = 7 };

using Names = std::vector<std::string_view> (*)();

struct Field {
  std::string_view section;
  std::string_view key;
  FieldKind kind = FieldKind::own;
  ParameterKind number = ParameterKind::real;  // of numbers and lists of numbers
  Bounds bounds = {};
  std::size_t most = 0;   // items of a list
  Names names = nullptr;  // what a name may be
  bool nullable = false;  // null: absent
  unsigned formats = kAnyFormat;
  std::string_view doc;
  // Puts a value that has been checked into the record; for `own` fields this checks too.
  void (*assign)(Config& config, const Json& value, const std::string& path, Complaints& complaints) = nullptr;
  // The member as JSON; discarded where the configuration does not have it.
  Json (*value)(const Config& config) = nullptr;
  Json (*schema)() = nullptr;                  // of `own` fields
  std::span<const Card> (*cards)() = nullptr;  // of a name with parameters: what it can be
};

std::span<const Field> fields();

// Whether it names files of data, which are no part of what is asked for.
bool is_path(const Field& field);

unsigned format_bit(DataFormat format);

}  // namespace lrtune
