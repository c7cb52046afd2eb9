#include <gtest/gtest.h>

#include "config/config_json.h"
#include "config/reading.h"
#include "optim/optimizer_cards.h"
#include "schedule/schedule.h"

namespace lrtune {
namespace {

double setting(const OptimizerConfig& entry, std::string_view name) {
  for (const Setting& s : entry.settings)
    if (s.name == name) return s.value;
  ADD_FAILURE() << "no " << name;
  return -1;
}

TEST(ReadConfig, FillsInEveryDefault) {
  const Config config = read(with(""));
  Config expected;
  data_of(expected).train = "iris.csv";
  data_of(expected).target = "species";
  expected.base_directory = "/base";
  expected.optimizers = config.optimizers;
  EXPECT_EQ(config, expected);
  ASSERT_EQ(config.optimizers.size(), optimizer_cards().size());
  for (std::size_t i = 0; i < config.optimizers.size(); ++i) {
    const Card& card = optimizer_cards()[i].card;
    EXPECT_EQ(config.optimizers[i].name, card.name);
    EXPECT_EQ(config.optimizers[i].label, card.name);
    EXPECT_EQ(config.optimizers[i].settings, default_settings(card));
  }
}

TEST(ReadConfig, TakesEveryFieldOfTheManual) {
  const Config c = read(R"({
    // a comment
    "data": { "train": "a.csv", "target": 4, "validation": "b.csv", "split_seed": 7, "stratify": false,
              "kind": "classification", "standardize": false, "header": "absent", "delimiter": ";",
              "ignore": ["id"], "one_hot": ["colour", "shape"], "missing": "mean", "max_rows": 100, "format": "csv" },
    "model": { "hidden": [32, 16.0], "activation": "gelu", "init": "xavier_normal" }, /* another */
    "training": { "epochs": 5, "batch_size": 8, "loss": "cross_entropy", "looks_per_epoch": 2,
                  "schedule": {"name": "exponential", "gamma": 0.9}, "warmup_epochs": 1, "warmup_start": 0.1,
                  "clip_norm": 1, "weight_decay": 0.5 },
    "search": { "range": [1e-4, 10], "coarse_per_decade": 2, "fine_per_decade": 8, "seeds": 2, "max_seeds": 4,
                "seed": 4294967295, "objective": "best_validation_loss", "extend": false, "budget_runs": 24,
                "sharpness": false },
    "optimizers": ["sgd", {"name": "rmsprop", "centered": true}]
  })");
  EXPECT_EQ(data_of(c).target, Target(std::size_t{4}));
  EXPECT_EQ(data_of(c).validation, "b.csv");
  EXPECT_EQ(data_of(c).split_seed, 7U);
  EXPECT_FALSE(data_of(c).stratify);
  EXPECT_EQ(data_of(c).kind, TaskKind::classification);
  EXPECT_EQ(data_of(c).header, Header::absent);
  EXPECT_EQ(data_of(c).delimiter, ';');
  EXPECT_EQ(data_of(c).one_hot, (std::vector<std::string>{"colour", "shape"}));
  EXPECT_EQ(data_of(c).missing, Missing::mean);
  EXPECT_EQ(data_of(c).max_rows, 100U);
  EXPECT_EQ(model_of(c).hidden, (std::vector<std::size_t>{32, 16}));
  EXPECT_EQ(model_of(c).activation, "gelu");
  EXPECT_EQ(c.training.schedule.name, "exponential");
  EXPECT_EQ(c.training.schedule.settings, (std::vector<Setting>{{"gamma", 0.9}}));
  EXPECT_EQ(c.training.warmup_start, 0.1);
  EXPECT_EQ(c.training.clip_norm, 1.0);
  EXPECT_EQ(c.search.lowest_rate, 1e-4);
  EXPECT_EQ(c.search.highest_rate, 10);
  EXPECT_EQ(c.search.seed, 4294967295U);
  EXPECT_EQ(c.search.budget_runs, 24.0);
  EXPECT_FALSE(c.search.sharpness);
  EXPECT_FALSE(c.search.extend);
  EXPECT_EQ(setting(c.optimizers[1], "centered"), 1);
}

TEST(ReadConfig, GuessesTheFormatFromWhatIsThere) {
  const Config idx = read(R"({"data": {"train": {"images": "i.gz", "labels": "l.gz"},
                                       "validation": {"images": "vi", "labels": "vl"}}})");
  EXPECT_EQ(data_of(idx).format, DataFormat::idx);
  EXPECT_EQ(data_of(idx).train_images, (ImageFiles{"i.gz", "l.gz"}));
  EXPECT_EQ(data_of(idx).validation_images, (ImageFiles{"vi", "vl"}));
  const Config made = read(R"({"data": {"synthetic": {"name": "moons", "rows": 200, "noise": 0.3, "seed": 9}}})");
  EXPECT_EQ(data_of(made).format, DataFormat::synthetic);
  EXPECT_EQ(data_of(made).synthetic, (SyntheticData{"moons", 200, 0.3, 9}));
  EXPECT_EQ(data_of(read(R"({"data": {"synthetic": "moons"}})")).synthetic.rows, 500U);
}

