// problem.h: something the user must mend: a kind with its facts, and where. As of a notice (notice.h), the variants of
// a kind are told apart by the facts they carry or the option they name, and report/ has the words.
#pragma once

#include <string>
#include <utility>

#include "lrtune/fact.h"

namespace lrtune {

enum class ProblemKind {
  text,  // facts "what" and "hint": its words, as they are
  // the bytes of data files
  file_missing,
  file_is_device,
  file_too_large,
  file_empty,
  utf16,
  nul_byte,
  not_utf8,
  gzip_too_large,
  gzip_truncated,
  gzip_damaged,
  gzip_foreign_bytes,
  idx_header_truncated,
  idx_not_idx,
  idx_type,
  idx_dimensions,
  idx_no_pixels,
  idx_no_rows,
  idx_truncated,
  idx_excess,
  idx_label_count,
  // tables
  delimiter_impossible,
  quote_open,
  quote_broken,
  row_ragged,
  rows_missing,
  column_single,
  column_name_twice,
  columns_differ,
  column_unmatched,
  column_unknown,
  column_is_target,
  column_listed_twice,
  features_missing,
  max_rows_zero,
  synthetic_unknown,
  synthetic_setting,
  // cells
  cell_missing,
  cell_out_of_range,
  cell_not_finite,
  cell_not_number,
  one_hot_values,
  features_too_large,
  rows_incomplete,
  // the target
  target_missing,
  target_index,
  target_unknown,
  target_cell_missing,
  target_not_number,
  target_constant,
  target_too_far,
  kind_known,
  class_single,
  class_missing,
  // split and standardization
  class_rows_single,
  fraction_too_small,
  column_empty,
  columns_constant,
  value_too_far,
  // the shape of a configuration
  key_unknown,
  object_expected,
  list_expected,
  number_expected,
  text_expected,
  text_empty,
  text_nul,
  name_expected,
  name_missing,
  name_unknown,
  // its fields
  field_of_other_format,
  data_absent,
  train_absent,
  target_absent,
  train_is_object,
  images_incomplete,
  target_malformed,
  delimiter_malformed,
  validation_twice,
  warmup_too_long,
  loss_needs_classes,
  objective_needs_classes,
  max_seeds_too_few,
  range_malformed,
  range_rate_zero,
  range_rate_negative,
  range_reversed,
  range_narrow,
  optimizers_empty,
  optimizers_too_many,
  label_reserved,
  label_malformed,
  label_twice,
  // --set
  set_malformed,
  set_in_scalar,
  set_no_such_item,
  set_no_optimizers,
  // a configuration with its data, on this machine
  loss_not_for_data,
  objective_not_for_data,
  batch_too_large,
  updates_too_many,
  looks_too_many,
  memory_exceeded,
  isa_unknown,
  // samples in memory
  samples_target_missing,
  samples_target_twice,
  samples_value_count,
  samples_name_count,
  sample_missing,
  sample_infinite,
  sample_target_not_finite,
  // files and folders
  file_not_opened,
  file_not_read,
  file_not_written,
  file_not_cut,
  file_not_flushed,
  file_is_folder,
  file_too_long,
  file_in_use,
  file_cannot_grow,
  folder_unusable,
  folder_is_file,
  // JSON
  json_empty,
  json_nul_byte,
  json_too_deep,
  json_key_twice,
  json_key_unquoted,
  json_unexpected,
  json_ends_early,
  json_comma_last,
  json_comment_refused,
  json_comment_open,
  json_comment_malformed,
  json_word_unknown,
  json_number_not_finite,
  json_number_too_large,
  json_number_malformed,
  json_text_single_quotes,
  json_text_open,
  json_text_control_byte,
  json_text_escape,
  json_text_escape_digits,
  json_text_not_utf8,
  // the command line
  command_absent,
  command_unknown,
  option_unknown,
  option_before_command,
  option_repeated,
  option_takes_no_value,
  option_needs_value,
  option_value_empty,
  argument_unexpected,
  whole_number_expected,
  number_within_expected,
  budget_malformed,
  rate_absent,
  rate_negative,
  rate_expected,
  label_unknown,
  config_absent,
  result_absent,
  baseline_absent,
  baseline_not_file,
  optimizer_absent,
  list_absent,
  schema_absent,
  sides_twice,
  update_with_report,
  update_with_verdict,
  update_in_ci,
  force_without_update,
  sweep_too_narrow,
  sweep_too_long,
  rows_of_other_file,
  table_not_of_result,
  format_not_of_result,
  table_empty,
  // its files
  output_failed,
  output_is_input,
  output_is_stdout,
  stdout_wanted_twice,
  report_not_file,
  report_files_same,
  events_file_taken,
  journal_not_file,
  journal_is_result,
  journal_absent,
  journal_of_other,
  journal_not_empty
};

struct Problem {
  Problem() = default;
  Problem(ProblemKind its_kind, std::string its_where, Facts its_facts = {}, std::string its_option = {},
          std::string its_value = {})
      : kind(its_kind),
        where(std::move(its_where)),
        facts(std::move(its_facts)),
        option(std::move(its_option)),
        value(std::move(its_value)) {}
  // In words: what is wrong, with the offending value; what would be right, which may be empty.
  Problem(std::string its_where, std::string what, std::string hint)
      : where(std::move(its_where)), facts{{"what", std::move(what)}, {"hint", std::move(hint)}} {}

  ProblemKind kind = ProblemKind::text;
  std::string where;  // a file, file and JSON path, or file, row and column; may be empty
  Facts facts;
  std::string option;  // that helps; may be empty
  std::string value;   // what to set it to, as --set takes it; empty where the user has to choose

  friend bool operator==(const Problem&, const Problem&) = default;
};

// One line to the user: "where: what is wrong; what would be right". Its words are report/'s.
std::string to_line(const Problem& problem);

}  // namespace lrtune
