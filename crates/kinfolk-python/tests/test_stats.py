"""Methods on columns against the answers of R and SciPy that the Rust tests are held to."""

import json
import pathlib
import unittest

import kinfolk
from kinfolk import stats

REFERENCE = pathlib.Path(__file__).parents[3] / "tests" / "reference"


def reference(name):
    return json.loads((REFERENCE / f"{name}.json").read_text(encoding="utf-8"))


TWO_GROUPS, CHANGE, RANKS, INTERVALS, SURVIVAL, REGRESSION, MATCHING, EFFECT, SENSITIVITY, MMRM = map(
    reference,
    ["two_groups", "change", "ranks_and_rates", "intervals", "survival", "regression", "matching", "effect",
     "sensitivity", "mmrm"],
)
BOSCHLOO, INTRACLASS, VALUE, FURTHER = map(reference, ["boschloo", "intraclass", "value", "further"])


class Close(unittest.TestCase):
    def close(self, found, expected, tolerance=1e-8):
        """Numbers, or lists of them, equal to eight digits; nothing where nothing is expected."""
        if isinstance(expected, list):
            self.assertEqual(len(found), len(expected))
            for one, other in zip(found, expected):
                self.close(one, other, tolerance)
        elif expected is None:
            self.assertIsNone(found)
        else:
            self.assertLessEqual(abs(found - expected), tolerance * max(1.0, abs(expected)), (found, expected))

    def interval(self, found, expected, tolerance=1e-8):
        self.close([found.value, *found.interval], [expected[key] for key in ("value", "lower", "upper")], tolerance)


