// config.h: a fully resolved configuration: every default filled in, every name known, every number within bounds.
// Only the configuration reader (src/config/) makes one from text; tests may fill one in by hand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "lrtune/catalog.h"
#include "lrtune/subject.h"

namespace lrtune {

enum class DataFormat { csv, idx, synthetic };
enum class Header { automatic, present, absent };
enum class Missing { error, drop, mean };

// IDX images and the labels that belong to them.
struct ImageFiles {
  std::string images;
  std::string labels;

  friend bool operator==(const ImageFiles&, const ImageFiles&) = default;
};

struct SyntheticData {
  std::string name = "moons";  // a row of the synthetic registry
  std::size_t rows = 500;
  double noise = 0.1;
  std::uint32_t seed = 0;

  friend bool operator==(const SyntheticData&, const SyntheticData&) = default;
};

using Target = std::variant<std::string, std::size_t>;  // a column's name, or its index from 0

struct DataConfig {
  DataFormat format = DataFormat::csv;
  std::string train;                      // csv
  std::optional<std::string> validation;  // csv: a ready split
  std::optional<Target> target;           // csv
  ImageFiles train_images;                // idx
  std::optional<ImageFiles> validation_images;
  SyntheticData synthetic;
  double validation_fraction = 0.2;  // used when there is no ready validation set
  std::uint32_t split_seed = 0;
  bool stratify = true;
  std::optional<TaskKind> kind;  // guessed when absent
  bool standardize = true;
  Header header = Header::automatic;
  char delimiter = ',';
  std::vector<std::string> ignore;   // columns that are not read
  std::vector<std::string> one_hot;  // text columns that become one 0/1 column per value
  Missing missing = Missing::error;
  std::optional<std::size_t> max_rows;  // the first rows of the training file only

  friend bool operator==(const DataConfig&, const DataConfig&) = default;
};

struct ModelConfig {
  std::vector<std::size_t> hidden = {32};  // units per hidden layer; empty: a linear model
  std::string activation = "relu";
  std::string init = "pytorch";

  friend bool operator==(const ModelConfig&, const ModelConfig&) = default;
};

// Data for a network.
struct NetworkSubject {
  DataConfig data;
  ModelConfig model;

  friend bool operator==(const NetworkSubject&, const NetworkSubject&) = default;
};

// What is trained: one of these. Only config/, cli/ and what makes the runner ask which.
using SubjectConfig = std::variant<NetworkSubject>;

struct ScheduleConfig {
  std::string name = "constant";
  std::vector<Setting> settings;

  friend bool operator==(const ScheduleConfig&, const ScheduleConfig&) = default;
};

struct TrainingConfig {
  std::size_t epochs = 20;
  std::size_t batch_size = 32;
  std::string loss = "auto";  // auto: cross_entropy for classes, mse for regression
  std::size_t looks_per_epoch = 1;
  ScheduleConfig schedule;
  std::size_t warmup_epochs = 0;
  double warmup_start = 0;             // factor at update 0, rising linearly to 1
  std::optional<double> clip_norm;     // of the global gradient
  std::optional<double> weight_decay;  // absent: each optimizer's own default

  friend bool operator==(const TrainingConfig&, const TrainingConfig&) = default;
};

// Significant digits of every rate that a search tries or recommends. The range's ends are rounded to them inward.
inline constexpr int kRateDigits = 2;

struct SearchConfig {
  double lowest_rate = 1e-6;
  double highest_rate = 1;
  std::size_t coarse_per_decade = 3;
  std::size_t fine_per_decade = 12;
  std::size_t seeds = 3;
  std::size_t max_seeds = 10;
  std::uint32_t seed = 0;
  std::string objective = "final_validation_loss";
  bool extend = true;
  double tolerance = 0.05;                 // how much worse than the best a rate may be, as a share of the loss
  std::optional<double> budget_runs = 24;  // cap on trained updates / T per entry; absent: no cap
  bool sharpness = true;                   // measure the loss's curvature and predict the largest stable rate

  friend bool operator==(const SearchConfig&, const SearchConfig&) = default;
};

struct OptimizerConfig {
  std::string name;
  std::string label;              // unique
  std::vector<Setting> settings;  // every parameter of the card, in its order

  friend bool operator==(const OptimizerConfig&, const OptimizerConfig&) = default;
};

struct Config {
  SubjectConfig subject;
  TrainingConfig training;
  SearchConfig search;
  std::vector<OptimizerConfig> optimizers;
  std::filesystem::path base_directory;  // relative data paths start here; not part of the written config

  friend bool operator==(const Config&, const Config&) = default;
};

// Of a network's config.
inline DataConfig& data_of(Config& config) { return std::get<NetworkSubject>(config.subject).data; }
inline const DataConfig& data_of(const Config& config) { return std::get<NetworkSubject>(config.subject).data; }
inline ModelConfig& model_of(Config& config) { return std::get<NetworkSubject>(config.subject).model; }
inline const ModelConfig& model_of(const Config& config) { return std::get<NetworkSubject>(config.subject).model; }

}  // namespace lrtune
