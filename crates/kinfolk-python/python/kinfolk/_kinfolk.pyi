"""What the library built from Rust holds. A test holds this file against it."""

import datetime
import os
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import pandas
import polars
import pyarrow

from kinfolk import stats as stats

__version__: str

_Path = str | os.PathLike[str]
_Day = str | datetime.date
_Informant = Literal["parent_carer", "teacher", "self"]
_Form = Literal["2-4", "4-17"]
_Scale = Literal["logit", "probability"]

class KinfolkError(Exception): ...
class DataError(KinfolkError): ...
class UsageError(KinfolkError): ...
class DisclosureError(KinfolkError): ...

class Table:
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...
    def __len__(self) -> int: ...
    @property
    def columns(self) -> list[str]: ...
    def column(self, name: str) -> list[Any]: ...
    def to_dicts(self) -> list[dict[str, Any]]: ...
    def to_polars(self) -> polars.DataFrame: ...
    def to_arrow(self) -> pyarrow.Table: ...
    def to_pandas(self) -> pandas.DataFrame: ...

class Study:
    @property
    def title(self) -> str: ...
    @property
    def findings(self) -> Table: ...
    @property
    def n_errors(self) -> int: ...
    def estimates(self) -> Table: ...
    def released(self) -> Table: ...
    def report(self, *, out: _Path) -> list[os.PathLike[str]]: ...

class Outcome:
    @property
    def rows(self) -> Table | None: ...
    @property
    def estimates(self) -> Table: ...
    @property
    def findings(self) -> Table: ...
    def to_json(self) -> str: ...

def open(folder: _Path, *, today: _Day) -> Study: ...
def sdq_score(
    table: Any,
    *,
    informant: _Informant | None = None,
    form: _Form | None = None,
    prefix: str = "",
    bands: bool = True,
) -> Table: ...
def sdq_change(
    table: Any,
    *,
    sd: float,
    reliability: float,
    baseline: Literal["first", "nearest-start", "last-before-start"] = "first",
    informant: _Informant | None = None,
    child_id: str = "child_id",
    date: str = "date",
    total: str = "total",
    start: str = "start_date",
) -> Outcome: ...
def placements(
    returns: _Path | Sequence[_Path],
    *,
    on: _Day,
    today: _Day,
    moves: Literal["spb", "spbtu", "all"] = "spb",
    temporary: Literal["bridge", "count"] = "bridge",
    short_break_starts: Literal["left_out", "counted"] = "left_out",
    home_from: _Day | None = None,
    home_days: int = 365,
    country: Literal["England", "Scotland", "Wales"] = "England",
    level: float = 0.95,
) -> Outcome: ...
def match(
    table: Any,
    *,
    covariates: Sequence[str],
    child_id: str = "child_id",
    arm: str = "arm",
    exact: Sequence[str] = [],
    caliper: float | None = 0.2,
    scale: _Scale = "logit",
    ratio: int = 1,
    calipers: Mapping[str, float] = {},
    joined: str | None = None,
    left: str | None = None,
) -> Outcome: ...
def effect(
    table: Any,
    *,
    outcome: str,
    covariates: Sequence[str],
    method: Literal["unadjusted", "matched", "att-weights", "overlap", "entropy", "aipw"] = "matched",
    child_id: str = "child_id",
    arm: str = "arm",
    exact: Sequence[str] = [],
    caliper: float | None = 0.2,
    scale: _Scale = "logit",
    ratio: int = 1,
    calipers: Mapping[str, float] = {},
    cluster: str | None = None,
    authority: str | None = None,
    joined: str | None = None,
    left: str | None = None,
    follow_up: int | None = None,
    watched: str | None = None,
    draws: int | None = None,
    seed: int | None = None,
    draw_intervals: Literal["percentile", "bca", "both"] = "both",
    level: float = 0.95,
) -> Outcome: ...
def survival(
    table: Any,
    *,
    time: str,
    event: str,
    arm: str | None = None,
    covariates: Sequence[str] = [],
    strata: str | None = None,
    cluster: str | None = None,
    weights: str | None = None,
    at: Sequence[float] = [],
    horizon: float | None = None,
    matched: bool = False,
    child_id: str = "child_id",
    exact: Sequence[str] = [],
    caliper: float | None = 0.2,
    calipers: Mapping[str, float] = {},
    ratio: int = 1,
    draws: int | None = None,
    seed: int | None = None,
    draw_intervals: Literal["percentile", "bca", "both"] = "both",
    level: float = 0.95,
) -> Outcome: ...
def value(costs: _Path, *, estimates: _Path | None = None) -> Outcome: ...
def verify(manifest: _Path, *, study: _Path | None = None) -> list[str]: ...
def synth_study(
    out: _Path,
    *,
    seed: int,
    children: int = 72,
    others: int | None = None,
    years: int = 5,
    dirty: bool = False,
) -> None: ...
def synth_returns(
    out: _Path, *, seed: int, children: int, years: int = 5, dense: bool = False, dirty: bool = False
) -> dict[str, Any]: ...
def synth_cohort(
    out: _Path,
    *,
    seed: int,
    children: int = 2000,
    authorities: int = 1,
    risk_difference: float = 0.1,
    hazard_ratio: float = 0.7,
) -> dict[str, float]: ...