class Counts(Close):
    def test_shares(self):
        for case in INTERVALS["wilson"]:
            if case["trials"]:
                found = stats.wilson(case["successes"], case["trials"], level=case["level"])
                self.close(list(found.interval), case["limits"])
        for case in TWO_GROUPS["clopper_pearson"]:
            found = stats.clopper_pearson(case["successes"], case["trials"], level=case["level"])
            self.close(list(found.interval), [case["expected"]["lower"], case["expected"]["upper"]])
        for case in INTERVALS["wilson_cluster"]:
            found = stats.wilson_clustered(*zip(*case["clusters"]), level=case["level"])
            self.close([found.share, *found.interval], [case["value"], case["lower"], case["upper"]])
            self.close(found.design_effect, case["design_effect"])
        self.assertIsNone(stats.wilson(0, 0))

    def test_agreement(self):
        kinds = ["of-each-target", "drawn-from-many", "fixed"]
        for case in INTRACLASS["cases"]:
            for at, raters in enumerate(kinds):
                columns = list(zip(*case["ratings"]))
                found = stats.intraclass_correlation(columns, raters=raters, level=case["level"])
                for one, place in [(found.single, at), (found.average, at + 3)]:
                    self.interval(one, {"value": case["icc"][place], "lower": case["lower"][place],
                                        "upper": case["upper"][place]})

    def test_two_shares(self):
        for case in TWO_GROUPS["newcombe"]:
            self.interval(stats.risk_difference(case["first"], case["second"], level=case["level"]), case["expected"])
        for case in TWO_GROUPS["newcombe_paired"]:
            both, first_only, second_only, neither = case["cells"]
            found = stats.paired_risk_difference(
                both=both, first_only=first_only, second_only=second_only, neither=neither, level=case["level"]
            )
            self.assertAlmostEqual(abs(found.value), abs(case["expected"]["value"]))
        for name, method in [("risk_ratio", stats.risk_ratio), ("odds_ratio", stats.odds_ratio)]:
            for case in RANKS[name]:
                found = method(case["first"], case["second"], level=case["level"])
                if not found.adjusted:
                    self.interval(found.estimate, case["expected"])

    def test_exact_tests(self):
        for case in TWO_GROUPS["fisher"]:
            found = stats.fisher_exact(case["first"], case["second"], level=case["level"])
            expected = case["expected"]
            self.close(
                [found.two_sided, found.less, found.greater, found.mid_p],
                [expected[key] for key in ("two_sided", "less", "greater", "mid_p")],
            )
        for case in TWO_GROUPS["pearson"]:
            found = stats.pearson_chi_square(case["first"], case["second"])
            self.close([found.test.p_value, found.least_expected],
                       [case["expected"][key] for key in ("p_value", "least_expected")])
            self.assertGreaterEqual(found.corrected.p_value, found.test.p_value)
        for case in BOSCHLOO["cases"]:
            found = stats.boschloo_exact(case["table"][:2], case["table"][2:])
            # SciPy searches the common share less finely.
            self.close([found.less, found.greater], [case["less"], case["greater"]], 1e-6)
        for case in CHANGE["mcnemar"]:
            found = stats.mcnemar(case["first"], case["second"])
            self.close([found.exact, found.mid_p], [case["expected"]["exact"], case["expected"]["mid_p"]])
        case = CHANGE["homogeneity"][0]
        self.close(stats.stuart_maxwell(case["table"]).test.statistic, case["expected"]["statistic"])
        self.close(stats.bhapkar(case["table"]).test.statistic, case["expected"]["bhapkar_statistic"])
        case = TWO_GROUPS["barnard"][0]
        # SciPy searches the common share on a grid of its own.
        self.close(stats.barnard_exact(case["first"], case["second"]), case["expected"]["p_value"], 1e-4)

    def test_rates(self):
        for case in TWO_GROUPS["poisson_rate"]:
            self.interval(stats.poisson_rate(case["events"], case["exposure"], level=case["level"]), case["expected"])
        for case in TWO_GROUPS["poisson_rate_ratio"]:
            found = stats.poisson_rate_ratio(tuple(case["first"]), tuple(case["second"]), level=case["level"])
            self.close([found.ratio.value, found.p_value], [case["expected"]["ratio"], case["expected"]["p_value"]])
        for name, method in [("quasi_poisson", stats.quasi_poisson), ("negative_binomial", stats.negative_binomial)]:
            for case in RANKS[name]:
                found = method(case["events"], case["exposure"], case["covariates"], level=case["level"])
                expected = [case["expected"][f"term {at}"] for at in range(1 + len(case["covariates"]))]
                # R stops its steps sooner.
                self.close(found.terms.column("ratio"), expected, 1e-5)

    def test_several_tests(self):
        for case in TWO_GROUPS["multiplicity"]:
            for name, method in [("holm", stats.holm), ("benjamini_hochberg", stats.benjamini_hochberg)]:
                expected = [case["expected"][f"{name} {at}"] for at in range(len(case["p_values"]))]
                self.close(method(case["p_values"]), expected)

    def test_funnel(self):
        lower, upper = stats.funnel_limits(0.5, 10)
        self.assertEqual((lower, upper), (0.2, 0.8))
        self.assertAlmostEqual(stats.overdispersion([5, 5], [10, 10]), 0.0)


class Printed(Close):
    """Figures of published evaluations; `crates/kinfolk-stats/tests/published.rs` says of which."""

    def test_a_regression(self):
        fit = stats.fit_of_squares(model=(614.71825, 2), residual=(740.860697, 54))
        self.assertAlmostEqual(fit.r_squared_adjusted, 0.4332, 4)
        found = stats.coefficient_test(-2.612076, 1.141587, degrees_of_freedom=54)
        self.assertAlmostEqual(found.test.p_value, 0.0261, 4)
        self.assertAlmostEqual(found.interval.lower, -4.9008, 4)

    def test_two_means(self):
        found = stats.compare_means((5, 3.0, 1.5811388300841898), (5, 8.0, 1.5811388300841898))
        both = stats.welch_difference([1, 2, 3, 4, 5], [6, 7, 8, 9, 10])
        self.interval(found.welch.difference, {"value": -5.0, "lower": both.difference.interval.lower,
                                               "upper": both.difference.interval.upper})
        self.assertAlmostEqual(found.pooled.t, -5.0)

    def test_a_rounded_number(self):
        self.assertEqual(stats.Printed(12.0, 0).counts(267), range(31, 34))
        self.assertEqual(stats.Printed(4.9, 1).sums(25), range(122, 124))
        self.assertEqual(list(stats.Printed(74.0, 0).counts(5)), [])
        self.assertFalse(stats.Printed(36.0, 0).agrees_with(6100 / 172))
        self.assertNotIn(5, stats.Printed(74.0, 0).sizes_for_share(60))
        self.assertIn(25, stats.Printed(4.92, 2).sizes_for_mean(60))

    def test_what_cannot_be(self):
        with self.assertRaises(kinfolk.UsageError):
            stats.compare_means((5, 3.0, -1.0), (5, 8.0, 1.0))
        with self.assertRaises(kinfolk.DataError):
            stats.compare_means((0, 3.0, 1.0), (5, 8.0, 1.0))
        with self.assertRaises(kinfolk.UsageError):
            stats.coefficient_test(1.0, 0.0, degrees_of_freedom=3)


