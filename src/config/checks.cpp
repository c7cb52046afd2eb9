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
    complaints.add("/data/train", ProblemKind::train_absent, {{"format", csv ? "csv" : "idx"}});
  if (csv && !given(root, "data", "target")) complaints.add("/data/target", ProblemKind::target_absent);
  if (given(root, "data", "validation") && given(root, "data", "validation_fraction"))
    complaints.add("/data/validation_fraction", ProblemKind::validation_twice);
}

void check_training(const Config& config, const Json& root, Complaints& complaints) {
  const TrainingConfig& training = config.training;
  if (training.warmup_epochs >= training.epochs &&
      both_clean(complaints, "/training/epochs", "/training/warmup_epochs")) {
    const Facts facts = {
        {"warmup_epochs", training.warmup_epochs}, {"epochs", training.epochs}, {"most", training.epochs - 1}};
    if (given(root, "training", "warmup_epochs"))
      complaints.add("/training/warmup_epochs", ProblemKind::warmup_too_long, facts,
                     fmt::format("{}", training.epochs - 1));
    else
      complaints.add("/training/epochs", ProblemKind::warmup_too_long, facts,
                     fmt::format("{}", training.warmup_epochs + 1));
  }
  if (data_of(config).kind == TaskKind::regression && training.loss == "cross_entropy")
    complaints.add("/training/loss", ProblemKind::loss_needs_classes, {}, "auto");
}

void check_search(const Config& config, const Json& root, Complaints& complaints) {
  const SearchConfig& search = config.search;
  if (search.max_seeds < search.seeds && both_clean(complaints, "/search/seeds", "/search/max_seeds")) {
    const Facts facts = {{"max_seeds", search.max_seeds}, {"seeds", search.seeds}};
    if (given(root, "search", "max_seeds"))
      complaints.add("/search/max_seeds", ProblemKind::max_seeds_too_few, facts, fmt::format("{}", search.seeds));
    else
      complaints.add("/search/seeds", ProblemKind::max_seeds_too_few, facts, fmt::format("{}", search.max_seeds));
  }
  if (data_of(config).kind == TaskKind::regression && search.objective == "final_validation_error")
    complaints.add("/search/objective", ProblemKind::objective_needs_classes, {}, "final_validation_loss");
}

}  // namespace

void check_fields_together(const Config& config, const Json& root, Complaints& complaints) {
  if (const auto data = root.find("data"); data != root.end() && data->is_object())
    check_data(config, root, complaints);
  check_training(config, root, complaints);
  check_search(config, root, complaints);
}

}  // namespace lrtune
