#!/usr/bin/python3
"""Writes the generated data of the tasks, heavy_tails.csv and label_noise.csv.

    bench/quality/tasks/make_data.py          writes beside itself

PROVENANCE: nothing here is measured anywhere. Both sets are made of Python's random.Random(SEED).random() alone, whose
sequence every version of Python keeps, and elementary functions; the numbers are written with 4 digits behind the
point. They are lrtune's own, under its licence.
"""

import math
import pathlib
import random

FOLDER = pathlib.Path(__file__).resolve().parent
SEED = 20240229


def write(name, header, rows):
    lines = [header] + [[f"{x:.4f}" if isinstance(x, float) else str(x) for x in row] for row in rows]
    (FOLDER / name).write_text("\n".join(",".join(line) for line in lines) + "\n")


def normal(chance):
    """Box and Muller; one of the two."""
    return math.sqrt(-2 * math.log(1 - chance.random())) * math.cos(2 * math.pi * chance.random())


def student(chance):
    """Student's t with 2 degrees of freedom, whose variance is infinite: its distribution function turned round."""
    u = chance.random()
    return (2 * u - 1) / math.sqrt(2 * u * (1 - u)) if u > 0 else 0.0


def heavy_tails(chance):
    """300 rows: y = sin(2a) + b·c − d/2 + .5·t, with six normal columns, two of them to no purpose."""
    rows = []
    for _ in range(300):
        x = [normal(chance) for _ in range(6)]
        rows.append([*x, math.sin(2 * x[0]) + x[1] * x[2] - 0.5 * x[3] + 0.5 * student(chance)])
    return rows


def label_noise(chance):
    """320 rows of four classes: the quadrants of the first two of six uniform columns; every fifth label is drawn anew from
    the three others."""
    rows = []
    for i in range(320):
        x = [2 * chance.random() - 1 for _ in range(6)]
        label = 2 * (x[0] > 0) + (x[1] > 0)
        if i % 5 == 4:
            label = (label + 1 + int(3 * chance.random())) % 4
        rows.append([*x, "abcd"[label]])
    return rows


def main():
    write("heavy_tails.csv", [*"abcdef", "y"], heavy_tails(random.Random(SEED)))
    write("label_noise.csv", [*"abcdef", "quadrant"], label_noise(random.Random(SEED + 1)))


if __name__ == "__main__":
    main()
