"""Made-up data, and whether a report comes out again."""

import csv
import pathlib
import tempfile
import unittest

import kinfolk


def rows(path):
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader(file))


class MadeUp(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def test_a_study_is_read_and_its_report_comes_out_again(self):
        study, report = self.folder / "study", self.folder / "report"
        kinfolk.synth_study(study, seed=3, children=40, others=60, years=2)
        opened = kinfolk.open(study, today="2025-06-01")
        self.assertEqual(opened.n_errors, 0)
        measures = set(opened.estimates().column("measure"))
        self.assertTrue({"objectives.met", "stability.three_or_more"} <= measures, sorted(measures))
        opened.report(out=report)
        self.assertEqual(kinfolk.verify(report), [])
        with open(study / "children.csv", "a", encoding="utf-8") as file:
            file.write("\n")
        self.assertIn("input `children.csv` has changed", kinfolk.verify(report / "manifest.json"))
        with self.assertRaises(OSError):
            kinfolk.verify(self.folder / "nothing")

    def test_the_same_seed_gives_the_same_study_and_faults_are_found(self):
        for name, dirty in [("clean", False), ("again", False), ("dirty", True)]:
            kinfolk.synth_study(self.folder / name, seed=5, children=30, dirty=dirty)
        text = [(self.folder / name / "children.csv").read_bytes() for name in ("clean", "again", "dirty")]
        self.assertEqual(text[0], text[1])
        self.assertNotEqual(text[0], text[2])
        self.assertGreater(kinfolk.open(self.folder / "dirty", today="2025-06-01").n_errors, 0)

    def test_returns_come_to_what_they_must(self):
        answers = kinfolk.synth_returns(self.folder / "returns", seed=2, children=300, years=2)
        found = kinfolk.placements([self.folder / "returns"], on="2025-03-31", today="2025-06-01")
        three = [one for one in found.estimates.to_dicts()
                 if one["measure"] == "stability.three_or_more" and one["statistic"] == "proportion"]
        self.assertEqual((three[0]["numerator"], three[0]["denominator"]),
                         (answers["three_or_more"][0], answers["in_care"]))

    def test_a_cohort_has_the_truth_that_was_asked_for(self):
        truth = kinfolk.synth_cohort(self.folder / "cohort", seed=1, children=4000, risk_difference=0.0,
                                     hazard_ratio=1.0)
        self.assertEqual((truth["risk_difference"], truth["hazard_ratio"]), (0.0, 1.0))
        self.assertLess(truth["unadjusted_difference"], 0.0)
        children = rows(self.folder / "cohort" / "cohort.csv")
        table = {name: [child[name] for child in children] for name in ("child_id", "arm")}
        covariates = ["age", "sdq", "placements_before", "years_in_care"]
        table |= {name: [float(child[name]) for child in children] for name in [*covariates, "same_home"]}
        found = kinfolk.effect(table, outcome="same_home", covariates=covariates, method="entropy").estimates.to_dicts()
        as_they_are, adjusted = [one for one in found if one["statistic"] == "difference"]
        self.assertAlmostEqual(as_they_are["value"], truth["unadjusted_difference"])
        self.assertLess(adjusted["lower"], 0.0)
        self.assertGreater(adjusted["upper"], 0.0)

    def test_what_cannot_be(self):
        with self.assertRaisesRegex(kinfolk.UsageError, "risk difference"):
            kinfolk.synth_cohort(self.folder / "cohort", seed=1, risk_difference=0.5)
        (self.folder / "file").write_text("x", encoding="utf-8")
        with self.assertRaises(kinfolk.UsageError):
            kinfolk.synth_study(self.folder, seed=1)


if __name__ == "__main__":
    unittest.main()
