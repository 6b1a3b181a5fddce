"""Expected results for regressions of few rows, half of which have no end, from SciPy.

A coefficient has no end where some direction moves every row the right way or not at all, and one of them
the right way; a linear programme finds one if there is any. Where there is none, the likelihood is climbed
by Newton's steps.

python edges_of_separation.py, in this folder.
"""

import json
import platform
from pathlib import Path

import numpy as np
import scipy
from scipy.optimize import linprog, root

HERE = Path(__file__).parent


def has_no_end(moves, still):
    """Whether a direction leaves `still` alone, moves none of `moves` below 0 and one of them above."""
    if not len(moves):
        return False
    k = moves.shape[1]
    found = linprog(-moves.sum(axis=0), A_ub=-moves, b_ub=np.zeros(len(moves)),
                    A_eq=still if len(still) else None, b_eq=np.zeros(len(still)) if len(still) else None,
                    bounds=[(-1, 1)] * k)
    return bool(-found.fun > 1e-9)


def climbed(slopes, k, height):
    """Newton's steps from 0, halved until the likelihood rises, until they rest."""
    at = np.zeros(k)
    for _ in range(200):
        score, information = slopes(at)
        step, share = np.linalg.solve(information, score), 1.0
        while height(at + share * step) < height(at) - 1e-13 * abs(height(at)) and share > 1e-9:
            share /= 2
        at = at + share * step
        if abs(step).max() < 1e-13:
            break
    return at, np.sqrt(np.diag(np.linalg.inv(slopes(at)[1])))


def logistic_case(draw, n, k):
    x = np.column_stack([np.ones(n), draw.integers(0, 4, (n, k))]).astype(float)
    y = (draw.random(n) < 0.5).astype(float)
    if np.linalg.matrix_rank(x) <= k or n <= k + 1:
        return None

    def chances(b):
        return 1 / (1 + np.exp(-x @ b))

    def slopes(b):
        p = chances(b)
        return x.T @ (y - p), (x * (p * (1 - p))[:, None]).T @ x

    def height(b):
        return (y * (x @ b)).sum() - np.logaddexp(0, x @ b).sum()

    def penalised(b):
        p = chances(b)
        information = slopes(b)[1]
        leverage = p * (1 - p) * np.einsum("ij,jk,ik->i", x, np.linalg.inv(information), x)
        return x.T @ (y - p + leverage * (0.5 - p)), information

    def higher(b):
        return height(b) + 0.5 * np.linalg.slogdet(slopes(b)[1])[1]

    separated = has_no_end(x * (2 * y - 1)[:, None], np.zeros((0, k + 1)))
    # Scoring ends slowly; the root of the score is found from there.
    firth = root(lambda b: penalised(b)[0], climbed(penalised, k + 1, higher)[0], tol=1e-15).x
    assert abs(penalised(firth)[0]).max() < 1e-12
    firth = firth, np.sqrt(np.diag(np.linalg.inv(penalised(firth)[1])))
    plain = None if separated else climbed(slopes, k + 1, height)
    return {"x": x[:, 1:].T.tolist(), "y": y.tolist(), "plain": plain and [part.tolist() for part in plain],
            "firth": [part.tolist() for part in firth]}


def cox_case(draw, n, k):
    x = draw.integers(0, 3, (n, k)).astype(float)
    time = draw.permutation(n) + 1.0
    event = draw.random(n) < 0.6
    if not event.any():
        return None
    sets = [(i, np.where(time >= time[i])[0]) for i in np.where(event)[0]]
    gaps = np.vstack([x[i] - x[at_risk] for i, at_risk in sets])
    if np.linalg.matrix_rank(gaps) < k:
        return None

    def slopes(b):
        score, information = np.zeros(k), np.zeros((k, k))
        for i, at_risk in sets:
            weight = np.exp(x[at_risk] @ b)
            weight /= weight.sum()
            mean = weight @ x[at_risk]
            score += x[i] - mean
            information += (x[at_risk] * weight[:, None]).T @ x[at_risk] - np.outer(mean, mean)
        return score, information

    def height(b):
        return sum(x[i] @ b - np.log(np.exp(x[at_risk] @ b).sum()) for i, at_risk in sets)

    plain = None if has_no_end(gaps, np.zeros((0, k))) else climbed(slopes, k, height)
    return {"x": x.T.tolist(), "time": time.tolist(), "event": event.astype(int).tolist(),
            "plain": plain and [part.tolist() for part in plain]}


def rate_case(draw, n, k):
    x = np.column_stack([np.ones(n), draw.integers(0, 3, (n, k))]).astype(float)
    events = draw.poisson(0.6, n).astype(float)
    years = np.round(draw.uniform(0.5, 3, n), 2)
    if np.linalg.matrix_rank(x) <= k or n <= k + 1 or not events.any():
        return None

    def slopes(b):
        mean = years * np.exp(x @ b)
        return x.T @ (events - mean), (x * mean[:, None]).T @ x

    def height(b):
        return (events * (x @ b)).sum() - (years * np.exp(x @ b)).sum()

    plain = None if has_no_end(-x[events == 0], x[events > 0]) else climbed(slopes, k + 1, height)
    return {"x": x[:, 1:].T.tolist(), "events": events.tolist(), "years": years.tolist(),
            "plain": plain and [part.tolist() for part in plain]}


def made(case, n_cases):
    found = []
    for seed in range(n_cases):
        draw = np.random.default_rng(seed)
        found.append(case(draw, int(draw.integers(4, 14)), int(draw.integers(1, 4))))
    return [case for case in found if case is not None]


def main():
    result = {
        "made_with": {"python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__},
        "logistic": made(logistic_case, 60),
        "cox": made(cox_case, 60),
        "rates": made(rate_case, 60),
    }
    text = json.dumps(result).replace("}, {", "},\n{")
    (HERE / "edges_of_separation.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