TEST(ReadConfig, TakesASchedulesNameAlone) {
  for (const ScheduleRow& row : schedules()) {
    const Config c = read(with(R"("training": {"schedule": ")" + std::string(row.card.name) + "\"}"));
    EXPECT_EQ(c.training.schedule.name, row.card.name);
    EXPECT_EQ(c.training.schedule.settings, default_settings(row.card));
  }
}

TEST(ReadConfig, RaisesMaxSeedsToSeedsWhenItIsLeftOut) {
  EXPECT_EQ(read(with(R"("search": {"seeds": 20})")).search.max_seeds, 20U);
  EXPECT_EQ(read(with(R"("search": {"seeds": 2})")).search.max_seeds, 10U);
}

TEST(WeightDecay, OfTheTrainingSetsAllThatDoNotSetTheirOwn) {
  const std::string list = R"("optimizers": ["sgd", "adamw", {"name": "adam", "weight_decay": 0}])";
  const Config none = read(with(list));
  EXPECT_EQ(setting(none.optimizers[0], "weight_decay"), 0);
  EXPECT_EQ(setting(none.optimizers[1], "weight_decay"), 0.01);
  const Config all = read(with(list + R"(, "training": {"weight_decay": 0.3})"));
  EXPECT_EQ(setting(all.optimizers[0], "weight_decay"), 0.3);
  EXPECT_EQ(setting(all.optimizers[1], "weight_decay"), 0.3);
  EXPECT_EQ(setting(all.optimizers[2], "weight_decay"), 0);
}

TEST(Labels, SayWhatDiffersWhenAnOptimizerIsListedTwice) {
  const Config c = read(with(R"("training": {"weight_decay": 0.1}, "optimizers": ["sgd", {"name": "adam", "beta1": 0.5},
      "momentum", {"name": "momentum", "momentum": 0.99, "dampening": 0.5},
      {"name": "momentum", "momentum": 0.5, "label": "light"},
      {"name": "rmsprop", "centered": true}, {"name": "rmsprop", "weight_decay": 0}])"));
  std::vector<std::string> labels;
  for (const OptimizerConfig& entry : c.optimizers) labels.push_back(entry.label);
  EXPECT_EQ(labels, (std::vector<std::string>{"sgd", "adam", "momentum", "momentum(momentum=0.99, dampening=0.5)",
                                              "light", "rmsprop(centered=true)", "rmsprop(weight_decay=0)"}));
}

TEST(Overrides, AreAppliedBeforeAnythingIsResolved) {
  const std::string text = with(R"("optimizers": ["sgd", "momentum"], "search": {"seeds": 2})");
  const Config c = read(
      text, {"training.epochs=5", "search.seeds=12", "optimizers.1.momentum=0.5", "search.range=[0.1, 1]",
             "training.schedule=cosine", "training.schedule.floor=0.1", "data.train=/other.csv", "data.target=\"3\""});
  EXPECT_EQ(c.training.epochs, 5U);
  EXPECT_EQ(c.search.seeds, 12U);
  EXPECT_EQ(c.search.max_seeds, 12U);
  EXPECT_EQ(setting(c.optimizers[1], "momentum"), 0.5);
  EXPECT_EQ(c.search.lowest_rate, 0.1);
  EXPECT_EQ(c.training.schedule.settings[0], (Setting{"floor", 0.1}));
  EXPECT_EQ(data_of(c).train, "/other.csv");
  EXPECT_EQ(data_of(c).target, Target("3"));
}

TEST(Overrides, NameDataFilesFromTheCurrentFolderAndTheTextFromItsOwn) {
  const std::filesystem::path base = std::filesystem::current_path() / "configs" / "small";
  const std::string csv = R"({"data": {"train": "a.csv", "validation": "b.csv", "target": "y"}})";
  const auto data = [&](const std::string& text, const std::vector<std::string>& overrides) {
    return data_of(read_config(text, "c.json", base, overrides));
  };
  EXPECT_EQ(data(csv, {"training.epochs=5"}).train, "a.csv");
  EXPECT_EQ(data(csv, {"data.train=x.csv"}).train, "../../x.csv");
  EXPECT_EQ(data(csv, {"data.train=../x.csv"}).train, "../../../x.csv");
  EXPECT_EQ(data(csv, {"data.train=configs/small/x.csv"}).train, "../../configs/small/x.csv");
  EXPECT_EQ(data(csv, {"data.train=/x.csv"}).train, "/x.csv");
  EXPECT_EQ(data(csv, {"data.train=x.csv"}).validation, "b.csv");
  EXPECT_EQ(data(csv, {"data.validation=x.csv"}).validation, "../../x.csv");
  EXPECT_EQ(data(csv, {R"(data={"train": "x.csv", "target": "train"})"}).train, "../../x.csv");
  EXPECT_EQ(data(csv, {"data.target=train"}).target, Target("train"));
  const std::string idx = R"({"data": {"train": {"images": "i", "labels": "l"}}})";
  EXPECT_EQ(data(idx, {"data.train.images=x"}).train_images, (ImageFiles{"../../x", "l"}));
  EXPECT_EQ(data(idx, {R"(data.validation={"images": "x", "labels": "/y"})"}).validation_images,
            (ImageFiles{"../../x", "/y"}));
}

}  // namespace
}  // namespace lrtune