class Drawn(Close):
    def test_distributions(self):
        made = {
            "beta": stats.Distribution.beta(0.74, 0.05),
            "gamma": stats.Distribution.gamma(2995.0, 400.0),
            "lognormal": stats.Distribution.lognormal(1.02, 0.3),
            "pert": stats.Distribution.pert(10.0, 20.0, 60.0),
        }
        for name, distribution in made.items():
            case = VALUE["distributions"][name]
            self.close(distribution.at(case["scores"]), case["values"])
        self.assertEqual(stats.Distribution.normal(1.0, 2.0).at([-1.0, 0.5]), [-1.0, 2.0])
        self.assertTrue(stats.Distribution.fixed(3.0).is_fixed)
        with self.assertRaisesRegex(kinfolk.UsageError, "beta"):
            stats.Distribution.beta(1.5, 0.1)

    def test_inputs_that_go_together(self):
        copula = stats.GaussianCopula([[1.0, 0.6], [0.6, 1.0]])
        found = copula.scores({"cost": [1.0, -2.0], "rate": [0.0, 0.5]})
        self.assertEqual(found.column("cost"), [1.0, -2.0])
        self.close(found.column("rate"), [0.6, -1.2 + 0.5 * 0.8])
        with self.assertRaisesRegex(kinfolk.DataError, "independent has 1 column"):
            copula.scores({"cost": [1.0]})
        with self.assertRaises(kinfolk.DataError):
            stats.GaussianCopula([[1.0, 2.0], [2.0, 1.0]])

    def test_accelerated_intervals(self):
        for case in FURTHER["bca"]:
            for level, lower, upper in zip(case["level"], case["lower"], case["upper"]):
                found = stats.bca_interval(case["value"], case["draws"], case["influence"], level=level)
                self.close(list(found), [lower, upper])


