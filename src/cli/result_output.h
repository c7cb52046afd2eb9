// result_output.h: where a result goes, the same for every command that has one. Standard output carries one thing: the
// text, or with --json or "-o -" the JSON. -o FILE writes the JSON to a file beside that. -q leaves out the text,
// notices and progress, but nothing that was asked for.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "cli/config_options.h"
#include "lrtune/config.h"

namespace lrtune {

struct ResultOutput {
  std::string file;  // "-": standard output
  bool json = false;
  bool quiet = false;
};

// -o, --json and -q; `what` the command makes: "result".
void add_result_options(CLI::App& app, ResultOutput& output, const char* what);
// --json and -q alone, where there is nothing to keep.
void add_telling_options(CLI::App& app, ResultOutput& output, const char* what);

// Where the JSON goes: it may be both, or nowhere.
bool to_stdout(const ResultOutput& output);
bool to_file(const ResultOutput& output);
bool wants_json(const ResultOutput& output);

// Writes the file, if one is named: the old one or the whole new one is there. Throws Error.
void save(const ResultOutput& output, const std::string& json);

// Notices to standard error; to standard output the JSON, if it goes there, else the text. Whoever calls leaves `text`
// empty where -q is to leave it out.
void tell(const ResultOutput& output, const std::string& json, const std::string& notices, const std::string& text);

// Throws Error unless something may be written there: a folder that exists and can be written, and not standard output
// under another name.
void check_target(const std::string& output);

// The same, and it is neither the config nor one of its data files, which would be lost.
void check_output(const std::string& output, const ConfigOptions& options, const Config& config);

// Throws Error if it is one of the data files.
void check_no_data(const std::string& output, const Config& config);

}  // namespace lrtune
