"""What the module does, from Python. Needs no package; those that are there take part."""

import datetime
import importlib.util
import json
import os
import tempfile
import unittest

import kinfolk

TODAY = datetime.date(2025, 6, 1)


def has(*packages):
    return all(importlib.util.find_spec(package) for package in packages)


def needs(*packages):
    return unittest.skipUnless(has(*packages), f"without {', '.join(packages)}")


def answers(*cells):
    """One questionnaire for each cell, every item answered with it."""
    return {f"item_{at}": list(cells) for at in range(1, 26)}


class Studies(unittest.TestCase):
    def setUp(self):
        self.study = kinfolk.open(os.environ["KINFOLK_STUDY"], today=TODAY)

    def test_estimates_equal_those_of_the_facade(self):
        with open(os.environ["KINFOLK_ESTIMATES"], encoding="utf-8") as file:
            expected = json.load(file)["estimates"]
        found = self.study.estimates().to_dicts()
        self.assertEqual(len(found), len(expected))
        for here, there in zip(found, expected):
            for key in ("measure", "population", "arm", "statistic", "value", "lower", "upper", "level", "numerator",
                        "denominator", "n_missing", "method", "options", "note"):
                self.assertEqual(here[key] or None, there.get(key) or None, (key, there))

    def test_released_figures_are_fewer_values(self):
        def values(table):
            return sum(value is not None for value in table.column("value"))

        self.assertLess(values(self.study.released()), values(self.study.estimates()))

    def test_findings_name_their_cell(self):
        finding = self.study.findings.to_dicts()[0]
        self.assertIn("rule", finding)
        self.assertEqual(len(self.study.findings), len(self.study.findings.column("rule")))

    def test_a_folder_that_is_no_study(self):
        with self.assertRaisesRegex(kinfolk.UsageError, "study.toml"):
            kinfolk.open(os.path.dirname(__file__), today=TODAY)

    def test_a_day_that_is_none(self):
        with self.assertRaisesRegex(kinfolk.UsageError, "today"):
            kinfolk.open(os.environ["KINFOLK_STUDY"], today="31/31/2025")


class OneNameIsAList(unittest.TestCase):
    TABLE = {"child_id": list("abcdefgh"), "arm": [1, 0] * 4, "y": [1, 0, 1, 1, 0, 0, 1, 0], "age": list(range(8))}

    def test_a_covariate(self):
        one = kinfolk.effect(self.TABLE, outcome="y", covariates="age", caliper=None)
        many = kinfolk.effect(self.TABLE, outcome="y", covariates=["age"], caliper=None)
        self.assertEqual(one.to_json(), many.to_json())
        self.assertEqual(len(one.findings), 0)

    def test_options_out_of_range(self):
        for options in [{"caliper": -1}, {"caliper": 0}, {"caliper": float("nan")}, {"ratio": 0}]:
            with self.assertRaises(kinfolk.UsageError):
                kinfolk.match(self.TABLE, covariates=["age"], **options)

    def test_a_word_that_all_share(self):
        table = self.TABLE | {"place": ["home"] * 8}
        with self.assertRaisesRegex(kinfolk.DataError, "place"):
            kinfolk.effect(table, outcome="y", covariates=["age", "place"])

    def test_no_returns(self):
        with self.assertRaisesRegex(kinfolk.UsageError, "returns"):
            kinfolk.placements([], on="2025-03-31", today="2025-06-01")


class Findings(unittest.TestCase):
    def test_costs_without_their_estimates(self):
        costs = os.path.join(os.environ["KINFOLK_STUDY"], "costs.toml")
        with self.assertRaisesRegex(kinfolk.DataError, "nothing is appraised"):
            kinfolk.value(costs)
        found = kinfolk.value(costs, estimates=os.environ["KINFOLK_ESTIMATES"])
        self.assertEqual(found.findings.columns[0], "rule")

    def test_a_file_that_is_not_there(self):
        with self.assertRaises(OSError) as raised:
            kinfolk.value("nope.toml")
        self.assertEqual(str(raised.exception).count("nope.toml"), 1)

    def test_of_returns(self):
        with tempfile.TemporaryDirectory() as folder:
            out = os.path.join(folder, "returns")
            kinfolk.synth_returns(out, seed=1, children=60, years=1, dirty=True)
            found = kinfolk.placements(out, on="2025-03-31", today="2025-06-01")
            self.assertIn("903-child", found.findings.column("rule"))