class Numbers(Close):
    def test_one_sample(self):
        for case in INTERVALS["mean"]:
            found = stats.mean(case["values"], level=case["level"])
            self.close([found.value, *found.interval], [case["mean"], *case["limits"]])
        for case in INTERVALS["median"]:
            found = stats.median(case["values"], level=case["level"])
            self.close(found.value, case["median"])
        for case in INTERVALS["quantile"]:
            self.close(stats.quantile(case["values"], case["probability"]), case["quantile"])

    def test_pairs(self):
        for case in INTERVALS["paired"]:
            found = stats.paired_difference(case["before"], case["after"], level=case["level"])
            self.close([found.value, *found.interval], [case["mean"], *case["limits"]])
        for case in CHANGE["paired_t"]:
            found = stats.paired_t_test(case["before"], case["after"])
            self.close([found.t, found.p_value], [case["expected"]["t"], case["expected"]["p_value"]])
        for case in CHANGE["signed_rank"]:
            found = stats.wilcoxon_signed_rank(case["before"], case["after"], zeros=case["zeros"])
            self.close([found.rises, found.falls], [case["expected"]["rises"], case["expected"]["falls"]])
        for case in CHANGE["effect_sizes"]:
            found = stats.paired_effect_sizes(case["before"], case["after"], level=case["level"])
            self.close(found.d_av.uncorrected.value, case["expected"]["d_av"])
            self.close(found.d_pre.corrected.value, case["expected"]["d_pre_corrected"])
        self.assertEqual(stats.paired_median_difference([1, 2, 3], [2, 4, 6]).value, 2.0)

    def test_two_samples(self):
        for case in TWO_GROUPS["welch"]:
            found = stats.welch_difference(case["first"], case["second"], level=case["level"])
            self.interval(found.difference, case["expected"])
            self.close(found.test.p_value, case["expected"]["p_value"])
        for case in TWO_GROUPS["mann_whitney"]:
            found = stats.mann_whitney(case["first"], case["second"])
            self.close([found.u, found.shift.value], [case["expected"]["u"], case["expected"]["shift"]])
        for case in RANKS["hedges_g"]:
            found = stats.hedges_g(case["first"], case["second"], level=case["level"])
            self.close(found.corrected.value, case["expected"]["g"])

    def test_one_persons_change(self):
        found = stats.reliable_change(sd=7.5, reliability=0.8)
        self.close(found.index([47.5], [32.5]), [-3.1622776601683795])
        self.assertEqual(found.classes([47.5, 30, 30], [32.5, 31, 50]), ["improved", "unchanged", "deteriorated"])
        found = stats.clinical_change([20, 18], [13, 14], cut_off=17, sd=5.8, reliability=0.82)
        self.assertEqual(found, ["recovered", "unchanged"])
        self.assertEqual(stats.crossing([20, 10], [13, 10], cut_off=17), ["below", "stayed_below"])
        self.assertEqual(stats.cut_off_a((20, 4)), 12)
        self.assertEqual(stats.cut_off_b((10, 4)), 18)
        self.assertEqual(stats.cut_off_c((20, 4), (10, 4)), 15)
        for case in CHANGE["regression_to_mean"]:
            asked = {key: case[key] for key in ("mean", "sd", "reliability", "cut")}
            self.close(stats.expected_regression(**asked), case["expected"]["fall"])
        self.assertEqual(stats.expected_second_score(20, mean=10, reliability=0.5), 15)


