"""A table that cannot be used is refused by every stage, whatever holds it, and the column is named."""

import importlib.util
import unittest

import kinfolk

N = 80
ROWS = range(N)

QUESTIONNAIRES = {"child_id": [f"{at:03}" for at in ROWS]} | {
    f"item_{item}": [(at * 7 + item) % 3 for at in ROWS] for item in range(1, 26)
}
TOTALS = {
    "child_id": [f"{at // 2:03}" for at in ROWS],
    "date": [f"202{3 + at % 2}-05-01" for at in ROWS],
    "informant": ["parent_carer"] * N,
    "total": [at * 7 % 31 for at in ROWS],
}
COHORT = {
    "child_id": [f"{at:03}" for at in ROWS],
    "arm": ["programme", "comparator"] * (N // 2),
    "age": [8 + at % 7 for at in ROWS],
    "place": ["north", "south", "west", "east"] * (N // 4),
    "stable": [int(at % 3 != 0 or at % 2 == 0) for at in ROWS],
    "days": [100 + 3 * at for at in ROWS],
    "ended": [int(at % 4 != 0) for at in ROWS],
}

# Each stage as it is called, the table that it can use, and its columns: those that it needs, those
# whose cells may not be missing, and a value that each cannot hold.
STAGES = {
    "sdq_score": (
        lambda table: kinfolk.sdq_score(table, informant="parent_carer"),
        QUESTIONNAIRES, ["item_1", "item_25"], [], {"item_1": 7, "item_13": 3},
    ),
    "sdq_change": (
        lambda table: kinfolk.sdq_change(table, sd=5.8, reliability=0.72),
        TOTALS, ["child_id", "date", "total"], ["child_id", "date"],
        {"date": "yesterday", "total": 77, "informant": "aunt"},
    ),
    "match": (
        lambda table: kinfolk.match(table, covariates=["age"], exact=["place"]),
        COHORT, ["child_id", "arm", "age", "place"], ["child_id", "arm", "age"], {"arm": "third"},
    ),
    "effect": (
        lambda table: kinfolk.effect(table, outcome="stable", covariates=["age"], cluster="place"),
        COHORT, ["child_id", "arm", "age", "stable", "place"], ["child_id", "arm", "age"],
        {"arm": "third", "stable": "perhaps"},
    ),
    "survival": (
        lambda table: kinfolk.survival(table, time="days", event="ended", arm="arm", covariates=["age"]),
        COHORT, ["days", "ended", "arm", "age"], ["days", "ended", "arm", "age"],
        {"days": -1, "ended": "perhaps", "arm": "third"},
    ),
}


def has(*packages):
    return all(importlib.util.find_spec(package) for package in packages)


def holders():
    """What may hold a table, by name."""
    yield "dictionary", dict
    if has("polars"):
        import polars

        yield "polars", lambda table: polars.DataFrame(table, strict=False)
    if has("pandas", "pyarrow"):
        import pandas

        yield "pandas", pandas.DataFrame
    if has("pyarrow"):
        import pyarrow

        yield "pyarrow", pyarrow.table
    if has("duckdb", "pyarrow"):
        import duckdb
        import pyarrow

        yield "duckdb", lambda table: relation(duckdb, pyarrow.table(table))


def relation(duckdb, arrow):
    return duckdb.from_arrow(arrow)


def with_cell(table, column, value):
    """The table with another value in its third row, the column as text where it has to be."""
    cells = list(table[column])
    if isinstance(value, str):
        cells = [str(cell) for cell in cells]
    cells[2] = value
    return table | {column: cells}


class Frames(unittest.TestCase):
    def every(self):
        for holder, hold in holders():
            for name, stage in STAGES.items():
                yield holder, hold, name, *stage

    def refused(self, label, column, call, table):
        with self.subTest(label, column=column):
            with self.assertRaises(kinfolk.KinfolkError) as caught:
                call(table)
            self.assertIn(column, str(caught.exception))
            self.assertNotIn("fault in the program", str(caught.exception))

    def test_every_holder_gives_the_same(self):
        for holder, hold, name, call, table, *_ in self.every():
            with self.subTest(f"{name} from {holder}"):
                self.assertEqual(repr(call(hold(table))), repr(call(table)))

    def test_a_missing_column(self):
        for holder, hold, name, call, table, needed, *_ in self.every():
            for column in needed:
                without = {key: cells for key, cells in table.items() if key != column}
                self.refused(f"{name} from {holder}", column, call, hold(without))

    def test_missing_cells(self):
        for holder, hold, name, call, table, _, full, _ in self.every():
            for column in full:
                self.refused(f"{name} from {holder}", column, call, hold(with_cell(table, column, None)))

    def test_cells_that_cannot_be(self):
        for holder, hold, name, call, table, _, _, wrong in self.every():
            for column, value in wrong.items():
                self.refused(f"{name} from {holder}", column, call, hold(with_cell(table, column, value)))

    @unittest.skipUnless(has("polars"), "without polars")
    def test_a_kind_that_is_not_read(self):
        import polars

        for name, (call, table, needed, *_) in STAGES.items():
            for column in needed:
                frame = polars.DataFrame(table).with_columns(polars.lit([1]).alias(column))
                self.refused(name, column, call, frame)

    @unittest.skipUnless(has("polars"), "without polars")
    def test_kinds_of_numbers(self):
        import polars

        call, table, *_ = STAGES["effect"]
        frame = polars.DataFrame(table)
        usual = repr(call(frame))
        number = polars.col("age")
        for kind in [number.cast(polars.Decimal(20, 1)), number.cast(polars.Float32)]:
            self.assertEqual(repr(call(frame.with_columns(kind))), usual)
        moment = polars.lit("2025-06-01").str.to_datetime(time_zone="Asia/Tokyo").alias("age")
        self.refused("effect", "age", call, frame.with_columns(moment))
        with self.assertRaisesRegex(TypeError, "collect"):
            call(frame.lazy())

    @unittest.skipUnless(has("pandas") and has("pyarrow"), "without pandas")
    def test_what_pandas_cannot_hand_over(self):
        import pandas

        call, table, *_ = STAGES["effect"]
        frame = pandas.DataFrame(table)
        categories = frame.assign(age=frame.age.astype("category"))
        self.assertEqual(repr(call(categories)), repr(call(frame)))
        mixed = frame.assign(age=frame.age.astype(object))
        mixed.loc[3, "age"] = "many"
        self.refused("effect", "age", call, mixed)

    @unittest.skipUnless(has("polars"), "without polars")
    def test_chunks(self):
        import polars

        for name, (call, table, *_) in STAGES.items():
            frame = polars.DataFrame(table)
            chunked = polars.concat([frame[:7], frame[7:50], frame[50:]], rechunk=False)
            with self.subTest(name):
                self.assertEqual(repr(call(chunked)), repr(call(frame)))

    def test_no_rows(self):
        for holder, hold, name, call, table, *_ in self.every():
            if holder == "dictionary":
                empty = {key: [] for key in table}
            elif holder == "duckdb":
                empty = hold(table).filter("false")
            else:
                empty = hold(table)[:0]
            with self.subTest(f"{name} from {holder}"):
                with self.assertRaisesRegex(kinfolk.DataError, "no rows"):
                    call(empty)

    def test_what_is_no_table(self):
        for name, (call, *_) in STAGES.items():
            for wrong in (None, 7, "words", [1, 2], object()):
                with self.subTest(name, wrong=wrong):
                    with self.assertRaises(TypeError):
                        call(wrong)


if __name__ == "__main__":
    unittest.main()
