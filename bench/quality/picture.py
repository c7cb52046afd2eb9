#!/usr/bin/python3
"""Draws regret against cost, from the scores of bench_quality (--scores); both axes logarithmic.

usage: picture.py SCORES.json PICTURE.svg|.png
Needs Debian's python3-matplotlib.
"""

import json
import sys

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402

PANELS = [("median_regret", "median regret, %"), ("p90_regret", "90th percentile of regret, %")]
COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#999999"]
MARKERS = "osD^vP*X"
LOWEST_COST = 0.05  # of what an axis can show; what costs nothing is a line


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
            style = {"color": COLOURS[i % 8], "label": method, "zorder": 3 if ours else 2}
            if points[0][0] < LOWEST_COST:
                panel.axhline(points[0][1], linestyle="--", linewidth=1, **style)
                continue
            panel.plot(*zip(*points), marker=MARKERS[(i + i // 8) % 8], linewidth=2.5 if ours else 1.2, **style)
        panel.set(xscale="log", yscale="log", xlabel="full runs per optimizer", title=title)
        panel.grid(True, which="major", color="#dddddd")
        for axis in (panel.xaxis, panel.yaxis):
            axis.set_major_formatter(matplotlib.ticker.FuncFormatter(lambda value, _: f"{value:g}"))
            axis.set_minor_locator(matplotlib.ticker.LogLocator(subs=(2, 5)))
            axis.set_minor_formatter(matplotlib.ticker.FuncFormatter(lambda value, _: f"{value:g}"))
            axis.set_tick_params(which="minor", labelsize=8)
    handles, labels = panels[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside right upper" if matplotlib.__version__ >= "3.7" else "center left",
                  bbox_to_anchor=(1.0, 0.5), frameon=False)
    figure.savefig(sys.argv[2], metadata={"Date": None} if sys.argv[2].endswith("svg") else None,
                   bbox_inches="tight", dpi=110)


if __name__ == "__main__":
    main()
