// The input is two bytes of length (big-endian), an images file of that length, and a labels file. Images that were
// read are the same when they are written and read again, and a task can be made of them.
#include <string>
#include <vector>

#include "data/loaders.h"
#include "fuzz/promises.h"

namespace lrtune::fuzz {
namespace {

constexpr std::size_t kLengthBytes = 2;

std::string idx_file(const std::vector<std::size_t>& sizes, std::string_view values) {
  std::string out = {'\0', '\0', '\x08', static_cast<char>(sizes.size())};
  for (const std::size_t size : sizes)
    for (const unsigned shift : {24U, 16U, 8U, 0U}) out += static_cast<char>(size >> shift & 0xFFU);
  return out.append(values);
}

}  // namespace

void fuzz_idx(std::string_view bytes) {
  if (bytes.size() < kLengthBytes) return;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const std::size_t length = std::size_t{byte(0)} << 8U | byte(1);
  bytes.remove_prefix(kLengthBytes);
  const std::string_view images = bytes.substr(0, length);
  const std::string_view labels = bytes.substr(images.size());

  const DataConfig config;
  const auto load = [&config](std::string first, std::string second) {
    const std::vector<Source> sources = {{"images", std::move(first)}, {"labels", std::move(second)}};
    return load_idx(sources, config, std::nullopt);
  };
  Table table;
  if (!accepts([&] { table = load(std::string(images), std::string(labels)); })) return;
  const auto& read = std::get<ImageTable>(table);
  require(read.values.size() == read.rows * read.columns && read.values.size() < images.size(),
          "pixels are bytes of the file");
  require(read.targets.size() == read.rows && read.rows < labels.size(), "labels are bytes of the file");

  make_task(table, config);
  const std::string pixels(read.values.begin(), read.values.end());
  std::string classes;
  for (const double label : read.targets) classes += static_cast<char>(static_cast<unsigned char>(label));
  const Table again = load(idx_file({read.rows, read.columns}, pixels), idx_file({read.rows}, classes));
  require(table_sha256(again, std::nullopt) == table_sha256(table, std::nullopt), "written images read back the same");
}

}  // namespace lrtune::fuzz
