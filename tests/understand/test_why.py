import math
import re

import numpy as np
import pytest

import cytostorm as cs
from cytostorm.errors import InputError
from cytostorm.model import Dose, Module, Regimen, compose
from cytostorm.understand import why
from tests import toys as base
from tests.understand import toys


@pytest.fixture(scope="module")
def endotoxin():
    return cs.model_for("endotoxin")


@pytest.mark.parametrize("quantity", ["il6", "temperature", "lymphocytes", "crp", "map"])
def test_contributions_add_up_to_the_slope_of_the_curve(endotoxin, quantity):
    found = why(endotoxin, quantity, "2 h")
    run = cs.simulate(endotoxin, times=[1.999, 2.0, 2.001], quantities=[quantity], rtol=1e-9)
    low, here, high = run[quantity].values[0]
    assert found.value == pytest.approx(here, rel=1e-4)
    assert found.change == pytest.approx((high - low) / 0.002, rel=2e-3)
    assert sum(c.contribution for c in found.causes) == pytest.approx(found.change, rel=5e-3)
    assert sum(c.share for c in found.causes) == pytest.approx(1.0, abs=5e-3)


def test_a_window_adds_up_to_the_change(endotoxin):
    found = why(endotoxin, "il6", 4, window="3 h")
    before, after = cs.simulate(endotoxin, times=[1.0, 4.0])["il6"].values[0]
    assert found.change == pytest.approx(after - before, rel=1e-4)
    assert sum(c.contribution for c in found.causes) == pytest.approx(found.change, rel=1e-3)


def test_a_rate_is_told_by_its_factors(endotoxin):
    cause = why(endotoxin, "il6", 2).causes[0]
    assert (cause.module, cause.process) == ("macrophage", "secretion by macrophages")
    labels = {f.label: f for f in cause.factors}
    assert math.isinf(labels["secreting late mediators"].fold)
    amplified = labels["amplification by TNF and IL-1"]
    assert amplified.fold > 5
    assert amplified.by[0].name == "tnf.level"
    brake = labels["IL-10 damps secretion"]
    run = cs.simulate(endotoxin, times=[0.0, 2.0], quantities=["il10.level"])["il10.level"].values[0]
    values = {p.name: endotoxin.values[p] / p.factor for p in endotoxin.parameters}
    half, most = values["macrophage.half_il10"], values["macrophage.most_il10"]
    damped = [1 - most * x / (half + x) for x in run]
    assert brake.fold == pytest.approx(damped[1] / damped[0], rel=1e-4)


def test_log_folds_of_a_product_add_up_to_that_of_the_rate(endotoxin):
    """Where nothing was zero at rest: elimination of IL-6 is its rate times IL-6."""
    cause = next(c for c in why(endotoxin, "il6", 2).causes if c.process == "elimination")
    assert math.prod(f.fold for f in cause.factors) == pytest.approx(cause.now / cause.rest, rel=1e-9)


def test_terms_of_a_sum_are_causes_of_their_own():
    m = Module("two", "mediator", "made in two ways")
    loss, fast, slow = (base.number(m, n, v, "1/h") for n, v in (("loss", 1.0), ("fast", 3.0), ("slow", 1.0)))
    a, b, x = (m.species(n, "1", n, initial=i) for n, i in (("a", 1), ("b", 2), ("x", 0)))
    m.produce(x, "making", fast * a + slow * b)
    m.remove(x, "loss", loss * x)
    m.remove(a, "loss of a", loss * a)
    found = why(compose(m), "two.x", 1)
    making = [c for c in found.causes if c.process == "making"]
    assert len(making) == 2
    assert [c.now for c in making] == pytest.approx([2, 3 * math.exp(-1)], rel=1e-4)
    assert [c.contribution for c in making] == [c.now for c in making]  # there was no rest to compare with


def test_doses_given_at_once_are_named():
    found = why(
        base.one_compartment(0.1),
        "toy.amount",
        3,
        regimen=Regimen() + Dose("toy.iv", "100 mg", time=1),
        window=3,
    )
    assert found.change == pytest.approx(100 * math.exp(-0.2), rel=1e-3)
    assert "given at once" in found.causes[0].process
    assert found.causes[0].contribution == pytest.approx(100, rel=0.02)


def test_an_infusion_is_a_cause():
    plan = Regimen() + Dose("toy.iv", "50 mg", duration="5 h")
    found = why(base.one_compartment(0.1), "toy.amount", 2, regimen=plan)
    infusion = next(c for c in found.causes if c.process == "infusion, iv")
    assert infusion.contribution == pytest.approx(10.0)
    assert why(base.one_compartment(0.1), "toy.amount", 8, regimen=plan).change < 0


