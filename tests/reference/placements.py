"""Measures of placement stability on each 31 March, written a second time and from the definitions alone.

    python3 placements.py FOLDER > measures.json

FOLDER holds CSV tables of the return (SSDA903), of one year or several; those with the columns of episodes
and of the header are read, whatever they are called. Each measure is a pair, numerator and denominator; for
moves it is moves and days looked after. Written for clarity, not for speed; it shares nothing with kinfolk but
the definitions, which stand in docs/methods/placement-stability.md. Any Python from 3.9 on.
"""

import csv
import json
import sys
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

COUNTED = {"spb": {"S", "P", "B"}, "spbtu": {"S", "P", "B", "T", "U"}, "all": None}
AWAY = {"T0", "T1", "T2", "T3", "T4", "M1", "M2", "M3"}
SHORT_BREAKS = {"V1", "V3", "V4"}
ADOPTED_BY_CARERS = {"A3", "A5"}
ADOPTED_BY_OTHERS = {"A4", "A6"}
RENAMED = {"H5": {"K3"}, "P2": {"K3"}, "Z1": {"Z11", "Z12", "Z13", "Z14"}}
ONE_DAY = timedelta(days=1)


def day(text):
    """A date as day/month/year; None where there is none."""
    parts = text.strip().split("/")
    return date(int(parts[2]), int(parts[1]), int(parts[0])) if len(parts) == 3 else None


def return_year(of):
    """The year in which the return ends that a day belongs to."""
    return of.year + 1 if (of.month, of.day) >= (4, 1) else of.year


