"""Treat-when rules: what is read, that it can be written and read again, and what a mistake is told."""

from __future__ import annotations

import math
import string
import time as clock

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cytostorm.errors import InputError
from cytostorm.model import Comparison, Dose, Flag, Module, Regimen, Rule, compose, time
from cytostorm.model.dose import MAX_DOSES
from cytostorm.model.grammar import MAX_CONDITIONS, MAX_RULE
from cytostorm.model.rule import limit_of, quantity_of
from tests.toys import number

HOT = Comparison("temperature", ">=", 38.0, "degC")
INFLAMED = Comparison("crp", ">", 75.0, "mg/L")
READS = {
    "crp > 75 mg/L": Rule((INFLAMED,)),
    "crp>75mg/L": Rule((INFLAMED,)),
    " crp \t>\n75   mg/L ": Rule((INFLAMED,)),
    "crp > 75 mg/L and temperature ≥ 38 degC for 24 h, then once": Rule(
        (INFLAMED, HOT), lasting=24.0, most=1
    ),
    "crp > 75 mg/L and on_oxygen for 24 h, then once": Rule(
        (INFLAMED, Flag("on_oxygen")), lasting=24.0, most=1
    ),
    "temperature >= 38 degC for 30 min": Rule((HOT,), lasting=0.5),
    "temperature >= 38 degC, repeat after 8 h, at most 4": Rule((HOT,), most=4, pause=8.0),
    "temperature >= 38 degC , then at most 4 , then repeat after 0.5 d": Rule((HOT,), most=4, pause=12.0),
    "time >= 3 d and not on_ventilator, once": Rule(
        (Comparison("time", ">=", 3.0, "d"), Flag("on_ventilator", wanted=False)), most=1
    ),
    "sofa >= 2": Rule((Comparison("sofa", ">=", 2.0, ""),)),
    "saturation ≤ 92 %": Rule((Comparison("saturation", "<=", 92.0, "%"),)),
    "toy.level < -1e-3 10^9/L": Rule((Comparison("toy.level", "<", -0.001, "10^9/L"),)),
    "android > 1 mg and fortune": Rule((Comparison("android", ">", 1.0, "mg"), Flag("fortune"))),
    "crp > 75 mg/L, at most 10000": Rule((INFLAMED,)),
}


@pytest.mark.parametrize("text", READS)
def test_what_is_read(text):
    assert Rule.parse(text) == READS[text]


def test_dose_and_interval_are_kept():
    dose = Dose("toy.iv", "1 mg")
    rule = Rule.parse("crp > 75 mg/L", dose, check="30 min")
    assert (rule.dose, rule.check) == (dose, 0.5)
    assert Rule.parse("crp > 75 mg/L").check == 24.0


def test_text_is_the_same_however_it_was_written():
    rule = Rule.parse("crp>75mg/L and not on_oxygen for 1 d,repeat after 8 h,at most 4")
    assert rule.text() == "crp > 75 mg/L and not on_oxygen for 24 h, then at most 4, repeat after 8 h"


# --- there and back -------------------------------------------------------------------------------

names = st.from_regex(r"[a-z][a-z0-9_.]{0,20}", fullmatch=True).filter(
    lambda name: name not in ("and", "not", "for")
)
units = st.sampled_from(
    ["", "mg/L", "pg/mL", "degC", "%", "1/h", "10^9/L", "cells/uL", "-", "mL/(min*m2)", "ng / kg", "d"]
)
values = st.floats(-1e299, 1e299) | st.integers(-(10**20), 10**20).map(float)
comparisons = st.builds(Comparison, names, st.sampled_from(["<", "<=", ">", ">="]), values, units)
flags = st.builds(Flag, names, st.booleans())
hours = st.floats(0, 1e8) | st.integers(0, 1000).map(float)
rules = st.builds(
    Rule,
    st.lists(comparisons | flags, min_size=1, max_size=10).map(tuple),
    lasting=hours,
    most=st.integers(1, MAX_DOSES),
    pause=hours,
    check=st.floats(1e-3, 1e8),
)


@settings(max_examples=300, deadline=None)
@given(rules)
@example(Rule((INFLAMED,), lasting=1 / 3, pause=1e-320, check=0.1 + 0.2))
@example(Rule((Comparison("e", "<", 5e-324, ""), Flag("once"), Flag("then"), Flag("e5"))))
def test_text_is_read_back_as_the_same_rule(rule):
    text = rule.text()
    again = Rule.parse(text, check=rule.check)
    assert again == rule
    assert again.text() == text


