"""Expected results for comparisons of two groups in kinfolk-stats, from SciPy and statsmodels."""

import itertools
import json
import math
import platform
from fractions import Fraction
from pathlib import Path

import numpy as np
import scipy
import statsmodels
from scipy import optimize, stats
from scipy.stats.contingency import odds_ratio
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

LEVELS = [0.9, 0.95, 0.99]

PROPORTIONS = [(81, 263), (15, 148), (0, 20), (1, 29), (20, 20), (228, 267), (1, 1), (3000, 9001)]

# Successes and trials of either group.
GROUPS = [
    ((56, 70), (48, 80)),
    ((9, 10), (3, 10)),
    ((6, 7), (2, 7)),
    ((5, 56), (0, 29)),
    ((0, 10), (0, 20)),
    ((10, 10), (0, 20)),
    ((37, 50), (21, 51)),
    ((7, 15), (12, 15)),
    ((2, 17), (10, 13)),
    ((3, 4), (1, 4)),
]

PAIRED = [(1, 1, 7, 12), (59, 6, 16, 80), (20, 12, 2, 16), (0, 9, 5, 4), (30, 0, 0, 9), (14, 3, 0, 22)]

SAMPLES = {
    "sleep": ([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0],
              [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]),
    "permeability": ([0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46],
                     [1.15, 0.88, 0.90, 0.74, 1.21]),
    "scores with ties": ([20, 17, 25, 14, 9, 30, 16, 22], [17, 18, 19, 14, 11, 24, 12]),
    "counts": ([4, 7, 9, 3, 12, 5, 6], [21, 30, 18, 12, 44, 26]),
    "few values": ([1, 1, 2, 2, 3], [1, 2, 2, 3, 3, 3]),
}

RATES = [((41, 28.5), (15, 19.6)), ((11, 800.0), (3, 1000.0)), ((2, 1.0), (9, 1.0)), ((250, 1.5), (180, 1.25))]

P_VALUES = [[0.01, 0.02, 0.03, 0.04, 0.9], [0.5, 0.001, 0.2, 0.001], [0.04], [0.03, 0.9, 0.02, 0.02, 0.6, 1.0]]


def share_limits(successes, trials, level):
    lower, upper = proportion_confint(successes, trials, alpha=1 - level, method="beta")
    return {"lower": lower, "upper": upper}


def newcombe(first, second, level):
    lower, upper = confint_proportions_2indep(*first, *second, method="newcomb", compare="diff", alpha=1 - level)
    return {"value": first[0] / first[1] - second[0] / second[1], "lower": lower, "upper": upper}


def newcombe_paired(both, first_only, second_only, neither, level):
    """Newcombe 1998 (paired), method 10, second share less first."""
    n = both + first_only + second_only + neither
    p1, p2 = (both + first_only) / n, (both + second_only) / n
    (l1, u1), (l2, u2) = (proportion_confint(round(p * n), n, alpha=1 - level, method="wilson") for p in (p1, p2))
    margins = (both + first_only) * (second_only + neither) * (both + second_only) * (first_only + neither)
    a = both * neither - first_only * second_only
    a = max(a - n / 2, 0) if a > 0 else a
    phi = a / math.sqrt(margins) if margins else 0
    below = (p2 - l2) ** 2 - 2 * phi * (p2 - l2) * (u1 - p1) + (u1 - p1) ** 2
    above = (u2 - p2) ** 2 - 2 * phi * (u2 - p2) * (p1 - l1) + (p1 - l1) ** 2
    return {"value": p2 - p1, "lower": p2 - p1 - math.sqrt(below), "upper": p2 - p1 + math.sqrt(above)}


def table_of(first, second):
    return [[first[0], first[1] - first[0]], [second[0], second[1] - second[0]]]


def fisher(first, second, level):
    table = table_of(first, second)
    total, successes = first[1] + second[1], first[0] + second[0]
    chances = stats.hypergeom.pmf(range(successes + 1), total, successes, first[1])
    observed = chances[first[0]]
    likelier = chances[chances > observed * (1 + 1e-7)].sum()
    equal = chances[abs(chances - observed) <= 1e-7 * observed].sum()
    found = {
        "two_sided": stats.fisher_exact(table).pvalue,
        "less": stats.fisher_exact(table, alternative="less").pvalue,
        "greater": stats.fisher_exact(table, alternative="greater").pvalue,
        "mid_p": 1 - likelier - equal / 2,
    }
    conditional = odds_ratio(table, kind="conditional")
    interval = conditional.confidence_interval(level)
    for name, value in [("odds_ratio", conditional.statistic), ("lower", interval.low), ("upper", interval.high)]:
        if math.isfinite(value):
            found[name] = value
    return found


