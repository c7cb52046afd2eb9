#include "config/checks.h"

#include <fmt/format.h>

namespace lrtune {
namespace {

bool given(const Json& root, std::string_view section, std::string_view key) {
  const auto found = root.find(section);
  return found != root.end() && found->is_object() && found->contains(key) && !(*found)[std::string(key)].is_null();
}

// Two fields are compared only where each is good by itself.
bool both_clean(const Complaints& complaints, const std::string& a, const std::string& b) {
  return complaints.clean(a) && complaints.clean(b);
}

void check_data(const Config& config, const Json& root, Complaints& complaints) {
  const bool csv = data_of(config).format == DataFormat::csv;
  if (data_of(config).format != DataFormat::synthetic && !given(root, "data", "train"))
    complaints.add("/data/train", "missing",
                   csv ? "the file of the training rows" : "{\"images\": file, \"labels\": file}");
  if (csv && !given(root, "data", "target"))
    complaints.add("/data/target", "missing", "the name of the column to predict, or its index from 0");
  if (given(root, "data", "validation") && given(root, "data", "validation_fraction"))
    complaints.add("/data/validation_fraction", "stands beside a ready \"validation\"", "remove one of the two");
}

void check_training(const Config& config, const Json& root, Complaints& complaints) {
  const TrainingConfig& training = config.training;
  if (training.warmup_epochs >= training.epochs &&
      both_clean(complaints, "/training/epochs", "/training/warmup_epochs"))
    complaints.add(given(root, "training", "warmup_epochs") ? "/training/warmup_epochs" : "/training/epochs",
                   fmt::format("a warm-up of {} epochs fills all {}", training.warmup_epochs, training.epochs),
                   fmt::format("at most {}", training.epochs - 1));
  if (data_of(config).kind == TaskKind::regression && training.loss == "cross_entropy")
    complaints.add("/training/loss", "\"cross_entropy\" needs classes, and \"kind\" is regression",
                   "\"mse\" or \"auto\"");
}

void check_search(const Config& config, const Json& root, Complaints& complaints) {
  const SearchConfig& search = config.search;
  if (search.max_seeds < search.seeds && both_clean(complaints, "/search/seeds", "/search/max_seeds"))
    complaints.add(given(root, "search", "max_seeds") ? "/search/max_seeds" : "/search/seeds",
                   fmt::format("max_seeds is {} and seeds is {}", search.max_seeds, search.seeds),
                   fmt::format("max_seeds of at least {}", search.seeds));
  if (data_of(config).kind == TaskKind::regression && search.objective == "final_validation_error")
    complaints.add("/search/objective", "\"final_validation_error\" needs classes, and \"kind\" is regression",
                   "\"final_validation_loss\"");
}

}  // namespace

void check_fields_together(const Config& config, const Json& root, Complaints& complaints) {
  if (const auto data = root.find("data"); data != root.end() && data->is_object())
    check_data(config, root, complaints);
  check_training(config, root, complaints);
  check_search(config, root, complaints);
}

}  // namespace lrtune
