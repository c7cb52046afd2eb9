#!/usr/bin/python3
"""Trains again in PyTorch what a study of a CSV file recommends, from its result alone, and compares the losses.

    rebuild.py RESULT CSV ROWS [SEEDS]

RESULT  of `lrtune tune CONFIG -o RESULT`, a classification with a constant schedule
CSV     the file that the config names
ROWS    of `lrtune validate CONFIG --rows`: the rows that validate, counted from 0

Every optimizer that PyTorch has is trained at its recommended rate on SEEDS (12) fresh seeds. Weights and minibatch orders
are PyTorch's own draws, so that losses agree within their noise and not to the digit: exit code 1 if a mean is further
from the study's than 4 standard errors of the difference. Needs Debian's python3-torch.
"""

import csv
import json
import math
import sys

import torch

OPTIMIZERS = {
    "sgd": lambda w, lr, h: torch.optim.SGD(w, lr, weight_decay=h["weight_decay"]),
    "momentum": lambda w, lr, h: torch.optim.SGD(
        w, lr, momentum=h["momentum"], dampening=h["dampening"], weight_decay=h["weight_decay"]),
    "nesterov": lambda w, lr, h: torch.optim.SGD(
        w, lr, momentum=h["momentum"], nesterov=True, weight_decay=h["weight_decay"]),
    "adagrad": lambda w, lr, h: torch.optim.Adagrad(
        w, lr, h["lr_decay"], h["weight_decay"], h["initial_accumulator"], h["eps"]),
    "adadelta": lambda w, lr, h: torch.optim.Adadelta(w, lr, h["rho"], h["eps"], h["weight_decay"]),
    "rmsprop": lambda w, lr, h: torch.optim.RMSprop(
        w, lr, h["alpha"], h["eps"], h["weight_decay"], h["momentum"], bool(h["centered"])),
    "adam": lambda w, lr, h: torch.optim.Adam(w, lr, (h["beta1"], h["beta2"]), h["eps"], h["weight_decay"]),
    "amsgrad": lambda w, lr, h: torch.optim.Adam(w, lr, (h["beta1"], h["beta2"]), h["eps"], h["weight_decay"], True),
    "adamw": lambda w, lr, h: torch.optim.AdamW(w, lr, (h["beta1"], h["beta2"]), h["eps"], h["weight_decay"]),
    "radam": lambda w, lr, h: torch.optim.RAdam(w, lr, (h["beta1"], h["beta2"]), h["eps"], h["weight_decay"]),
    "adamax": lambda w, lr, h: torch.optim.Adamax(w, lr, (h["beta1"], h["beta2"]), h["eps"], h["weight_decay"]),
}
INITS = {
    "kaiming_uniform": lambda w: torch.nn.init.kaiming_uniform_(w, nonlinearity="relu"),
    "kaiming_normal": lambda w: torch.nn.init.kaiming_normal_(w, nonlinearity="relu"),
    "xavier_uniform": torch.nn.init.xavier_uniform_,
    "xavier_normal": torch.nn.init.xavier_normal_,
}
ACTIVATIONS = {
    "relu": torch.nn.ReLU, "leaky_relu": torch.nn.LeakyReLU, "tanh": torch.nn.Tanh, "sigmoid": torch.nn.Sigmoid,
    "gelu": torch.nn.GELU,
}


def read_data(result, file):
    """Features [row][feature] as the network sees them, and labels [row], of all rows of the file."""
    data, config = result["data"], result["config"]["data"]
    one_hot = {f"{c['column']}={value}": (c["column"], value) for c in data["one_hot"] for value in c["values"]}
    features, labels = [], []
    with open(file, newline="") as lines:
        for row in csv.DictReader(lines):
            x = []
            for name, mean, sd in zip(data["feature_names"], data["feature_means"], data["feature_sds"]):
                if name in one_hot:
                    column, value = one_hot[name]
                    cell = float(row[column] == value)
                else:
                    cell = float(row[name])
                if config["standardize"]:
                    cell = (cell - mean) / sd if sd > 0 else 0.0
                x.append(cell)
            features.append(x)
            labels.append(data["class_names"].index(row[config["target"]]))
    return torch.tensor(features), torch.tensor(labels)


def make_network(result):
    model, data = result["config"]["model"], result["data"]
    sizes = [data["features"], *model["hidden"], data["classes"]]
    layers = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        layer = torch.nn.Linear(inputs, outputs)
        if model["init"] != "pytorch":
            INITS[model["init"]](layer.weight)
            torch.nn.init.zeros_(layer.bias)
        layers += [layer, ACTIVATIONS[model["activation"]]()]
    return torch.nn.Sequential(*layers[:-1])


def train(result, entry, train_set, validation_set, seed):
    """The objective final_validation_loss: the mean over the last fifth of the epochs."""
    torch.manual_seed(seed)
    training = result["config"]["training"]
    network = make_network(result)
    rule = OPTIMIZERS[entry["name"]](
        network.parameters(), entry["recommendation"]["learning_rate"], entry["hyperparameters"])
    x, y = train_set
    batch, losses = training["batch_size"], []
    for _ in range(training["epochs"]):
        order = torch.randperm(len(x))
        for first in range(0, len(x) - batch + 1, batch):  # an incomplete last minibatch is left out
            rows = order[first:first + batch]
            rule.zero_grad()
            torch.nn.functional.cross_entropy(network(x[rows]), y[rows]).backward()
            rule.step()
        with torch.no_grad():
            losses.append(torch.nn.functional.cross_entropy(network(validation_set[0]), validation_set[1]).item())
    tail = max(1, len(losses) // 5)
    return sum(losses[-tail:]) / tail


def main(result_file, data_file, rows_file, seeds=12):
    torch.set_num_threads(1)
    with open(result_file) as file:
        result = json.load(file)
    x, y = read_data(result, data_file)
    with open(rows_file) as file:
        validates = torch.zeros(len(x), dtype=torch.bool)
        validates[[int(line) for line in file]] = True
    sets = (x[~validates], y[~validates]), (x[validates], y[validates])
    print(f"{len(sets[0][0])} training rows, {len(sets[1][0])} validation rows")
    far = 0
    for entry in result["optimizers"]:
        objective = entry["recommendation"]["objective"]
        if entry["name"] not in OPTIMIZERS or objective is None:
            continue
        losses = [train(result, entry, *sets, 1000 + seed) for seed in range(seeds)]
        mean = sum(losses) / seeds
        error = math.sqrt(sum((loss - mean) ** 2 for loss in losses) / (seeds - 1) / seeds)
        apart = abs(mean - objective["mean"]) / math.hypot(error, objective["standard_error"])
        far += apart > 4
        print(f"{entry['label']:9} at {entry['recommendation']['learning_rate']:g}: PyTorch {mean:.4f} ± {error:.4f}, "
              f"lrtune {objective['mean']:.4f} ± {objective['standard_error']:.4f}: {apart:.1f} standard errors apart")
    print("the same within the noise" if far == 0 else f"{far} further apart than 4 standard errors")
    return 1 if far else 0


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:4], *map(int, sys.argv[4:])))
