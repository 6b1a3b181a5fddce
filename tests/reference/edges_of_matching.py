"""Expected results for matching and weights at their edges, from SciPy: pairs with ties, cells and calipers
that just reach, and means that no weights can give the comparators.

python edges_of_matching.py, in this folder.
"""

import json
import platform
from pathlib import Path

import numpy as np
import scipy
from scipy.optimize import linear_sum_assignment, linprog

HERE = Path(__file__).parent


def pairs(place, treated, cells, caliper):
    """As many pairs as can be, and of those the nearest: what is not allowed costs more than all."""
    ours, theirs = np.where(treated)[0], np.where(~treated)[0]
    gaps = np.abs(place[ours][:, None] - place[theirs][None, :])
    allowed = (gaps <= caliper) & (cells[ours][:, None] == cells[theirs][None, :])
    rows, columns = linear_sum_assignment(np.where(allowed, gaps, 1e6))
    kept = allowed[rows, columns]
    return int(kept.sum()), float(gaps[rows, columns][kept].sum())


def pair_case(seed):
    """Whole places, so that ties and gaps as wide as the caliper are common."""
    draw = np.random.default_rng(seed)
    n = int(draw.integers(2, 25))
    place = draw.integers(0, int(draw.integers(1, 30)), n).astype(float)
    treated = draw.random(n) < draw.choice([0.2, 0.5, 0.8])
    treated[0], treated[1] = True, False
    cells = draw.integers(0, draw.choice([1, 3]), n)
    caliper = draw.choice([np.inf, 1.0, 2.0, 5.0])
    n_pairs, total = pairs(place, treated, cells, caliper)
    return {"place": place.tolist(), "treated": treated.astype(int).tolist(), "cells": cells.tolist(),
            "caliper": None if np.isinf(caliper) else float(caliper), "n_pairs": n_pairs, "total": total}


def least_share(x, target):
    """How much the smallest weight may be at most, if weights that sum to 1 are to give the target; none below 0."""
    n, k = x.shape
    found = linprog(c=[0.0] * n + [-1.0],
                    A_eq=np.vstack([np.append(np.ones(n), 0.0), np.column_stack([x.T, np.zeros(k)])]),
                    b_eq=np.append(1.0, target),
                    A_ub=np.column_stack([-np.eye(n), np.ones(n)]), b_ub=np.zeros(n),
                    bounds=[(0, None)] * n + [(None, None)])
    return None if not found.success else float(found.x[-1])


def tilted(x, target):
    """The weights nearest to even ones, by Newton's steps on the dual, halved until it falls."""
    z = (x - target) / x.std(axis=0)
    tilt = np.zeros(x.shape[1])

    def height(tilt):
        exponents = z @ tilt
        return exponents.max() + np.log(np.exp(exponents - exponents.max()).sum())

    for _ in range(200):
        weights = np.exp(z @ tilt - (z @ tilt).max())
        weights /= weights.sum()
        means = weights @ z
        step = np.linalg.solve((z * weights[:, None]).T @ z - np.outer(means, means), means)
        share = 1.0
        while height(tilt - share * step) > height(tilt) + 1e-14 and share > 1e-9:
            share /= 2
        tilt = tilt - share * step
    weights = np.exp(z @ tilt)
    assert abs((weights / weights.sum()) @ z).max() < 1e-12
    return weights / weights.sum()


def weight_case(seed):
    """Few comparators with whole covariates: about half the time the treated lie beyond what they can give."""
    draw = np.random.default_rng(seed)
    n_treated, n_others, k = int(draw.integers(1, 5)), int(draw.integers(3, 11)), int(draw.integers(1, 4))
    others = draw.integers(0, 4, (n_others, k)).astype(float)
    treated = draw.integers(0, 4, (n_treated, k)).astype(float)
    if np.linalg.matrix_rank(others - others.mean(axis=0)) < k:
        return None
    share = least_share(others, treated.mean(axis=0))
    within = share is not None and share > 1e-9
    weights = tilted(others, treated.mean(axis=0)) * n_treated if within else None
    return {"others": others.T.tolist(), "treated": treated.T.tolist(),
            "weights": None if weights is None else weights.tolist()}


def main():
    weights = [case for case in map(weight_case, [*range(60), 193, 324]) if case is not None]
    result = {
        "made_with": {"python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__},
        "pairs": [pair_case(seed) for seed in range(60)],
        "weights": weights,
    }
    text = json.dumps(result).replace("}, {", "},\n{")
    (HERE / "edges_of_matching.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
