"""A long table with a bit of everything, its grades, and hour 0."""

from datetime import UTC, datetime

import pandas as pd

COLUMNS = ["patient", "time", "analyte", "value", "limit", "unit", "method", "note"]
ZERO = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)


def table():
    rows = [
        ("Bed 7/ä", 0.0, "age", 61.0, "", "year", "", ""),
        ("Bed 7/ä", 0.0, "female", 1.0, "", "", "", ""),
        ("Bed 7/ä", 0.5, "platelets", 87.0, "", "10^9/L", "", ""),
        ("Bed 7/ä", 1 / 3, "triglycerides", 2.3, "", "mmol/L", "", "not fasting"),
        ("Bed 7/ä", 25.25, "il6", 5000.0, ">", "pg/mL", "ECLIA", ""),
        ("Bed 7/ä", 25.25, "crp", 0.3, "<", "mg/L", "", ""),
        ("B", 2.0, "noradrenaline", 0.12, "", "ug/kg/min", "", "through a line"),
        ("B", 5.0, "noradrenaline", 0.0, "", "ug/kg/min", "", ""),
        ("B", 5.0, "dobutamine", 1.0, "", "", "", ""),
        ("B", 5.0, "dobutamine", 0.0, "", "", "", ""),
        ("B", 6.0, "organomegaly", 1.0, "", "", "ultrasound", ""),
        ("B", 6.0, "ventilation", 1.0, "", "", "", ""),
        ("B", 6.0, "systolic", 90.0, "", "mmHg", "cuff", ""),
        ("B", 6.0, "temperature", 39.4, "", "degC", "", ""),
        ("B", 6.0, "fio2", 0.55, "", "", "", ""),
        ("B", 6.0, "cxcl9", 8400.0, "", "pg/mL", "", ""),
        ("B", 6.0, "my own marker", 3.5, "<", "arbitrary units", "", ""),
        ("B", -2.0, "cholesterol", 4.1, "", "mmol/L", "", ""),
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def in_order(rows):
    """Return a table by patient, in the order in which they appear, and time, as it is read."""
    places = {name: place for place, name in enumerate(dict.fromkeys(rows["patient"]))}
    order = sorted(range(len(rows)), key=lambda k: (places[rows["patient"][k]], rows["time"][k]))
    return rows.iloc[order].reset_index(drop=True)


def plain(table):
    """Return the columns of a long table, texts as texts."""
    texts = ["patient", "analyte", "limit", "unit", "method", "note"]
    return table[COLUMNS].astype(dict.fromkeys(texts, "str"))


def grades():
    rows = [
        ("Bed 7/ä", 0, "SOFA", "total", 2.0, 7.0, False),
        ("B", 1, "SOFA", "total", 9.0, 9.0, True),
        ("B", 1, "HLH-2004", "met", 3.0, 5.0, False),
        ("B", 1, "EASIX", "easix", 0.5, float("inf"), False),
    ]
    return pd.DataFrame(rows, columns=["patient", "day", "score", "part", "low", "high", "complete"])
