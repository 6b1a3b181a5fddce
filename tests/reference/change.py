"""Expected results for paired change in kinfolk-stats, from SciPy and statsmodels."""

import itertools
import json
import math
import platform
from pathlib import Path

import numpy as np
import scipy
import statsmodels
from scipy import special, stats
from statsmodels.stats.contingency_tables import SquareTable, mcnemar

LEVELS = [0.9, 0.95, 0.99]

PAIRS = {
    "scores of eight": ([20, 17, 25, 14, 9, 30, 16, 22], [17, 18, 19, 14, 11, 24, 12, 21]),
    "many zeros": ([4, 5, 6, 7, 8, 9, 10, 11, 12, 3], [4, 5, 9, 7, 8, 9, 14, 11, 13, 5]),
    "no ties": ([1.5, 2.25, 9.0, 4.0, 7.5, 11.0], [2.0, 5.25, 7.0, 9.5, 1.25, 4.0]),
    "one way": ([10, 12, 9, 14, 11], [8, 9, 5, 9, 5]),
    "every size tied": ([3, 4, 5, 6, 7, 8, 9], [4, 3, 6, 7, 8, 7, 10]),
    "large offset": ([1e6 + x for x in (1, 5, 2, 8, 4, 9)], [1e6 + x for x in (3, 4, 6, 9, 9, 12)]),
}

DISCORDANT = [(0, 5), (1, 4), (2, 2), (8, 16), (8, 17), (150, 86), (12, 40), (0, 30), (25, 0)]

TABLES = {
    "three bands": [[32, 6, 3], [14, 9, 5], [11, 8, 12]],
    "four bands": [[20, 10, 5, 1], [3, 30, 15, 6], [0, 5, 40, 10], [1, 2, 3, 25]],
    "vision": [[1520, 266, 124, 66], [234, 1512, 432, 78], [117, 362, 1772, 205], [36, 82, 179, 492]],
}


def hedges(df):
    return math.exp(special.gammaln(df / 2) - special.gammaln((df - 1) / 2)) / math.sqrt(df / 2)


def effect_sizes(before, after, level):
    """Definitions as in R effectsize 1.0.3, written out."""
    x, y = np.array(before, float), np.array(after, float)
    n, d = len(x), y - x
    s_d, s1, s2 = d.std(ddof=1), x.std(ddof=1), y.std(ddof=1)
    r = np.corrcoef(x, y)[0, 1]
    j, z = hedges(n - 1), stats.norm.ppf(0.5 + level / 2)
    d_z = d.mean() / s_d
    d_rm = d_z * math.sqrt(2 * (1 - r))
    s_av = math.sqrt((s1**2 + s2**2) / 2)
    d_av, d_pre = d.mean() / s_av, d.mean() / s1
    sizes = {
        "d_z": (d_z, math.sqrt(1 / n + d_z**2 / (2 * n))),
        "d_rm": (d_rm, math.sqrt((1 / n + d_rm**2 / (2 * n)) * 2 * (1 - r))),
        "d_av": (d_av, s_d / math.sqrt(n) / s_av),
        "d_pre": (d_pre, math.sqrt(2 * (1 - r) / n + d_pre**2 / (2 * n))),
    }
    found = {"correlation": r, "correction": j}
    for name, (size, error) in sizes.items():
        found |= {
            name: size,
            f"{name}_error": error,
            f"{name}_lower": size - z * error,
            f"{name}_upper": size + z * error,
            f"{name}_corrected": size * j,
            f"{name}_corrected_lower": (size - z * error) * j,
            f"{name}_corrected_upper": (size + z * error) * j,
        }
    return found


def exact_signed_rank(before, after, zeros):
    """Every way to give the ranks signs."""
    d = np.array(after, float) - np.array(before, float)
    if zeros == "drop":
        d = d[d != 0]
    ranks = stats.rankdata(abs(d))[d != 0]
    d = d[d != 0]
    middle = ranks.sum() / 2
    observed = abs(ranks[d > 0].sum() - middle)
    ways = [abs(sum(r for r, s in zip(ranks, signs) if s) - middle) for signs in
            itertools.product([0, 1], repeat=len(ranks))]
    return sum(way >= observed - 1e-9 for way in ways) / len(ways)


