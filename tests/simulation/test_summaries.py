"""Summaries gathered on the way, against closed forms; how they are asked for and what they are called."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from cytostorm.errors import InputError
from cytostorm.model import Dose, Model, Module, Regimen, compose
from cytostorm.simulation import simulate
from cytostorm.simulation.summaries import Summary
from tests import toys

BOLUS = Regimen() + Dose("toy.iv", "10 mg")
LEVEL = 2.0
RATE = 0.3
END = 12.0
ENGINES = {
    "native": ({}, 1e-4),
    "native, tight": ({"rtol": 1e-9}, 1e-6),
    "numpy": ({"engine": "numpy"}, 1e-4),
    "float32": ({"precision": "float32"}, 2e-3),
}
each_engine = pytest.mark.parametrize("how, close", ENGINES.values(), ids=list(ENGINES))


def gathered(model, texts, regimen=None, end: float = END, **how):
    """Return the summaries of one patient, in the order in which they were asked for."""
    cohort = how.pop("cohort", None)
    run = simulate(model, cohort, regimen, [end], quantities=[], summaries=texts, **how)
    assert run["status"].to_numpy().tolist() == [0]
    return [float(run[Summary.parse(text).name][0]) for text in texts]


def drug() -> Model:
    """Return a drug in one compartment, 10 mg of which are 2 mg/L, and an effect that sets the pace."""
    m = Module("toy", "drug", "a drug in one compartment and its effect")
    rate, volume = toys.number(m, "rate", RATE, "1/h"), toys.number(m, "volume", 5.0, "L")
    fast = toys.number(m, "fast", 0.5, "1/h")
    amount = m.species("amount", "mg", "drug in the body")
    effect = m.species("effect", "mg", "effect of the drug")
    m.observable("level", amount / volume, "mg/L", "drug in serum")
    m.remove(amount, "elimination", rate * amount)
    m.produce(effect, "rise", fast * amount)
    m.remove(effect, "fall", fast * effect)
    m.route("iv", amount, "vein")
    return compose(m)


def ward() -> Model:
    m = Module("toy", "mediator", "a level that a ward measures in another unit")
    made, loss = toys.number(m, "made", 2.0, "1/h"), toys.number(m, "loss", 0.5, "1/h")
    full = toys.number(m, "full", 100.0, "ug/L")
    source = m.species("source", "ug/L", "a source that stays full", initial=full)
    x = m.species("x", "ug/L", "x")
    m.produce(source, "renewal", loss * full)
    m.remove(source, "use", loss * source)
    m.produce(x, "production", made * source)
    m.remove(x, "elimination", loss * x)
    labs = Module("labs", "lab", "a ward")
    labs.lab("crp", x, "mg/L", "C-reactive protein")
    return compose(m, labs)


# --- closed forms -------------------------------------------------------------------------------------


@each_engine
def test_decay_from_a_bolus(how, close) -> None:
    """2 exp(-0.3 t) mg/L: the largest is at the dose, the smallest at the end."""
    texts = [
        "peak toy.level", "time of peak toy.level", "trough toy.level", "time of trough toy.level",
        "area toy.level", "final toy.level",
    ]  # fmt: skip
    peak, at_peak, trough, at_trough, area, final = gathered(drug(), texts, BOLUS, **how)
    last = LEVEL * np.exp(-RATE * END)
    assert (peak, at_peak) == (pytest.approx(LEVEL, rel=1e-7), 0.0)
    assert (trough, at_trough) == (pytest.approx(last, rel=close), pytest.approx(END))
    assert trough == final
    assert area == pytest.approx((LEVEL - last) / RATE, rel=close)


@each_engine
def test_time_beyond_a_limit(how, close) -> None:
    texts = [
        "time toy.level > 1 mg/L", "first toy.level < 1 mg/L", "time toy.level < 1 mg/L",
        "first toy.level > 1 mg/L", "first toy.level > 3 mg/L", "time toy.level > 3 mg/L",
    ]  # fmt: skip
    above, below_from, below, above_from, never, none = gathered(drug(), texts, BOLUS, **how)
    half_life = np.log(2) / RATE
    assert above == pytest.approx(half_life, rel=max(3e-3, close))  # straight lines between quarters of steps
    assert below_from == pytest.approx(above, rel=1e-9)
    assert below == pytest.approx(END - above, rel=1e-9)
    assert above_from == 0.0
    assert np.isnan(never)
    assert none == 0.0


@each_engine
def test_whole_area_is_dose_over_clearance(how, close) -> None:
    (area,) = gathered(drug(), ["area toy.level"], BOLUS, 100.0, **how)
    assert area == pytest.approx(10.0 / 5.0 / RATE, rel=close)


@each_engine
def test_peak_within_a_step(how, close) -> None:
    """70 k / (k - e) (exp(-e t) - exp(-k t)): the top is where the slope is zero, not where a step ends."""
    model = toys.absorbed().replace({"toy.k12": 0.0})
    texts = ["peak toy.central", "time of peak toy.central"]
    peak, when = gathered(model, texts, Regimen() + Dose("toy.sc", "100 mg"), 24.0, **how)
    k, e = 0.8, 0.3
    top = np.log(k / e) / (k - e)
    assert when == pytest.approx(top, rel=max(20 * close, 2e-4))
    assert peak == pytest.approx(70 * k / (k - e) * (np.exp(-e * top) - np.exp(-k * top)), rel=2 * close)


@each_engine
def test_gathering_goes_on_through_doses_and_looks(how, close) -> None:
    """Three boluses: the largest level is after the third."""
    plan = Regimen() + Dose("toy.iv", "10 mg", every="6 h", count=3)
    texts = ["peak toy.level", "time of peak toy.level", "area toy.level", "first toy.level > 2.1 mg/L"]
    peak, when, area, first = gathered(drug(), texts, plan, 18.0, **how)
    left = np.exp(-6 * RATE)
    assert when == pytest.approx(12.0)
    assert peak == pytest.approx(LEVEL * (1 + left + left**2), rel=close)
    assert area == pytest.approx(LEVEL / RATE * (3 - left - left**2 - left**3), rel=close)
    assert first == pytest.approx(6.0)


@pytest.mark.parametrize("text, exact", [("area", LEVEL / RATE), ("time", np.log(4) / RATE)])
def test_a_lone_depot_is_summed_up_as_well(text, exact) -> None:
    """Though its steps are as long as its closed form allows."""
    asked = "area toy.level" if text == "area" else "time toy.level > 0.5 mg/L"
    (found,) = gathered(toys.one_compartment(), [asked], BOLUS, 100.0)
    assert found == pytest.approx(exact, rel=1e-3)


@pytest.mark.parametrize("precision", ["float64", "float32"])
def test_summaries_do_not_depend_on_what_else_is_kept(precision) -> None:
    """Not on the times that are sampled, nor on other summaries."""
    texts = ["peak toy.central", "area toy.central"]
    plan = Regimen() + Dose("toy.sc", "100 mg")
    alone = gathered(toys.absorbed(), texts, plan, precision=precision)
    more = gathered(
        toys.absorbed(), ["final toy.depot", *texts, "trough toy.tissue"], plan, precision=precision
    )
    assert more[1:3] == alone
    run = simulate(toys.absorbed(), None, plan, np.linspace(0, END, 50), summaries=texts, precision=precision)
    assert [float(run[Summary.parse(text).name][0]) for text in texts] == alone


# --- units --------------------------------------------------------------------------------------------


def test_units_are_those_of_display() -> None:
    """200 ug/L/h against 0.5 / h: 400 (1 - exp(-t / 2)) ug/L, which the ward measures in mg/L."""
    texts = [
        "final crp", "final toy.x", "area crp", "time crp > 0.2 mg/L", "first crp > 20 ug/dL",
        "first toy.x > 0.2 mg/L", "time of peak crp",
    ]  # fmt: skip
    run = simulate(ward(), None, None, [8.0], quantities=[], summaries=texts, rtol=1e-9)
    final = 400 * (1 - np.exp(-4))
    half = np.log(2) / 0.5
    want = {
        "final_crp": (final / 1000, "mg/L"),
        "final_toy_x": (final, "ug/L"),
        "area_crp": ((400 * 8 - 2 * final) / 1000, "mg/L*h"),
        "time_crp_above_0.2": (8 - half, "h"),
        "first_crp_above_20": (half, "h"),
        "first_toy_x_above_0.2": (half, "h"),
        "time_of_peak_crp": (8.0, "h"),
    }
    for name, (value, unit) in want.items():
        assert float(run[name][0]) == pytest.approx(value, rel=1e-3)
        assert run[name].attrs["units"] == unit
    assert run["final_crp"].attrs["label"] == "final crp"


# --- failures -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", [{}, {"engine": "numpy"}, {"precision": "float32"}])
def test_a_failed_patient_has_no_summaries(how) -> None:
    people = xr.Dataset({"toy.rate": ("patient", [0.3, np.nan, -1.0, 0.3])})
    texts = ["peak toy.level", "time toy.level > 1 mg/L", "area toy.level", "final toy.level"]
    model = toys.one_compartment()
    run = simulate(model, people, BOLUS, [END], quantities=[], summaries=texts, **how)
    well = run["status"].to_numpy() == 0
    assert well.tolist() == [True, False, False, True]
    for text in texts:
        assert np.isfinite(run[Summary.parse(text).name].to_numpy()).tolist() == well.tolist()


# --- how they are asked for ---------------------------------------------------------------------------

READABLE = [
    "peak il6", "time of peak il6", "trough toy.level", "time of trough map", "area hazard", "final crp",
    "time crp > 75 mg/L", "time map < 65 mmHg", "first temperature >= 38 degC",
    "first lactate <= 1e-06 mol/L",     "time score > 2", "time toy.level > -1.5 mg/L",
]  # fmt: skip


@pytest.mark.parametrize("text", READABLE)
def test_text_is_read_as_it_is_written(text) -> None:
    summary = Summary.parse(f"  {text.replace(' ', '   ')} ")
    assert Summary.parse(summary.text()) == summary
    assert summary.text() == text


def test_names_are_unique() -> None:
    names = [Summary.parse(text).name for text in READABLE]
    assert len(set(names)) == len(names)
    assert all(name.startswith(text.split()[0]) for name, text in zip(names, READABLE, strict=True))


@pytest.mark.parametrize(
    "text, said",
    [
        ("", "cannot be read"),
        ("peak", "cannot be read"),
        ("highest toy.level", "cannot be read"),
        ("peak toy.level > 1 mg/L", "cannot be read"),
        ("first toy.level", "cannot be read"),
        ("time toy.level > 1 mg/L and toy.amount > 1 mg", "cannot be read"),
        ("time toy.level > 1 mg/L for 6 h", "cannot be read"),
        ("first toy.level > 1 mg/L, then once", "cannot be read"),
        ("time not toy.level", "cannot be read"),
        ("peak toy.levl", "did you mean"),
        ("peak toy.rate", "no quantity"),
        ("time time > 3 h", "no quantity 'time'"),
        ("time toy.level > 1", "write such as time toy.level > 1 mg/L"),
        ("time toy.level > 1 kg", "a limit in 'mg/L'"),
        ("first toy.amount < 1 mg/L", "a limit in 'mg'"),
        ("first toy.level > nan mg/L", "nan"),
        (5, "cannot be read"),
    ],
)
def test_what_cannot_be_gathered(text, said) -> None:
    with pytest.raises(InputError) as caught:
        simulate(toys.one_compartment(), None, None, [1.0], summaries=[text])
    assert said in str(caught.value)
    assert caught.value.remedy


def test_one_text_is_no_list() -> None:
    with pytest.raises(InputError, match="one text"):
        simulate(toys.one_compartment(), None, None, [1.0], summaries="peak toy.level")


@pytest.mark.parametrize(
    "one, other",
    [
        ("peak toy.level", "peak toy.level"),
        ("time toy.level > 1 mg/L", "time toy.level > 1 mg/dL"),
        ("first toy.level > 1000000.1 mg/L", "first toy.level > 1000000.2 mg/L"),
    ],
)
def test_two_of_one_name_are_refused(one, other) -> None:
    """The second would lie over the first."""
    with pytest.raises(InputError, match="would both be called") as caught:
        simulate(toys.one_compartment(), None, None, [1.0], summaries=[one, "final toy.level", other])
    assert caught.value.remedy


def test_limits_in_two_units_side_by_side() -> None:
    texts = ["time toy.level > 1 mg/L", "time toy.level > 50 ug/dL", "time toy.level < 1 mg/L"]
    one, half, below = gathered(drug(), texts, BOLUS)
    assert half == pytest.approx(2 * one, rel=5e-3)
    assert below == pytest.approx(END - one)
