#!/usr/bin/env python3
"""Fits the polynomial of nn/gelu.h: erfc(t)·exp(t²) ≈ u·P(u) with u = 1/(1 + c·t), 0 ≤ t ≤ 9.5.

Needs numpy and mpmath (python3-numpy, python3-mpmath). Interpolates the ratio at Chebyshev nodes in u, which is within
a small factor of the minimax polynomial, and prints float coefficients (lowest degree first) and the relative error.
"""
import mpmath as mp
import numpy as np

C = 0.35
DEGREE = 9
LAST = 9.5


def target(u):
    """(erfc(t)·e^(t²))/u at u, in 40 digits."""
    t = (1 / mp.mpf(u) - 1) / C
    return mp.erfc(t) * mp.exp(t * t) / u


def main():
    mp.mp.dps = 40
    low, high = 1 / (1 + C * LAST), 1.0
    n = DEGREE + 1
    nodes = [(low + high) / 2 + (high - low) / 2 * mp.cos(mp.pi * (2 * i + 1) / (2 * n)) for i in range(n)]
    matrix = mp.matrix(n, n)
    right = mp.matrix(n, 1)
    for i, u in enumerate(nodes):
        right[i] = target(u)
        for j in range(n):
            matrix[i, j] = u**j
    coefficients = [np.float32(float(c)) for c in mp.lu_solve(matrix, right)]
    worst = 0
    for u in np.linspace(low, high, 4001):
        p = mp.mpf(0)
        for c in reversed(coefficients):
            p = p * u + mp.mpf(float(c))
        worst = max(worst, abs(float(p / target(u) - 1)))
    for c in coefficients:
        print(f"{float(c).hex()}F,  // {float(c):.9g}")
    print(f"largest relative error with float coefficients: {worst:.2e}")


if __name__ == "__main__":
    main()