def signed_rank(before, after, zeros):
    d = np.array(after, float) - np.array(before, float)
    rule = {"drop": "wilcox", "pratt": "pratt"}[zeros]
    normal = stats.wilcoxon(d, zero_method=rule, correction=False, method="approx")
    corrected = stats.wilcoxon(d, zero_method=rule, correction=True, method="approx")
    kept = d[d != 0] if zeros == "drop" else d
    ranks = stats.rankdata(abs(kept))
    rises, falls = ranks[kept > 0].sum(), ranks[kept < 0].sum()
    return {
        "rises": rises,
        "falls": falls,
        "rank_biserial": (rises - falls) / (rises + falls),
        "normal": normal.pvalue,
        "normal_corrected": corrected.pvalue,
        "exact": exact_signed_rank(before, after, zeros),
    }


def mcnemar_case(first, second):
    table = [[0, first], [second, 0]]
    n, lesser = first + second, min(first, second)
    plain = mcnemar(table, exact=False, correction=False)
    corrected = mcnemar(table, exact=False, correction=True)
    exact = mcnemar(table, exact=True)
    sides = 1 if first == second else 2
    found = {
        "exact": exact.pvalue,
        "mid_p": exact.pvalue - sides * stats.binom.pmf(lesser, n, 0.5) / 2,
        "statistic": plain.statistic,
        "p_value": plain.pvalue,
    }
    # statsmodels corrects an even split past 0 and out the other side; R does not.
    if first != second:
        found |= {"corrected_statistic": corrected.statistic, "corrected_p_value": corrected.pvalue}
    return found


def homogeneity(table):
    square = SquareTable(np.array(table), shift_zeros=False)
    stuart, bhapkar = square.homogeneity("stuart_maxwell"), square.homogeneity("bhapkar")
    return {
        "statistic": stuart.statistic,
        "p_value": stuart.pvalue,
        "bhapkar_statistic": bhapkar.statistic,
        "bhapkar_p_value": bhapkar.pvalue,
    }


def regression_to_mean(mean, sd, r, cut):
    """First scores of a normal population, above the cut less half a point, and their mean."""
    k = (cut - 0.5 - mean) / sd
    above = stats.truncnorm(k, np.inf, loc=mean, scale=sd).mean()
    return {"fall": (1 - r) * (above - mean)}


def main():
    cases = {
        "made_with": {
            "python": platform.python_version(),
            "numpy": np.__version__,
            "scipy": scipy.__version__,
            "statsmodels": statsmodels.__version__,
        },
        "paired_t": [
            {"name": name, "before": before, "after": after,
             "expected": {"t": test.statistic, "df": test.df, "p_value": test.pvalue}}
            for name, (before, after) in PAIRS.items()
            for test in [stats.ttest_rel(after, before)]
        ],
        "effect_sizes": [
            {"name": name, "before": before, "after": after, "level": level,
             "expected": effect_sizes(before, after, level)}
            for name, (before, after) in PAIRS.items()
            for level in LEVELS
        ],
        "signed_rank": [
            {"name": name, "before": before, "after": after, "zeros": zeros,
             "expected": signed_rank(before, after, zeros)}
            for name, (before, after) in PAIRS.items()
            for zeros in ["drop", "pratt"]
        ],
        "mcnemar": [
            {"first": first, "second": second, "expected": mcnemar_case(first, second)}
            for first, second in DISCORDANT
        ],
        "homogeneity": [
            {"name": name, "table": table, "expected": homogeneity(table)}
            for name, table in TABLES.items()
        ],
        "regression_to_mean": [
            {"mean": 14.7, "sd": 7.0, "reliability": r, "cut": cut,
             "expected": regression_to_mean(14.7, 7.0, r, cut)}
            for r in [0.0, 0.62, 0.72]
            for cut in [0, 14, 17, 20, 40]
        ],
    }
    target = Path(__file__).with_suffix(".json")
    text = json.dumps(cases, indent=1, default=float)
    target.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
