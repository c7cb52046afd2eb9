#include "advice.h"

#include "base/files.h"
#include "base/json.h"

namespace lrtune::quality {
namespace {

Json to_json(const Advice& a) {
  Json json{{"method", a.method},       {"budget", nullptr},   {"task", a.task},      {"optimizer", a.optimizer},
            {"replay", a.replay},       {"rate", nullptr},     {"interval", nullptr}, {"status", a.status},
            {"full_runs", a.full_runs}, {"seconds", a.seconds}};
  if (a.budget) json["budget"] = *a.budget;
  if (a.rate) json["rate"] = *a.rate;
  if (a.interval) json["interval"] = *a.interval;
  if (a.bound) json["bound"] = *a.bound;
  return json;
}

Advice from_json(const Json& json) {
  Advice a{.method = json.at("method"),
           .budget = {},
           .task = json.at("task"),
           .optimizer = json.at("optimizer"),
           .replay = json.at("replay"),
           .rate = {},
           .interval = {},
           .bound = {},
           .status = json.at("status"),
           .full_runs = json.at("full_runs"),
           .seconds = json.at("seconds")};
  if (!json.at("budget").is_null()) a.budget = json.at("budget").get<double>();
  if (!json.at("rate").is_null()) a.rate = json.at("rate").get<double>();
  if (!json.at("interval").is_null()) a.interval = json.at("interval").get<RateInterval>();
  if (json.contains("bound")) a.bound = json.at("bound").get<double>();
  return a;
}

}  // namespace

std::vector<Advice> read_advice(const std::filesystem::path& file) {
  std::vector<Problem> problems;
  std::vector<Advice> advice;
  for (const Json& json : parse_json(read_file(file), file.string(), JsonComments::refused, problems))
    advice.push_back(from_json(json));
  return advice;
}

void write_advice(const std::filesystem::path& file, std::span<const Advice> advice) {
  Json list = Json::array();
  for (const Advice& a : advice) list.push_back(to_json(a));
  if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path());
  write_file_atomically(file, write_json(list, 1));
}

}  // namespace lrtune::quality