class Models(Close):
    def linear(self, case, **options):
        rows = REGRESSION["rows"]
        return stats.least_squares(rows["after"], case["covariates"], weights=case["weights"], **options)

    def test_linear(self):
        for case in REGRESSION["linear"]:
            for errors in ("classical", "hc0", "hc1", "hc2", "hc3"):
                found = self.linear(case, errors=errors)
                self.close(found.terms.column("value"), case["coefficients"])
                self.close(found.terms.column("standard_error"), case["errors"][errors])
            clusters = REGRESSION["rows"]["authority"]
            for errors in ("cr0", "cr1", "cr1s", "cr2"):
                found = self.linear(case, clusters=clusters, errors=errors)
                self.close(found.terms.column("standard_error"), case["errors"][errors])
            self.close(found.terms.column("degrees_of_freedom"), case["cr2_degrees"], 1e-6)
            self.assertEqual(self.linear(case, clusters=clusters).errors, "cr2")
            self.assertEqual(self.linear(case).errors, "hc2")

    def test_a_contrast_is_a_coefficient(self):
        found = self.linear(REGRESSION["linear"][0])
        weights = [0, 1] + [0] * (len(found.terms) - 2)
        self.assertEqual(found.contrast(weights).value, found.terms.column("value")[1])
        self.assertIsNone(found.contrast([1]))

    def test_logistic(self):
        rows = REGRESSION["rows"]
        for case in REGRESSION["logistic"]:
            asked = {"weights": case["weights"]}
            # R takes weights for numbers of rows where the errors are those of the model.
            for errors in ["hc0"] if case["weights"] else ["model", "hc0"]:
                found = stats.logistic(rows["stable"], case["covariates"], errors=errors, **asked)
                self.close(found.terms.column("value"), case["coefficients"], 1e-7)
                self.close(found.terms.column("standard_error"), case["errors"][errors], 1e-7)
            found = stats.logistic(rows["stable"], case["covariates"], clusters=rows["authority"], **asked)
            self.close(found.terms.column("standard_error"), case["errors"]["cr1"], 1e-7)
        case = REGRESSION["firth"][0]
        found = stats.logistic(case["outcome"], case["covariates"], penalty="firth")
        self.close(found.terms.column("value"), case["coefficients"], 1e-5)
        self.assertTrue(found.is_penalised)

    def test_pooling(self):
        for case in REGRESSION["meta_analysis"]:
            found = stats.pool_effects(case["effects"], case["variances"])
            self.close([found.q, found.i_squared], [case["q"], case["i_squared"]])
            self.close(found.tau_squared, case["tau_squared"], 1e-5)
            without = stats.pool_leaving_one_out(case["effects"], case["variances"])
            self.assertEqual(len(without), len(case["effects"]))
        # By hand: means 2 and 1, variance between 1, total 1 + (1 + 1/3).
        found = stats.pool_imputations([1, 2, 3], [1, 1, 1], degrees_complete=float("inf"))
        self.close([found.value, found.within, found.between, found.total], [2, 1, 1, 7 / 3])

    def test_repeated_measures(self):
        names = {"unstructured": "unstructured", "compound_symmetry": "compound-symmetry", "toeplitz": "toeplitz",
                 "autoregressive": "autoregressive"}
        n_compared = 0
        for case in MMRM["cases"]:
            if case["data"] != "children" or case["covariance"] not in names:
                continue
            n_compared += 1
            children = MMRM["children"]
            slopes = [effect.replace(" ", "-") for effect in case["effects"]]
            found = stats.mmrm(
                list(zip(*children["scores"])),
                list(zip(*children["known"])),
                means=slopes[0],
                slopes=slopes[1:],
                ladder=[names[case["covariance"]]],
                likelihood="restricted" if case["reml"] else "full",
            )
            self.close(found.deviance, case["deviance"])
            self.close(found.terms.column("value"), case["coefficients"], 1e-5)
            for contrast in case["contrasts"]:
                here = found.contrast(contrast["weights"])
                self.close(here.value, contrast["value"], 1e-5)
        self.assertGreater(n_compared, 1)

    def test_repeated_measures_by_name(self):
        found = stats.mmrm({"before": [20, 17, 25, 14, 9, 30], "after": [17, 18, None, 14, 11, 24]})
        self.assertEqual(found.means.column("term"), ["before", "after"])
        self.assertEqual(found.change("before", "after").value, found.change(0, 1).value)
        self.close(found.share_missing("after"), 1 / 6)
        lost = found.change_if_lost_differ("before", "after", 6.0)
        self.close(lost.value - found.change(0, 1).value, 1.0)
        self.close(found.mean("before").value, found.means.column("value")[0])
        self.assertGreater(found.covariance_between("before", "after"), 0)
        self.assertIsNotNone(found.tipping_point("before", "after"))
        with self.assertRaisesRegex(Exception, "later.*before, after"):
            found.change("before", "later")


