"""Scores inside polars expressions: eager or lazy, a row at a time, on all threads.

>>> import polars as pl
>>> from kinfolk import polars as kp
>>> frame.with_columns(
...     total=kp.sdq_score("total"),
...     band=kp.sdq_band(kp.sdq_score("total"), scale="total", informant=pl.col("informant")),
... )

A string names a column where a column is asked for (`items`, `first`, the questions about impact) and
is a code where a code is (`scale`, `informant`, `form`, `system`). A code that differs by row is given
as an expression. A value that cannot be raises `polars.exceptions.ComputeError`, which names the
column.
"""

import pathlib

from kinfolk import _kinfolk

TESTED = "1.30 and 2.1"
"""The versions of polars with which this was tested."""

try:
    import polars as pl
except ImportError as error:
    raise ImportError(f"kinfolk.polars needs polars (tested with {TESTED}): pip install polars") from error

try:
    from polars.plugins import register_plugin_function
except ImportError as error:
    raise ImportError(f"kinfolk.polars does not work with polars {pl.__version__} (tested with {TESTED})") from error

__all__ = ["TESTED", "reliable_class", "sdq_band", "sdq_impact", "sdq_score"]

_LIBRARY = pathlib.Path(_kinfolk.__file__)


def _numbers(column):
    expression = pl.col(column) if isinstance(column, str) else column
    if not isinstance(expression, pl.Expr):
        expression = pl.lit(expression)
    return expression.cast(pl.Float64)


def _codes(code):
    expression = pl.lit(code) if isinstance(code, str) else code
    return expression.cast(pl.String)


def _call(function, arguments, name):
    scored = register_plugin_function(
        plugin_path=_LIBRARY, function_name=function, args=arguments, is_elementwise=True
    )
    return scored.alias(name)


def sdq_score(scale="total", *, items=None):
    """The score of one scale of the Strengths and Difficulties Questionnaire.

    Parameters
    ----------
    scale : "emotional", "conduct", "hyperactivity", "peer", "prosocial", "total", "externalising" or
        "internalising"
    items : the 25 columns of answers in the order of the form, 0, 1 or 2 and not yet reversed; without
        it, item_1 to item_25

    Returns
    -------
    Expr : whole numbers, 0 to 10, to 20 for the last two and to 40 for the total; null where fewer than
        three of the five items of a scale are answered

    Source
    ------
    The scoring rules of the questionnaire's authors; see docs/methods/sdq.md.
    """
    columns = [f"item_{at}" for at in range(1, 26)] if items is None else list(items)
    if len(columns) != 25:
        raise ValueError(f"items: {len(columns)} columns, not 25")
    return _call("sdq_score", [_codes(scale), *map(_numbers, columns)], scale)


def sdq_impact(
    *,
    informant,
    difficulties="difficulties",
    distress="distress",
    home="impact_home",
    friends="impact_friends",
    classroom="impact_classroom",
    leisure="impact_leisure",
):
    """What difficulties do to the child's life.

    Parameters
    ----------
    informant : "parent_carer", "teacher" or "self", or an expression of these
    difficulties, distress, home, friends, classroom, leisure : columns of answers, 0 to 3 as on the form;
        `None` for a question that was not asked

    Returns
    -------
    Expr : whole numbers, 0 to 10, to 6 of teachers; null where nothing is answered or nobody says who
        answered
    """
    questions = [difficulties, distress, home, friends, classroom, leisure]
    return _call("sdq_impact", [_codes(informant), *map(_numbers, questions)], "impact")


def sdq_band(score, *, scale, informant, form="4-17", system="three"):
    """The band in which a score falls.

    Parameters
    ----------
    score : column of scores
    scale : of which scale, as for `sdq_score`, or "impact"
    informant : "parent_carer", "teacher" or "self", or an expression of these
    form : "4-17" or "2-4", or an expression of these
    system : "three" (normal, borderline, abnormal) or "four" (close_to_average to very_high)

    Returns
    -------
    Expr : codes; null where there is no score, or no band for the scale, informant and form
    """
    arguments = [_numbers(score), *map(_codes, [scale, informant, form, system])]
    return _call("sdq_band", arguments, f"{scale}_{system}_band")


def reliable_class(first, last, *, sd, reliability):
    """Whether a person's change is more than the instrument's own unsteadiness (Jacobson and Truax).

    Parameters
    ----------
    first, last : columns of scores before and after, in points; high is worse
    sd : the standard deviation of scores before, in points, above 0
    reliability : the reliability of the instrument, from 0 to below 1

    Returns
    -------
    Expr : "improved", "unchanged" or "deteriorated"; null where either score is missing
    """
    options = [pl.lit(float(sd)), pl.lit(float(reliability))]
    return _call("reliable_class", [_numbers(first), _numbers(last), *options], "reliable_class")


def _fits():
    """Whether the polars installed and this library understand each other."""
    try:
        found = pl.select(reliable_class(20, 10, sd=5.8, reliability=0.72)).item()
    except Exception as error:
        raise ImportError(
            f"kinfolk.polars does not work with polars {pl.__version__} (tested with {TESTED})"
        ) from error
    if found != "improved":
        raise ImportError(f"kinfolk.polars gives wrong answers with polars {pl.__version__} (tested with {TESTED})")


_fits()
