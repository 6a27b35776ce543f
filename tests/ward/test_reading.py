from __future__ import annotations

import random
from contextlib import suppress

import pandas as pd
import pytest

from cytostorm.errors import InputError
from cytostorm.ward.reading import read_table


@pytest.fixture
def read(tmp_path):
    """Read a text as a table."""

    def reading(text, mapping=None, *, encoding="utf-8", name="labs.csv", **more):
        file = tmp_path / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return read_table(file, mapping, **more)

    return reading


def values(reading, analyte):
    mine = reading.table[reading.table["analyte"] == analyte]
    return mine["value"].tolist()


def reasons(reading):
    return reading.problems["reason"].tolist()


LONG = "patient,time,analyte,value,unit\n"


def test_a_wide_table_with_units_in_its_headings(read):
    got = read("patient,time (h),CRP (mg/L),Hb (g/L),Temp (F)\na,0,12,135,\na,24,,131,100.4\nb,0,5,,\n")
    assert got.counts == {"entries": 5, "accepted": 2, "converted": 3, "not used": 0}
    assert values(got, "haemoglobin") == [13.5, 13.1]
    assert values(got, "temperature") == [38.0]
    assert list(got.table.columns) == [
        "patient",
        "time",
        "analyte",
        "value",
        "limit",
        "unit",
        "method",
        "note",
        "row",
    ]
    assert got.table["row"].tolist() == [2, 2, 3, 3, 4]
    assert not len(got.problems)


def test_a_long_table_with_a_column_of_units(read):
    got = read(
        LONG
        + "a,0,Creatinine,88.4,umol/L\na,0,BUN,28,mg/dL\na,0,IL-6,>5000,pg/mL\nb,1,platelets,150000,/uL\n"
    )
    assert values(got, "creatinine") == [pytest.approx(1.0, abs=1e-4)]
    assert values(got, "urea") == [pytest.approx(28 / 2.8014)]
    assert values(got, "platelets") == [150.0]
    assert got.table["limit"].tolist().count(">") == 1
    assert got.counts["accepted"] == 1
    assert got.counts["converted"] == 3


def test_dates_become_hours_since_a_patients_first_entry(read):
    got = read("id,date,CRP (mg/L)\na,2020-02-05 07:00,1\na,2020-02-06 08:30,2\nb,2021-01-01,3\n")
    assert got.table["time"].tolist() == [0.0, 25.5, 0.0]
    assert str(got.table["date"].iloc[1]) == "2020-02-06 08:30:00"


