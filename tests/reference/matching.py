"""Expected results for the optimal pairs and the entropy weights of kinfolk-stats, from SciPy.

Reads the made-up cohort that matching.R wrote.
"""

import json
import platform
from pathlib import Path

import numpy as np
import scipy
from scipy.optimize import linear_sum_assignment, minimize

HERE = Path(__file__).parent
COVARIATES = ["age", "difficulties", "sex", "moves"]


def assigned(distance, treated, cells, caliper):
    """As many pairs as can be, and of those the nearest: what is not allowed costs more than all."""
    forbidden = 1e6
    ours, theirs = np.where(treated)[0], np.where(~treated)[0]
    gaps = np.abs(distance[ours][:, None] - distance[theirs][None, :])
    allowed = (gaps <= caliper) & (cells[ours][:, None] == cells[theirs][None, :])
    rows, columns = linear_sum_assignment(np.where(allowed, gaps, forbidden))
    kept = allowed[rows, columns]
    return int(kept.sum()), float(gaps[rows, columns][kept].sum())


def entropy_weights(x, treated):
    """Minimises the dual by BFGS, then polishes by Newton."""
    target = x[treated].mean(axis=0)
    scale = x[~treated].std(axis=0)
    z = (x[~treated] - target) / scale

    def dual(tilt):
        exponents = z @ tilt
        top = exponents.max()
        return top + np.log(np.exp(exponents - top).sum())

    tilt = minimize(dual, np.zeros(x.shape[1]), method="BFGS").x
    for _ in range(20):
        weights = np.exp(z @ tilt)
        weights /= weights.sum()
        means = weights @ z
        tilt = tilt - np.linalg.solve((z * weights[:, None]).T @ z - np.outer(means, means), means)
    weights = np.exp(z @ tilt)
    return weights / weights.sum() * treated.sum()


def main():
    made = json.loads((HERE / "matching.json").read_text(encoding="utf-8"))
    cohort = {name: np.array(values) for name, values in made["cohort"].items()}
    treated = cohort["treated"] == 1
    logits = np.array(made["propensity"]["logits"])
    deviation = logits.std(ddof=1)
    everybody = np.zeros(len(logits))
    cases = []
    for name, cells, width in [
        ("no caliper", everybody, None),
        ("a fifth of a deviation", everybody, 0.2),
        ("a fiftieth of a deviation", everybody, 0.02),
        ("within authorities", cohort["authority"], 0.1),
    ]:
        caliper = np.inf if width is None else width * deviation
        n_pairs, total = assigned(logits, treated, cells, caliper)
        cases.append({"name": name, "caliper": width, "exact": bool(cells.any()),
                      "n_pairs": n_pairs, "total": total})
    x = np.column_stack([cohort[name] for name in COVARIATES]).astype(float)
    result = {
        "made_with": {"python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__},
        "optimal": cases,
        "entropy": list(entropy_weights(x, treated)),
    }
    text = json.dumps(result, indent=1)
    (HERE / "matching_scipy.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
