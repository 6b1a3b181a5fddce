"""Decisions under uncertainty by brute force: every net benefit of every draw at every threshold.

Writes value.json beside itself. The sample is drawn here with a fixed seed and written out, so that
the test needs no generator.
"""

import json
import math
import pathlib
import platform

import numpy
import scipy
from scipy import stats

rng = numpy.random.default_rng(20260401)
N = 240
effect = rng.normal(0.15, 0.12, N).round(6)
unit = rng.gamma(16.0, 1000.0, N).round(2)
wellbeing = rng.beta(2.0, 6.0, N).round(6)
costs = numpy.column_stack([
    unit,
    unit * (1 - effect) + 2400.0,
    unit * (1 - 1.4 * effect) + 4100.0 + 300.0 * rng.standard_normal(N).round(4),
]).round(2)
effects = numpy.column_stack([numpy.zeros(N), wellbeing, 1.5 * wellbeing - 0.05]).round(6)
thresholds = [0.0, 2500.0, 5000.0, 9000.0, 14000.0, 20000.0, 40000.0]


def at(k):
    net = k * effects - costs
    best = net.argmax(axis=1)  # the first of the highest
    mean = net.mean(axis=0)
    chosen = int(mean.argmax())
    shares = [float((best == j).mean()) for j in range(3)]
    return {
        "threshold": k,
        "probability_best": shares,
        "mean_net_benefit": mean.tolist(),
        "best": chosen,
        "frontier": shares[chosen],
        "perfect_information": float(net.max(axis=1).mean() - mean.max()),
    }


def blocks(values, k, n_blocks):
    net = (k * effects - costs)[numpy.argsort(values, kind="stable")]
    parts = net.reshape(n_blocks, N // n_blocks, 3).mean(axis=1)
    return float(parts.max(axis=1).mean() - net.mean(axis=0).max())


def single_cut(values, k):
    net = (k * effects - costs)[numpy.argsort(values, kind="stable")]
    whole = net.sum(axis=0)
    below = numpy.vstack([numpy.zeros(3), net.cumsum(axis=0)])
    best = max(low.max() + (whole - low).max() for low in below)
    return float((best - whole.max()) / N)


def quantiles(name, frozen, scores):
    return {"form": name, "scores": scores, "values": [float(frozen.ppf(stats.norm.cdf(z))) for z in scores]}


def beta(mean, sd):
    spread = mean * (1 - mean) / sd**2 - 1
    return stats.beta(mean * spread, (1 - mean) * spread)


SCORES = [-2.5, -1.0, 0.0, 0.7, 2.2]
K = 9000.0
inputs = {"effect": effect, "unit": unit, "wellbeing": wellbeing}
result = {
    "software": {"python": platform.python_version(), "numpy": numpy.__version__, "scipy": scipy.__version__},
    "costs": costs.T.tolist(),
    "effects": effects.T.tolist(),
    "inputs": {name: values.tolist() for name, values in inputs.items()},
    "thresholds": [at(k) for k in thresholds],
    "partial": {
        name: {
            "ten_blocks": blocks(values, K, 10),
            "twenty_blocks": blocks(values, K, 20),
            "single_cut": single_cut(values, K),
        }
        for name, values in inputs.items()
    },
    "partial_threshold": K,
    "distributions": {
        "beta": quantiles("beta", beta(0.74, 0.05), SCORES),
        "gamma": quantiles("gamma", stats.gamma((2995 / 400) ** 2, scale=400**2 / 2995), SCORES),
        "lognormal": quantiles("lognormal", stats.lognorm(0.3, scale=1.02 * math.exp(-0.045)), SCORES),
        "pert": quantiles("pert", stats.beta(1 + 4 * 0.2, 1 + 4 * 0.8, loc=10, scale=50), SCORES),
    },
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(result, indent=1) + "\n")