@pytest.mark.parametrize(
    "row,reason",
    [
        ("a,0,cows,1,mg/L", "unknown analyte"),
        ("a,0,CRP,1,cows/L", "unknown unit"),
        ("a,0,CRP,1,", "no unit"),
        ("a,0,CRP,1,mmHg", "cannot be converted"),
        ("a,0,sIL-2R,1200,pg/mL", "each kit's own factor"),
        ("a,0,D-dimer,1.2,ug/mL", "neither FEU nor DDU"),
        ("a,0,CRP,neg,mg/L", "is no number"),
        ("a,0,CRP,NaN,mg/L", "holds no value"),
        ("a,0,CRP,,mg/L", "holds no value"),
        ("a,0,CRP,inf,mg/L", "is no number"),
        ("a,0,CRP,'1,234',mg/L", "cells under 5 headings"),
        ('a,0,CRP,"1,234",mg/L', "decimal comma or thousands"),
        ("a,0,CRP,-5,mg/L", "impossible"),
        ("a,0,temperature,98.6,degC", "ordinary in degF"),
        ("a,0,haemoglobin,135,g/dL", "ordinary in g/L"),
        ("a,x,CRP,1,mg/L", "cannot be read"),
        (",0,CRP,1,mg/L", "names no patient"),
        ("a,0,CRP,1", "may be cut off"),
        ("a,0,dobutamine,perhaps,", "none of: no, yes"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_row(read, row, reason):
    got = read(LONG + "z,0,CRP,1,mg/L\n" + row + "\n")
    assert len(got.table) == 1
    assert got.counts == {"entries": 2, "accepted": 1, "converted": 0, "not used": 1}
    assert got.problems["row"].tolist() == [3]
    assert reason in reasons(got)[0]


def test_values_of_several_writings(read):
    rows = ("<0.05", ">5000", '"1,5"', "1e2", "≤ 3", "12 mg/dL", "7")
    got = read(LONG + "".join(f"a,{k},CRP,{v},mg/L\n" for k, v in enumerate(rows) if k != 1))
    assert values(got, "crp") == [0.05, 1.5, 100.0, 3.0, 120.0, 7.0]
    assert got.table["limit"].tolist() == ["<", "", "", "<", "", ""]


def test_what_every_ward_tells_in_one_unit_needs_none(read):
    got = read("patient,day,age,Temp,HR,SpO2,CRP\na,1,61,38.5,110,0.93,5\nb,1,44,101.3,88,93,7\n")
    assert values(got, "age") == [61, 44]
    assert values(got, "temperature") == [38.5]
    assert values(got, "spo2") == [93]
    assert got.table["time"].unique().tolist() == [24.0]
    told = " ".join(reasons(got))
    assert "ordinary in degF" in told
    assert told.count("has no unit") == 2


def test_semicolons_bring_decimal_commas(read):
    got = read("patient;time (h);CRP (mg/L)\na;0;1,234\na;1;5\n")
    assert values(got, "crp") == [1.234, 5.0]


@pytest.mark.parametrize(
    "cells, found, reason",
    [
        (("1.2", "0.523", "12,450"), [1.2, 0.523, 12450.0], ""),
        (("1,2", "0,523", "12.450"), [1.2, 0.523, 12450.0], ""),
        (("1.2", "1,3", "12.450"), [1.2, 1.3], "decimal point or thousands"),
        (("7", "12.450"), [7.0], "decimal point or thousands"),
        (("1,2", "1,3", "1.2.3"), [1.2, 1.3], "where decimals are written with ','"),
    ],
)
def test_a_decimal_mark_is_what_the_table_shows(read, cells, found, reason):
    got = read("patient;time (h);Ferritin (ug/L)\n" + "".join(f"a;{k};{c}\n" for k, c in enumerate(cells)))
    assert values(got, "ferritin") == found
    assert reason in "".join(reasons(got))
    assert bool(reason) == bool(reasons(got))


def test_tabs_may_bring_decimal_commas_and_thousands(read):
    got = read("patient\ttime (h)\tFerritin (ug/L)\tCRP (mg/L)\na\t0\t12.450\t1,5\n")
    assert values(got, "ferritin") == [12450.0]
    assert values(got, "crp") == [1.5]


def test_a_point_in_a_table_of_commas_is_told(read):
    got = read("patient;time (h);CRP (mg/L)\na;0;1.5\na;1;7\n", {"table": {"decimal": ","}})
    assert values(got, "crp") == [7.0]
    assert "decimals are written with ','" in reasons(got)[0]


def test_columns_with_the_same_problem_are_told_together(read):
    got = read(
        "patient,date,CRP (mg/L),Hb (g/dL),PLT (10^9/L),WBC (10^9/L),Farbe\n"
        "a,2024-13-01,5,9,80,4,rot\na,2024-14-01,5,9,80,4,\na,2024-03-01,5,9,80,4,rot\n"
    )
    told = got.reasons.to_dict("records")
    assert told[0] == {
        "column": "CRP (mg/L), Hb (g/dL), PLT (10^9/L) and 2 more",
        "reason": "date cannot be read: say date_format in a mapping",
        "entries": 9,
    }
    assert told[1]["reason"] == "is of an unknown analyte: say analyte in a mapping"
    assert sum(t["entries"] for t in told) == got.counts["not used"]


def test_equivalents_of_single_charges_are_moles(read):
    got = read(LONG + "a,0,Potassium,4.2,mEq/L\na,0,Calcium,4.2,mEq/L\n")
    assert values(got, "potassium") == [4.2]
    assert reasons(got) == ["has an unknown unit: 'mEq/L'"]


def test_a_unit_may_stand_behind_each_number(read):
    got = read("patient,time (h),CRP\na,0,5.5 mg/L\na,1,2 mg/dL\na,2,7\na,3,7 cows\na,4,pending\n")
    assert values(got, "crp") == [5.5, 20.0]
    no_unit = "has no unit: say it in a mapping"
    assert reasons(got) == [no_unit, "has an unknown unit: 'cows'", no_unit]


def test_clocks_of_twelve_hours(read):
    dates = ("03/13/2024 12:05 AM", "03/13/2024 06:12 am", "03/13/2024 12:00 PM", "03/13/2024 6:12:00 PM")
    got = read("patient,date,CRP (mg/L)\n" + "".join(f"a,{d},5\n" for d in (*dates, "03/13/2024 13:00 PM")))
    assert got.table["date"].dt.strftime("%H:%M").tolist() == ["00:05", "06:12", "12:00", "18:12"]
    assert "say date_format in a mapping" in reasons(got)[0]


def test_dates_beside_decimal_commas_are_dates(read):
    got = read("patient;date;CRP (mg/L)\na;01.03.2024;1,5\na;3.3.2024;12,5\n")
    assert values(got, "crp") == [1.5, 12.5]
    assert got.table["time"].tolist() == [0, 48]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "latin-1"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_encodings_and_separators(read, encoding, separator):
    text = "patient,time (h),Ferritin (µg/L)\nMüller,0,1500\nMüller,24,900\n".replace(",", separator)
    got = read(text, encoding=encoding)
    assert values(got, "ferritin") == [1500, 900]
    assert got.table["patient"].tolist() == ["Müller", "Müller"]


def test_excel(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    first, second = (pd.Timestamp(2020, 1, day).to_pydatetime() for day in (1, 2))
    book = openpyxl.Workbook()
    for row in (
        ("patient", "date", "CRP (mg/L)"),
        (1, first, 5),
        (1, second, 7.5),
        (2, None, 1),
    ):
        book.active.append(row)
    book.save(tmp_path / "labs.xlsx")
    got = read_table(tmp_path / "labs.xlsx")
    assert got.table["time"].tolist() == [0.0, 24.0]
    assert values(got, "crp") == [5, 7.5]
    assert reasons(got) == ["no date is given"]


@pytest.mark.parametrize("seed", range(40))
def test_damaged_excel_is_read_or_refused(seed, tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book, rng = openpyxl.Workbook(), random.Random(seed)
    for row in (("patient", "time (h)", "CRP (mg/L)"), *(("a", k, k + 0.5) for k in range(30))):
        book.active.append(row)
    book.save(tmp_path / "labs.xlsx")
    content = bytearray((tmp_path / "labs.xlsx").read_bytes())
    for _ in range(rng.randint(1, 30)):
        content[rng.randrange(len(content))] = rng.randrange(256)
    (tmp_path / "labs.xlsx").write_bytes(bytes(content))
    with suppress(InputError):
        got = read_table(tmp_path / "labs.xlsx")
        assert got.counts["entries"] == len(got.table) + got.counts["not used"]


def test_twice_the_same_is_used_once_and_two_values_are_both_used(read):
    got = read(LONG + "a,0,CRP,5,mg/L\na,0,CRP,5.0,mg/L\na,0,CRP,9,mg/L\na,1,CRP,5,mg/L\n")
    assert values(got, "crp") == [5, 9, 5]
    told = got.problems.set_index("row")
    assert told.loc[3, "reason"] == "is there already, in row 2"
    assert not told.loc[3, "used"]
    assert "another value at the same time in row 2" in told.loc[4, "reason"]
    assert told.loc[4, "used"]
    assert got.counts == {"entries": 4, "accepted": 3, "converted": 0, "not used": 1}


def test_rows_out_of_order_are_put_in_order_and_remarked_on(read):
    got = read("id,date,CRP (mg/L)\na,2020-01-03,3\na,2020-01-01,1\nb,2019-01-01,2\n")
    assert values(got, "crp") == [1, 3, 2]
    assert got.problems[["row", "used"]].values.tolist() == [[3, True]]


def test_dates_that_may_be_two_days_or_lie_far_off_are_refused(read):
    dates = "2020-01-03", "03/04/2020", "2029-13-01", "2012-01-01", "2020-01-05", "2100-01-01", "24/12/2019"
    got = read("id,date,CRP (mg/L)\n" + "".join(f"a,{date},{k}\n" for k, date in enumerate(dates, 1)))
    assert len(got.table) == 3
    told = " ".join(reasons(got))
    for words in ("day or month first", "cannot be read", "5 years", "in the future"):
        assert words in told


def test_a_unit_that_is_wrong_throughout_is_doubted_for_all_values(read):
    """Creatinine in µmol/L under mg/dL: those below 50 would pass, were they looked at one by one."""
    rows = "".join(f"p{k},0,{v}\n" for k, v in enumerate((45, 61, 74, 97, 110, 38)))
    got = read("patient,time (h),creatinine (mg/dL)\n" + rows)
    assert not len(got.table)
    assert any("doubtful unit" in r for r in reasons(got))
    assert got.counts["not used"] == 6


def test_a_mapping_says_what_the_table_does_not(read):
    mapping = {
        "table": {"patient": "Nr", "time": "Tag", "clock": "day", "missing": ["-1"], "fill_patient": True,
        "aside": ["Station"]},
        "columns": {
            "Hb": {"unit": "g/L"}, "dd": {"analyte": "d_dimer", "unit": "ug/mL", "kind": "DDU"},
            "sex": {"analyte": "female", "words": {"1": "male", "2": "female"}},
            "HIV": {"ignore": "not of interest"},
            "IL-6": {"unit": "pg/mL", "ceiling": 5000, "floor": 1.5, "method": "ECLIA"},
            "PT": {"analyte": "pt_prolongation", "unit": "s", "minus": 14.5},
        },
    }  # fmt: skip
    got = read(
        "Nr,Tag,Station,Hb,dd,sex,HIV,IL-6,PT\n7,1,ICU,135,2,2,neg,5000,17.5\n,2,ICU,-1,,,,1.5,\n", mapping
    )
    assert got.table["patient"].unique().tolist() == ["7"]
    assert values(got, "haemoglobin") == [13.5]
    assert values(got, "female") == [1.0]
    assert values(got, "d_dimer_units") == [2.0]
    assert values(got, "pt_prolongation") == [3.0]
    assert not values(got, "d_dimer")
    il6 = got.table[got.table["analyte"] == "il6"]
    assert il6["limit"].tolist() == [">", "<"]
    assert set(il6["method"]) == {"ECLIA"}
    assert sorted(reasons(got)) == [
        "is left out by the mapping: not of interest",
        "stands for a missing value",
    ]


def test_a_heading_with_a_unit_is_the_analyte_in_that_unit(read):
    got = read("patient,time (h),Creatinine (umol/L),bilirubin_umol_L\na,0,88.4,17.1\n")
    assert got.table["analyte"].tolist() == ["creatinine", "bilirubin"]
    assert got.table["note"].tolist() == ["told in moles"] * 2
    assert got.table["unit"].tolist() == ["mg/dL"] * 2


def test_dates_and_times_of_day_in_two_columns_are_joined(read):
    got = read("patient,date,time,CRP (mg/L)\na,2020-01-01,07:30,5\na,2020-01-02,19:30,6\na,,07:30,6\n")
    assert got.table["time"].tolist() == [0.0, 36.0]
    assert reasons(got) == ["date '07:30' cannot be read: say date_format in a mapping"]
    hours = read("patient,date,time,CRP (mg/L)\na,2020-01-01,0,5\na,2020-01-02,24.5,6\n")
    assert hours.table["time"].tolist() == [0.0, 24.5]
    assert not len(hours.problems)


def test_a_table_that_was_read_can_be_written_and_read_again(read, tmp_path):
    first = read(
        "patient,date,CRP (mg/L),Hb (g/L),creatinine (umol/L)\na,2020-01-01,<5,135,90\na,2020-01-02,6,,\n"
    )
    first.table.to_csv(tmp_path / "again.csv", index=False)
    again = read_table(tmp_path / "again.csv")
    same = ["patient", "time", "analyte", "value", "limit", "unit", "note"]
    pd.testing.assert_frame_equal(again.table[same].astype(str), first.table[same].astype(str))
    assert not again.counts["not used"]


def test_a_column_of_deaths_is_no_fact_of_each_day(read):
    text = "patient,time (h),CRP (mg/L),died\na,0,5,1\na,24,9,1\n"
    got = read(text)
    assert set(got.table["analyte"]) == {"crp"}
    assert "how a stay ended" in reasons(got)[0]
    assert values(read(text, {"columns": {"died": {"analyte": "dead"}}}), "dead") == [1, 1]
    assert values(read(LONG + "a,24,dead,yes,\n"), "dead") == [1]


@pytest.mark.parametrize(
    "mapping,said",
    [
        ({"tble": {}}, "did you mean 'table'"),
        ({"table": {"pateint": "x"}}, "did you mean 'patient'"),
        ({"table": {"patient": 3}}, "patient is 3"),
        ({"table": {"patient": "who"}}, "a column 'who' that the table lacks"),
        ({"table": {"clock": "year"}}, "clock is 'year'"),
        ({"columns": {"CRP": {"analyt": "crp"}}}, "did you mean 'analyte'"),
        ({"columns": {"CRP": {"analyte": "cpr"}}}, "there is no analyte 'cpr'"),
        ({"columns": {"CRP": {"unit": "cows"}}}, "unit 'cows' cannot be read"),
        ({"columns": {"CRP": {"possible": [3, 1]}}}, "rising"),
        ({"columns": {"CRP": {"words": 3}}}, "words is 3"),
        ({"columns": 3}, "columns is no table"),
    ],
)
def test_a_mapping_that_is_not_understood_is_refused(read, mapping, said):
    with pytest.raises(InputError, match=said):
        read("patient,time (h),CRP (mg/L)\na,0,1\n", mapping)


@pytest.mark.parametrize(
    "text,said",
    [
        (b"", "is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR", "binary"),
        (b"PK\x03\x04rubbish", "binary"),
        ("just one line of words", "1 column"),
        ("a,b,c\n1,2,3\n", "no column says the patient"),
        ("patient,CRP (mg/L)\na,1\n", "no column says the time"),
        ("patient,time,cows\na,0,1\n", "no column is a known analyte"),
        ("patient,patient,time\na,0,1\n", "two columns 'patient'"),
        ("patient,visit date,CRP (mg/L)\na,3,1\n", "no column says the time"),
        ("patient,date,CRP (mg/L)\na,3,1\n", "numbers without a unit"),
        ('patient,time (h),CRP (mg/L)\na,0,"1\nb,0,2\n', "cut off"),
        ('patient,time (h),CRP (mg/L)\na,0,"1\n' + "b,0,2\n" * 60 + '"\n', "not closed"),
    ],
)
def test_what_is_no_table_is_refused_with_a_remedy(read, text, said):
    with pytest.raises(InputError, match=said) as caught:
        read(text)
    assert caught.value.expected
    assert caught.value.remedy


def test_large_tables_are_refused_before_they_are_read(read):
    with pytest.raises(InputError, match="split it"):
        read("patient,time (h),CRP (mg/L)\n" + "a,0,1\n" * 100, most_bytes=100)
    with pytest.raises(InputError, match="more than 50 entries"):
        read("patient,time (h),CRP (mg/L)\n" + "".join(f"a,{k},1\n" for k in range(100)), most_entries=50)


def test_many_rows_are_read_part_by_part(read, monkeypatch):
    from cytostorm.ward import reading

    monkeypatch.setattr(reading, "CHUNK", 7)
    text = "patient,time (h),CRP (mg/L)\n" + "".join(f"p{k % 5},{k},{k % 900}\n" for k in range(100))
    got = read(text)
    assert got.counts["accepted"] == 100
    assert sorted(got.table["row"]) == list(range(2, 102))


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(InputError, match="there is no file"):
        read_table(tmp_path / "no.csv")
    (tmp_path / "t.csv").write_text("patient,time (h),CRP (mg/L)\na,0,1\n")
    with pytest.raises(InputError, match="cannot be read"):
        read_table(tmp_path / "t.csv", tmp_path / "no.toml")
