#!/usr/bin/python3
"""The tables of the documentation that hold figures of today's program; run_docs.py calls it as "$tables" in comments.

usage: tables.py range          prints that of docs/range.md
       tables.py sharpness      prints that of docs/sharpness.md
       tables.py config SECTION compares a table of README.md, given as standard input, with the schema of that section
       tables.py list WHAT      compares a table of docs/, given as standard input, with `lrtune list WHAT`
"""

import json
import re
import subprocess
import sys


def lrtune(*arguments):
    ran = subprocess.run(["lrtune", *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    return json.loads(ran.stdout)


def short(number):
    """Two digits, as the program's tables have them."""
    return "–" if number is None else f"{number:.2g}".replace("e+", "e")


def print_table(head, rows):
    for row in (head, ["---"] * len(head), *rows):
        print("|" + "|".join(row) + "|" if row[0] == "---" else "| " + " | ".join(row) + " |")


def range_table():
    """How far off the heuristics are."""
    arguments = ("configs/digits.json", "--optimizers", "sgd,momentum,rmsprop,adam,lion", "--json", "-q")
    names = ("steepest", "fastai_valley", "fastai_minimum", "lightning")
    rows = []
    for found, read in zip(lrtune("tune", *arguments)["optimizers"], lrtune("range", *arguments)["optimizers"]):
        advice = found["recommendation"]
        rate = advice["learning_rate"]
        interval = " … ".join(map(short, advice["interval"]))
        times = [short(read["suggestions"][name]["learning_rate"] / rate) for name in names]
        rows.append([found["label"], short(rate), interval, *times])
    print_table(["optimizer", "rate of `tune`", "95 % interval", *(f"`{name}`" for name in names)], rows)


def sharpness_table():
    """The stability limits that are predicted, and the rates at which trials diverged; from the baselines, which are the
    results of the configs to the byte (Gate.ExampleConfigsGiveTheirBaselines)."""
    labels = ("sgd", "momentum", "nesterov", "adam", "nadam", "adamax")
    rows = []
    for config in ("iris", "wine", "breast_cancer", "diabetes", "digits"):
        with open(f"configs/baselines/{config}.json") as file:
            baseline = json.load(file)
        for entry in baseline["optimizers"]:
            if entry["label"] not in labels:
                continue
            start, end, diverged = (entry["stability"][key] for key in ("start", "end", "lowest_diverged"))
            limit = start["edge"] or end["edge"]
            rows.append([config, short(start["sharpness"]["value"]), entry["label"],
                         short(entry["recommendation"]["learning_rate"]), short(start["edge"]), short(end["edge"]),
                         short(diverged) + (f" ({short(diverged / limit)})" if diverged else "")])
    print_table(["config", "λ start", "optimizer", "recommended", "limit at the start", "limit at the end",
                 "diverged from"], rows)


def config_table(section):
    """Every field of the section stands in the table, with its default, and nothing else does."""
    schema = json.loads(subprocess.run(["lrtune", "schema", "config"], stdout=subprocess.PIPE, check=True).stdout)
    fields = schema["properties"][section]["properties"]
    wrong, seen = [], set()
    for line in sys.stdin.read().strip().split("\n")[2:]:
        names, default = line.split("|")[1:3]
        names = [name.strip(" `") for name in names.split(",")]
        defaults = [default.strip(" `")]
        if len(names) > 1:
            defaults = [part.strip(" `") for part in default.split(",")]
        for name, shown in zip(names, defaults, strict=True):
            seen.add(name)
            if name not in fields:
                wrong.append(f"{section} has no {name}")
                continue
            real = fields[name].get("default")
            real = real["name"] if isinstance(real, dict) else real
            if shown and json.loads(shown) != real:
                wrong.append(f"{section}.{name} is {json.dumps(real)} by default, not {shown}")
            if not shown and real is not None and name != "format":  # which is guessed
                wrong.append(f"{section}.{name} has the default {json.dumps(real)}")
    wrong += [f"{section}.{name} is missing" for name in fields if name not in seen]
    if wrong:
        sys.exit("\n".join(wrong))


def list_table(what):
    """Every name is in the first column, in this order; each "parameter value" of the third is its default."""
    listed = subprocess.run(["lrtune", "list", what], stdout=subprocess.PIPE, check=True, text=True).stdout
    cards = {card.split("\n")[0]: card for card in re.split(r"\n(?=\S)", listed)}
    wrong, seen = [], []
    for line in sys.stdin.read().strip().split("\n")[2:]:
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        names = [name.strip(" `") for name in cells[0].split(",")]
        seen += names
        for name in set(names) & set(cards):
            real = dict(re.findall(r"^    (\w+) = ([^:\n]+):", cards[name], re.MULTILINE))
            for part in cells[2].split(", ") if len(cells) > 2 else []:
                shown = re.fullmatch(r"(\w+) (?:ψ )?([0-9.e-]+|true|false)", part)
                if shown and json.loads(shown[2]) != json.loads(real.get(shown[1], "null")):
                    wrong.append(f"{name}: {shown[1]} is {real.get(shown[1], 'no parameter')}, not {shown[2]}")
            rate = re.search(r"default learning rate: (\S+)", cards[name])
            if rate and rate[1] != cells[-1]:
                wrong.append(f"{name}: the default learning rate is {rate[1]}, not {cells[-1]}")
    if seen != list(cards):
        wrong.append(f"the names are {', '.join(cards)}, not {', '.join(seen)}")
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    tables = {"range": range_table, "sharpness": sharpness_table, "config": config_table, "list": list_table}
    tables[sys.argv[1]](*sys.argv[2:])
