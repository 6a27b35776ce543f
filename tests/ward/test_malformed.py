"""Five hundred tables that were spoilt in many ways: nothing crashes, and every entry is accounted for."""

from __future__ import annotations

import csv
import io
import random
from dataclasses import dataclass

import pytest

from cytostorm.errors import InputError
from cytostorm.ward.reading import read_table

ANALYTES = (
    ("CRP", "mg/L", 1, 300), ("Ferritin", "ug/L", 20, 9000), ("Hb", "g/dL", 6, 17), ("Platelets", "10^9/L",
    10, 500),
    ("Creatinine", "umol/L", 30, 600), ("IL-6", "pg/mL", 1, 5000), ("Temperature", "degC", 35, 41),
)  # fmt: skip
UNITS = ("mg/L", "g/L", "cows", "", "mmol/L", "pg/mL", "10^9/L", "U/mL", "%", "degC", "9^9^9", "mg/dL" * 60)
VALUES = ("", "NaN", "nan", "<0.05", ">5000", "1,5", "1,234", "neg", "-1", "1e400", "inf", "12 mg/L",
"0x10", "—", "5..2",
          "9" * 400, "=1+1", "1.2.3", "🙂", "\u202e12", "None", "1e-400")  # fmt: skip
DATES = (
    "",
    "2020-13-45",
    "31/31/2020",
    "03/04/2020",
    "2999-01-01",
    "1850-01-01",
    "yesterday",
    "2020-02-30",
    "43831",
    "2012-01-01",
)


def rows_of(rng: random.Random) -> list[list[str]]:
    """Return a sound table, long or wide."""
    people = [f"p{k}" for k in range(rng.randint(1, 5))]
    moments = [
        (p, f"2020-02-{day:02d} {hour:02d}:00")
        for p in people
        for day in range(1, rng.randint(2, 6))
        for hour in (6, 18)
    ]
    number = lambda low, high: f"{rng.uniform(low, high):.4g}"
    if rng.random() < 0.5:
        head = ["patient", "date", *(f"{name} ({unit})" for name, unit, _, _ in ANALYTES)]
        return [
            head,
            *(
                [p, t, *(number(low, high) if rng.random() < 0.7 else "" for _, _, low, high in ANALYTES)]
                for p, t in moments
            ),
        ]
    head = ["patient", "date", "analyte", "value", "unit"]
    chosen = [(p, t, rng.choice(ANALYTES)) for p, t in moments for _ in range(3)]
    return [head, *([p, t, name, number(low, high), unit] for p, t, (name, unit, low, high) in chosen)]


@dataclass
class Table:
    """A table to be spoilt, and the rows where that happens."""

    rows: list[list[str]]
    rng: random.Random
    some: list[int]
    long: bool


def cells(t):
    for k in t.some:
        t.rows[k][_place(t)] = t.rng.choice(VALUES)


def dates(t):
    for k in t.some:
        t.rows[k][1] = t.rng.choice(DATES)


def units(t):
    if not t.long:
        t.rows[0][_place(t)] = f"CRP ({t.rng.choice(UNITS)})"
    for k in t.some if t.long else ():
        t.rows[k][4] = t.rng.choice(UNITS)


def swapped_headings(t):
    a, b = t.rng.sample(range(len(t.rows[0])), 2)
    t.rows[0][a], t.rows[0][b] = t.rows[0][b], t.rows[0][a]


def swapped_cells(t):
    a, b = t.rng.sample(range(1, len(t.rows[0])), 2)
    for k in t.some:
        t.rows[k][a], t.rows[k][b] = t.rows[k][b], t.rows[k][a]


def disorder(t):
    rest = t.rows[1:]
    t.rng.shuffle(rest)
    t.rows[1:] = rest


def doubles(t):
    t.rows.extend([list(t.rows[k]) for k in t.some])


