"""Expected results for Boschloo's test in kinfolk-stats, from SciPy and from whole numbers.

SciPy looks for the worst share of success by a sampled search, so its chance may fall short of the worst by
a little; the same chance is also computed here at a fine grid around the worst, from exact fractions of
Fisher's chances."""

import json
from fractions import Fraction
from math import comb
from pathlib import Path

import numpy as np
import scipy
from scipy.optimize import minimize_scalar
from scipy.stats import binom, boschloo_exact

TABLES = [
    (7, 15, 12, 15), (1, 8, 6, 9), (0, 5, 4, 6), (3, 4, 1, 4), (2, 17, 10, 13), (5, 20, 5, 10),
    (9, 12, 3, 11), (0, 7, 1, 3), (4, 4, 0, 4), (11, 25, 4, 18), (1, 30, 5, 22), (6, 6, 5, 9),
]


def fisher(x, n, y, m):
    """The chance of at most x in the first group, given the total."""
    total = x + y
    low = max(0, total - m)
    ways = [comb(n, k) * comb(m, total - k) for k in range(low, x + 1)]
    return Fraction(sum(ways), comb(n + m, total))


def less(x, n, y, m):
    seen = fisher(x, n, y, m)
    region = [(a, b) for a in range(n + 1) for b in range(m + 1) if fisher(a, n, b, m) <= seen]
    inside = np.zeros((n + 1, m + 1), bool)
    for a, b in region:
        inside[a, b] = True

    def chance(p):
        first, second = binom.pmf(range(n + 1), n, p), binom.pmf(range(m + 1), m, p)
        return float((np.outer(first, second) * inside).sum())

    grid = np.linspace(0, 1, 20001)
    worst = grid[max(range(len(grid)), key=lambda i: chance(grid[i]))]
    found = minimize_scalar(lambda p: -chance(p), bounds=(max(0, worst - 1e-4), min(1, worst + 1e-4)),
                            method="bounded", options={"xatol": 1e-13})
    return max(chance(worst), -found.fun)


def case(x, n, y, m):
    down, up = less(x, n, y, m), less(y, m, x, n)
    table = [[x, y], [n - x, m - y]]
    packaged = {side: boschloo_exact(table, alternative=side, n=128).pvalue
                for side in ["less", "greater", "two-sided"]}
    two = min(1.0, 2 * min(down, up))
    # SciPy must agree before anything is written.
    for mine, side in [(down, "less"), (up, "greater"), (two, "two-sided")]:
        assert abs(mine - packaged[side]) < 1e-6 * max(mine, 1e-3), (x, n, y, m, side, mine, packaged)
    return {"table": [x, n, y, m], "less": down, "greater": up, "two_sided": two}


out = {"software": {"scipy": scipy.__version__, "numpy": np.__version__}, "cases": [case(*t) for t in TABLES]}
text = json.dumps(out).replace("}, {", "},\n{")
Path(__file__).with_name("boschloo.json").write_text(text + "\n")