class Times(Close):
    def test_kaplan_meier(self):
        for case in SURVIVAL["kaplan_meier"]:
            asked = {"entry": case["entry"], "band": case["band"], "level": case["level"]}
            found = stats.kaplan_meier(case["time"], case["event"], **asked)
            steps = found.steps
            for name in ("at_risk", "events", "survival"):
                self.close(steps.column(name), case[name])
            for probability, time in zip(case["probabilities"], case["quantile"]):
                self.close(found.quantile(probability).time, time)
            self.close(found.at(case["times"][0]).value, case["survival"][0])
            self.assertEqual(found.last_time, max(case["times"]))
            self.assertEqual(found.median.time, found.quantile(0.5).time)

    def test_weights_of_one_change_nothing(self):
        case = SURVIVAL["kaplan_meier"][0]
        found = stats.weighted_kaplan_meier(case["time"], case["event"], [1.0] * len(case["time"]))
        self.close(found.steps.column("survival"), case["survival"])
        self.close(found.steps.column("standard_error"), case["standard_error"])
        self.close(found.at(case["times"][0]).value, case["survival"][0])
        case = SURVIVAL["restricted_mean"][0]
        found = stats.weighted_restricted_mean(
            case["time"], case["event"], [2.0] * len(case["time"]), horizon=case["horizon"]
        )
        self.close(found.value, case["mean"])

    def test_log_rank(self):
        for case in SURVIVAL["log_rank"]:
            found = stats.log_rank(
                case["time"], case["event"], case["group"], strata=case["stratum"], rho=case["rho"]
            )
            self.close([found.chi_square, found.degrees, found.p_value],
                       [case[key] for key in ("chi_square", "degrees", "p")])
            self.close(found.groups.column("expected"), case["expected"])

    def test_cox(self):
        def listed(value):
            return value if isinstance(value, list) else [value]

        for case in SURVIVAL["cox"]:
            found = stats.cox(
                case["time"], case["event"], case["covariates"], entry=case["entry"], strata=case["stratum"],
                clusters=case["cluster"], weights=case["weight"], ties=case["ties"],
            )
            self.close(found.terms.column("coefficient"), listed(case["coefficients"]))
            errors = case["robust_errors"] or case["standard_errors"]
            self.close(found.terms.column("standard_error"), listed(errors))
            self.close([found.log_likelihood_null, found.log_likelihood], case["log_likelihood"])
            self.close(found.proportional_hazards().column("chi_square")[0], listed(case["proportional_km"])[0], 1e-6)

    def test_means_of_time(self):
        for case in SURVIVAL["restricted_mean"]:
            found = stats.restricted_mean(case["time"], case["event"], horizon=case["horizon"])
            self.close([found.value, found.standard_error], [case["mean"], case["standard_error"]])
        found = stats.compare_restricted_means(
            [1, 2, 3, 4, 2, 3, 4, 5], [1, 1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 0, 0, 0, 0], horizon=4
        )
        self.close([found.first.value, found.second.value, found.difference], [2.5, 3.25, -0.75])

    def test_competing_endings(self):
        for case in SURVIVAL["incidence"]:
            for cause, name in [(1, "first"), (2, "second")]:
                found = stats.cumulative_incidence(case["time"], case["cause"], cause=cause)
                self.close(found.steps.column("incidence"), case[name])
                self.close(found.at(case["times"][-1]).value, case[name][-1])
        for case in SURVIVAL["gray"]:
            for cause in (1, 2):
                found = stats.gray(
                    case["time"], case["cause"], case["group"], cause=cause, strata=case["stratum"], rho=case["rho"]
                )
                self.close(found.chi_square, case["chi_square"][cause - 1])