def tables(folder):
    """Every CSV table in a folder, as rows by column."""
    for path in sorted(Path(folder).rglob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [{key.strip().upper(): (value or "").strip().upper() for key, value in row.items() if key}
                    for row in csv.DictReader(file)]
        if rows:
            yield rows


def read(folder):
    """Rows of episodes by child, dates of birth, and the year of the latest return."""
    episodes, born, years = defaultdict(list), {}, set()
    for rows in tables(folder):
        if "DECOM" in rows[0] and "RNE" in rows[0]:
            ends = Counter(return_year(day(row["DEC"])) for row in rows if row["DEC"])
            year = max(ends, key=lambda each: (ends[each], each))
            years.add(year)
            for row in rows:
                if row["CHILD"] and row["DECOM"]:
                    row.update(year=year, start=day(row["DECOM"]), end=day(row["DEC"]))
                    episodes[row["CHILD"]].append(row)
        elif "ETHNIC" in rows[0]:
            born.update((row["CHILD"], day(row["DOB"])) for row in rows if row["DOB"])
    return episodes, born, max(years)


def history(rows, latest):
    """One history of all rows about one child: one row a start, none overlapping the next."""
    by_start = defaultdict(list)
    for row in rows:
        by_start[row["start"]].append(row)
    found = [one_of(alike) for _, alike in sorted(by_start.items())]
    for row, after in zip(found, found[1:]):
        if row["end"] is None:
            # It was left open though something came after it.
            row.update(end=after["start"], REC="X1")
        elif row["end"] > after["start"]:
            row.update(end=after["start"], REC="X1")
        elif row["REC"] == "X1" and row["end"] < after["start"] and after["RNE"] != "S":
            row["end"] = after["start"]
    last = found[-1]
    if last["end"] is None and last["year"] < latest:
        last["end"] = date(last["year"], 3, 31)
    return found


def one_of(alike):
    """The row that stands for all that start on one day: of the latest return, the longest that is closed."""
    year = max(row["year"] for row in alike)
    newest = [row for row in alike if row["year"] == year]
    closed = [row for row in newest if row["end"]]
    kept = dict(max(closed, key=lambda row: row["end"]) if closed else newest[0])
    if kept["end"] is None:
        ended = [row for row in alike if row["end"]]
        if ended:
            source = max(ended, key=lambda row: (row["year"], row["end"]))
            kept.update(end=source["end"], REC=source["REC"])
    return kept


def periods(rows):
    """Unbroken times in care."""
    current = []
    for row in rows:
        if current:
            before = current[-1]
            if row["RNE"] == "S" or before["REC"] != "X1" or before["end"] != row["start"]:
                yield current
                current = []
        current.append(row)
    if current:
        yield current


def same_place(one, other):
    return (one["PLACE"], one["PL_POST"]) == (other["PLACE"], other["PL_POST"])


def is_new_name(home, row):
    return row["PL_POST"] == home["PL_POST"] and row["PLACE"] in RENAMED.get(home["PLACE"], ())


def is_move(home, row, was_away, moves):
    """Whether a row is a move from the last home before it."""
    if was_away and same_place(home, row):
        return False
    if COUNTED[moves] is None:
        return True
    if row["PLACE"] in ADOPTED_BY_CARERS or is_new_name(home, row):
        return False
    return row["RNE"] in COUNTED[moves]


def placements(rows, moves, temporary):
    """Placements: start, end, kind, start of the period of care, whether the first of it."""
    found = []
    for period in periods(rows):
        placed = [row for row in period if row["LS"] not in SHORT_BREAKS]
        home, was_away = None, False
        for row in placed:
            if home is None:
                found.append([row["start"], row["end"], row["PLACE"], period[0]["start"], True])
                home = row
                continue
            if temporary == "bridge" and row["PLACE"] in AWAY:
                was_away = True
            else:
                if is_move(home, row, was_away, moves):
                    found.append([row["start"], row["end"], row["PLACE"], period[0]["start"], False])
                home, was_away = row, False
            found[-1][1] = row["end"]
    return found


def years_before(on, years):
    return on.replace(year=on.year - years)


def is_open(start, end, on):
    return start <= on and (end is None or end > on)


def age_on(born, on):
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def is_in(start, end, first, last):
    """Whether something was open on any day from `first` to `last`; on the day it ends it no longer is."""
    return start <= last and (end is None or end > first)


def standing(rows, on):
    """Whether a child is in care on the day: in, out, or left out for short breaks."""
    for period in periods(rows):
        for row in period:
            if is_open(row["start"], row["end"], on):
                breaks = row["LS"] in SHORT_BREAKS or period[0]["LS"] in SHORT_BREAKS
                return "left out" if breaks else "in"
    return "out"


def same_carer(found, on, born):
    """Whether two years with the same carer; None where that is not asked."""
    if born is None or age_on(born, on) >= 16:
        return None
    at, current = [(at, each) for at, each in enumerate(found) if is_open(each[0], each[1], on)][-1]
    if current[3] > date(on.year - 3, 9, 30):
        return None
    since = current[0]
    before = found[at - 1] if at else None
    if current[2] in ADOPTED_BY_OTHERS and before and before[3] == current[3] and before[1] == current[0]:
        since = before[0]
    return since <= years_before(on, 2)


def measures_of(histories, born, on, moves, temporary):
    year, two_years = years_before(on, 1) + ONE_DAY, years_before(on, 2) + ONE_DAY
    pairs = {name: [0, 0] for name in ["three_or_more_in_year", "three_or_more_in_two_years",
                                       "same_carer_two_years", "moves_and_days"]}

    def count(name, answer):
        if answer is not None:
            pairs[name][0] += answer
            pairs[name][1] += 1

    for child, rows in histories.items():
        found = placements(rows, moves, temporary)
        placed = [row for row in rows if row["LS"] not in SHORT_BREAKS]
        pairs["moves_and_days"][0] += sum(not first and year <= start <= on for start, _, _, _, first in found)
        for row in placed:
            until = min(row["end"] or on + ONE_DAY, on + ONE_DAY)
            pairs["moves_and_days"][1] += max((until - max(row["start"], year)).days, 0)
        if standing(rows, on) != "in":
            continue
        n_since = lambda first: sum(is_in(start, end, first, on) for start, end, *_ in found)
        count("three_or_more_in_year", n_since(year) >= 3)
        if any(is_in(row["start"], row["end"], two_years, year - ONE_DAY) for row in placed):
            count("three_or_more_in_two_years", n_since(two_years) >= 3)
        count("same_carer_two_years", same_carer(found, on, born.get(child)))
    return pairs


def main(folder):
    episodes, born, latest = read(folder)
    histories = {child: history(rows, latest) for child, rows in episodes.items()}
    first = min(row["year"] for rows in episodes.values() for row in rows)
    result = {}
    for year in range(first, latest + 1):
        on = date(year, 3, 31)
        stand = Counter(standing(rows, on) for rows in histories.values())
        result[str(on)] = {"in_care": stand["in"], "left_out": stand["left out"]}
        for moves in COUNTED:
            for temporary in ["bridge", "count"]:
                key = f"moves={moves};temporary={temporary}"
                result[str(on)][key] = measures_of(histories, born, on, moves, temporary)
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main(sys.argv[1])