WORDS = [
    "crp",
    "CRP",
    "on oxygen",
    " and ",
    "and",
    " for ",
    "not ",
    ", then ",
    ",",
    "once",
    "at most 3",
    "or",
]
WORDS += ["repeat after", "24 h", "8", "h", "mg/L", "75", "1e999", "nan", "-", ">", ">=", "≤", "=", "<", "()"]
WORDS += ["9^9^9^9", "__import__('os')", "\x00", "\u202e", "٣", " ", "\n", "time", "%s{}", "a" * 100]


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=200) | st.lists(st.sampled_from(WORDS), max_size=60).map("".join))
@example(" " * MAX_RULE)
@example("a and " * 160)
@example("crp > " + "9" * 900)
@example("crp > 1 " + "(" * 180)
@example("crp > 1 " + "h*" * 80 + "h^9")
@example(", at most " + "9" * 900)
@example("a" + "," * 900)
def test_any_text_is_a_rule_or_an_error_with_a_remedy(text):
    start, refused = clock.perf_counter(), None
    try:
        rule = Rule.parse(text)
    except InputError as error:
        refused = error
    assert clock.perf_counter() - start < 5
    if refused is None:
        assert Rule.parse(rule.text()) == rule
    else:
        assert refused.thing
        assert refused.remedy
        assert len(str(refused)) < 6000


@given(st.text(string.printable, max_size=30), st.text(string.printable, max_size=30))
@settings(max_examples=200, deadline=None)
def test_what_is_built_in_python_can_be_read_back(name, unit):
    try:
        rule = Rule((Comparison(name, ">", 1.5, unit),))
    except InputError:
        return
    assert Rule.parse(rule.text()) == rule


# --- mistakes -------------------------------------------------------------------------------------

MISTAKES = {
    "CRP > 75 mg/L": ("'CRP > 75 mg/L' at character 1: name 'CRP' holds capitals", "write 'crp'"),
    "CRP > 75": ("75 has no unit", "write 'crp', and a unit after 75 unless it is a score"),
    "crp > 75 mg/L and on oxygen": ("'on oxygen' at character 19", "write 'on_oxygen'"),
    "on-oxygen": ("holds a hyphen", "write 'on_oxygen'"),
    "CRP > 75 and on oxygen, once": ("'on oxygen' at character 14", "write 'on_oxygen'"),
    "a > 1 mg or b": ("unit 'mg or b'", "one rule for each side of 'or'"),
    "a > 1 mg AND b": ("unit 'mg AND b'", "write 'and' in lower case"),
    "a > 1 mg then once": ("unit 'mg then once'", "put a comma before 'then'"),
    "not a > 1 mg": ("'not' stands before a comparison", "write 'a <= 1 mg'"),
    "not not a": ("name 'not a'", "write 'not' once"),
    "a = 1 mg": ("relation '='", "write such as '>='"),
    "a > 1 mgg": ("unit 'mgg' cannot be read", "did you mean 'mg'"),
    "a > b": ("'b' is not a number", "the number first"),
    "a and": ("condition '' at character 6: a name is missing", "join several"),
    "": ("a name is missing", "join several"),
    "a for 24 h and b": ("'for 24 h and b' at character 3", "counts for all conditions"),
    "a for": ("'for' at character 3", "write 'for 24 h'"),
    "a for 3 kg": ("'3 kg' is not a time", "write 'for 24 h'"),
    "a for -3 h": ("'-3 h' cannot be used", "write 'for 24 h'"),
    "a, once, at most 3": ("ending 'at most 3' at character 10", "write such as"),
    "a,soon": ("ending 'soon' at character 3", "write such as"),
    "a, ": ("ending ''", "write such as"),
    "a, at most 0": ("never gives anything", "then once"),
    "a, at most 10001": ("at most 10001 times", "leave it out"),
    "a, at most -1": ("ending 'at most -1'", "write such as"),
    "a, repeat after 8": ("'8' is not a time", "write '8 h'"),
    "a" + " and a" * MAX_CONDITIONS: ("17 conditions", "split it"),
    "a" * (MAX_RULE + 1): ("1,001 characters", "split it"),
}


@pytest.mark.parametrize("text", MISTAKES, ids=lambda text: text[:30])
def test_mistake_is_told(text):
    what, remedy = MISTAKES[text]
    with pytest.raises(InputError) as caught:
        Rule.parse(text)
    assert what in caught.value.thing
    assert remedy in caught.value.remedy


def test_all_conditions_that_cannot_be_read_are_told_at_once():
    with pytest.raises(InputError) as caught:
        Rule.parse("CRP > 75 and on oxygen, once")
    assert "'CRP'" in caught.value.thing
    assert "'on oxygen'" in caught.value.thing
    assert "'crp'" in caught.value.remedy
    assert "'on_oxygen'" in caught.value.remedy


