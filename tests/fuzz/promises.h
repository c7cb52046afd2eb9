// promises.h: what the targets share: a promise that is not kept is a std::logic_error, which ends a fuzzer and fails a
// test.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "data/table.h"
#include "fuzz/targets.h"

namespace lrtune::fuzz {

void require(bool kept, const std::string& promise);

// Whether `read` ends without an Error. An Error must have a problem, and every line of it can be shown: it says
// something, is UTF-8 and holds no control bytes.
bool accepts(const std::function<void()>& read);

// The target on `bytes`, and its bound of memory.
void run_target(const Target& target, std::string_view bytes);

// A table of any loader goes through columns, split and standardization: an Error, or a task of finite numbers.
void make_task(const Table& table, const DataConfig& config);

}  // namespace lrtune::fuzz