class Questionnaires(unittest.TestCase):
    def test_scores_of_a_dictionary(self):
        table = {"child_id": ["a", "b", "c", "d"]} | answers(0, 1, 2, None)
        scored = kinfolk.sdq_score(table, informant="parent_carer")
        self.assertEqual(scored.column("total"), [10, 20, 30, None])
        self.assertEqual(scored.column("total_three_band"), ["normal", "abnormal", "abnormal", None])
        bare = kinfolk.sdq_score(table, informant="parent_carer", bands=False)
        self.assertEqual(bare.column("total"), [10, 20, 30, None])
        self.assertEqual([name for name in bare.columns if name.endswith("_band")], [])

    def test_an_answer_that_no_form_has(self):
        with self.assertRaisesRegex(kinfolk.DataError, "item_1"):
            kinfolk.sdq_score(answers(0, 7), informant="parent_carer")

    def test_a_missing_column_is_named(self):
        table = {"child_id": ["a"], "date": ["2024-01-01"], "informant": ["teacher"]}
        with self.assertRaisesRegex(kinfolk.KinfolkError, "total"):
            kinfolk.sdq_change(table, sd=5.8, reliability=0.72)

    def test_options_out_of_range(self):
        table = {"child_id": ["a"], "date": ["2024-01-01"], "informant": ["teacher"], "total": [4]}
        with self.assertRaisesRegex(kinfolk.UsageError, "standard deviation"):
            kinfolk.sdq_change(table, sd=-1, reliability=0.72)
        with self.assertRaisesRegex(kinfolk.UsageError, "informant"):
            kinfolk.sdq_change(table, sd=5.8, reliability=0.72, informant="aunt")

    def test_what_is_no_table(self):
        with self.assertRaises(TypeError):
            kinfolk.sdq_score([1, 2])


class Frames(unittest.TestCase):
    def changes(self, table):
        found = kinfolk.sdq_change(table, sd=5.8, reliability=0.72)
        return found.rows.column("change")

    table = {
        "child_id": ["a", "a", "b", "b"],
        "date": [datetime.date(2024, 1, 1), datetime.date(2025, 1, 1)] * 2,
        "informant": ["parent_carer"] * 4,
        "total": [20, 10, 12, None],
    }

    def test_a_dictionary(self):
        self.assertEqual(self.changes(self.table), [-10, None])

    @needs("polars")
    def test_polars(self):
        import polars

        frame = polars.DataFrame(self.table)
        self.assertEqual(self.changes(frame), [-10, None])
        chunked = polars.concat([frame[:1], frame[1:]], rechunk=False)
        self.assertEqual(self.changes(chunked), [-10, None])
        category = frame.with_columns(polars.col("informant").cast(polars.Categorical))
        self.assertEqual(self.changes(category), [-10, None])
        small = frame.with_columns(polars.col("total").cast(polars.UInt8))
        self.assertEqual(self.changes(small), [-10, None])
        moments = frame.with_columns(polars.col("date").cast(polars.Datetime))
        self.assertEqual(self.changes(moments), [-10, None])
        with self.assertRaisesRegex(kinfolk.DataError, "date"):
            self.changes(moments.with_columns(polars.col("date") + datetime.timedelta(hours=1)))
        with self.assertRaisesRegex(kinfolk.DataError, "total"):
            self.changes(frame.with_columns(polars.lit([1]).alias("total")))

    @needs("polars")
    def test_results_become_polars(self):
        import polars

        found = kinfolk.sdq_change(self.table, sd=5.8, reliability=0.72)
        self.assertEqual(polars.DataFrame(found.rows)["change"].to_list(), [-10, None])
        self.assertEqual(found.estimates.to_polars().columns, found.estimates.columns)

    @needs("polars")
    def test_no_rows(self):
        import polars

        with self.assertRaisesRegex(kinfolk.DataError, "no rows"):
            kinfolk.effect(
                polars.DataFrame(schema={"child_id": str, "arm": str, "y": float, "x": float}),
                outcome="y",
                covariates=["x"],
            )

    @needs("pandas", "pyarrow")
    def test_pandas(self):
        import pandas

        frame = pandas.DataFrame(self.table)
        frame["total"] = frame["total"].astype("Int64")
        frame["date"] = pandas.to_datetime(frame["date"])
        self.assertEqual(self.changes(frame), [-10, None])
        self.assertEqual(self.changes(frame.astype({"informant": "category"})), [-10, None])
        found = kinfolk.sdq_change(frame, sd=5.8, reliability=0.72)
        self.assertEqual(found.rows.to_pandas()["change"].isna().tolist(), [False, True])

    @needs("duckdb")
    def test_duckdb(self):
        import duckdb

        found = kinfolk.sdq_change(self.table, sd=5.8, reliability=0.72).rows
        self.assertEqual(duckdb.sql("select count(*) from found").limit(1).fetchall(), [(2,)])
        back = duckdb.sql("select child_id, date '2024-01-01' as date, informant, first as total from found")
        self.assertEqual(len(kinfolk.sdq_change(back, sd=5.8, reliability=0.72).rows), 2)


