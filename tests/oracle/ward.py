"""Vital signs on the ward: NEWS2 (2017)."""

from tests.oracle.spec import Choice, Flag, Number


def news2(p):
    items = [
        _breathing(p["rr"]),
        _saturation(p),
        2 if p["on_o2"] else 0,
        _pressure(p["sbp"]),
        _pulse(p["hr"]),
        0 if p["acvpu"] == "A" else 3,
        _temperature(p["temp_C"]),
    ]
    points = sum(items)
    return {"points": points, "response": _response(points, single_3=3 in items)}


def _response(points, *, single_3):
    if points >= 7:
        return "emergency"
    if points >= 5 or single_3:
        return "urgent"
    return "routine"


def _breathing(rate):
    if rate <= 8:
        return 3
    if rate <= 11:
        return 1
    if rate <= 20:
        return 0
    if rate <= 24:
        return 2
    return 3


def _saturation(p):
    if p["scale2"]:
        return _scale_2(p["spo2"], on_o2=p["on_o2"])
    if p["spo2"] <= 91:
        return 3
    if p["spo2"] <= 93:
        return 2
    if p["spo2"] <= 95:
        return 1
    return 0


def _scale_2(spo2, *, on_o2):
    if spo2 <= 83:
        return 3
    if spo2 <= 85:
        return 2
    if spo2 <= 87:
        return 1
    if spo2 <= 92 or not on_o2:
        return 0
    if spo2 <= 94:
        return 1
    if spo2 <= 96:
        return 2
    return 3


def _pressure(sbp):
    if sbp <= 90:
        return 3
    if sbp <= 100:
        return 2
    if sbp <= 110:
        return 1
    if sbp <= 219:
        return 0
    return 3


def _pulse(rate):
    if rate <= 40:
        return 3
    if rate <= 50:
        return 1
    if rate <= 90:
        return 0
    if rate <= 110:
        return 1
    if rate <= 130:
        return 2
    return 3


def _temperature(temp):
    if temp <= 35.0:
        return 3
    if temp <= 36.0:
        return 1
    if temp <= 38.0:
        return 0
    if temp <= 39.0:
        return 1
    return 2


SCORES = {"NEWS2": news2}

INPUTS = {
    "NEWS2": {
        "rr": Number(4, 60, 0, (8, 9, 11, 12, 20, 21, 24, 25), "1/min"),
        "spo2": Number(70, 100, 0, (83, 85, 87, 88, 91, 92, 93, 94, 95, 96, 97), "%"),
        "scale2": Flag(),
        "on_o2": Flag(),
        "sbp": Number(40, 260, 0, (90, 100, 110, 219, 220), "mmHg"),
        "hr": Number(20, 220, 0, (40, 50, 90, 110, 130), "1/min"),
        "acvpu": Choice(("A", "C", "V", "P", "U")),
        "temp_C": Number(33.0, 42.0, 1, (35.0, 36.0, 38.0, 39.0), "degC"),
    },
}
