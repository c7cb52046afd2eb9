#!/usr/bin/python3
"""Writes data/*.csv and data/PROVENANCE.md from the data sets that come with scikit-learn.

    /usr/bin/python3 scripts/convert_data.py          writes into data/ beside this script's folder

The same scikit-learn gives the same bytes. Numbers are the shortest decimal that reads back as the same double, whole
numbers without a point; rows are in scikit-learn's order, the target is the last column; lines end in LF.
Needs Debian's python3-sklearn; no network.
"""

import csv
import hashlib
import io
import pathlib

import sklearn
from sklearn import datasets

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "data"

# file, loader, target column, label texts from target_names?, title, source, citation, licence
UCI = "[CC BY 4.0](https://creativecommons.org/licenses/by/4.0/) at UCI; distributed with scikit-learn (BSD-3-Clause)"
SETS = [
    (
        "iris.csv", datasets.load_iris, "species", True, "Iris",
        "UCI Machine Learning Repository, <https://archive.ics.uci.edu/dataset/53/iris>. scikit-learn's copy follows "
        "Fisher's paper, as R's does, and so differs from UCI's file in two rows.",
        "R. A. Fisher, \"The use of multiple measurements in taxonomic problems\", Annals of Eugenics 7(2), 1936, "
        "179-188, <https://doi.org/10.24432/C56C76>",
        UCI,
    ),
    (
        "wine.csv", datasets.load_wine, "cultivar", True, "Wine recognition",
        "UCI Machine Learning Repository, <https://archive.ics.uci.edu/dataset/109/wine>",
        "S. Aeberhard, M. Forina, \"Wine\", UCI Machine Learning Repository, 1992, "
        "<https://doi.org/10.24432/C5PC7J>",
        UCI,
    ),
    (
        "breast_cancer.csv", datasets.load_breast_cancer, "diagnosis", True, "Breast cancer Wisconsin (diagnostic)",
        "UCI Machine Learning Repository, "
        "<https://archive.ics.uci.edu/dataset/17/breast+cancer+wisconsin+diagnostic>",
        "W. Wolberg, O. Mangasarian, N. Street, W. Street, \"Breast Cancer Wisconsin (Diagnostic)\", UCI Machine "
        "Learning Repository, 1993, <https://doi.org/10.24432/C5DW2B>",
        UCI,
    ),
    (
        "digits.csv", datasets.load_digits, "digit", False, "Optical recognition of handwritten digits",
        "UCI Machine Learning Repository, "
        "<https://archive.ics.uci.edu/dataset/80/optical+recognition+of+handwritten+digits>; scikit-learn holds the "
        "test part of it, 8 x 8 pixels of 0 to 16, row by row.",
        "E. Alpaydin, C. Kaynak, \"Optical Recognition of Handwritten Digits\", UCI Machine Learning Repository, 1998, "
        "<https://doi.org/10.24432/C50P49>",
        UCI,
    ),
    (
        "diabetes.csv", lambda: datasets.load_diabetes(scaled=False), "progression", False, "Diabetes",
        "<https://www4.stat.ncsu.edu/~boos/var.select/diabetes.html>, raw values; the target is the progression of the "
        "disease one year after the baseline.",
        "B. Efron, T. Hastie, I. Johnstone, R. Tibshirani, \"Least angle regression\", Annals of Statistics 32(2), "
        "2004, 407-499",
        "no licence is stated at the source; distributed with scikit-learn (BSD-3-Clause)",
    ),
]


def shortest(value):
    value = float(value)
    return str(int(value)) if value.is_integer() else repr(value)


def column_names(bunch):
    if bunch.data.shape[1] == 64:
        return [f"pixel_{i}" for i in range(64)]
    return [name.replace(" (cm)", "_cm").replace("/", "_per_").replace(" ", "_") for name in bunch.feature_names]


def as_csv(bunch, target, texts):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(column_names(bunch) + [target])
    for row, label in zip(bunch.data, bunch.target):
        writer.writerow([shortest(x) for x in row] + [str(bunch.target_names[label]) if texts else shortest(label)])
    return out.getvalue().encode()


def main():
    page = [
        "# Where the data come from",
        "",
        f"Written by `scripts/convert_data.py` from scikit-learn {sklearn.__version__} (Debian's python3-sklearn), which",
        "ships copies of these sets. Nothing was added, left out or scaled: rows in scikit-learn's order, the target last,",
        "numbers as the shortest decimal that reads back as the same double, LF line ends, header. Columns count the target.",
        "A test compares the sums below with the files (tests/data/provenance_test.cpp).",
        "",
        "Fashion-MNIST is not kept here: lrtune reads Debian's package dataset-fashion-mnist from",
        "/usr/share/datasets/fashion-mnist (Xiao, Rasul, Vollgraf, 2017, MIT licence).",
        "",
    ]
    for name, load, target, texts, title, source, citation, licence in SETS:
        bunch = load()
        data = as_csv(bunch, target, texts)
        (FOLDER / name).write_bytes(data)
        rows, columns = bunch.data.shape
        page += [
            f"## {title}",
            "",
            f"- file: `{name}`, {rows} rows × {columns + 1} columns, target `{target}`",
            f"- sha256: `{hashlib.sha256(data).hexdigest()}`",
            f"- source: {source}",
            f"- citation: {citation}",
            f"- licence: {licence}",
            f"- converted: `sklearn.datasets.load_{pathlib.Path(name).stem}"
            f"({'scaled=False' if name == 'diabetes.csv' else ''})`",
            "",
        ]
    (FOLDER / "PROVENANCE.md").write_text("\n".join(page[:-1]) + "\n")


if __name__ == "__main__":
    main()
