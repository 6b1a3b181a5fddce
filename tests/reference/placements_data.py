"""Makes up three years of returns (SSDA903) in which everything occurs that histories must cope with.

Writes placements/*.csv: children who move, holidays, new codes for the same place, adoption, short breaks,
care that ends and begins again; and what goes wrong in returns: rows that a year leaves out, rows left open,
overlaps, gaps, rows twice. The seed is fixed, so the files are always the same.
"""

import csv
import random
from datetime import date, timedelta
from pathlib import Path

N_CHILDREN = 160
LAST = date(2024, 3, 31)
YEARS = [2022, 2023, 2024]
COLUMNS = ["CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC",
           "REASON_PLACE_CHANGE", "HOME_POST", "PL_POST", "URN"]
HOMES = ["U1", "U3", "U4", "U5", "U6", "U6", "K2", "H5", "R2"]
REASONS = ["CARPL", "CARPL", "CREQB", "CREQO", "CLOSE", "CHILD", "LAREQ", "OTHER", "PLACE"]
LEAVING = ["E4A", "E4B", "E5", "E8", "E45", "E11", "E3"]


def text(of):
    return of.strftime("%d/%m/%Y") if of else ""


def add(of, days):
    return of + timedelta(days=days)


def postcode(draw):
    return f"{draw.choice('ABCDE')}{draw.randint(1, 9)} {draw.randint(1, 9)}{draw.choice('XYZ')}{draw.choice('XYZ')}"


def row(draw, child, start, reason, place, legal="C2", post=None):
    return {"CHILD": child, "start": start, "end": None, "RNE": reason, "LS": legal, "CIN": "N1", "PLACE": place,
            "PLACE_PROVIDER": "" if place.startswith("T") else "PR1", "REC": "", "REASON_PLACE_CHANGE": "",
            "HOME_POST": "AB1 1AA", "PL_POST": post or postcode(draw), "URN": ""}


def close(draw, last, end, reason="X1"):
    last["end"], last["REC"] = end, reason
    last["REASON_PLACE_CHANGE"] = draw.choice(REASONS) if reason == "X1" else ""


def next_rows(draw, before, start):
    """What follows an episode: one row, or two when the child goes away and comes back."""
    def follow(reason, place, legal=before["LS"], post=None):
        return row(draw, before["CHILD"], start, reason, place, legal, post)

    what = draw.choices(["move", "legal", "same carer", "both", "holiday", "away and on", "adopted", "renamed"],
                        [40, 15, 10, 8, 12, 5, 5, 5])[0]
    place, post = before["PLACE"], before["PL_POST"]
    if what == "legal":
        return [follow("L", place, draw.choice(["C1", "C2", "E1", "V2"]), post)]
    if what == "same carer":
        return [follow(draw.choice("TU"), place)]
    if what == "both":
        return [follow("B", draw.choice(HOMES), "E1")]
    if what in ("holiday", "away and on"):
        away = follow("P", draw.choice(["T1", "T2", "T3", "T4"]))
        close(draw, away, add(start, draw.randint(2, 20)))
        back = row(draw, before["CHILD"], away["end"], "P", place, before["LS"], post)
        if what == "away and on":
            back.update(PLACE="K2", PL_POST=postcode(draw))
        return [away, back]
    if what == "adopted":
        with_carers = draw.random() < 0.5
        place = draw.choice(["A3", "A5"] if with_carers else ["A4", "A6"])
        return [follow("U" if with_carers else "P", place, "E1", post if with_carers else None)]
    if what == "renamed" and place == "H5":
        return [follow("P", "K3", post=post)]
    return [follow("P", draw.choice(HOMES))]


def history(draw, child):
    """The episodes of a child as they were."""
    start = add(date(2018, 1, 1), draw.randrange(2200))
    length = draw.choice([40, 150, 400, 900])
    rows = []
    while start <= LAST:
        legal = "V4" if draw.random() < 0.06 else draw.choice(["C1", "C2", "V2"])
        rows.append(row(draw, child, start, "S", draw.choice(HOMES), legal))
        while True:
            end = add(rows[-1]["start"], 1 + draw.randrange(2 * length))
            if end > LAST:
                return rows
            if draw.random() < 0.12:
                close(draw, rows[-1], end, draw.choice(LEAVING))
                start = add(end, draw.choice([0, 3, 200, 900]))
                break
            close(draw, rows[-1], end)
            if rows[-1]["LS"] == "V4":
                rows.append(row(draw, child, end, "B", draw.choice(HOMES), "C2"))
            else:
                rows += next_rows(draw, rows[-1], end)
            if rows[-1]["start"] > LAST:
                return rows[:-1]
    return rows


def reported(draw, rows, year):
    """The rows of a history that the return of a year has, as they stood at its end, with its faults."""
    first, last = date(year - 1, 4, 1), date(year, 3, 31)
    for each in rows:
        if each["start"] > last or (each["end"] and each["end"] < first):
            continue
        told = dict(each)
        if told["end"] and told["end"] > last:
            told.update(end=None, REC="", REASON_PLACE_CHANGE="")
        fault = draw.choices(["none", "left out", "left open", "overlap", "gap", "twice", "same start"],
                             [88, 3, 2, 2, 2, 2, 2])[0]
        if fault == "left out":
            continue
        if fault == "left open":
            told.update(end=None, REC="", REASON_PLACE_CHANGE="")
        if told["end"] and fault == "overlap":
            told["end"] = min(add(told["end"], 9), last)
        if told["end"] and fault == "gap":
            told["end"] = max(add(told["end"], -3), add(told["start"], 1))
        yield told
        if fault == "twice":
            yield told
        if fault == "same start" and told["end"]:
            yield {**told, "end": add(told["end"], 2), "LS": "E1"}


