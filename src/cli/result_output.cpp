#include "cli/result_output.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <vector>

#include "base/files.h"
#include "cli/output.h"
#include "lrtune/error.h"

namespace lrtune {
namespace {

// The files that the config reads, as they are found from here.
std::vector<std::filesystem::path> data_files(const Config& config) {
  const DataConfig& data = data_of(config);
  std::vector<std::string> names;
  if (data.format == DataFormat::csv) names = {data.train, data.validation.value_or("")};
  if (data.format == DataFormat::idx) names = {data.train_images.images, data.train_images.labels};
  if (data.format == DataFormat::idx && data.validation_images)
    names.insert(names.end(), {data.validation_images->images, data.validation_images->labels});
  std::vector<std::filesystem::path> files;
  for (const std::string& name : names)
    if (!name.empty()) files.push_back(config.base_directory / name);
  return files;
}

// A terminal or /dev/null may well be both.
bool is_standard_output(const std::string& path) {
  struct stat named {};
  struct stat output {};
  return ::stat(path.c_str(), &named) == 0 && ::fstat(STDOUT_FILENO, &output) == 0 && named.st_dev == output.st_dev &&
         named.st_ino == output.st_ino && !S_ISCHR(named.st_mode);
}

}  // namespace

void add_result_options(CLI::App& app, ResultOutput& o, const char* what) {
  app.add_option("-o,--output", o.file, fmt::format("write the {} as JSON to FILE; - is standard output", what))
      ->type_name("FILE");
  add_telling_options(app, o, what);
}

void add_telling_options(CLI::App& app, ResultOutput& o, const char* what) {
  app.add_flag("--json", o.json, fmt::format("print the {} as JSON instead of text", what));
  app.add_flag("-q,--quiet", o.quiet, "no text, notices or progress");
}

bool to_stdout(const ResultOutput& o) { return o.json || o.file == "-"; }

bool to_file(const ResultOutput& o) { return !o.file.empty() && o.file != "-"; }

bool wants_json(const ResultOutput& o) { return to_stdout(o) || to_file(o); }

void save(const ResultOutput& o, const std::string& json) {
  if (to_file(o)) write_file_atomically(o.file, json);
}

void tell(const ResultOutput& o, const std::string& json, const std::string& notices, const std::string& text) {
  if (!o.quiet && !notices.empty()) print_error(notices);
  const std::string& answer = to_stdout(o) ? json : text;
  if (!answer.empty()) print_output(answer);
}

void check_target(const std::string& output) {
  check_writable(output);
  if (is_standard_output(output)) throw Error(ProblemKind::output_is_stdout, output);
}

void check_output(const std::string& output, const ConfigOptions& options, const Config& config) {
  check_target(output);
  if (options.path != "-" && same_file(output, options.path))
    throw Error(ProblemKind::output_is_input, output, {{"of", "config"}});
  check_no_data(output, config);
}

void check_no_data(const std::string& output, const Config& config) {
  for (const std::filesystem::path& file : data_files(config))
    if (same_file(output, file)) throw Error(ProblemKind::output_is_input, output, {{"of", "data"}});
}

}  // namespace lrtune