class Comparisons(unittest.TestCase):
    table = {
        "child_id": [f"{at:03}" for at in range(80)],
        "arm": ["programme", "comparator"] * 40,
        "age": [8 + at % 7 for at in range(80)],
        "stable": [int(at % 3 != 0 or at % 2 == 0) for at in range(80)],
        "days": [100 + 3 * at for at in range(80)],
        "ended": [int(at % 4 != 0) for at in range(80)],
    }

    def test_effect_at_the_same_time_in_care(self):
        rows = {"child_id": [], "age": [], "joined": [], "left": [], "event": []}
        for pair in range(16):
            for arm, joined in (("p", 100), ("c", None)):
                rows["child_id"].append(f"{arm}{pair:02}")
                rows["age"].append(pair % 9)
                rows["joined"].append(joined)
                rows["left"].append(400)
                rows["event"].append("31;150" if pair % 3 == 0 else "149" if arm == "c" and pair < 12 else None)
        how = {"outcome": "event", "covariates": ["age"], "caliper": None, "joined": "joined", "left": "left"}
        found = kinfolk.effect(rows, follow_up=50, **how)
        self.assertIn("days=50;covariates=age;comparators=risk-set", found.to_json())
        drawn = kinfolk.effect(rows, follow_up=50, cluster="age", draws=100, seed=1, **how).to_json()
        self.assertIn("bootstrap-risk-sets/1", drawn)
        self.assertIn("cluster=age", drawn)
        for wrong in ({"method": "aipw"}, {"ratio": 2}, {"scale": "probability"},
                      {"watched": "left", "follow_up": None}):
            with self.assertRaises(kinfolk.UsageError):
                kinfolk.effect(rows, **{"follow_up": 50, **how, **wrong})

    def test_mean_times_of_the_matched(self):
        how = {"time": "days", "event": "ended", "arm": "arm", "covariates": ["age"], "horizon": 200}
        found = kinfolk.survival(self.table, matched=True, draws=100, seed=1, draw_intervals="bca", **how)
        self.assertIn("errors=bootstrap-bca", found.to_json())
        for wrong in ({"matched": False}, {"draw_intervals": "wide"}, {"seed": None}):
            with self.assertRaises(kinfolk.UsageError):
                kinfolk.survival(self.table, **{"matched": True, "draws": 100, "seed": 1, **how, **wrong})

    def test_match_within_calipers_of_covariates(self):
        near = kinfolk.match(self.table, covariates=["age"], caliper=None, calipers={"age": 1})
        self.assertIn("calipers=age:1", near.to_json())
        with self.assertRaisesRegex(kinfolk.DataError, "height has a caliper"):
            kinfolk.match(self.table, covariates=["age"], calipers={"height": 1})

    def test_match(self):
        found = kinfolk.match(self.table, covariates=["age"])
        self.assertEqual(found.rows.columns, ["treated_id", "control_id", "distance"])
        self.assertGreater(len(found.rows), 20)

    def test_defaults_are_as_stated(self):
        stated = kinfolk.match(self.table, covariates=["age"], exact=[], caliper=0.2, scale="logit", ratio=1)
        self.assertEqual(kinfolk.match(self.table, covariates=["age"]).to_json(), stated.to_json())
        asked = {"outcome": "stable", "covariates": ["age"]}
        stated = kinfolk.effect(self.table, **asked, method="matched", exact=[], caliper=0.2, level=0.95)
        self.assertEqual(kinfolk.effect(self.table, **asked).to_json(), stated.to_json())
        asked = {"time": "days", "event": "ended"}
        stated = kinfolk.survival(self.table, **asked, covariates=[], at=[], level=0.95)
        self.assertEqual(kinfolk.survival(self.table, **asked).to_json(), stated.to_json())

    def test_effect(self):
        found = kinfolk.effect(self.table, outcome="stable", covariates=["age"], method="aipw")
        methods = set(found.estimates.column("group"))
        self.assertEqual(methods, {"method=unadjusted", "method=aipw"})
        with self.assertRaisesRegex(kinfolk.UsageError, "method"):
            kinfolk.effect(self.table, outcome="stable", covariates=["age"], method="magic")

    def test_survival(self):
        found = kinfolk.survival(self.table, time="days", event="ended", arm="arm")
        self.assertIn("survival.curve", found.estimates.column("measure"))
        self.assertIn("survival.curve", found.to_json())


if __name__ == "__main__":
    unittest.main()