def barnard(first, second):
    """Which tables are as far out is decided in whole numbers: SciPy's rounding drops some ties."""
    (a, n), (b, m) = first, second

    def square(x, y):
        pooled = Fraction(x + y, n + m)
        if pooled in (0, 1):
            return Fraction(0)
        return (Fraction(x, n) - Fraction(y, m)) ** 2 / (pooled * (1 - pooled) * (Fraction(1, n) + Fraction(1, m)))

    far = np.array([[square(x, y) >= square(a, b) for y in range(m + 1)] for x in range(n + 1)], float)

    def chance(p):
        return stats.binom.pmf(range(n + 1), n, p) @ far @ stats.binom.pmf(range(m + 1), m, p)

    tried = np.linspace(0.0005, 0.9995, 4000)
    worst = tried[np.argmax([chance(p) for p in tried])]
    best = optimize.minimize_scalar(lambda p: -chance(p), bounds=(worst - 0.0005, worst + 0.0005),
                                    method="bounded", options={"xatol": 1e-13})
    return {"p_value": min(-best.fun, 1.0)}


def pearson(first, second):
    result = stats.chi2_contingency(table_of(first, second), correction=False)
    return {"statistic": result.statistic, "p_value": result.pvalue, "least_expected": result.expected_freq.min()}


def welch(first, second, level):
    test = stats.ttest_ind(first, second, equal_var=False)
    interval = test.confidence_interval(level)
    return {"value": np.mean(first) - np.mean(second), "lower": interval.low, "upper": interval.high,
            "t": test.statistic, "df": test.df, "p_value": test.pvalue}


def mann_whitney(first, second):
    def u(x, y):
        return sum((a > b) + (a == b) / 2 for a in x for b in y)

    normal, corrected = (stats.mannwhitneyu(first, second, method="asymptotic", use_continuity=use)
                         for use in (False, True))
    pooled = list(first) + list(second)
    ranks, n = stats.rankdata(pooled), len(first)
    middle = n * (len(pooled) + 1) / 2
    observed = abs(ranks[:n].sum() - middle)
    ways = [abs(sum(way) - middle) >= observed - 1e-9 for way in itertools.combinations(ranks, n)]
    return {
        "u": u(first, second),
        "superiority": u(first, second) / (len(first) * len(second)),
        "normal": normal.pvalue,
        "normal_corrected": corrected.pvalue,
        "exact": sum(ways) / len(ways),
        "shift": np.median([a - b for a in first for b in second]),
    }


def poisson_limits(events, exposure, level):
    tail = (1 - level) / 2
    lower = stats.gamma.ppf(tail, events) if events else 0.0
    return {"value": events / exposure, "lower": lower / exposure,
            "upper": stats.gamma.isf(tail, events + 1) / exposure}


def poisson_ratio(first, second, level):
    (a, time_a), (b, time_b) = first, second
    lower, upper = proportion_confint(a, a + b, alpha=1 - level, method="beta")
    share = time_a / (time_a + time_b)
    test = stats.binomtest(a, a + b, share)
    return {"ratio": a / time_a / (b / time_b), "lower": lower / (1 - lower) * time_b / time_a,
            "upper": upper / (1 - upper) * time_b / time_a, "p_value": test.pvalue}


def adjusted(p_values):
    found = {}
    for name, method in [("holm", "holm"), ("benjamini_hochberg", "fdr_bh")]:
        for at, p in enumerate(multipletests(p_values, method=method)[1]):
            found[f"{name} {at}"] = p
    return found


def main():
    groups = [{"first": first, "second": second} for first, second in GROUPS]
    apart = [g for g in groups if 0 < g["first"][0] + g["second"][0] < g["first"][1] + g["second"][1]]
    samples = [{"name": name, "first": first, "second": second} for name, (first, second) in SAMPLES.items()]
    cases = {
        "made_with": {
            "python": platform.python_version(),
            "numpy": np.__version__,
            "scipy": scipy.__version__,
            "statsmodels": statsmodels.__version__,
        },
        "clopper_pearson": [
            {"successes": s, "trials": n, "level": level, "expected": share_limits(s, n, level)}
            for s, n in PROPORTIONS for level in LEVELS
        ],
        "newcombe": [{**g, "level": level, "expected": newcombe(**g, level=level)} for g in groups for level in LEVELS],
        "newcombe_paired": [
            {"cells": cells, "level": level, "expected": newcombe_paired(*cells, level)}
            for cells in PAIRED for level in LEVELS
        ],
        "fisher": [{**g, "level": level, "expected": fisher(**g, level=level)} for g in apart for level in LEVELS],
        "barnard": [{**g, "expected": barnard(**g)} for g in apart],
        "pearson": [{**g, "expected": pearson(**g)} for g in apart],
        "welch": [{**s, "level": level, "expected": welch(s["first"], s["second"], level)}
                  for s in samples for level in LEVELS],
        "mann_whitney": [{**s, "expected": mann_whitney(s["first"], s["second"])} for s in samples],
        "poisson_rate": [
            {"events": events, "exposure": 12.5, "level": level, "expected": poisson_limits(events, 12.5, level)}
            for events in [0, 1, 4, 37, 1200] for level in LEVELS
        ],
        "poisson_rate_ratio": [
            {"first": first, "second": second, "level": level, "expected": poisson_ratio(first, second, level)}
            for first, second in RATES for level in LEVELS
        ],
        "multiplicity": [{"p_values": p, "expected": adjusted(p)} for p in P_VALUES],
    }
    target = Path(__file__).with_suffix(".json")
    text = json.dumps(cases, indent=1, default=float)
    target.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
