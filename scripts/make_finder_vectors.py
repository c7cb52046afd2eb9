#!/usr/bin/python3
"""Writes tests/vectors/finders.json: loss curves and what each learning-rate heuristic answers to them.

    /usr/bin/python3 scripts/make_finder_vectors.py

needs numpy (Debian: python3-numpy). This is a second implementation, written from the published formulas and from nothing
in src/suggest; the file is committed, so that no test needs Python. A second run writes the same bytes on one machine.

`generator`, `numpy`: what made it. `cases`, each:
    case            which
    updates         N that the test was planned for
    smoothing       beta of the run's own smoothed curve
    rates, losses   [update]; a loss that is not finite is the text "nan" or "inf"
    answers         by heuristic: null (it abstains) or {"learning_rate"} and, for smith, {"lowest_rate"}

Formulas: l raw and s smoothed losses, e rates, argmin = first minimum, g = numpy.gradient.
    fastai      s = mean with weight .98 over 1 − .98^(k+1); places [N//10 : −5], then up to the first non-finite
      steep     argmin Δs/Δln e, left point          minimum   e[argmin s]/10
      valley    longest strictly falling subsequence; end of the first longest; start = end − length;
                e[start + length//3 + length//6]
      slide     r from the last point, l = r − 15; while |g_r − g_l| > .005 and l ≥ 0 remember e_l, step both left
    lightning   s = the same mean over 1 − .98^(k+2); places [10 : −1], finite ones
      old       argmin g(s)                          since 2.5.3: argmin g(s by e)
    pytorch_lr_finder   s_0 = l_0, s = .05·l + .95·s; argmin g(s) over [10 : −5]
    steepest    s = mean with `smoothing`, right correction; from N//10 to its minimum: argmin g(s by ln e)
    smith       the same s from N//10 on, fall F = s_first − min s. base: behind the last place before the minimum with
                s > s_first − F/10. maximum: the lowest place from the base on before s rises above it by more than F/10
lrtune abstains, where a library would answer None, raise, or answer by chance: too few points (steep, steepest, lightning,
valley 2, slide 16, smith 3, minimum 1); the raw loss moves by no more than 1e-9 of itself; no slope is negative; valley's start < 0;
steepest's or smith's first point is the lowest, or smith's base is its maximum. Non-finite losses end every curve.
"""

import json
import math
import pathlib

import numpy


class Abstain(Exception):
    pass


def running_mean(losses, beta, power):
    weights = [beta ** numpy.arange(k, -1, -1) * (1 - beta) for k in range(len(losses))]
    with numpy.errstate(all="ignore"):
        return numpy.array([numpy.sum(w * losses[: k + 1]) / (1 - beta ** (k + power)) for k, w in enumerate(weights)])


def trimmed(c, smooth, first, last, fewest):
    stop = max(first, len(smooth) - last)
    bad = numpy.flatnonzero(~numpy.isfinite(smooth[first:stop]))
    if len(bad):
        stop = first + bad[0]
    s, e, raw = smooth[first:stop], c.rates[first:stop], c.losses[first:stop]
    if len(s) < fewest or raw.max() - raw.min() <= 1e-9 * numpy.abs(raw).max():
        raise Abstain
    return s, e


def lowest_slope(rates, slopes):
    best = int(numpy.argmin(slopes))
    if slopes[best] >= 0:
        raise Abstain
    return {"learning_rate": float(rates[best])}