class Comparators(Close):
    def setUp(self):
        self.cohort = MATCHING["cohort"]
        self.treated = self.cohort["treated"]
        self.covariates = {name: self.cohort[name] for name in ("age", "difficulties", "sex", "moves")}

    def test_propensity(self):
        found = stats.propensity(self.covariates, self.treated)
        self.close(found.terms.column("log_odds_ratio"), MATCHING["propensity"]["coefficients"], 1e-7)
        self.close(found.scores, MATCHING["propensity"]["scores"], 1e-7)
        self.close(found.deviance, MATCHING["propensity"]["deviance"])

    def test_nearest(self):
        score = stats.propensity(self.covariates, self.treated)
        orders = {"largest": "largest", "smallest": "smallest", "data": "rows"}
        for case in MATCHING["greedy"]:
            if case["limits"]:
                continue
            found = stats.match_greedily(
                score.logits if case["scale"] == "logit" else score.scores,
                self.treated,
                exact=self.cohort[case["exact"]] if case["exact"] else None,
                order=orders[case["order"]],
                ratio=case["ratio"],
                caliper=case["caliper"],
            )
            pairs = set(zip(found.pairs.column("treated"), found.pairs.column("control")))
            self.assertEqual(pairs, {tuple(pair) for pair in case["pairs"]}, case["name"])
            self.close(found.weights, case["weights"])

    def test_limits(self):
        near = stats.match_greedily(
            [0, 0, 0, 0], [1, 0, 1, 0], caliper=1, caliper_unit="units", covariate_calipers=[([5, 9, 9, 5], 1)]
        )
        self.assertEqual(near.pairs.to_dicts(), [
            {"treated": 0, "control": 3, "distance": 0.0}, {"treated": 2, "control": 1, "distance": 0.0}
        ])

    def test_optimal_is_no_worse(self):
        score = stats.propensity(self.covariates, self.treated)
        greedy = stats.match_greedily(score.logits, self.treated, caliper=None)
        optimal = stats.match_optimally(score.logits, self.treated, caliper=None)
        self.assertEqual(len(greedy.pairs), len(optimal.pairs))
        self.assertLessEqual(sum(optimal.pairs.column("distance")), sum(greedy.pairs.column("distance")))

    def test_cells(self):
        case = MATCHING["cells"][0]
        columns = {
            name: values if name == "sex" else stats.coarsen(values, bins="sturges")
            for name, values in self.covariates.items()
        }
        found = stats.match_within_cells(self.treated, columns)
        self.assertEqual(found.n_cells, case["n_cells"])
        self.close(found.weights, case["weights"])
        self.assertEqual(stats.coarsen([1, 5, 9], bins=[2, 6]), [0, 1, 2])
        self.assertEqual(stats.coarsen([0, 5, 9], bins=2), [0, 1, 1])

    def test_balance(self):
        found = stats.compare_balance(self.covariates, self.treated)
        expected = MATCHING["greedy"][0]["balance"]["all"]
        self.close(found.covariates.column("mean_treated"), [row[0] for row in expected])
        self.close(found.covariates.column("standardised_difference"), [row[2] for row in expected])
        self.assertEqual((found.treated.n, found.control.n), (54, 246))
        self.close(stats.effective_sample_size([1, 1, 0]), 2)

    def test_risk_sets(self):
        far = stats.match_risk_sets([5, None, None], [20, 3, 30], [0.1, 0.1, 0.4], covariate_calipers=[([1, 1, 4], 2)])
        self.assertEqual(len(far.pairs), 0)
        found = stats.match_risk_sets([5, None, None], [20, 3, 30], [0.1, 0.1, 0.4])
        self.assertEqual(found.pairs.to_dicts(), [
            {"treated": 0, "control": 2, "distance": 0.30000000000000004, "treated_follow_up": 15.0,
             "control_follow_up": 25.0}
        ])

    def test_weights(self):
        self.close(stats.propensity_weights([1, 0], [0.5, 0.2]), [1, 0.25])
        self.close(stats.propensity_weights([1, 0], [0.5, 0.2], estimand="everybody"), [2, 1.25])
        self.close(stats.propensity_weights([1, 0], [0.5, 0.2], estimand="overlap"), [0.5, 0.2])
        weights = stats.balance_entropy(self.covariates, self.treated)
        balanced = stats.compare_balance(self.covariates, self.treated, weights=weights)
        self.close(balanced.covariates.column("standardised_difference"), [0.0] * 4, 1e-6)


class Effects(Close):
    def setUp(self):
        self.cohort = EFFECT["cohort"]
        self.treated = self.cohort["treated"]
        self.covariates = [self.cohort[name] for name in ("age", "difficulties", "sex")]

    def test_unadjusted(self):
        found = stats.unadjusted([1] * 6 + [0] * 2 + [1] * 3 + [0] * 5, [1] * 8 + [0] * 8)
        self.close([found.mean_treated, found.mean_control], [0.75, 0.375])
        self.close(found.difference.value, stats.risk_difference((6, 8), (3, 8)).value)
        self.close(list(found.difference.interval), list(stats.risk_difference((6, 8), (3, 8)).interval))

    def test_weighted(self):
        options = {
            "att": {"estimand": "treated"},
            "ate": {"estimand": "everybody"},
            "overlap": {"estimand": "overlap"},
            "entropy": {"weighting": "entropy"},
        }
        for outcome in ("score", "stable"):
            for name, asked in options.items():
                expected = EFFECT["weighted"][outcome][name]
                found = stats.weighted(self.cohort[outcome], self.treated, self.covariates, **asked)
                self.close([found.mean_treated, found.mean_control], [expected["treated"], expected["control"]], 1e-6)
                self.close([found.difference.value, found.difference.standard_error], expected["difference"], 1e-5)

    def test_doubly_robust(self):
        for outcome in ("score", "stable"):
            for population in ("treated", "everybody"):
                expected = EFFECT["doubly_robust"][outcome][population]
                found = stats.doubly_robust(
                    self.cohort[outcome], self.treated, self.covariates, population=population
                )
                here = [found.mean_treated, found.mean_control, found.difference.standard_error]
                self.close(here, expected, 1e-6)

    def test_standardised(self):
        found = stats.standardised(
            self.cohort["score"], self.treated, self.covariates, weights=EFFECT["weights"], clusters=EFFECT["pair"]
        )
        value, error, degrees = EFFECT["within_arms"]["score_by_pair"]
        self.close([found.difference.value, found.difference.standard_error], [value, error], 1e-7)
        self.close(found.difference.degrees_of_freedom, degrees, 1e-5)

    def test_draws(self):
        asked = {"draws": 40, "seed": 7}
        one = stats.bootstrap_matched(self.cohort["score"], self.treated, self.covariates, **asked)
        many = stats.bootstrap_matched(self.cohort["score"], self.treated, self.covariates, threads=2, **asked)
        self.assertEqual((one.value, *one.interval), (many.value, *many.interval))
        self.assertEqual(one.n_draws + one.n_failed, 40)