def short_rows(t):
    for k in t.some:
        t.rows[k] = t.rows[k][: t.rng.randrange(1, len(t.rows[k]))]


def long_rows(t):
    for k in t.some:
        t.rows[k] = [*t.rows[k], "more"]


def nameless(t):
    for k in t.some:
        t.rows[k][0] = t.rng.choice(["", " ", "\t", "p0\n", "NaN"])


def empty_rows(t):
    t.rows.insert(t.rng.randrange(1, len(t.rows)), [""] * len(t.rows[0]))


def strange_names(t):
    for k in t.some:
        t.rows[k][2] = t.rng.choice(["cows", "", "WBC", "D-dimer", "x" * 500])


def _place(t):
    return 3 if t.long else t.rng.randrange(2, max(3, len(t.rows[0])))


WAYS = (
    cells, dates, units, swapped_headings, swapped_cells, disorder, doubles, short_rows, long_rows,
    nameless, empty_rows,
    strange_names,
)  # fmt: skip


def spoil(rows: list[list[str]], rng: random.Random) -> None:
    """Spoil a table in one way, in place."""
    wide, body = len(rows[0]), range(1, len(rows))
    some = [k for k in rng.sample(body, k=min(len(body), rng.randint(1, 6))) if len(rows[k]) >= wide]
    rng.choice(WAYS)(Table(rows, rng, some, rows[0][-1] == "unit"))


def entries_in(rows: list[list[str]]) -> int:
    """Return how many entries a table has: cells with something under a heading, or rows of a long table."""
    full = [r for r in rows[1:] if any(r)]
    heads = [h.strip() for h in rows[0]]
    if "value" in heads and "analyte" in heads:
        return len(full)
    aside = {heads.index("patient"), heads.index("date")}
    places = [k for k, h in enumerate(heads) if k not in aside and h]
    return sum(bool(r[k].strip()) for r in full for k in places if k < len(r))


def spoilt(rng: random.Random) -> tuple[list[list[str]], bytes, bool]:
    """Return a spoilt table as rows and as a file, and whether the file still holds the rows whole."""
    rows = rows_of(rng)
    for _ in range(rng.randint(1, 4)):
        spoil(rows, rng)
    text = io.StringIO()
    ends = rng.choice(["\n", "\r\n"])
    csv.writer(text, delimiter=rng.choice(",;\t"), lineterminator=ends).writerows(rows)
    content = text.getvalue().encode(rng.choice(["utf-8", "utf-8-sig", "utf-16"]), errors="replace")
    luck = rng.random()
    if luck < 0.1:
        return rows, content[: rng.randrange(1, len(content))], False
    if luck < 0.15:
        return rows, content[:40] + rng.randbytes(60) + content[40:], False
    return rows, content, True


def refused(file) -> bool:
    """Return whether a file is refused as a whole, with what is expected and what to do."""
    try:
        read_table(file)
    except InputError as error:
        return bool(error.thing and error.expected and error.remedy)
    return False


@pytest.mark.parametrize("seed", range(25))
def test_every_entry_of_spoilt_tables_is_accounted_for(seed, tmp_path):
    read = 0
    for k in range(20):
        rows, content, whole = spoilt(random.Random(1000 * seed + k))
        file = tmp_path / f"{seed}-{k}.csv"
        file.write_bytes(content)
        if refused(file):
            continue
        read += 1
        got = read_table(file)
        counts, lost = got.counts, got.problems[~got.problems["used"]]
        assert counts["entries"] == counts["accepted"] + counts["converted"] + counts["not used"]
        assert counts["accepted"] + counts["converted"] == len(got.table)
        assert counts["not used"] == len(lost)
        if whole:
            assert counts["entries"] == entries_in(rows), (seed, k)
        assert (got.problems["row"] >= 2).all()
        assert (got.problems["reason"].str.len() > 5).all()
        assert got.table["value"].notna().all()
        assert (got.table["time"] >= 0).all()
    assert read >= 8
