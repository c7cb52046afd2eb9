#include "record/events.h"

#include "base/json.h"
#include "lrtune/enum_words.h"
#include "record/json_writer.h"

namespace lrtune {
namespace {

std::string line_of(const Json& event) { return event.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"; }

}  // namespace

std::string trial_event(const std::string& label, const Trial& trial) {
  return line_of({{"event", "trial"},
                  {"label", label},
                  {"stage", word(trial.stage)},
                  {"learning_rate", trial.learning_rate},
                  {"seed", trial.seed},
                  {"status", word(trial.status)},
                  {"updates", trial.updates},
                  {"objective", json_of(trial.objective)}});
}

std::string recommendation_event(const Entry& entry) {
  const Recommendation& r = entry.recommendation;
  return line_of({{"event", "recommendation"},
                  {"label", entry.label},
                  {"learning_rate", json_of(r.learning_rate)},
                  {"interval", json_of(r.interval)},
                  {"objective", r.objective ? Json(r.objective->mean) : Json(nullptr)},
                  {"status", word(r.status)}});
}

std::string end_event(const Study& study) {
  return line_of({{"event", "end"},
                  {"complete", study.complete},
                  {"label", study.recommendation ? Json(study.recommendation->label) : Json(nullptr)},
                  {"learning_rate", study.recommendation ? Json(study.recommendation->learning_rate) : Json(nullptr)}});
}

}  // namespace lrtune