class WhatCouldBeWrong(Close):
    def test_hidden_bias(self):
        for case in SENSITIVITY["rosenbaum"]:
            found = stats.rosenbaum_bound(SENSITIVITY["differences"], gamma=case["gamma"])
            self.close([found.p_lower, found.p_upper], [case["p_lower"], case["p_upper"]])
        for case in SENSITIVITY["mcnemar"]:
            found = stats.rosenbaum_bound_yes_or_no(case["treated_only"], case["discordant"], gamma=case["gamma"])
            self.close([found.p_lower, found.p_upper], [case["p_lower"], case["p_upper"]])
        self.close(stats.tipping_gamma(SENSITIVITY["differences"]), SENSITIVITY["tipping"])

    def test_omitted(self):
        case = SENSITIVITY["regression"]
        estimate = [case["value"], case["standard_error"], case["degrees"]]
        found = stats.if_confounded(
            *estimate, of_treatment=case["z_of_treatment"], of_outcome=case["z_of_outcome"]
        )
        self.close([found.value, found.standard_error], [case["with_z"], case["with_z_error"]], 1e-6)
        t = case["value"] / case["standard_error"]
        self.close(stats.partial_r2(*estimate), t * t / (t * t + case["degrees"]))
        all_of_it = stats.robustness_value(*estimate)
        self.assertLess(stats.robustness_value(*estimate, alpha=0.05), all_of_it)
        self.close(stats.as_strong_as(0.1, 0.2, times=1).of_treatment, 0.1 / 0.9)
        self.close(stats.e_value(3.9, interval=(1.8, 8.7)).estimate, 7.263034406, 1e-8)
        self.close(stats.e_value(3.9, interval=(1.8, 8.7)).limit, 3.0, 1e-8)
        self.close(stats.risk_ratio_of_standardised_difference(1.0), 2.4843225333848165)
        self.close(stats.risk_ratio_of_odds_ratio(4.0), 2.0)
        self.close(stats.risk_ratio_of_hazard_ratio(4.0), 0.75 / (1 - 0.5**0.5))

    def test_power(self):
        for case in SENSITIVITY["means"]:
            found = stats.power_of_difference(
                case["n"], case["n"], difference=case["difference"], alpha=case["level"]
            )
            self.close(found, case["power"], 1e-6)
        for case in SENSITIVITY["detectable"]:
            found = stats.detectable_difference(case["n"], case["n"], power=case["power"], alpha=case["level"])
            self.close(found, case["difference"], 1e-6)
        for case in SENSITIVITY["shares"]:
            found = stats.power_of_shares(
                case["n"], case["n"], share_treated=case["treated"], share_control=case["control"], alpha=case["level"]
            )
            self.close(found, case["power"], 1e-6)
        below, above = stats.detectable_share(50, 50, share_control=0.5)
        self.assertTrue(below < 0.5 < above)
        n_events = stats.events_needed(100, 100, hazard_ratio=0.7)
        self.close(stats.detectable_hazard_ratio(100, 100, n_events=n_events), 0.7)


if __name__ == "__main__":
    unittest.main()
