"""The same numbers as SciPy, statsmodels and lifelines, where these are installed."""

import importlib.util
import unittest

from kinfolk import stats

ROWS = range(120)
AGE = [5 + at * 7 % 11 + (at % 5) / 10 for at in ROWS]
MOVES = [float(at * 5 % 7) for at in ROWS]
TREATED = [int((at * 3 + at // 7) % 5 < 2) for at in ROWS]
SCORE = [20 - 2 * t + 0.3 * a + at * 11 % 9 for at, t, a in zip(ROWS, TREATED, AGE)]
STABLE = [int((at * 11 + 3 * t) % 10 < 6) for at, t in zip(ROWS, TREATED)]
DAYS = [1.0 + at * 37 % 101 for at in ROWS]
MOVED = [int(at % 4 != 0) for at in ROWS]
PLACE = [at % 8 for at in ROWS]


def needs(*packages):
    there = all(importlib.util.find_spec(package) for package in packages)
    return unittest.skipUnless(there, f"without {', '.join(packages)}")


class Peers(unittest.TestCase):
    def close(self, found, expected, tolerance=1e-8):
        for one, other in zip(found, expected, strict=True):
            self.assertLessEqual(abs(one - other), tolerance * max(1.0, abs(other)), (found, expected))

    def arms(self, values):
        return [[value for value, t in zip(values, TREATED) if t == arm] for arm in (1, 0)]

    @needs("scipy")
    def test_scipy_on_two_groups(self):
        from scipy import stats as scipy

        first, second = self.arms(SCORE)
        found = stats.welch_difference(first, second)
        there = scipy.ttest_ind(first, second, equal_var=False)
        self.close([found.test.t, found.test.p_value], [there.statistic, there.pvalue])
        self.close(found.difference.interval, there.confidence_interval())
        there = scipy.mannwhitneyu(first, second, method="asymptotic")
        found = stats.mann_whitney(first, second)
        self.close([found.u, found.normal_corrected], [there.statistic, there.pvalue])

    @needs("scipy")
    def test_scipy_on_counts(self):
        from scipy import stats as scipy

        found = stats.fisher_exact((8, 10), (2, 9))
        self.close([found.two_sided, found.greater], [
            scipy.fisher_exact([[8, 2], [2, 7]]).pvalue,
            scipy.fisher_exact([[8, 2], [2, 7]], alternative="greater").pvalue,
        ])
        there = scipy.binomtest(56, 70).proportion_ci(method="wilson")
        self.close(stats.wilson(56, 70).interval, [there.low, there.high])
        self.close(stats.holm([0.01, 0.04, 0.03]), [0.03, 0.06, 0.06])
        self.close(stats.benjamini_hochberg([0.01, 0.04, 0.03]), scipy.false_discovery_control([0.01, 0.04, 0.03]))

    @needs("statsmodels", "pandas")
    def test_statsmodels(self):
        import pandas
        import statsmodels.api as sm

        table = pandas.DataFrame({"treated": TREATED, "age": AGE, "moves": MOVES})
        design = sm.add_constant(table)
        for errors, kind in [("classical", "nonrobust"), ("hc1", "HC1"), ("hc2", "HC2"), ("hc3", "HC3")]:
            found = stats.least_squares(SCORE, table, errors=errors).terms
            there = sm.OLS(SCORE, design).fit(cov_type=kind)
            self.assertEqual(found.column("term"), ["intercept", "treated", "age", "moves"])
            self.close(found.column("value"), there.params)
            self.close(found.column("standard_error"), there.bse)
        found = stats.logistic(STABLE, table).terms
        there = sm.Logit(STABLE, design).fit(disp=0, tol=1e-12)
        self.close(found.column("value"), there.params, 1e-7)
        self.close(found.column("standard_error"), there.bse, 1e-7)
        found = stats.propensity(table[["age", "moves"]], table["treated"])
        there = sm.Logit(TREATED, design[["const", "age", "moves"]]).fit(disp=0, tol=1e-12)
        self.close(found.scores, there.predict(), 1e-7)

    @needs("statsmodels")
    def test_statsmodels_on_clusters(self):
        import statsmodels.api as sm

        design = sm.add_constant(list(zip(TREATED, AGE)))
        there = sm.OLS(SCORE, design).fit(cov_type="cluster", cov_kwds={"groups": PLACE})
        found = stats.least_squares(SCORE, [TREATED, AGE], clusters=PLACE, errors="cr1s").terms
        self.close(found.column("standard_error"), there.bse)

    @needs("lifelines", "pandas")
    def test_lifelines(self):
        import pandas
        from lifelines import CoxPHFitter, KaplanMeierFitter
        from lifelines.statistics import logrank_test

        curve = stats.kaplan_meier(DAYS, MOVED)
        there = KaplanMeierFitter().fit(DAYS, MOVED)
        self.close([curve.at(day).value for day in (10, 50, 90)], there.predict([10, 50, 90]))
        first, second = self.arms(DAYS)
        seen, unseen = self.arms(MOVED)
        found = stats.log_rank(DAYS, MOVED, TREATED)
        self.close([found.chi_square], [logrank_test(first, second, seen, unseen).test_statistic])
        table = pandas.DataFrame({"days": DAYS, "moved": MOVED, "age": AGE, "moves": MOVES})
        there = CoxPHFitter().fit(table, "days", "moved", fit_options={"precision": 1e-10})
        found = stats.cox(table["days"], table["moved"], table[["age", "moves"]]).terms
        self.close(found.column("coefficient"), there.params_, 1e-6)
        self.close(found.column("standard_error"), there.standard_errors_, 1e-6)


if __name__ == "__main__":
    unittest.main()
