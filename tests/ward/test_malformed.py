"""Five hundred tables that were spoilt in many ways: nothing crashes, and every entry is accounted for."""

from __future__ import annotations

import csv
import io
import random

import pytest

from cytostorm.errors import InputError
from cytostorm.ward.reading import read_table

ANALYTES = (
    ("CRP", "mg/L", 1, 300), ("Ferritin", "ug/L", 20, 9000), ("Hb", "g/dL", 6, 17), ("Platelets", "10^9/L", 10, 500),
    ("Creatinine", "umol/L", 30, 600), ("IL-6", "pg/mL", 1, 5000), ("Temperature", "degC", 35, 41),
)  # fmt: skip
UNITS = ("mg/L", "g/L", "cows", "", "mmol/L", "pg/mL", "10^9/L", "U/mL", "%", "degC", "9^9^9", "mg/dL" * 60)
VALUES = ("", "NaN", "nan", "<0.05", ">5000", "1,5", "1,234", "neg", "-1", "1e400", "inf", "12 mg/L", "0x10", "—", "5..2",
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


def spoil(rows: list[list[str]], rng: random.Random) -> None:
    """Spoil a table in one way, in place."""
    way = rng.randrange(12)
    body = range(1, len(rows))
    long = rows[0][-1] == "unit"
    wide = len(rows[0])
    some = [k for k in rng.sample(body, k=min(len(body), rng.randint(1, 6))) if len(rows[k]) >= wide]
    place = lambda: 3 if long else rng.randrange(2, max(3, len(rows[0])))
    if way == 0:
        for k in some:
            rows[k][place()] = rng.choice(VALUES)
    elif way == 1:
        for k in some:
            rows[k][1] = rng.choice(DATES)
    elif way == 2 and long:
        for k in some:
            rows[k][4] = rng.choice(UNITS)
    elif way == 2:
        rows[0][place()] = f"CRP ({rng.choice(UNITS)})"
    elif way == 3:
        a, b = rng.sample(range(len(rows[0])), 2)
        rows[0][a], rows[0][b] = rows[0][b], rows[0][a]
    elif way == 4:
        a, b = rng.sample(range(1, len(rows[0])), 2)
        for k in some:
            rows[k][a], rows[k][b] = rows[k][b], rows[k][a]
    elif way == 5:
        rng.shuffle(rest := rows[1:])
        rows[1:] = rest
    elif way == 6:
        rows.extend([list(rows[k]) for k in some])
    elif way == 7:
        for k in some:
            rows[k] = rows[k][: rng.randrange(1, len(rows[k]))]
    elif way == 8:
        for k in some:
            rows[k] = [*rows[k], "more"]
    elif way == 9:
        for k in some:
            rows[k][0] = rng.choice(["", " ", "\t", "p0\n", "NaN"])
    elif way == 10:
        rows.insert(rng.choice(list(body)), [""] * len(rows[0]))
    else:
        for k in some:
            rows[k][2] = rng.choice(["cows", "", "WBC", "D-dimer", "x" * 500])


def entries_in(rows: list[list[str]]) -> int:
    """Return how many entries a table has: cells with something under a heading, or rows of a long table."""
    full = [r for r in rows[1:] if any(r)]
    heads = [h.strip() for h in rows[0]]
    if "value" in heads and "analyte" in heads:
        return len(full)
    aside = {heads.index("patient"), heads.index("date")}
    places = [k for k, h in enumerate(heads) if k not in aside and h]
    return sum(bool(r[k].strip()) for r in full for k in places if k < len(r))


@pytest.mark.parametrize("seed", range(25))
def test_every_entry_of_spoilt_tables_is_accounted_for(seed, tmp_path):
    read = 0
    for k in range(20):
        rng = random.Random(1000 * seed + k)
        rows = rows_of(rng)
        for _ in range(rng.randint(1, 4)):
            spoil(rows, rng)
        text = io.StringIO()
        csv.writer(text, delimiter=rng.choice(",;\t"), lineterminator=rng.choice(["\n", "\r\n"])).writerows(
            rows
        )
        content = text.getvalue().encode(rng.choice(["utf-8", "utf-8-sig", "utf-16"]), errors="replace")
        whole = True
        if rng.random() < 0.1:
            content, whole = content[: rng.randrange(1, len(content))], False
        elif rng.random() < 0.05:
            content, whole = content[:40] + rng.randbytes(60) + content[40:], False
        file = tmp_path / f"{seed}-{k}.csv"
        file.write_bytes(content)
        try:
            got = read_table(file)
        except InputError as error:
            assert error.thing
            assert error.expected
            assert error.remedy
            continue
        read += 1
        lost = got.problems[~got.problems["used"]]
        counts = got.counts
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
