"""Orders in the words of a ward."""

import pytest

from cytostorm.errors import CytostormError, InputError
from cytostorm.scenario import build, loads, order, ordering

ONE = 'trigger = {name = "endotoxin"}\npopulation = {patients = 1}'


@pytest.mark.parametrize(
    "text, entry",
    [
        ("tocilizumab 8 mg/kg at day 3", {"what": "tocilizumab", "amount": "8 mg/kg", "time": "3 d"}),
        (
            "dexamethasone 6 mg oral at 2 days every 24 h, 10 times",
            {
                "what": "dexamethasone", "amount": "6 mg", "route": "oral", "time": "2 d", "every": "24 h",
                "count": 10,
            },
        ),
        (
            "anakinra sc 100 mg  at hour 6 every 12 h until day 4",
            {
                "what": "anakinra", "route": "sc", "amount": "100 mg", "time": "6 h", "every": "12 h",
                "until": "4 d",
            },
        ),
        (
            "siltuximab 11 mg/kg by iv over 60 minutes",
            {"what": "siltuximab", "amount": "11 mg/kg", "route": "iv", "duration": "60 min"},
        ),
        (
            "endotoxin 1 ng/kg every 8 h x 3",
            {"what": "endotoxin", "amount": "1 ng/kg", "every": "8 h", "count": 3},
        ),
        (
            "noradrenaline 0.1 ug/kg/min over 3 d at day 2",
            {"what": "noradrenaline", "amount": "432 ug/kg", "duration": "3 d", "time": "2 d"},
        ),
        (
            "haemoadsorption 150 mL/min over 24 h",
            {"what": "haemoadsorption", "amount": "216000 mL", "duration": "24 h"},
        ),
        (
            "ventilation peep 10 cmH2O over 2 days",
            {"what": "ventilation", "route": "peep", "amount": "480 cmH2O*h", "duration": "2 d"},
        ),
        (
            "oxygen high_flow 60 percent over 10 h",
            {"what": "oxygen", "route": "high_flow", "amount": "600 percent*h", "duration": "10 h"},
        ),
        (
            "ventilation fio2 0.5 over 10 h",
            {"what": "ventilation", "route": "fio2", "amount": "5 h", "duration": "10 h"},
        ),
    ],
)  # fmt: skip
def test_what_a_ward_says_is_what_the_file_says(text, entry):
    assert order(text) == entry


def test_orders_are_given_beside_those_of_the_file():
    file = ONE + '\n[[give]]\nwhat = "endotoxin"\namount = "1 ng/kg"\ntime = "24 h"'
    plan = build(ordering(loads(file), ["tocilizumab 8 mg/kg at day 1", "tocilizumab 8 mg/kg at day 2"]))
    lines = plan.regimen.text()
    assert "1 ng/kg endotoxin.iv at 24 h" in lines
    assert "8 mg/kg tocilizumab.iv at 24 h" in lines
    assert "8 mg/kg tocilizumab.iv at 48 h" in lines


@pytest.mark.parametrize(
    "text",
    [
        "", "tocilizumab", "tocilizumab at day 3", "tocilizumab 8 mg/kg at",
        "tocilizumab 8 mg/kg at day 3 at day 4",
        "noradrenaline 0.1 ug/kg/min at day 2", "ventilation peep 10 cmH2O",
        "x" * 10_000, "every every every", "at at at",
    ],
)  # fmt: skip
def test_what_is_no_order_is_refused_with_the_form(text):
    with pytest.raises(InputError, match="--give") as told:
        order(text)
    assert "AMOUNT" in str(told.value) or "over DURATION" in str(told.value)


@pytest.mark.parametrize(
    "text, names",
    [
        ("tocilizumb 8 mg/kg", "did you mean 'tocilizumab'"),
        ("dexamethasone 6 mg at day 2", "oral, iv"),
        ("tocilizumab 8 mgg/kg", "mgg"),
        ("tocilizumab 8 mg/kg at dy 3", "dy 3"),
        ("anakinra sc 100 mg every 12 h", "count or until"),
        ("tocilizumab 8 mL", "mg"),
        ("il6 5 pg/mL", "no route"),
    ],
)
def test_what_cannot_be_given_says_which_order(text, names):
    with pytest.raises(CytostormError, match="option --give") as told:
        build(ordering(loads(ONE), [text]))
    assert names in str(told.value)