def test_what_a_rule_gives_is_there():
    rule = cs.Rule.parse(
        "toy_level > 1 mg/L, then once", Dose("toy.iv", "60 mg", duration="3 h"), check="1 h"
    )
    m = base.one_compartment(0.1)
    owner = next(x for x in m.modules if x.name == "toy")
    if "toy_level" not in owner.quantities:
        owner.lab("toy_level", next(o for o in m.observables if o.short == "level"), "mg/L", "toy")
    model = compose(owner)
    plan = Regimen() + Dose("toy.iv", "10 mg") + rule
    found = why(model, "toy.amount", 2.5, regimen=plan)
    infusion = next(c for c in found.causes if c.process == "infusion, iv")
    assert infusion.contribution == pytest.approx(20.0)


def test_a_read_out_of_several_states_follows_all():
    found = why(toys.epidemic(), "people.infected", 30)
    assert {c.process for c in found.causes} == {"infection", "recovery"}
    infection = next(c for c in found.causes if c.process == "infection")
    assert {f.label for f in infection.factors} == {"susceptible", "infected"}


def test_it_reads_aloud(endotoxin):
    text = why(endotoxin, "il6", "2 h").text()
    assert re.match(r"IL-6 \(il6\) at 2 h: [\d,.]+ pg/mL, rising by [\d,.]+ pg/mL/h\n", text)
    assert "macrophage: secretion by macrophages" in text
    assert "from nothing to" in text
    assert "falling" in why(endotoxin, "il6", "5 h").text()
    assert "fell by" in why(endotoxin, "il6", "6 h", window="2 h").text(most=1)
    assert re.search(r"by \d others?\n?", why(endotoxin, "il6", "6 h", window="2 h").text(most=1))


def test_of_another_patient(endotoxin):
    cohort = cs.sample(endotoxin, n=3, seed=2)
    run = cs.simulate(endotoxin, cohort, times=[2.0])
    assert why(endotoxin, "il6", 2, cohort, patient=1).value == pytest.approx(
        float(run["il6"].values[1, 0]), rel=1e-5
    )
    with pytest.raises(InputError, match="no patient 3"):
        why(endotoxin, "il6", 2, cohort, patient=3)


@pytest.mark.parametrize("quantity, at, window, match", [
    ("il66", 2, None, "did you mean"),
    ("il6", "2 kg", None, "not a time"),
    ("il6", 0, None, "asked about at 0 h"),
    ("il6", 2, 3, "window within it"),
    ("macrophage.half_il10", 2, None, "no quantity"),
])  # fmt: skip
def test_mistakes_are_told(endotoxin, quantity, at, window, match):
    with pytest.raises(InputError, match=match):
        why(endotoxin, quantity, at, window=window)


def test_a_patient_who_fails_cannot_be_followed(endotoxin):
    cohort = cs.sample(endotoxin, n=1, seed=2)
    cohort["il6.elimination"] = ("patient", [-1.0])
    with pytest.raises(InputError, match="bad input"):
        why(endotoxin, "il6", 2, cohort)


def test_the_dead_do_not_answer(endotoxin, monkeypatch):
    from cytostorm.understand import causes

    real = causes.trace

    def dead(*args):
        course = real(*args)
        course.y[:, -1] = np.nan
        return course

    monkeypatch.setattr(causes, "trace", dead)
    with pytest.raises(InputError, match="not alive at 2 h"):
        why(endotoxin, "il6", 2)


def test_scores_are_refused_with_what_they_read():
    import sympy

    m = Module("switch", "mediator", "a switch")
    loss = base.number(m, "loss", 1.0, "1/h")
    x = m.species("x", "1", "x", initial=1)
    m.remove(x, "loss", loss * x)
    m.score("grade", sympy.Piecewise((1, x > 0.5), (0, True)), "grade", source="Lee2019")
    with pytest.raises(InputError, match=r"(?s)jumps.*switch\.x"):
        why(compose(m), "grade", 2)
    with pytest.raises(InputError, match="does not move"):
        why(toys.pair(), "one.x", 2)


def test_as_a_dictionary(endotoxin):
    found = why(endotoxin, "il6", 2)
    told = found.as_dict()
    assert told["per"] == "pg/mL/h"
    assert told["causes"][0]["factors"][0]["by"] == () or told["causes"][0]["factors"][0]["by"]
    assert np.isfinite(told["change"])
