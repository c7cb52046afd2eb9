#!/usr/bin/python3
"""Optuna's TPE, with and without Hyperband pruning, replayed from the oracle's stored curves; writes a file of advice.

One search per task, optimizer and replay, with one replay seed for all its trials, over the range of rates that the
other methods search (1e-6 … 1). A trial begins while a full run still fits the budget; a pruned or diverged trial costs
the share of the run that it lasted. The advice at a budget is the best completed trial so far: TPE does not know how
many trials are to come, so a search of 24 runs holds those of 4, 8 and 12.

A rate between two of the oracle's: log loss linear in log rate between the curves of the same seed, look by look. If
one of the two diverged, the nearer one decides. A diverged trial is told to Optuna as infinity.

usage: optuna_replay.py ORACLE_FOLDER OUTPUT [REPLAYS] [TASK …]
Needs Debian's python3-optuna.
"""

import glob
import json
import math
import os
import sys
import time
import warnings
import zlib

import optuna

BUDGETS = [4, 8, 12, 24]
LOWEST, HIGHEST = 1e-6, 1.0
MOST_TRIALS = 200  # a search whose trials diverge at once would go on for ever


def mixed(a, b, share):
    """Between two positive numbers, linear in the logarithm."""
    if a <= 0 or b <= 0:
        return a if share < 0.5 else b
    return math.exp(math.log(a) * (1 - share) + math.log(b) * share)


def stored_trial(rates, trials, seed, rate):
    """The trial of that seed at any rate."""
    upper = next((i for i, r in enumerate(rates) if r >= rate), len(rates) - 1)
    lower = max(upper - 1, 0)
    a, b = trials[lower][seed], trials[upper][seed]
    share = 0.0 if upper == lower else math.log(rate / rates[lower]) / math.log(rates[upper] / rates[lower])
    if a["objective"] is None or b["objective"] is None:
        return a if share < 0.5 else b
    return {
        "objective": mixed(a["objective"], b["objective"], share),
        "full_runs": 1.0,
        "validation_loss": [mixed(x, y, share) for x, y in zip(a["validation_loss"], b["validation_loss"])],
    }


def run_trial(trial, stored, looks, pruning):
    """(cost in full runs, objective if it completed, else None); tells the study."""
    if pruning:
        for look, loss in enumerate(stored["validation_loss"][1:], 1):
            trial.report(loss, look)
            if look < looks and trial.should_prune():
                return look / looks, None, optuna.trial.TrialState.PRUNED
    if stored["objective"] is None:
        return stored["full_runs"], math.inf, optuna.trial.TrialState.COMPLETE
    return 1.0, stored["objective"], optuna.trial.TrialState.COMPLETE


def search(name, rates, trials, seed, looks, pruning):
    """{budget: (rate or None, cost)}. The name seeds the sampler, and Hyperband's choice of brackets."""
    pruner = (
        optuna.pruners.HyperbandPruner(min_resource=1, max_resource=looks, reduction_factor=3)
        if pruning
        else optuna.pruners.NopPruner()
    )
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=zlib.crc32(name.encode())), pruner=pruner, study_name=name)
    spent, best, advice = 0.0, (math.inf, None), {}
    for _ in range(MOST_TRIALS):
        for budget in BUDGETS:
            if spent + 1 > budget + 1e-9:
                advice.setdefault(budget, (best[1], spent))
        if len(advice) == len(BUDGETS):
            break
        trial = study.ask()
        rate = trial.suggest_float("rate", LOWEST, HIGHEST, log=True)
        cost, objective, state = run_trial(trial, stored_trial(rates, trials, seed, rate), looks, pruning)
        study.tell(trial, objective, state=state)
        spent += cost
        if objective is not None and objective < best[0]:
            best = (objective, rate)
    return {budget: advice.get(budget, (best[1], spent)) for budget in BUDGETS}


def replay_task(file, replays):
    data = json.load(open(file))
    advice = []
    for label, trials in data["optimizers"].items():
        seeds = len(trials[0])
        looks = max(len(t["validation_loss"]) for t in trials[0]) - 1
        for replay in range(1, replays + 1):
            for method, pruning in (("Optuna TPE", False), ("Optuna TPE + Hyperband", True)):
                start = time.time()
                name = f"{data['task']} {label} {replay}"
                seed = 3 * (replay - 1) % seeds
                for budget, (rate, cost) in search(name, data["rates"], trials, seed, looks, pruning).items():
                    advice.append(
                        {
                            "method": method,
                            "budget": budget,
                            "task": data["task"],
                            "optimizer": label,
                            "replay": replay,
                            "rate": None if rate is None else float(f"{rate:.1e}"),
                            "interval": None,
                            "status": "",
                            "full_runs": cost,
                            "seconds": time.time() - start,
                        }
                    )
    return advice


def main():
    folder, output = sys.argv[1:3]
    replays = int(sys.argv[3]) if len(sys.argv) > 3 else 6
    warnings.simplefilter("ignore")
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    advice = []
    for file in sorted(glob.glob(os.path.join(folder, "*.curves.json"))):
        if sys.argv[4:] and os.path.basename(file).split(".")[0] not in sys.argv[4:]:
            continue
        advice += replay_task(file, replays)
        print(f"replayed: {file}", file=sys.stderr)
    with open(output, "w") as out:
        json.dump(advice, out)


if __name__ == "__main__":
    main()
