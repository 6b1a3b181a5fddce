"""What the module and the program say is what the façade said, to the last bit.

Run by `parity.rs`, which writes the façade's answers into the folder named in KINFOLK_ANSWERS. Where
KINFOLK_PROGRAM names the program, it answers too.
"""

import csv
import importlib.util
import json
import os
import pathlib
import subprocess
import unittest

import kinfolk

ANSWERS = pathlib.Path(os.environ["KINFOLK_ANSWERS"])
STUDY = pathlib.Path(os.environ["KINFOLK_STUDY"])
PROGRAM = os.environ.get("KINFOLK_PROGRAM")
TODAY = "2025-06-01"
ON = "2025-03-31"
COVARIATES = ["age", "years_in_care", "sdq", "placements_before"]
METHODS = ["unadjusted", "matched", "att-weights", "overlap", "entropy", "aipw"]


def from_csv(name):
    """A table as text, cell by cell."""
    with open(ANSWERS / name, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {column: [row[column] or None for row in rows] for column in rows[0]}


def tables(name):
    """The same table as text, and as the numbers that polars makes of it."""
    yield from_csv(name)
    if importlib.util.find_spec("polars"):
        import polars

        yield polars.read_csv(ANSWERS / name)


def estimates_in(text):
    return json.loads(text)["estimates"]


def program(*arguments):
    """What the program writes to standard output. Warnings about the data are no failure here."""
    run = subprocess.run([PROGRAM, "--quiet", *map(str, arguments)], capture_output=True, text=True)
    if run.returncode not in (0, 3, 4):
        raise AssertionError(f"{arguments}: {run.stderr} (is the program older than the library? build it anew)")
    return run.stdout


class Parity(unittest.TestCase):
    maxDiff = 2000

    def equal(self, name, outcomes, *command):
        expected = estimates_in((ANSWERS / f"{name}.facade.json").read_text(encoding="utf-8"))
        self.assertGreater(len(expected), 1)
        for outcome in outcomes:
            self.assertEqual(estimates_in(outcome.to_json()), expected, f"{name} in Python")
        if PROGRAM:
            self.assertEqual(estimates_in(program(*command)), expected, f"{name} by the program")

    def test_a_study(self):
        expected = json.loads((ANSWERS / "estimates.json").read_text(encoding="utf-8"))["estimates"]
        found = kinfolk.open(STUDY, today=TODAY).estimates().to_dicts()
        self.assertEqual(len(found), len(expected))
        for here, there in zip(found, expected):
            for key in ("measure", "arm", "statistic", "value", "lower", "upper", "numerator", "denominator"):
                self.assertEqual(here[key] or None, there.get(key) or None, (key, there))
        if PROGRAM:
            program("analyse", STUDY, "--as-of", TODAY, "--out", ANSWERS / "analysed")
            there = (ANSWERS / "analysed" / "estimates.json").read_text(encoding="utf-8")
            self.assertEqual(estimates_in(there), expected)

    def test_scores(self):
        expected = from_csv("sdq_score.facade.csv")
        for table in tables("items.csv"):
            scored = kinfolk.sdq_score(table)
            self.assertEqual(scored.columns, list(expected))
            for column, cells in expected.items():
                here = [None if cell in (None, "") else str(cell) for cell in scored.column(column)]
                self.assertEqual(here, cells, column)
        if PROGRAM:
            program("sdq", "score", ANSWERS / "items.csv", "-o", ANSWERS / "scored.csv")
            self.assertEqual((ANSWERS / "scored.csv").read_bytes(), (ANSWERS / "sdq_score.facade.csv").read_bytes())

    def test_change(self):
        found = [kinfolk.sdq_change(table, sd=5.8, reliability=0.72) for table in tables("totals.csv")]
        command = ["sdq", "change", ANSWERS / "totals.csv", "--sd", "5.8", "--reliability", "0.72"]
        self.equal("sdq_change", found, *command)

    def test_placements(self):
        returns = STUDY / "returns"
        found = kinfolk.placements([returns], on=ON, today=TODAY)
        self.equal("placements", [found], "placements", returns, "--on", ON, "--as-of", TODAY)

    def test_match(self):
        found = [
            kinfolk.match(table, covariates=COVARIATES, exact=["female"]) for table in tables("cohort.csv")
        ]
        columns = ["--covariates", ",".join(COVARIATES), "--exact", "female"]
        self.equal("match", found, "match", ANSWERS / "cohort.csv", *columns)

    def test_match_at_the_same_time_in_care(self):
        asked = {"covariates": ["age", "moves"], "joined": "joined", "left": "left"}
        found = [kinfolk.match(table, **asked) for table in tables("care.csv")]
        columns = ["--covariates", "age,moves", "--risk-set", "--joined", "joined", "--left", "left"]
        self.equal("match_in_risk_sets", found, "match", ANSWERS / "care.csv", *columns)

    def test_effect_at_the_same_time_in_care(self):
        asked = {"outcome": "calm", "covariates": ["age", "moves"], "joined": "joined", "left": "left",
                 "cluster": "home", "draws": 100, "seed": 7}
        found = [kinfolk.effect(table, **asked) for table in tables("care.csv")]
        flags = ["--outcome", "calm", "--covariates", "age,moves", "--risk-set", "--joined", "joined", "--left", "left",
                 "--cluster", "home", "--bootstrap", "100", "--seed", "7"]
        self.equal("effect_in_risk_sets", found, "effect", ANSWERS / "care.csv", *flags)

    def test_effect(self):
        for method in METHODS:
            asked = {"outcome": "same_home", "covariates": COVARIATES, "exact": ["female"], "method": method}
            flags = ["--outcome", "same_home", "--covariates", ",".join(COVARIATES), "--exact", "female", "--method", method]
            if method == "matched":
                asked |= {"draws": 100, "seed": 7}
                flags += ["--bootstrap", "100", "--seed", "7"]
            found = [kinfolk.effect(table, **asked) for table in tables("cohort.csv")]
            self.equal(f"effect.{method}", found, "effect", ANSWERS / "cohort.csv", *flags)

    def test_survival(self):
        asked = {"time": "days", "event": "moved", "arm": "arm", "covariates": COVARIATES, "cluster": "authority"}
        found = [kinfolk.survival(table, **asked) for table in tables("cohort.csv")]
        flags = ["--time", "days", "--event", "moved", "--arm", "arm", "--covariates", ",".join(COVARIATES),
                 "--cluster", "authority"]
        self.equal("survival", found, "survival", ANSWERS / "cohort.csv", *flags)

    def test_value(self):
        costs, estimates = STUDY / "costs.toml", ANSWERS / "estimates.json"
        found = kinfolk.value(costs, estimates=estimates)
        self.equal("value", [found], "value", costs, "--estimates", estimates)

    def test_single_numbers(self):
        """The methods on columns give what the estimates of the stages hold."""
        from kinfolk import stats

        table = from_csv("cohort.csv")
        treated = [arm == "programme" for arm in table["arm"]]
        outcome = [float(cell) for cell in table["same_home"]]
        found = stats.unadjusted(outcome, treated)
        expected = estimates_in((ANSWERS / "effect.unadjusted.facade.json").read_text(encoding="utf-8"))
        difference = next(record for record in expected if record["statistic"] == "difference")
        self.assertEqual([found.difference.value, *found.difference.interval],
                         [difference[key] for key in ("value", "lower", "upper")])


if __name__ == "__main__":
    unittest.main()
