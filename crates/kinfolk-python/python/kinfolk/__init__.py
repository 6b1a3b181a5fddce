"""Records of Lifelong Links services to evidence.

The same stages, with the same numbers, as the program and the Rust crate: open a study, take its
findings, estimates and report; or use a single method on a table.

>>> import kinfolk
>>> study = kinfolk.open("data/demo", today="2025-06-01")
>>> study.findings.to_polars()
>>> study.report(out="demo-report")

Tables go in as anything that gives an Arrow stream (polars, pandas from 2.2, pyarrow, DuckDB) or as a
dictionary of lists, and come out as `Table`, which all of these read. `kinfolk.stats` holds the methods
on columns of numbers, `kinfolk.polars` scores rows inside polars expressions.
"""

from kinfolk import stats
from kinfolk._kinfolk import (
    DataError,
    DisclosureError,
    KinfolkError,
    Outcome,
    Study,
    Table,
    UsageError,
    __version__,
    effect,
    match,
    open,
    placements,
    sdq_change,
    sdq_score,
    survival,
    synth_cohort,
    synth_returns,
    synth_study,
    value,
    verify,
)

__all__ = [
    "DataError",
    "DisclosureError",
    "KinfolkError",
    "Outcome",
    "Study",
    "Table",
    "UsageError",
    "__version__",
    "effect",
    "match",
    "open",
    "placements",
    "sdq_change",
    "sdq_score",
    "stats",
    "survival",
    "synth_cohort",
    "synth_returns",
    "synth_study",
    "value",
    "verify",
]
