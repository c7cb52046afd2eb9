#!/usr/bin/env python3
"""Trains the benchmark's networks in PyTorch and in lrtune, side by side in one run, one thread each.

Three ways to train 16 trials of one network with 16 learning rates (SGD, cross-entropy, ReLU):
  eager    PyTorch, one trial after the other, as a user's loop over learning rates does
  stacked  PyTorch, all 16 trials in one batched product per layer (torch.baddbmm), as an expert would
  lrtune   bench_engine, the layout that lrtune itself picks for 16 trials
Each round measures all three in turn; the table shows medians over rounds of microseconds per trial and update, and the
ratios to lrtune.

usage: /usr/bin/python3 bench/peers/compare.py BUILD/bench/bench_engine [ROUNDS]
Needs Debian's python3-torch and libopenblas0-pthread (with the reference BLAS PyTorch is ten times slower, and the
comparison unfair), and a build with -DLRTUNE_BENCH=ON.
"""

import json
import statistics
import subprocess
import sys
import time

import torch

TRIALS = 16
CASES = [
    ("4-16-3/16", [4, 16, 3], 16),
    ("64-32-10/32", [64, 32, 10], 32),
    ("64-128-64-10/64", [64, 128, 64, 10], 64),
    ("784-128-10/64", [784, 128, 10], 64),
    ("784-512-512-10/128", [784, 512, 512, 10], 128),
]


def batch_of(units, rows):
    torch.manual_seed(0)
    return torch.randn(rows, units[0]), torch.arange(rows) % units[-1]


def eager_step(units, rows):
    """One update of one trial, by torch.nn and torch.optim."""
    x, y = batch_of(units, rows)
    layers = []
    for i in range(1, len(units)):
        layers += [torch.nn.Linear(units[i - 1], units[i]), torch.nn.ReLU()]
    model = torch.nn.Sequential(*layers[:-1])
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-6)
    loss = torch.nn.CrossEntropyLoss()

    def step():
        optimizer.zero_grad()
        loss(model(x), y).backward()
        optimizer.step()

    return step, 1


def stacked_step(units, rows):
    """One update of all trials: weights [trial, input, output], the minibatch expanded, not copied."""
    x, y = batch_of(units, rows)
    x = x.expand(TRIALS, -1, -1)
    y = y.expand(TRIALS, -1).reshape(-1)
    rates = torch.full((TRIALS, 1, 1), 1e-6)
    parameters = []
    for i in range(1, len(units)):
        bound = units[i - 1] ** -0.5
        parameters.append((torch.empty(TRIALS, units[i - 1], units[i]).uniform_(-bound, bound)).requires_grad_())
        parameters.append((torch.empty(TRIALS, 1, units[i]).uniform_(-bound, bound)).requires_grad_())

    def step():
        a = x
        for l in range(0, len(parameters), 2):
            a = torch.baddbmm(parameters[l + 1], a, parameters[l])
            if l + 2 < len(parameters):
                a = torch.relu(a)
        # Each trial's own mean: the sum over trials of the means over rows.
        loss = torch.nn.functional.cross_entropy(a.reshape(-1, units[-1]), y, reduction="sum") / rows
        gradients = torch.autograd.grad(loss, parameters)
        with torch.no_grad():
            for p, g in zip(parameters, gradients):
                p -= rates * g

    return step, TRIALS


def microseconds(make_step, units, rows, seconds=0.3):
    step, trials = make_step(units, rows)
    for _ in range(3):
        step()
    count, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds or count < 3:
        step()
        count += 1
    return 1e6 * (time.perf_counter() - start) / count / trials


def lrtune_microseconds(program, name):
    """The faster of the two layouts, which is the one that lrtune picks."""
    pattern = f"^{name}/sgd/relu(/solo)?$"
    out = subprocess.run(
        [program, f"--benchmark_filter={pattern}", "--benchmark_min_time=0.3", "--benchmark_format=json"],
        check=True, capture_output=True, text=True).stdout
    runs = json.loads(out[out.index("{"):])["benchmarks"]
    # A rate of seconds per million trial-updates, inverted: the counter is in microseconds.
    return min(1e-3 * run["real_time"] / (1 if run["name"].endswith("/solo") else TRIALS) for run in runs)


def main():
    with open("/proc/self/maps") as maps:
        libraries = maps.read()
        if not any(name in libraries for name in ("openblas", "mkl", "blis")):
            sys.exit("PyTorch runs on the reference BLAS here: install libopenblas0-pthread first")
    program = sys.argv[1]
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    torch.set_num_threads(1)
    print(f"PyTorch {torch.__version__}, one thread; medians of {rounds} rounds; microseconds per trial and update\n")
    print("| network, batch | PyTorch eager | PyTorch stacked | lrtune | eager / lrtune | stacked / lrtune |")
    print("|---|---|---|---|---|---|")
    for name, units, rows in CASES:
        eager, stacked, own = [], [], []
        for _ in range(rounds):
            eager.append(microseconds(eager_step, units, rows))
            stacked.append(microseconds(stacked_step, units, rows))
            own.append(lrtune_microseconds(program, name))
        ratio_eager = statistics.median(a / b for a, b in zip(eager, own))
        ratio_stacked = statistics.median(a / b for a, b in zip(stacked, own))
        print(f"| {name.replace('/', ', ')} | {statistics.median(eager):.4g} | {statistics.median(stacked):.4g} "
              f"| {statistics.median(own):.3g} | {ratio_eager:.3g} | {ratio_stacked:.3g} |", flush=True)


if __name__ == "__main__":
    main()
