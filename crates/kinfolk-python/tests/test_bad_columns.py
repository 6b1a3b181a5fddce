"""A column that cannot be used is refused by every method, whatever holds it, and named."""

import importlib.util
import unittest

import kinfolk
from kinfolk import stats

N = 24
ROWS = range(N)
NUMBERS = [float(7 * at % 11) + at / 10 for at in ROWS]
OTHERS = [float(5 * at % 13) for at in ROWS]
YES_OR_NO = [int(at % 3 != 0 or at % 2 == 0) for at in ROWS]
TREATED = [at % 2 for at in ROWS]
COUNTS = [3 * at % 5 for at in ROWS]
TIMES = [1.0 + 3 * at % 17 for at in ROWS]
ENDINGS = [5 * at // 2 % 3 for at in ROWS]
LABELS = ["north", "south", "west"] * (N // 3)
SCORES = [0.2 + 0.6 * (at % 7) / 7 for at in ROWS]
TABLE = {"age": NUMBERS, "moves": OTHERS}

# Each method with arguments that it can use, and which of them are columns or tables.
METHODS = {
    "wilson_clustered": ({"successes": COUNTS, "trials": [5] * N}, {}),
    "overdispersion": ({"successes": COUNTS, "trials": [5] * N}, {}),
    "mean": ({"values": NUMBERS}, {}),
    "median": ({"values": NUMBERS}, {}),
    "quantile": ({"values": NUMBERS}, {"probability": 0.5}),
    "paired_difference": ({"before": NUMBERS, "after": OTHERS}, {}),
    "paired_median_difference": ({"before": NUMBERS, "after": OTHERS}, {}),
    "paired_t_test": ({"before": NUMBERS, "after": OTHERS}, {}),
    "wilcoxon_signed_rank": ({"before": NUMBERS, "after": OTHERS}, {}),
    "paired_effect_sizes": ({"before": NUMBERS, "after": OTHERS}, {}),
    "clinical_change": ({"before": COUNTS, "after": COUNTS}, {"cut_off": 3, "sd": 2.0, "reliability": 0.7}),
    "crossing": ({"before": COUNTS, "after": COUNTS}, {"cut_off": 3}),
    "welch_difference": ({"first": NUMBERS, "second": OTHERS}, {}),
    "mann_whitney": ({"first": NUMBERS, "second": OTHERS}, {}),
    "hedges_g": ({"first": NUMBERS, "second": OTHERS}, {}),
    "quasi_poisson": ({"events": COUNTS, "exposure": TIMES, "covariates": TABLE}, {}),
    "negative_binomial": ({"events": COUNTS, "exposure": TIMES, "covariates": TABLE}, {}),
    "least_squares": (
        {"outcome": NUMBERS, "covariates": {"moves": OTHERS}, "weights": TIMES, "clusters": LABELS}, {"errors": "cr1"}
    ),
    "logistic": ({"outcome": YES_OR_NO, "covariates": TABLE, "weights": TIMES, "clusters": LABELS}, {}),
    "kaplan_meier": ({"time": TIMES, "event": YES_OR_NO, "entry": [0.5] * N}, {}),
    "cumulative_incidence": ({"time": TIMES, "ending": ENDINGS}, {}),
    "restricted_mean": ({"time": TIMES, "event": YES_OR_NO, "entry": [0.5] * N}, {"horizon": 6.0}),
    "compare_restricted_means": ({"time": TIMES, "event": YES_OR_NO, "treated": TREATED}, {"horizon": 6.0}),
    "weighted_kaplan_meier": ({"time": TIMES, "event": YES_OR_NO, "weights": TIMES, "entry": [0.5] * N}, {}),
    "weighted_restricted_mean": (
        {"time": TIMES, "event": YES_OR_NO, "weights": TIMES, "entry": [0.5] * N}, {"horizon": 6.0}
    ),
    "log_rank": ({"time": TIMES, "event": YES_OR_NO, "groups": LABELS, "strata": TREATED}, {}),
    "gray": ({"time": TIMES, "ending": ENDINGS, "groups": TREATED, "strata": [at // 12 for at in ROWS]}, {}),
    "cox": (
        {"time": TIMES, "event": YES_OR_NO, "covariates": TABLE, "entry": [0.5] * N, "strata": TREATED,
         "clusters": LABELS, "weights": TIMES}, {}
    ),
    "match_greedily": ({"distance": NUMBERS, "treated": TREATED, "keys": list(ROWS), "exact": LABELS}, {}),
    "match_optimally": ({"distance": NUMBERS, "treated": TREATED, "keys": list(ROWS), "exact": LABELS}, {}),
    "match_within_cells": ({"treated": TREATED, "columns": {"place": LABELS}}, {}),
    "coarsen": ({"values": NUMBERS}, {"bins": 3}),
    "match_risk_sets": (
        {"treated_at": [float(at) if at % 2 else None for at in ROWS], "left_at": [30.0] * N, "distance": NUMBERS,
         "keys": list(ROWS), "exact": LABELS}, {}
    ),
    "propensity": ({"covariates": TABLE, "treated": TREATED}, {}),
    "propensity_weights": ({"treated": TREATED, "scores": SCORES}, {}),
    "balance_entropy": ({"covariates": TABLE, "treated": TREATED}, {}),
    "compare_balance": ({"covariates": TABLE, "treated": TREATED, "weights": TIMES}, {}),
    "effective_sample_size": ({"weights": TIMES}, {}),
    "unadjusted": ({"outcome": NUMBERS, "treated": TREATED}, {}),
    "standardised": (
        {"outcome": NUMBERS, "treated": TREATED, "covariates": {"moves": OTHERS}, "weights": TIMES,
         "clusters": LABELS}, {}
    ),
    "weighted": ({"outcome": OTHERS, "treated": TREATED, "covariates": {"age": NUMBERS}, "clusters": list(ROWS)}, {}),
    "doubly_robust": (
        {"outcome": OTHERS, "treated": TREATED, "covariates": {"age": NUMBERS}, "clusters": list(ROWS)}, {}
    ),
    "bootstrap_matched": (
        {"outcome": OTHERS, "treated": TREATED, "covariates": {"age": NUMBERS}, "exact": [1] * N,
         "clusters": list(ROWS), "adjust_for": {"moves": OTHERS}}, {"draws": 10, "seed": 1, "caliper": None}
    ),
    "bca_interval": ({"draws": NUMBERS, "influence": OTHERS}, {"value": 5.0, "level": 0.8}),
    "intraclass_correlation": ({"ratings": TABLE}, {"raters": "fixed"}),
    "mmrm": ({"scores": {"before": NUMBERS, "after": OTHERS}, "covariates": {"arm": TREATED}}, {}),
    "pool_effects": ({"effects": NUMBERS, "variances": TIMES}, {}),
    "pool_leaving_one_out": ({"effects": NUMBERS, "variances": TIMES}, {}),
    "pool_imputations": ({"estimates": NUMBERS, "variances": TIMES}, {"degrees_complete": 100.0}),
    "holm": ({"p_values": SCORES}, {}),
    "benjamini_hochberg": ({"p_values": SCORES}, {}),
    "rosenbaum_bound": ({"differences": NUMBERS}, {"gamma": 1.5}),
    "tipping_gamma": ({"differences": NUMBERS}, {}),
}

# What takes pairs of counts, single numbers or a square table.
WITHOUT_COLUMNS = {
    "as_strong_as", "barnard_exact", "bhapkar", "boschloo_exact", "clopper_pearson", "coefficient_test",
    "compare_means", "cut_off_a", "cut_off_b", "cut_off_c", "detectable_difference", "detectable_hazard_ratio",
    "detectable_share", "e_value", "events_needed", "expected_regression", "expected_second_score", "fisher_exact",
    "fit_of_squares", "funnel_limits", "if_confounded", "mcnemar", "odds_ratio", "paired_risk_difference",
    "partial_r2", "pearson_chi_square", "poisson_rate", "poisson_rate_ratio", "power_of_difference",
    "power_of_shares", "reliable_change", "risk_difference", "risk_ratio", "risk_ratio_of_standardised_difference",
    "risk_ratio_of_odds_ratio", "risk_ratio_of_hazard_ratio",
    "robustness_value", "rosenbaum_bound_yes_or_no", "stuart_maxwell", "wilson",
}

MAY_MISS = {("match_risk_sets", "treated_at"), ("mmrm", "before"), ("mmrm", "after")}
MAY_BE_WORDS = {"groups", "strata", "clusters", "exact", "place"}
ON_ITS_OWN = {
    "bca_interval", "benjamini_hochberg", "coarsen", "effective_sample_size", "hedges_g", "holm", "mann_whitney",
    "mean", "median", "quantile", "rosenbaum_bound", "tipping_gamma", "welch_difference",
}


def has(package):
    return importlib.util.find_spec(package) is not None


def holders():
    """What may hold a column, by name, and what may hold a table."""
    yield "list", list, dict
    if has("numpy"):
        import numpy

        yield "numpy", numpy.array, lambda table: {name: numpy.array(cells) for name, cells in table.items()}
    if has("pandas"):
        import pandas

        yield "pandas", pandas.Series, pandas.DataFrame
    if has("polars"):
        import polars

        yield "polars", polars.Series, polars.DataFrame
    if has("pyarrow"):
        import pyarrow

        yield "pyarrow", pyarrow.array, pyarrow.table


def in_chunks(column):
    """As joining leaves it behind."""
    import polars

    half = len(column) // 2
    return polars.concat([polars.Series(column[:half]), polars.Series(column[half:])], rechunk=False)


def columns_of(name):
    """Each column of a method's arguments: the argument, its name in messages, and its cells."""
    for argument, held in METHODS[name][0].items():
        if isinstance(held, dict):
            for column, cells in held.items():
                yield argument, column, cells
        else:
            yield argument, argument, held


def call(name, argument=None, column=None, cells=None, hold=lambda column: column, table=dict):
    """The method with its usual arguments, one column of them replaced."""
    held, options = METHODS[name]
    given = {}
    for key, value in held.items():
        value = dict(value) if isinstance(value, dict) else value
        if key == argument:
            if isinstance(value, dict):
                value[column] = cells
                value = table(value)
            else:
                value = hold(cells)
        given[key] = value
    return getattr(stats, name)(**given, **options)


class Columns(unittest.TestCase):
    def refused(self, kind, name, argument, column, cells, hold, table):
        with self.subTest(method=name, column=column):
            with self.assertRaises(kind) as caught:
                call(name, argument, column, cells, hold, table)
            self.assertIn(column, str(caught.exception))

    def test_every_method_is_here(self):
        functions = {name for name in stats.__all__ if name[0].islower()}
        self.assertEqual(functions, set(METHODS) | WITHOUT_COLUMNS)

    def test_every_holder_gives_the_same(self):
        for name in METHODS:
            expected = repr(call(name))
            for holder, hold, table in holders():
                for argument, column, cells in columns_of(name):
                    if holder != "list" and None in cells and holder == "numpy":
                        continue
                    with self.subTest(method=name, holder=holder, argument=argument):
                        self.assertEqual(repr(call(name, argument, column, cells, hold, table)), expected)

    @unittest.skipUnless(has("polars"), "without polars")
    def test_chunks(self):
        for name in METHODS:
            for argument, column, cells in columns_of(name):
                if isinstance(METHODS[name][0][argument], dict):
                    continue
                with self.subTest(method=name, column=column):
                    self.assertEqual(repr(call(name, argument, column, cells, in_chunks)), repr(call(name)))

    def test_missing_values(self):
        for holder, hold, table in holders():
            for name in METHODS:
                for argument, column, cells in columns_of(name):
                    if (name, column) in MAY_MISS or (holder == "numpy" and isinstance(cells[0], str)):
                        continue
                    gap = float("nan") if holder == "numpy" else None
                    broken = [*cells[:2], gap, *cells[3:]]
                    self.refused(kinfolk.DataError, name, argument, column, broken, hold, table)

    def test_words_for_numbers(self):
        for _, hold, table in holders():
            for name in METHODS:
                for argument, column, cells in columns_of(name):
                    if column not in MAY_BE_WORDS:
                        self.refused(kinfolk.DataError, name, argument, column, ["many"] * len(cells), hold, table)

    def test_numbers_out_of_range(self):
        out_of_range = [
            ("least_squares", "weights", 0.0), ("logistic", "weights", -1.0), ("logistic", "outcome", 2),
            ("cox", "weights", 0.0), ("cox", "time", -1.0), ("kaplan_meier", "time", -1.0),
            ("kaplan_meier", "event", 2), ("log_rank", "time", -1.0), ("restricted_mean", "time", -1.0),
            ("gray", "time", -1.0), ("gray", "ending", -1), ("cumulative_incidence", "time", -1.0),
            ("cumulative_incidence", "ending", 0.5), ("standardised", "weights", -1.0),
            ("compare_balance", "weights", -1.0), ("effective_sample_size", "weights", -1.0),
            ("propensity_weights", "scores", 1.0), ("quasi_poisson", "exposure", 0.0),
            ("negative_binomial", "events", -1), ("pool_effects", "variances", 0.0),
            ("pool_imputations", "variances", -1.0), ("holm", "p_values", 1.5), ("benjamini_hochberg", "p_values", -0.1),
            ("unadjusted", "treated", 2), ("wilson_clustered", "successes", -1),
        ]
        for name, column, wrong in out_of_range:
            cells = [*METHODS[name][0][column][:2], wrong, *METHODS[name][0][column][3:]]
            with self.subTest(method=name, column=column):
                with self.assertRaisesRegex(kinfolk.DataError, f"column {column} holds .* in row 2, n"):
                    call(name, column, column, cells)

    def test_no_rows(self):
        for holder, hold, _ in holders():
            for name in METHODS:
                for argument, column, _ in columns_of(name):
                    if not isinstance(METHODS[name][0][argument], dict):
                        self.refused(kinfolk.DataError, name, argument, column, [], hold, dict)

    def test_another_length(self):
        for name in METHODS:
            if name in ON_ITS_OWN:
                continue
            for argument, column, cells in columns_of(name):
                with self.subTest(method=name, column=column):
                    with self.assertRaisesRegex(kinfolk.DataError, "rows where"):
                        call(name, argument, column, cells[:-1])

    def test_what_is_no_column(self):
        for name in METHODS:
            for argument, column, _ in columns_of(name):
                for wrong in (7, "words", object()):
                    self.refused((TypeError, kinfolk.DataError), name, argument, column, wrong, lambda cells: cells, dict)

    def test_infinite_numbers(self):
        with self.assertRaisesRegex(kinfolk.DataError, "values holds inf in row 1"):
            stats.mean([1.0, float("inf")])

    def test_twins_and_giveaways_are_named(self):
        with self.assertRaisesRegex(kinfolk.DataError, "twin"):
            stats.propensity({"age": NUMBERS, "twin": [2 * one for one in NUMBERS]}, TREATED)
        with self.assertRaisesRegex(kinfolk.DataError, "giveaway"):
            stats.propensity({"age": NUMBERS, "giveaway": TREATED}, TREATED)


class Options(unittest.TestCase):
    def refused(self, pattern, method, *arguments, **options):
        with self.assertRaisesRegex(kinfolk.UsageError, pattern):
            method(*arguments, **options)

    def test_out_of_range(self):
        self.refused("level.*0.3", stats.mean, NUMBERS, level=0.3)
        self.refused("band.*log-log, log, plain", stats.kaplan_meier, TIMES, YES_OR_NO, band="wide")
        self.refused("errors.*cr0", stats.least_squares, NUMBERS, [OTHERS], clusters=LABELS, errors="hc2")
        self.refused("errors.*hc0", stats.least_squares, NUMBERS, [OTHERS], errors="cr2")
        self.refused("caliper", stats.match_greedily, NUMBERS, TREATED, caliper=-1.0)
        self.refused("caliper_unit.*miles", stats.match_greedily, NUMBERS, TREATED, caliper_unit="miles")
        self.refused("horizon", stats.restricted_mean, TIMES, YES_OR_NO, horizon=-1.0)
        self.refused("slopes", stats.mmrm, [NUMBERS, OTHERS], [TREATED], slopes=["common", "common"])
        self.refused("bins", stats.coarsen, NUMBERS, bins=[3, 1])
        self.refused("probability", stats.quantile, NUMBERS, 1.5)
        self.refused("bias", stats.rosenbaum_bound, NUMBERS, gamma=0.5)
        self.refused("reliability", stats.reliable_change, sd=5.8, reliability=1.0)

    def test_options_are_keywords(self):
        with self.assertRaises(TypeError):
            stats.wilson(1, 2, 0.9)

    def test_counts(self):
        with self.assertRaisesRegex(kinfolk.DataError, "3 successes in 2 trials"):
            stats.wilson(3, 2)


if __name__ == "__main__":
    unittest.main()