@pytest.mark.parametrize(
    "build",
    [
        lambda: Comparison("and", ">", 1.0, "mg"),
        lambda: Comparison("CRP", ">", 1.0, "mg"),
        lambda: Comparison("crp\n", ">", 1.0, "mg"),
        lambda: Comparison("crp", "=", 1.0, "mg"),
        lambda: Comparison("crp", ">", math.nan, "mg"),
        lambda: Comparison("crp", ">", math.inf, "mg"),
        lambda: Comparison("crp", ">", 10**400, "mg"),
        lambda: Comparison("crp", ">", 10**9999, "mg"),
        lambda: Comparison("crp", ">", "1", "mg"),
        lambda: Comparison("crp", ">", 1.0, "mgg"),
        lambda: Comparison("crp", ">", 1.0, "mg, once"),
        lambda: Flag("not"),
        lambda: Flag("on oxygen"),
        lambda: Flag("on_oxygen", wanted="no"),
        lambda: Rule(()),
        lambda: Rule(HOT),
        lambda: Rule("crp > 75 mg/L"),
        lambda: Rule((HOT,) * (MAX_CONDITIONS + 1)),
        lambda: Rule(tuple(Flag("a" * 90) for _ in range(MAX_CONDITIONS))),
        lambda: Rule((HOT,), "1 mg"),
        lambda: Rule((HOT,), most=0),
        lambda: Rule((HOT,), most=1.5),
        lambda: Rule((HOT,), most=MAX_DOSES + 1),
        lambda: Rule((HOT,), check=0),
        lambda: Rule((HOT,), lasting=-1),
        lambda: Rule((HOT,), lasting=math.nan),
        lambda: Rule((HOT,), pause=math.inf),
        lambda: Rule((HOT,), pause=None),
        lambda: Rule.parse("crp > 75 mg/L", check="0 h"),
        lambda: Rule.parse("crp > 75 mg/L", check="1 kg"),
    ],
)
def test_rule_that_makes_no_sense_in_python(build):
    with pytest.raises(InputError):
        build()


def test_numbers_and_times_are_made_plain():
    rule = Rule([Comparison("crp", ">", 75, " mg/L ")], lasting="1 d", pause=8, check="30 min")
    assert rule == Rule((INFLAMED,), lasting=24.0, pause=8.0, check=0.5)
    assert isinstance(rule.when[0].value, float)


def test_criterion_is_no_part_of_a_plan():
    criterion = Rule.parse("crp > 75 mg/L")
    for build in (lambda: Regimen() + criterion, lambda: Regimen(rules=(criterion,)), lambda: criterion.dose):
        with pytest.raises(InputError, match=r"'crp > 75 mg/L' gives nothing") as caught:
            build()
        assert "Dose(" in caught.value.remedy


def test_plan_knows_all_its_doses():
    now, later = Dose("toy.iv", "1 mg"), Dose("other.iv", "2 mg")
    plan = Regimen() + Rule.parse("crp > 75 mg/L, once", later) + now
    assert plan.given == (now, later)
    assert plan.modules == ("other", "toy")
    assert plan.text().endswith("when crp > 75 mg/L, then once, looked at every 24 h: 2 mg other.iv at 0 h")


# --- against a model ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def model():
    m = Module("toy", "drug", "a drug")
    rate, volume = number(m, "rate", 0.3, "1/h"), number(m, "volume", 5.0, "L")
    amount = m.species("amount", "mg", "drug in the body")
    m.observable("level", amount / volume, "mg/L", "drug in serum")
    m.observable("share", amount / (amount + number(m, "half", 1.0, "mg")), "1", "share of something")
    m.remove(amount, "elimination", rate * amount)
    return compose(m)


def only(text):
    (condition,) = Rule.parse(text).when
    return condition


@pytest.mark.parametrize(
    "text, name, limit",
    [
        ("toy.level > 2 mg/L", "toy.level", 2e6),
        ("toy.level > 2 ng/mL", "toy.level", 2e3),
        ("toy.share >= 20 %", "toy.share", 0.2),
        ("toy.share >= 2", "toy.share", 2.0),
        ("toy.share", "toy.share", 0.5),
        ("not toy.share", "toy.share", 0.5),
        ("time >= 3 d", "time", 72.0),
    ],
)
def test_quantity_and_limit(model, text, name, limit):
    condition = only(text)
    assert quantity_of(model, condition).name == name
    assert limit_of(condition) == pytest.approx(limit)


def test_time_is_the_symbol_of_the_models(model):
    assert quantity_of(model, only("time > 1 h")) is time


@pytest.mark.parametrize(
    "text, what, remedy",
    [
        ("toy.levle > 2 mg/L", "'toy.levle'", "did you mean 'toy.level'"),
        ("toy.levle", "'toy.levle'", "did you mean 'toy.level'"),
        ("toy.amount > 2 mg", "no ward measures", "cytostorm list"),
        ("toy.level > 2", "'2', which has no unit", "toy.level > 2 mg/L"),
        ("toy.level > 2 degC", "with '2 degC'", "toy.level > 2 mg/L"),
        ("toy.share > 2 mg", "with '2 mg'", "toy.share > 2"),
        ("toy.level", "measured in 'mg/L'", "toy.level > 1 mg/L"),
        ("time >= 3", "'3', which has no unit", "time >= 3 h"),
        ("time >= 3 mg", "with '3 mg'", "time >= 3 h"),
        ("not time", "measured in 'h'", "time > 1 h"),
    ],
)
def test_what_does_not_fit_the_model(model, text, what, remedy):
    with pytest.raises(InputError) as caught:
        quantity_of(model, only(text))
    assert what in caught.value.thing
    assert remedy in caught.value.remedy


def test_limit_beyond_all_numbers():
    with pytest.raises(InputError, match="beyond all numbers"):
        limit_of(Comparison("crp", ">", 1e299, "Gg/fL"))