def steepest(c):
    s, e = trimmed(c, running_mean(c.losses, c.smoothing, 1), c.updates // 10, 0, 2)
    last = int(numpy.argmin(s))
    if last == 0:
        raise Abstain
    return lowest_slope(e, numpy.gradient(s[: last + 1], numpy.log(e[: last + 1])))


def fastai(c, fewest):
    return trimmed(c, running_mean(c.losses, 0.98, 1), c.updates // 10, 5, fewest)


def fastai_steep(c):
    s, e = fastai(c, 2)
    return lowest_slope(e, numpy.diff(s) / numpy.diff(numpy.log(e)))


def fastai_valley(c):
    s, e = fastai(c, 2)
    length = [1] * len(s)
    for i in range(1, len(s)):
        for j in range(i):
            if s[i] < s[j] and length[i] < length[j] + 1:
                length[i] = length[j] + 1
    longest = max(length)
    start = length.index(longest) - longest
    if start < 0:
        raise Abstain
    return {"learning_rate": float(e[start + longest // 3 + longest // 6])}


def fastai_slide(c):
    s, e = fastai(c, 16)
    g = numpy.gradient(s)
    r = len(s) - 1
    left = r - 15
    rate = e[left]
    while left >= 0 and abs(g[r] - g[left]) > 0.005:
        rate = e[left]
        r, left = r - 1, left - 1
    return {"learning_rate": float(rate)}


def fastai_minimum(c):
    s, e = fastai(c, 1)
    return {"learning_rate": float(e[numpy.argmin(s)] / 10)}


def lightning_old(c):
    s, e = trimmed(c, running_mean(c.losses, 0.98, 2), 10, 1, 2)
    return lowest_slope(e, numpy.gradient(s))


def lightning(c):
    s, e = trimmed(c, running_mean(c.losses, 0.98, 2), 10, 1, 2)
    return lowest_slope(e, numpy.gradient(s, e))


def pytorch_lr_finder(c):
    smooth = [c.losses[0]]
    for loss in c.losses[1:]:
        smooth.append(0.05 * loss + 0.95 * smooth[-1])
    s, e = trimmed(c, numpy.array(smooth), 10, 5, 2)
    return lowest_slope(e, numpy.gradient(s))


def smith(c):
    s, e = trimmed(c, running_mean(c.losses, c.smoothing, 1), c.updates // 10, 0, 3)
    low = int(numpy.argmin(s))
    notable = (s[0] - s[low]) / 10
    above = numpy.flatnonzero(s[:low] > s[0] - notable)
    if low == 0 or len(above) == 0:
        raise Abstain
    base = int(above[-1]) + 1
    so_far = numpy.minimum.accumulate(s[base:])
    rise = numpy.flatnonzero(s[base:] > so_far + notable)
    until = base + int(rise[0]) if len(rise) and base + rise[0] <= low else low + 1
    top = base + int(numpy.argmin(s[base:until]))
    if top == base:
        raise Abstain
    return {"learning_rate": float(e[top]), "lowest_rate": float(e[base])}


HEURISTICS = [steepest, fastai_steep, fastai_valley, fastai_slide, fastai_minimum, lightning_old, lightning,
              pytorch_lr_finder, smith]


class Curve:
    def __init__(self, case, losses, updates=None, smoothing=0.98, rates=None):
        self.case = case
        self.losses = numpy.array(losses, dtype=float)
        self.updates = updates or len(self.losses)
        self.smoothing = smoothing
        self.rates = rates if rates is not None else geometric(self.updates)[: len(self.losses)]

    def record(self):
        def number(x):
            return float(x) if math.isfinite(x) else "nan" if math.isnan(x) else "inf"

        answers = {}
        for heuristic in HEURISTICS:
            try:
                answers[heuristic.__name__] = heuristic(self)
            except Abstain:
                answers[heuristic.__name__] = None
        return {"case": self.case, "updates": self.updates, "smoothing": self.smoothing,
                "rates": [float(e) for e in self.rates], "losses": [number(l) for l in self.losses], "answers": answers}


def geometric(updates, low=1e-7, high=10.0):
    return low * (high / low) ** (numpy.arange(updates) / (updates - 1))


def basin(updates, fall_at=0.62, blow_at=0.9, start=2.3, depth=2.0):
    """A plateau, a fall around `fall_at` and an explosion from `blow_at` of the run on."""
    x = numpy.arange(updates) / (updates - 1)
    return start - depth / (1 + numpy.exp(-(x - fall_at) * 30)) + numpy.exp(numpy.minimum((x - blow_at) * 120, 50))


def curves():
    random = numpy.random.default_rng(20240229)
    noise = random.standard_normal(400)
    smooth = basin(100)
    yield Curve("smooth", smooth)
    yield Curve("smooth_less_smoothing", smooth, smoothing=0.8)
    yield Curve("no_smoothing", smooth + 0.01 * noise[:100], smoothing=0.0)
    yield Curve("noisy", smooth + 0.15 * noise[:100])
    yield Curve("very_noisy", smooth + 0.8 * noise[100:200], smoothing=0.9)
    yield Curve("stopped_early", smooth[:93] + 0.05 * noise[:93], updates=100)
    cliff = 1.5 - 0.01 * numpy.arange(100) / 3 + 0.02 * noise[:100]
    cliff[88:] = [9, 70, 900, 4e4, 3e6, 1e9, 1e13, 1e18, 1e24, 1e30, 1e33, 1e36]
    yield Curve("cliff", cliff)
    yield Curve("cliff_stopped", cliff[:90], updates=100)
    yield Curve("bump_on_the_way", smooth + 0.9 * numpy.exp(-(((numpy.arange(100) - 66) / 2.5) ** 2)), smoothing=0.5)
    yield Curve("flat", [0.7] * 100)
    yield Curve("flat_zero", [0.0] * 100)
    yield Curve("flat_below_zero", [-2.5] * 100)
    yield Curve("flat_with_noise", 0.7 + 0.01 * noise[200:300])
    yield Curve("rising", 1 + 0.001 * numpy.arange(100) ** 2)
    yield Curve("falling_all_the_way", 3 - 0.02 * numpy.arange(100))
    yield Curve("falling_after_a_start", numpy.concatenate([numpy.linspace(2.0, 2.5, 14), numpy.linspace(2.5, 0.4, 86)]))
    yield Curve("nan_tail", numpy.concatenate([smooth[:85] + 0.05 * noise[:85], [numpy.nan] * 15]))
    yield Curve("one_nan_at_the_end", numpy.append(smooth[:85] + 0.05 * noise[:85], numpy.nan), updates=100)
    yield Curve("inf_tail", numpy.concatenate([smooth[:91], [numpy.inf] * 9]))
    yield Curve("nan_from_the_start", [numpy.nan] * 100)
    yield Curve("below_zero", smooth - 5 + 0.05 * noise[:100])
    yield Curve("through_zero", basin(100, depth=2.9) + 0.05 * noise[:100])
    for points in (1, 5, 11, 12, 13, 16, 17, 22, 26, 30, 31, 32):
        yield Curve(f"first_{points}_points", 2 - 0.03 * numpy.arange(points) + 0.1 * noise[:points], updates=100)
    for updates in (10, 20, 25, 50, 400):
        yield Curve(f"{updates}_updates", basin(updates) + 0.05 * noise[:updates])
    yield Curve("linear_growth", smooth + 0.05 * noise[:100], rates=numpy.linspace(1e-4, 1, 100))
    steps = numpy.repeat(numpy.linspace(2, 1, 20), 5)
    yield Curve("equal_neighbours", numpy.concatenate([steps, steps[::-1]]), smoothing=0.0)


def main():
    cases = [curve.record() for curve in curves()]
    path = pathlib.Path(__file__).parent.parent / "tests" / "vectors" / "finders.json"
    with open(path, "w") as file:
        file.write('{\n "generator": "scripts/make_finder_vectors.py",\n')
        file.write(f' "numpy": "{numpy.__version__}",\n "cases": [\n')
        file.write(",\n".join("  " + json.dumps(case) for case in cases))
        file.write("\n ]\n}\n")


main()
