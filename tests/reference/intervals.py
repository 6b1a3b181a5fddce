"""Expected results for the interval methods of kinfolk-stats, from SciPy and statsmodels."""

import json
import math
import platform
from pathlib import Path

import numpy as np
import scipy
import statsmodels
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

LEVELS = [0.9, 0.95, 0.99]

PROPORTIONS = [(81, 263), (15, 148), (0, 20), (1, 29), (20, 20), (228, 267), (600, 753), (137, 223), (1, 1)]

# One pair per child: objectives met, objectives set.
CLUSTERS = {
    "several objectives each": [(3, 3), (2, 3), (4, 4), (0, 2), (1, 3), (5, 5), (2, 2), (0, 1), (3, 4), (2, 3)],
    "alike within a child": [(3, 3), (0, 3), (4, 4), (0, 4), (2, 2), (5, 5), (0, 2), (1, 1)],
    "one objective each": [(1, 1), (0, 1), (1, 1), (1, 1), (0, 1), (1, 1), (1, 1)],
    "spread more evenly than chance": [(1, 2), (1, 2), (1, 2), (2, 3), (1, 2), (1, 3)],
    "two children": [(2, 3), (1, 4)],
}

SAMPLES = {
    "people at the start": [4, 7, 9, 3, 12, 5, 6, 8, 2, 11, 7, 6],
    "people after": [21, 30, 18, 12, 44, 26, 19, 25, 9, 37, 28, 22],
    "ties": [5, 5, 4, 5, 5, 3, 5, 4, 5, 5, 5, 2, 5],
    "negative and fractional": [-2.5, 0.25, 3.75, -1.0, 8.5, 2.0, 0.0],
    "two": [3, 8],
    "large offset": [1_000_000.1, 1_000_000.4, 1_000_000.2, 1_000_000.9],
}

QUANTILES = [0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0]


def wilson(successes, trials, level):
    return proportion_confint(successes, trials, alpha=1 - level, method="wilson")


def cluster_case(clusters, level):
    """Taylor variance from an intercept-only regression with errors clustered by child."""
    outcome, child = [], []
    for index, (met, set_) in enumerate(clusters):
        outcome += [1.0] * met + [0.0] * (set_ - met)
        child += [index] * set_
    n, m = len(outcome), len(clusters)
    fit = sm.OLS(outcome, np.ones(n)).fit(cov_type="cluster", cov_kwds={"groups": np.array(child)})
    p = fit.params[0]
    variance = fit.cov_params()[0, 0]
    simple = p * (1 - p) / (n - 1)
    design_effect = variance / simple
    tail = 0.5 + level / 2
    shrink = (stats.t.ppf(tail, n - 1) / stats.t.ppf(tail, m - 1)) ** 2
    effective = min(n, n / design_effect * shrink)
    lower, upper = wilson(p * effective, effective, level)
    return {
        "value": p,
        "design_effect": design_effect,
        "effective_trials": effective,
        "lower": lower,
        "upper": upper,
    }


def median_limits(values, level):
    """Order statistics between which the median lies: SciPy's inversion of the quantile test."""
    result = stats.quantile_test(values, q=0, p=0.5)
    interval = result.confidence_interval(confidence_level=level)
    return [None if math.isnan(x) else x for x in (interval.low, interval.high)]


def mean_limits(values, level):
    return list(DescrStatsW(values).tconfint_mean(alpha=1 - level))


def paired_limits(before, after, level):
    interval = stats.ttest_rel(after, before).confidence_interval(confidence_level=level)
    return [interval.low, interval.high]


def main():
    before, after = SAMPLES["people at the start"], SAMPLES["people after"]
    differences = [a - b for a, b in zip(after, before)]
    cases = {
        "made_with": {
            "python": platform.python_version(),
            "numpy": np.__version__,
            "scipy": scipy.__version__,
            "statsmodels": statsmodels.__version__,
        },
        "wilson": [
            {"successes": s, "trials": n, "level": level, "limits": list(wilson(s, n, level))}
            for s, n in PROPORTIONS
            for level in LEVELS
        ],
        "wilson_cluster": [
            {"name": name, "clusters": clusters, "level": level, **cluster_case(clusters, level)}
            for name, clusters in CLUSTERS.items()
            for level in LEVELS
        ],
        "mean": [
            {"name": name, "values": values, "level": level, "mean": float(np.mean(values)),
             "limits": mean_limits(values, level)}
            for name, values in SAMPLES.items()
            for level in LEVELS
        ],
        "paired": [
            {"before": before, "after": after, "level": level, "mean": float(np.mean(differences)),
             "limits": paired_limits(before, after, level)}
            for level in LEVELS
        ],
        "median": [
            {"name": name, "values": values, "level": level, "median": float(np.median(values)),
             "limits": median_limits(values, level)}
            for name, values in {**SAMPLES, "differences": differences}.items()
            for level in LEVELS
        ],
        "quantile": [
            {"name": name, "values": values, "probability": q,
             "quantile": float(np.quantile(values, q, method="linear"))}
            for name, values in SAMPLES.items()
            for q in QUANTILES
        ],
    }
    target = Path(__file__).with_suffix(".json")
    text = json.dumps(cases, indent=1, default=float)
    target.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
