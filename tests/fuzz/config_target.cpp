// The input is the configuration and then any number of overrides ("training.epochs=5"), a NUL before each. What is
// accepted can be written, and read again as the same.
#include <string>
#include <vector>

#include "config/config_json.h"
#include "fuzz/promises.h"

namespace lrtune::fuzz {

void fuzz_config(std::string_view bytes) {
  std::vector<std::string> parts;
  for (;;) {
    const std::size_t end = bytes.find('\0');
    parts.emplace_back(bytes.substr(0, end));
    if (end == std::string_view::npos) break;
    bytes.remove_prefix(end + 1);
  }
  Config config;
  const std::vector<std::string> overrides(parts.begin() + 1, parts.end());
  if (!accepts([&] { config = read_config(parts[0], "c.json", "/base", overrides); })) return;
  const std::string text = config_to_json(config);
  const Config again = read_config(text, "again.json", "/base");
  require(again == config, "a written configuration reads back as the same: " + text);
  require(config_to_json(again) == text, "and is written as the same");
  require(config_id(again) == config_id(config), "and has the same id");
}

}  // namespace lrtune::fuzz
