"""The methods of kinfolk on columns of numbers, by the names that they have in Rust.

>>> from kinfolk import stats
>>> stats.wilson(56, 70)
Estimated(value=0.8, interval=Interval(lower=0.691834, upper=0.876953))

A column is a list, an array of numpy, or a series of polars, pandas or pyarrow, with one value for each row
and none missing unless the method says so; a table is a frame of any of these or of DuckDB, a dictionary or a
list of columns, or an array with a row for each subject. A column that cannot be used raises `DataError`,
which names it; an option out of range raises `UsageError`. Yes and no count as 1 and 0, rows from 0.

Results are small objects with named fields, `None` where the data say nothing; curves and coefficients are
tables (`to_polars()`, `to_pandas()`, `to_arrow()`). Nothing that these give was checked for disclosure.
"""

from kinfolk._kinfolk.stats import *  # noqa: F403
from kinfolk._kinfolk.stats import __all__ as __all__
