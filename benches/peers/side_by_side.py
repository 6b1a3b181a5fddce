"""kinfolk beside its peers on the same files: the same answers, and how long each takes.

Python: pandas, numpy, statsmodels, lifelines, scikit-learn. R, where it is there: data.table, survival,
MatchIt. Each piece of work runs in a process of its own; peers are timed after their packages are loaded,
kinfolk with its start. The shortest of a few runs counts, in seconds of processor time (which a busy
machine does not change) and in seconds by the clock. docs/benchmarks.md says what to make of it.

    pip install -r benches/peers/requirements.txt
    cargo build --release
    python benches/peers/side_by_side.py [--scale 1.0] [--only survival sdq] [--json results.json]
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
COVARIATES = ["age", "female", "years_in_care", "sdq", "placements_before"]
DAYS = [90, 180, 270, 360, 450, 540]
HORIZON = 365
LAST_DAY = "2025-03-31"
N_ITEMS = 25
MOVES = {"spb": "PB", "spbtu": "PBTU", "all": "PBTUL"}
STATUSES = ["C1", "C2", "V2"]
PLACES = ["U1", "U4", "U6", "K2"]
N_DRAWS = 200
TOLERANCE = 1e-6
# Draws of different generators agree up to chance.
WIDTH = "width of the interval drawn anew"
# MatchIt 4.5.1 does not always take the nearest on a single score.
NEARLY_NEAREST = "pairs of MatchIt"
LOOSE = {WIDTH: 0.3, NEARLY_NEAREST: 0.06}


# The work of the peers in Python. Each gives its answers as numbers by name.


def survival_in_python(folder):
    import pandas as pd
    from lifelines import CoxPHFitter, KaplanMeierFitter
    from lifelines.statistics import logrank_test
    from lifelines.utils import restricted_mean_survival_time

    yield "loaded"
    cohort = pd.read_csv(folder / "cohort.csv")
    arms = {arm: cohort[cohort.arm == arm] for arm in ["programme", "comparator"]}
    answers = {}
    for arm, rows in arms.items():
        fitted = KaplanMeierFitter().fit(rows.days, rows.moved)
        curve = fitted.survival_function_at_times(DAYS)
        answers |= {f"curve {arm} {day}": share for day, share in zip(DAYS, curve)}
        answers[f"mean time {arm}"], _ = restricted_mean_survival_time(fitted, HORIZON, return_variance=True)
    one, other = arms.values()
    answers["log-rank p"] = logrank_test(one.days, other.days, one.moved, other.moved).p_value
    model = cohort[["days", "moved", *COVARIATES]].assign(arm=(cohort.arm == "programme").astype(int))
    fit = CoxPHFitter().fit(model, "days", "moved", fit_options={"precision": 1e-9})
    answers |= {f"hazard ratio {name}": ratio for name, ratio in fit.hazard_ratios_.items()}
    yield answers


def effect_in_python(folder):
    import numpy as np
    import pandas as pd
    import statsmodels.api as sm

    yield "loaded"
    cohort = pd.read_csv(folder / "cohort.csv")
    treated = (cohort.arm == "programme").to_numpy()
    design = sm.add_constant(cohort[COVARIATES].astype(float))
    score = sm.Logit(treated.astype(float), design).fit(disp=0, method="newton", tol=1e-12).predict()
    weights = np.where(treated, 1.0, score / (1 - score))
    y = cohort.same_home.to_numpy(float)
    mean = lambda arm: np.average(y[arm], weights=weights[arm])
    yield {"difference": mean(treated) - mean(~treated)}


def pairs_of(logit, treated):
    """The nearest comparator of each within 0.2 standard deviations, each taken once, highest first."""
    import numpy as np
    from sklearn.neighbors import NearestNeighbors

    controls = np.flatnonzero(~treated)
    order = np.flatnonzero(treated)
    order = order[np.argsort(-logit[order], kind="stable")]
    near = NearestNeighbors(radius=0.2 * logit.std(ddof=1)).fit(logit[controls, None])
    free = np.ones(len(controls), dtype=bool)
    pairs = []
    for start in range(0, len(order), 500):
        block = order[start : start + 500]
        found = near.radius_neighbors(logit[block, None], return_distance=True, sort_results=True)
        for child, candidates in zip(block, found[1]):
            usable = candidates[free[candidates]]
            if len(usable):
                free[usable[0]] = False
                pairs.append((child, controls[usable[0]]))
    return np.array(pairs)


def logits(design, treated):
    import statsmodels.api as sm

    return design @ sm.Logit(treated.astype(float), design).fit(disp=0, method="newton", tol=1e-12).params


def match_in_python(folder):
    import pandas as pd
    import sklearn.neighbors  # noqa: F401
    import statsmodels.api as sm

    yield "loaded"
    cohort = pd.read_csv(folder / "small" / "cohort.csv")
    treated = (cohort.arm == "programme").to_numpy()
    design = sm.add_constant(cohort[COVARIATES].astype(float)).to_numpy()
    yield {"pairs": len(pairs_of(logits(design, treated), treated))}


def bootstrap_in_python(folder):
    import numpy as np
    import pandas as pd
    import sklearn.neighbors  # noqa: F401
    import statsmodels.api as sm

    yield "loaded"
    cohort = pd.read_csv(folder / "tiny" / "cohort.csv")
    treated = (cohort.arm == "programme").to_numpy()
    design = sm.add_constant(cohort[COVARIATES].astype(float)).to_numpy()
    outcome = cohort.same_home.to_numpy(float)
    draw = np.random.default_rng(1)
    found = []
    for _ in range(N_DRAWS):
        rows = draw.integers(0, len(outcome), len(outcome))
        x, t, y = design[rows], treated[rows], outcome[rows]
        matched = pairs_of(logits(x, t), t).ravel()
        model = np.column_stack([t[matched], x[matched]])
        found.append(np.linalg.lstsq(model, y[matched], rcond=None)[0][0])
    yield {WIDTH: float(np.subtract(*np.quantile(found, [0.975, 0.025])))}


def sdq_in_python(folder):
    import numpy as np
    import pandas as pd

    scales = {
        "emotional": [3, 8, 13, 16, 24],
        "conduct": [5, 7, 12, 18, 22],
        "hyperactivity": [2, 10, 15, 21, 25],
        "peer": [6, 11, 14, 19, 23],
        "prosocial": [1, 4, 9, 17, 20],
    }
    turned = [7, 11, 14, 21, 25]

    yield "loaded"
    table = pd.read_csv(folder / "answers.csv")
    items = table[[f"item_{item}" for item in range(1, N_ITEMS + 1)]].to_numpy(float)
    for item in turned:
        items[:, item - 1] = 2 - items[:, item - 1]
    for scale, members in scales.items():
        answers = items[:, [item - 1 for item in members]]
        n = (~np.isnan(answers)).sum(axis=1)
        mean = np.nansum(answers, axis=1) / np.where(n == 0, 1, n)
        table[scale] = np.where(n >= 3, np.floor(5 * mean + 0.5), np.nan)
    table["total"] = table[["emotional", "conduct", "hyperactivity", "peer"]].sum(axis=1, skipna=False)
    table.to_csv(folder / "scored-python.csv", index=False)
    yield {"scored": int(table.total.notna().sum()), "sum of totals": float(table.total.sum())}


def returns_in_python(folder):
    import pandas as pd

    yield "loaded"
    files = sorted((folder / "returns").glob("*/episodes.csv"))
    rows = pd.concat([pd.read_csv(file, dtype={"REC": str}) for file in files])
    for column in ["DECOM", "DEC"]:
        rows[column] = pd.to_datetime(rows[column], format="%d/%m/%Y")
    # An episode is reported in each year in which it lasts; the last report knows its end.
    spells = rows.drop_duplicates(["CHILD", "DECOM"], keep="last").sort_values(["CHILD", "DECOM"])
    # A few of the rules that kinfolk holds every row against.
    same = spells.CHILD.eq(spells.CHILD.shift())
    faults = {
        "unknown code": ~(spells.RNE.isin(list("SLPTBU")) & spells.LS.isin(STATUSES) & spells.PLACE.isin(PLACES)),
        "ends before it begins": spells.DEC < spells.DECOM,
        "begins before the last has ended": same & (spells.DEC.shift() > spells.DECOM),
        "first without S, or S within": same.eq(spells.RNE.eq("S")) & ~(same & spells.DEC.shift().ne(spells.DECOM)),
        "moved without a reason": same & spells.RNE.isin(list("PTBU")) & spells.REASON_PLACE_CHANGE.shift().isna(),
        "status changed without saying so": same & spells.RNE.isin(["P", "T"]) & spells.LS.ne(spells.LS.shift()),
    }
    answers = {f"faults: {name}": int(found.sum()) for name, found in faults.items()}
    on = pd.Timestamp(LAST_DAY)
    first = on - pd.DateOffset(years=1) + pd.DateOffset(days=1)
    in_care = spells.loc[spells.DEC.isna() | (spells.DEC > on), "CHILD"].unique()
    within = spells[(spells.DECOM > first) & (spells.DECOM <= on)]
    there = spells[(spells.DECOM <= first) & (spells.DEC.isna() | (spells.DEC > first))]
    for moves, reasons in MOVES.items():
        n = within[within.RNE.isin(["S", *reasons])].groupby("CHILD").size().reindex(in_care, fill_value=0)
        n = n + n.index.isin(there.CHILD)
        answers[f"three or more, {moves}"] = int((n >= 3).sum())
    yield {"in care": len(in_care), **answers}


# The same asked of kinfolk: arguments, and how answers are found in what it prints.


def estimates(text, measure, statistic):
    records = json.loads(text)["estimates"]
    return [r for r in records if r["measure"] == measure and r["statistic"] == statistic]


def group(record):
    """The group of a record as words, whichever way it is written."""
    value = record["group"]
    return value if isinstance(value, str) else ";".join(f"{k}={v}" for k, v in dict(value).items())


def survival_answers(text, _folder):
    answers = {}
    for record in estimates(text, "survival.curve", "proportion"):
        answers[f"curve {record['arm']} {group(record).removeprefix('day=')}"] = record["value"]
    for record in estimates(text, "survival.hazard_ratio", "hazard_ratio"):
        answers[f"hazard ratio {group(record).removeprefix('covariate=')}"] = record["value"]
    for record in estimates(text, "survival.proportional_hazards", "p_value"):
        if not group(record):
            answers["proportional hazards p"] = record["value"]
    for record in estimates(text, "survival.restricted_mean", "mean"):
        answers[f"mean time {record['arm']}"] = record["value"]
    answers["log-rank p"] = estimates(text, "survival.log_rank", "p_value")[0]["value"]
    return answers


def effect_answers(text, _folder):
    found = [r for r in estimates(text, "effect.same_home", "difference") if "att-weights" in group(r)]
    return {"difference": found[0]["value"]}


def match_answers(text, _folder):
    found = [r for r in estimates(text, "matching.pairs", "count") if group(r) == "figure=pairs"]
    return {"pairs": found[0]["value"], NEARLY_NEAREST: found[0]["value"]}


def bootstrap_answers(text, _folder):
    found = [r for r in estimates(text, "effect.same_home", "difference") if "errors=bootstrap" in group(r)]
    return {WIDTH: found[0]["upper"] - found[0]["lower"]}


def sdq_answers(_text, folder):
    import pandas as pd

    total = pd.read_csv(folder / "scored.csv", usecols=["total"]).total
    return {"scored": int(total.notna().sum()), "sum of totals": float(total.sum())}


def returns_answers(text, _folder):
    found = {group(r): r for r in estimates(text, "stability.three_or_more", "proportion")}
    rules = {moves: found[f"moves={moves};temporary=bridge;window=year"] for moves in MOVES}
    counts = {f"three or more, {moves}": record["numerator"] for moves, record in rules.items()}
    return {"in care": found["window=year"]["denominator"], **counts}


COMPARE = ["--arm", "arm", "--covariates", ",".join(COVARIATES)]
WORK = {
    "survival": (
        survival_in_python,
        lambda f: ["survival", f / "cohort.csv", "--time", "days", "--event", "moved", *COMPARE,
                   "--at", ",".join(map(str, DAYS)), "--horizon", HORIZON],
        survival_answers,
        "curves, log-rank test and Cox model",
    ),
    "effect": (
        effect_in_python,
        lambda f: ["effect", f / "cohort.csv", "--outcome", "same_home", *COMPARE, "--method", "att-weights"],
        effect_answers,
        "propensity score and weighted difference",
    ),
    "match": (
        match_in_python,
        lambda f: ["match", f / "small" / "cohort.csv", *COMPARE, "-o", f / "pairs.csv"],
        match_answers,
        "nearest comparators within a caliper",
    ),
    "bootstrap": (
        bootstrap_in_python,
        lambda f: ["effect", f / "tiny" / "cohort.csv", "--outcome", "same_home", *COMPARE,
                   "--method", "matched", "--bootstrap", N_DRAWS, "--seed", 1],
        bootstrap_answers,
        f"score, pairs and difference drawn anew {N_DRAWS} times",
    ),
    "sdq": (
        sdq_in_python,
        lambda f: ["sdq", "score", f / "answers.csv", "--informant", "parent_carer", "--no-bands",
                   "-o", f / "scored.csv"],
        sdq_answers,
        "SDQ scores of 25 items, read and written",
    ),
    "returns": (
        returns_in_python,
        lambda f: ["placements", f / "returns", "--on", LAST_DAY],
        returns_answers,
        "three or more placements in the year, from five returns",
    ),
}


# Timing.


def processor_seconds(who):
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def run_peer(name, folder):
    """In a process of its own: loads, starts the clocks, works, prints answers and times."""
    work = WORK[name][0](Path(folder))
    next(work)
    clock, processor = time.perf_counter(), processor_seconds(resource.RUSAGE_SELF)
    answers = next(work)
    print(json.dumps({
        "answers": answers,
        "clock": time.perf_counter() - clock,
        "processor": processor_seconds(resource.RUSAGE_SELF) - processor,
    }))


def told(command):
    """What a peer in a process of its own prints last."""
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{run.stderr}")
    return json.loads(run.stdout.strip().splitlines()[-1])


def run_kinfolk(program, arguments, answers, folder):
    clock, processor = time.perf_counter(), processor_seconds(resource.RUSAGE_CHILDREN)
    run = subprocess.run([program, "--quiet", *map(str, arguments)], capture_output=True, text=True)
    if run.returncode not in (0, 3, 4):
        sys.exit(run.stderr)
    times = {
        "clock": time.perf_counter() - clock,
        "processor": processor_seconds(resource.RUSAGE_CHILDREN) - processor,
    }
    return {"answers": answers(run.stdout, folder), **times}


def shortest(runs):
    best = min(runs, key=lambda run: run["processor"])
    return {**best, "clock": min(run["clock"] for run in runs)}


def differing(ours, theirs):
    """Answers that both give and that are not the same number."""
    return {
        name: (ours[name], theirs[name])
        for name in ours.keys() & theirs.keys()
        if abs(ours[name] - theirs[name]) > LOOSE.get(name, TOLERANCE) * max(1e-3, abs(theirs[name]))
    }


# Files that all read.


def write_answers(path, n_rows):
    import numpy as np

    draw = np.random.default_rng(2025)
    words = np.array(["0", "1", "2", ""])
    with open(path, "w", encoding="ascii") as table:
        table.write("child_id," + ",".join(f"item_{item}" for item in range(1, N_ITEMS + 1)) + "\n")
        for first in range(0, n_rows, 50_000):
            n = min(50_000, n_rows - first)
            cells = words[draw.choice(4, (n, N_ITEMS), p=[0.45, 0.30, 0.20, 0.05])]
            table.writelines(f"C{first + at:08},{','.join(row)}\n" for at, row in enumerate(cells))


def make_files(program, folder, scale, wanted):
    def synth(*arguments):
        subprocess.run([program, "--quiet", "synth", "--seed", "1", *map(str, arguments)], check=True)

    sizes = {"cohort": int(200_000 * scale), "small": int(20_000 * scale),
             "tiny": int(2_000 * scale), "answers": int(1_000_000 * scale), "returns": int(100_000 * scale)}
    if {"survival", "effect"} & wanted:
        synth("--cohort", "--children", sizes["cohort"], "--out", folder / "whole")
        shutil.move(folder / "whole" / "cohort.csv", folder / "cohort.csv")
    if "match" in wanted:
        synth("--cohort", "--children", sizes["small"], "--out", folder / "small")
    if "bootstrap" in wanted:
        synth("--cohort", "--children", sizes["tiny"], "--out", folder / "tiny")
    if "sdq" in wanted:
        write_answers(folder / "answers.csv", sizes["answers"])
    if "returns" in wanted:
        synth("--returns", "--dense", "--children", sizes["returns"], "--out", folder / "returns")
    of = {"survival": "cohort", "effect": "cohort", "match": "small", "bootstrap": "tiny", "sdq": "answers", "returns": "returns"}
    return {name: sizes[of[name]] for name in wanted}


def versions(program):
    from importlib.metadata import version

    lines = [subprocess.run([program, "--version"], capture_output=True, text=True).stdout.strip()]
    lines.append(f"Python {sys.version.split()[0]}")
    for name in ["numpy", "pandas", "statsmodels", "lifelines", "scikit-learn"]:
        lines.append(f"{name} {version(name)}")
    return lines


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--scale", type=float, default=1.0, help="times the usual number of rows")
    arguments.add_argument("--only", nargs="+", choices=WORK, default=list(WORK))
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument("--kinfolk", default="target/release/kinfolk")
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--json", type=Path)
    arguments.add_argument("--peer", nargs=2, metavar=("WORK", "FOLDER"), help=argparse.SUPPRESS)
    asked = arguments.parse_args()
    if asked.peer:
        return run_peer(*asked.peer)

    for variable in ["RAYON_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "R_DATATABLE_NUM_THREADS"]:
        os.environ[variable] = str(asked.threads)
    has_r = shutil.which("Rscript") is not None
    for line in versions(asked.kinfolk):
        print(line)
    if has_r:
        print(told(["Rscript", HERE / "side_by_side.R", "versions", "."])["answers"])
    else:
        print("R is not there: its packages are skipped")

    results, bad = [], {}
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent)
        sizes = make_files(asked.kinfolk, folder, asked.scale, set(asked.only))
        for name in asked.only:
            _, command, answers, words = WORK[name]
            runs = range(asked.runs)
            ours = shortest([run_kinfolk(asked.kinfolk, command(folder), answers, folder) for _ in runs])
            peers = {"Python": [sys.executable, __file__, "--peer", name, folder]}
            if has_r:
                peers["R"] = ["Rscript", HERE / "side_by_side.R", name, folder]
            print(f"\n{words}: {sizes[name]:,} rows or children")
            print(f"  {'kinfolk':<8} {ours['processor']:8.2f} s of processor {ours['clock']:8.2f} s by the clock")
            for peer, command in peers.items():
                theirs = shortest([told(command) for _ in runs])
                bad |= {f"{name} {peer} {at}": pair for at, pair in differing(ours["answers"], theirs["answers"]).items()}
                ratio, by_clock = (theirs[key] / ours[key] for key in ("processor", "clock"))
                n = len(ours["answers"].keys() & theirs["answers"].keys())
                print(f"  {peer:<8} {theirs['processor']:8.2f} s              {theirs['clock']:8.2f} s"
                      f"   {ratio:6.1f} times ({by_clock:.1f} by the clock), {n} answers the same")
                results.append({"work": name, "rows": sizes[name], "peer": peer, "ratio": ratio,
                                "ratio_by_clock": by_clock, "kinfolk": ours["processor"], "seconds": theirs["processor"]})
    print()
    for peer, promised in [("Python", 10), ("R", 2)]:
        # Returns are files first of all, and a study of tables has none.
        for words, left_out in [("everything", ""), ("everything but returns", "returns")]:
            of = [r for r in results if r["peer"] == peer and r["work"] != left_out]
            if of:
                ratio = sum(r["seconds"] for r in of) / sum(r["kinfolk"] for r in of)
                print(f"{peer}, {words}: {ratio:.1f} times as long (at least {promised} is promised)")
    if asked.json:
        asked.json.write_text(json.dumps(results, indent=2) + "\n")
    if bad:
        sys.exit(f"answers differ: {bad}")


if __name__ == "__main__":
    main()
