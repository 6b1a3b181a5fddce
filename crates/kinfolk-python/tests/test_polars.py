"""Scores in polars expressions are those of the stage on the same answers."""

import importlib.util
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import unittest

import kinfolk

SCALES = ["emotional", "conduct", "hyperactivity", "peer", "prosocial", "total", "externalising", "internalising"]
BANDED = [*SCALES[:6], "impact"]
IMPACT = ["difficulties", "distress", "impact_home", "impact_friends", "impact_classroom", "impact_leisure"]


def answers(rows):
    """Made-up answers, one in six missing."""
    draw = random.Random(7)
    table = {f"item_{at}": [draw.choice([0, 0, 1, 1, 2, None]) for _ in range(rows)] for at in range(1, 26)}
    table |= {name: [draw.choice([0, 1, 2, 3, None]) for _ in range(rows)] for name in IMPACT}
    table["informant"] = [["parent_carer", "teacher", "self", None][at % 4] for at in range(rows)]
    return table


@unittest.skipUnless(importlib.util.find_spec("polars"), "without polars")
class Expressions(unittest.TestCase):
    def setUp(self):
        import polars

        from kinfolk import polars as expressions

        self.pl, self.kp = polars, expressions
        self.frame = polars.DataFrame(answers(1000))

    def scores(self):
        by_row = self.pl.col("informant")
        bands = [
            self.kp.sdq_band(scale, scale=scale, informant=by_row, system=system)
            for scale in BANDED
            for system in ("three", "four")
        ]
        return [self.kp.sdq_impact(informant=by_row), *map(self.kp.sdq_score, SCALES)], bands

    def test_equal_to_the_stage(self):
        expected = kinfolk.sdq_score(self.frame)
        scores, bands = self.scores()
        found = self.frame.with_columns(scores).with_columns(bands)
        for name in [*SCALES, "impact", *(f"{scale}_{system}_band" for scale in BANDED for system in ("three", "four"))]:
            blank = [cell or None if isinstance(cell, str) else cell for cell in expected.column(name)]
            self.assertEqual(found[name].to_list(), blank, name)
            self.assertGreater(found[name].n_unique(), 3, name)

    def test_lazy_streamed_and_chunked(self):
        scores, bands = self.scores()
        expected = self.frame.with_columns(scores).with_columns(bands)
        lazy = self.frame.lazy().with_columns(scores).with_columns(bands)
        self.assertEqual(lazy.collect_schema(), expected.schema)
        self.assertTrue(lazy.collect(engine="streaming").equals(expected))
        chunked = self.pl.concat([self.frame[:300], self.frame[300:]], rechunk=False)
        self.assertTrue(chunked.with_columns(scores).with_columns(bands).equals(expected))
        empty = self.frame.clear().with_columns(scores).with_columns(bands)
        self.assertEqual(empty.schema, expected.schema)

    def test_by_group(self):
        means = self.frame.group_by("informant").agg(self.kp.sdq_score().mean())
        scored = self.frame.with_columns(self.kp.sdq_score()).group_by("informant").agg(self.pl.col("total").mean())
        self.assertEqual(sorted(means.rows(), key=str), sorted(scored.rows(), key=str))

    def test_reliable_class(self):
        frame = self.pl.DataFrame({"first": [20, 20, 10, None, 20], "last": [11, 12, 19, 4, None]})
        found = frame.select(self.kp.reliable_class("first", "last", sd=5.8, reliability=0.72))
        self.assertEqual(found["reliable_class"].to_list(), ["improved", "unchanged", "deteriorated", None, None])

    def refuses(self, message, expression):
        with self.assertRaisesRegex(self.pl.exceptions.PolarsError, message):
            self.frame.select(expression)

    def test_what_is_refused(self):
        self.refuses("item_3: 7", self.kp.sdq_score(items=[self.pl.lit(7).alias("item_3"), *["item_1"] * 24]))
        self.refuses("item_3: 0.5", self.kp.sdq_score(items=[self.pl.lit(0.5).alias("item_3"), *["item_1"] * 24]))
        self.refuses("scale: `shoe`", self.kp.sdq_score("shoe"))
        self.refuses("sdq_impact", self.kp.sdq_score("impact"))
        self.refuses("aunt", self.kp.sdq_impact(informant="aunt"))
        self.refuses("standard deviation", self.kp.reliable_class("item_1", "item_2", sd=-1, reliability=0.5))
        self.refuses("nowhere", self.kp.sdq_score(items=["nowhere"] * 25))
        with self.assertRaisesRegex(ValueError, "24 columns"):
            self.kp.sdq_score(items=["item_1"] * 24)


class AnotherPolars(unittest.TestCase):
    """A polars that does not fit stops nothing but what needs it, and is named."""

    def run_with(self, polars, code):
        with tempfile.TemporaryDirectory() as folder:
            package = pathlib.Path(folder, "polars")
            package.mkdir()
            (package / "__init__.py").write_text(polars, encoding="utf-8")
            paths = os.pathsep.join([folder, str(pathlib.Path(kinfolk.__file__).parents[1])])
            run = subprocess.run(
                [sys.executable, "-c", code], env=os.environ | {"PYTHONPATH": paths}, capture_output=True, text=True
            )
        return run.returncode, run.stderr.strip().splitlines()[-1:]

    OLD = "__version__ = '0.1'\nclass DataFrame: pass\n"
    # What plugins are registered with is there, but does nothing.
    FOREIGN = "__version__ = '9.9'\n__path__ = []\nimport sys, types\n" \
        "sys.modules['polars.plugins'] = types.SimpleNamespace(register_plugin_function=None)\n"

    def test_the_package_itself_does_not_mind(self):
        code = "import kinfolk; print(kinfolk.stats.wilson(1, 2))"
        self.assertEqual(self.run_with(self.OLD, code), (0, []))

    def test_scorers_name_the_version(self):
        for polars, version in [(self.OLD, "0.1"), (self.FOREIGN, "9.9")]:
            _, said = self.run_with(polars, "import kinfolk.polars")
            self.assertRegex(said[0], f"^ImportError: kinfolk.polars does not work with polars {version} ")

    def test_tables_name_the_version(self):
        code = "import kinfolk; kinfolk.stats.kaplan_meier([1], [1]).steps.to_polars()"
        _, said = self.run_with(self.OLD, code)
        self.assertRegex(said[0], "KinfolkError: polars 0.1 does not know Arrow streams")

    def test_without_polars(self):
        _, said = self.run_with("raise ImportError('none')", "import kinfolk.polars")
        self.assertRegex(said[0], "^ImportError: kinfolk.polars needs polars ")


if __name__ == "__main__":
    unittest.main()
