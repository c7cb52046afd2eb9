// notice.h: something the user should know, and what to change. A notice is a kind with its facts; the variants of a
// kind are told apart by the facts they carry. The words are made from these by report/notice_words.h.
#pragma once

#include <string>

#include "lrtune/fact.h"

namespace lrtune {

enum class NoticeKind {
  // of the data
  kind_guessed,
  rows_dropped,
  values_filled,
  constant_columns,
  // of a recommendation's status
  all_diverged,
  stuck,
  flat,
  edge,
  unstable,
  noisy,
  // of the search
  interrupted,
  extended,
  recovered,
  budget,
  default_better,
  other  // of a newer version
};

struct Notice {
  NoticeKind kind = NoticeKind::other;
  Facts facts = {};
  std::string option = {};  // that helps: a field of the config ("search.range") or an option ("--resume")
  std::string value = {};   // what to set it to, as --set takes it; empty where the user has to choose
  // Of a notice that was read and came with other words than this version makes of it: those words. Else empty.
  std::string text = {};
  std::string remedy = {};

  friend bool operator==(const Notice&, const Notice&) = default;
};

}  // namespace lrtune