# Rows on the edge of a rule: the years of the returns that hold them, child, date of birth, then for each row
# start, reason, place, end and reason for the end.
PLANTED = [
    # Exactly two years with the same carer and two and a half in care; then a day less.
    ((2024,), "A1", date(2012, 5, 1), [(date(2021, 9, 30), "S", "U4", date(2022, 3, 31), "X1"),
                                       (date(2022, 3, 31), "P", "U6", None, "")]),
    ((2024,), "A2", date(2012, 5, 1), [(date(2021, 9, 30), "S", "U4", date(2022, 4, 1), "X1"),
                                       (date(2022, 4, 1), "P", "U6", None, "")]),
    ((2024,), "A3", date(2012, 5, 1), [(date(2021, 10, 1), "S", "U4", None, "")]),
    # Sixteen on the day; the day after.
    ((2024,), "A4", date(2008, 3, 31), [(date(2019, 1, 1), "S", "U4", None, "")]),
    ((2024,), "A5", date(2008, 4, 1), [(date(2019, 1, 1), "S", "U4", None, "")]),
    # Adopted by new carers: time before is added. Fostered by people who may adopt: it is not.
    ((2024,), "B1", date(2015, 5, 1), [(date(2020, 1, 1), "S", "U4", date(2023, 6, 1), "X1"),
                                       (date(2023, 6, 1), "P", "A6", None, "")]),
    ((2024,), "B2", date(2015, 5, 1), [(date(2020, 1, 1), "S", "U4", date(2023, 6, 1), "X1"),
                                       (date(2023, 6, 1), "P", "U5", None, "")]),
    # Care ended, but what follows on the same day does not say that it starts a period.
    ((2024,), "C1", date(2012, 5, 1), [(date(2019, 1, 1), "S", "U4", date(2023, 6, 1), "E4A"),
                                       (date(2023, 6, 1), "L", "U4", None, "")]),
    # Care is said to continue, but what follows starts a period a month later.
    ((2024,), "C2", date(2012, 5, 1), [(date(2019, 1, 1), "S", "U4", date(2023, 6, 1), "X1"),
                                       (date(2023, 7, 1), "S", "U4", None, "")]),
    # Ended on the first day of the year, which is not in it; and a day later, which is.
    ((2024,), "D1", date(2012, 5, 1), [(date(2019, 1, 1), "S", "U4", date(2023, 4, 1), "X1"),
                                       (date(2023, 4, 1), "P", "U6", date(2023, 8, 1), "X1"),
                                       (date(2023, 8, 1), "P", "K2", None, "")]),
    ((2024,), "D2", date(2012, 5, 1), [(date(2019, 1, 1), "S", "U4", date(2023, 4, 2), "X1"),
                                       (date(2023, 4, 2), "P", "U6", date(2023, 8, 1), "X1"),
                                       (date(2023, 8, 1), "P", "K2", None, "")]),
    # Left care on the last day of the year.
    ((2024,), "E1", date(2012, 5, 1), [(date(2019, 1, 1), "S", "U4", date(2024, 3, 31), "E4A")]),
    # An end that an earlier return gave and the last has no more; one that no return gives.
    ((2023,), "F1", date(2012, 5, 1), [(date(2019, 1, 1), "S", "U4", date(2023, 1, 1), "E4A")]),
    ((2024,), "F1", date(2012, 5, 1), [(date(2019, 1, 1), "S", "U4", None, "")]),
    ((2023,), "F2", date(2012, 5, 1), [(date(2019, 1, 1), "S", "U4", None, "")]),
]


def planted(draw, year):
    for years, child, _, rows in PLANTED:
        for start, reason, place, end, why in rows if year in years else []:
            yield {**row(draw, child, start, reason, place), "end": end, "REC": why}


def write(name, columns, rows):
    with (Path(__file__).parent / "placements" / name).open("w", encoding="ascii", newline="") as file:
        out = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
        out.writeheader()
        out.writerows(rows)


def main():
    draw = random.Random(903)
    (Path(__file__).parent / "placements").mkdir(exist_ok=True)
    children = [f"{1000 + n}" for n in range(N_CHILDREN)]
    born = {child: add(date(2003, 6, 1), draw.randrange(5200)) for child in children}
    histories = {child: history(draw, child) for child in children}
    born.update((child, on) for _, child, on, _ in PLANTED)
    for year in YEARS:
        told = [each for child in children for each in reported(draw, histories[child], year)]
        told += planted(draw, year)
        for each in told:
            each.update(DECOM=text(each["start"]), DEC=text(each["end"]))
        draw.shuffle(told)
        write(f"{year - 1}-{year}-episodes.csv", COLUMNS, told)
        known = sorted({each["CHILD"] for each in told})
        header = [{"CHILD": child, "SEX": 1, "DOB": text(born[child]), "ETHNIC": "WBRI", "UPN": "UN1", "MOTHER": "",
                   "MC_DOB": ""} for child in known]
        write(f"{year - 1}-{year}-header.csv", list(header[0]), header)


if __name__ == "__main__":
    main()
