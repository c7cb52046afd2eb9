#!/usr/bin/python3
"""Draws regret against cost, from the scores of bench_quality (--scores); both axes logarithmic.

A regret that is infinite (a tenth of the rates diverge) is not in the picture; what costs nothing is a dashed line.

usage: picture.py SCORES.json PICTURE.svg|.png
Needs Debian's python3-matplotlib.
"""

import json
import sys

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402

PANELS = [("median_regret", "median regret, %"), ("p90_regret", "90th percentile of regret, %")]
OURS = "#0072b2"
COLOURS = ["#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#999999"]
MARKERS = "sD^vP*X"
LOWEST_COST = 0.05  # full runs; below, a line


def main():
    scores = json.load(open(sys.argv[1]))
    methods = list(dict.fromkeys(s["method"] for s in scores))
    pyplot.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "lrtune", "font.size": 10})
    figure, panels = pyplot.subplots(1, 2, figsize=(11, 4.8), constrained_layout=True)
    for panel, (field, title) in zip(panels, PANELS):
        for i, method in enumerate(methods):
            points = [
                (s["full_runs"], 100 * s[field]) for s in scores if s["method"] == method and s[field] is not None
            ]
            points = sorted((cost, regret) for cost, regret in points if regret > 0)
            if not points:
                continue
            ours = method == "lrtune"
            style = {"color": OURS if ours else COLOURS[i % 7], "label": method, "zorder": 3 if ours else 2}
            if points[0][0] < LOWEST_COST:
                panel.axhline(points[0][1], linestyle="--", linewidth=1, **style)
                continue
            marker = "o" if ours else MARKERS[(i + i // 7) % 7]
            width = 2.5 if ours else 1.2 if len(points) > 1 else 0
            panel.plot(*zip(*points), marker=marker, linewidth=width, **style)
        panel.set(xscale="log", yscale="log", xlabel="full runs per optimizer", title=title)
        panel.grid(True, which="major", color="#dddddd")
        for axis in (panel.xaxis, panel.yaxis):
            axis.set_major_formatter(matplotlib.ticker.FuncFormatter(lambda value, _: f"{value:g}"))
            axis.set_minor_locator(matplotlib.ticker.LogLocator(subs=(2, 5)))
            axis.set_minor_formatter(matplotlib.ticker.FuncFormatter(lambda value, _: f"{value:g}"))
            axis.set_tick_params(which="minor", labelsize=8)
    handles, labels = panels[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="center left", bbox_to_anchor=(1.0, 0.5), frameon=False)
    figure.savefig(sys.argv[2], metadata={"Date": None} if sys.argv[2].endswith("svg") else None,
                   bbox_inches="tight", dpi=110)


if __name__ == "__main__":
    main()
