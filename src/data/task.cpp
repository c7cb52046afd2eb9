// task.cpp: the pipeline of task.h, and the only code of data/ that opens files.
#include "data/task.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "base/files.h"
#include "base/require.h"
#include "base/text.h"
#include "data/constant_answer.h"
#include "data/dataset.h"
#include "data/gzip.h"
#include "data/loaders.h"
#include "data/split.h"
#include "data/standardize.h"
#include "lrtune/error.h"

namespace lrtune {
namespace {

// The file in the same folder whose name is nearest, if any is near.
Facts missing_file(const std::filesystem::path& path) {
  std::vector<std::string> names;
  std::error_code error;
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  for (auto entry = std::filesystem::directory_iterator(folder, error);
       !error && entry != std::filesystem::directory_iterator(); entry.increment(error))
    names.push_back(entry->path().filename().string());
  std::ranges::sort(names);
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  Facts facts = {{"path", path.string()}};
  if (const auto near = nearest_name(path.filename().string(), candidates))
    facts.push_back({"nearest", std::string(*near)});
  return facts;
}

// Refuses what cannot be read whole, before reading it.
void check_readable(const std::string& file, const std::filesystem::path& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) throw Error(ProblemKind::file_missing, file, missing_file(path));
  if (std::filesystem::is_character_file(status) || std::filesystem::is_block_file(status))
    throw Error(ProblemKind::file_is_device, file);
  if (!std::filesystem::is_regular_file(status)) return;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  if (!error && size > memory_bytes() / 2)
    throw Error(ProblemKind::file_too_large, file, {{"bytes", std::size_t{size}}});
}

std::optional<Table> load_table(const Loader& loader, const std::vector<std::string>& files, const DataConfig& config,
                                const std::filesystem::path& base_directory, std::optional<std::size_t> max_rows) {
  std::vector<Source> sources;
  for (const std::string& file : files) {
    const std::filesystem::path path = base_directory / file;
    check_readable(file, path);
    std::string bytes;
    try {
      bytes = read_file(path);
    } catch (const Error& error) {  // says the whole path; here the name in the configuration is what is known
      Problem problem = error.problems().at(0);
      problem.where = file;
      throw Error({std::move(problem)});
    }
    if (is_gzip(bytes)) bytes = gunzip(bytes, file, memory_bytes() / 2);
    sources.push_back({file, std::move(bytes)});
  }
  return loader.load(sources, config, max_rows);
}

}  // namespace

Task make_task(Table train, std::optional<Table> validation, const DataConfig& config) {
  std::string sha256 = table_sha256(train, validation);
  const Dataset dataset = resolve(std::move(train), std::move(validation), config);
  Task task = standardize(dataset, split_rows(dataset, config), config);
  task.sha256 = std::move(sha256);
  return task;
}

Task load_task(const DataConfig& config, const std::filesystem::path& base_directory) {
  const auto loader = std::ranges::find(loaders(), config.format, &Loader::format);
  LRTUNE_CHECK(loader != loaders().end(), static_cast<int>(config.format));
  std::optional<Table> train =
      load_table(*loader, loader->training_files(config), config, base_directory, config.max_rows);
  std::optional<Table> validation;
  if (const auto files = loader->validation_files(config); !files.empty())
    validation = load_table(*loader, files, config, base_directory, std::nullopt);
  return make_task(std::move(*train), std::move(validation), config);
}

Subject subject_of(const Task& task, const TrainingConfig& training) {
  Subject subject{task.sha256, task.summary, task.notices};
  subject.data->constant = constant_answer(task, training);
  return subject;
}

}  // namespace lrtune
