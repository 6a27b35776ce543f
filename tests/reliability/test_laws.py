"""R3: laws that hold for every patient, every dose and every moment, each on thousands of random cases.

A case is a patient of his own (all numbers vary, by a factor of two and more) under one of many random plans;
a group of patients shares a plan. Each law names its limit; "to the bit" is meant so.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
import xarray as xr

from bench.models import drugs
from bench.models.storm import OUTPUT_TIMES, daily_doses, storm
from cytostorm.library import person
from cytostorm.library.catalogue import model_for
from cytostorm.library.kinetics import rises
from cytostorm.model import Dose, Model, Module, Regimen, Rule, compose
from cytostorm.simulation import Policy, Rodas5P, simulate
from tests import toys
from tests.reliability.people import Way, apart, random_plan, states, varied, worst
from tests.toys import number

SIZE = 250
"""Patients per plan."""
END = 48.0
TIMES = np.linspace(0, END, 49)
TIGHT = Rodas5P(rtol=1e-10)
FEW, MANY = range(8), range(8, 48)
"""Plans: two thousand cases on every change, ten thousand others among the slow tests."""


def law(test):
    """Run a law on few plans, and on many among the slow tests."""
    return pytest.mark.parametrize("plans", [FEW, pytest.param(MANY, marks=pytest.mark.slow)], ids=str)(test)


def pharmacokinetics(name: str = "pk") -> Module:
    """Return a drug under the skin or in the vein, two compartments, and all that was lost."""
    m = Module(name, "drug", "linear pharmacokinetics")
    ka, ke = number(m, "ka", 0.8, "1/h"), number(m, "ke", 0.3, "1/h")
    k12, k21 = number(m, "k12", 0.5, "1/h"), number(m, "k21", 0.2, "1/h")
    share, volume = number(m, "share", 0.7, "1"), number(m, "volume", 5.0, "L")
    depot, central = m.species("depot", "mg", "depot"), m.species("central", "mg", "in plasma")
    tissue, lost = m.species("tissue", "mg", "in tissue"), m.species("lost", "mg", "excreted")
    m.observable("level", central / volume, "mg/L", "in plasma")
    m.route("sc", depot, "under the skin", bioavailability=share)
    m.route("iv", central, "vein")
    m.move(depot, central, "absorption", ka * depot)
    m.move(central, tissue, "distribution", k12 * central)
    m.move(tissue, central, "return", k21 * tissue)
    m.move(central, lost, "elimination", ke * central)
    return m


@cache
def linear() -> Model:
    """Return linear pharmacokinetics in a person."""
    return compose(pharmacokinetics(), person.m)


CENTRAL, DEPOT, LOST, TISSUE = range(4)
"""Rows of the states, which come in the order of their names."""
WAYS = (Way("pk.sc", 50.0, "mg"), Way("pk.iv", 20.0, "mg"), Way("pk.iv", 0.3, "mg/kg"))


def plan_of(k: int) -> Regimen:
    """Return the plan of a group."""
    return random_plan(np.random.default_rng([41, k]), WAYS, END, most=4)


@cache
def people(k: int) -> xr.Dataset:
    """Return the patients of a group."""
    return varied(linear(), SIZE, seed=k + 1000)


def simulated(plan: Regimen | None, cohort: xr.Dataset, times=TIMES, solver=TIGHT, **more) -> xr.Dataset:
    """Return a run with all states of the linear model."""
    names = [str(s.name) for s in linear().species]
    assert names == ["pk.central", "pk.depot", "pk.lost", "pk.tissue"]
    run = simulate(linear(), cohort, plan, times, quantities=names, solver=solver, **more)
    assert run.attrs["failed"] == 0
    return run


def amounts(plan: Regimen | None, cohort: xr.Dataset, times=TIMES, solver=TIGHT, **more) -> np.ndarray:
    """Return all states (patient, time, state)."""
    return states(simulated(plan, cohort, times, solver, **more), linear())


def same(got: np.ndarray, want: np.ndarray, limit: float) -> None:
    """Fail where two answers are apart by more than a limit."""
    error = apart(got, want)
    assert error.max() <= limit, worst(error)


def same_bits(got: np.ndarray, want: np.ndarray) -> None:
    """Fail unless two answers are the same to the bit."""
    assert got.shape == want.shape
    assert got.tobytes() == want.tobytes(), worst(apart(got, want))


def scaled(dose: Dose, factor: float) -> Dose:
    """Return a dose with another amount."""
    value, unit = dose.amount.split()
    return replace(dose, amount=f"{float(value) * factor!r} {unit}")


# --- mass ------------------------------------------------------------------------------------------------


def arrived(plan: Regimen, cohort: xr.Dataset, times: np.ndarray) -> np.ndarray:
    """Return what has come in (patient, time), summed by hand; a dose counts after its moment."""
    total = np.zeros((SIZE, len(times)))
    for dose in plan.doses:
        value, unit = dose.amount.split()
        amount = float(value) * (cohort["person.weight"].to_numpy() if unit == "mg/kg" else np.ones(SIZE))
        if dose.route == "pk.sc":
            amount = amount * cohort["pk.share"].to_numpy()
        for start in dose.times:
            since = times - start
            part = np.clip(since / dose.duration, 0, 1) if dose.duration else (since > 0) * 1.0
            total += amount[:, None] * part
    return total


@law
def test_what_came_in_is_inside_or_lost(plans: range) -> None:
    """Within the tolerance, as a share of all that ever came in.

    Not to rounding: a depot is solved exactly, what it flows into is not. Totals that a model declares as
    conserved are held to 1e-9 at the default tolerance (next test).
    """
    for k in plans:
        want = arrived(plan_of(k), people(k), TIMES)
        for rtol in (1e-3, 1e-6, 1e-10):
            total = amounts(plan_of(k), people(k), solver=Rodas5P(rtol=rtol)).sum(axis=-1)
            assert (np.abs(total - want) <= rtol * want[:, -1:]).all(), worst(apart(total, want))


CONSERVED = {
    "pools": ({"pools.rest": 1, "pools.active": 1, "pools.spent": 1},),
    "endotoxin": ("macrophage.",),
    "storm": ({f"infection.{name}": 1 for name in ("healthy", "eclipse", "infected", "bare")},),
}


def check_totals(name: str, n: int, seed: int) -> None:
    """Compare all totals that a model conserves with their start, and hold all states against zero."""
    model = {"pools": toys.cells, "endotoxin": lambda: model_for("endotoxin"), "storm": storm}[name]()
    plan, times = {"storm": (daily_doses(), OUTPUT_TIMES)}.get(name, (None, TIMES))
    species = [str(s.name) for s in model.species]
    cohort = varied(model, n, seed, sd=0.3)
    run = simulate(model, cohort, plan, times, quantities=species, rtol=1e-6)
    assert run.attrs["failed"] == 0
    for names in CONSERVED[name]:
        rows = [s for s in species if s.startswith(names)] if isinstance(names, str) else list(names)
        total = sum(run[row].to_numpy() for row in rows)
        same(total, total[:, :1].repeat(len(times), axis=1), 1e-9)
    assert states(run, model).min() >= 0
    assert float(run["clamped"].max()) <= 1.0


@pytest.mark.parametrize("name, n", [("pools", 10_000), ("endotoxin", 1000), ("storm", 250)])
def test_conserved_totals_stay_and_nothing_falls_below_zero(name: str, n: int) -> None:
    check_totals(name, n, seed=1)


@pytest.mark.slow
@pytest.mark.parametrize("name, n", [("endotoxin", 10_000), ("storm", 10_000)])
def test_ten_thousand_totals(name: str, n: int) -> None:
    check_totals(name, n, seed=2)


def test_nothing_falls_below_zero_in_a_stiff_loop() -> None:
    model = toys.loop()
    for rtol in (1e-2, 1e-6):
        run = simulate(
            model, varied(model, 10_000, 3, 1.0), None, TIMES, quantities=["loop.a", "loop.b"], rtol=rtol
        )
        assert run.attrs["failed"] == 0
        assert states(run, model).min() >= 0
        assert float(run["clamped"].max()) <= 1.0


# --- linear pharmacokinetics ------------------------------------------------------------------------------


@law
def test_doses_superpose(plans: range) -> None:
    """All doses together are the sum of each alone, within 1e-8."""
    for k in plans:
        plan = plan_of(k)
        together = amounts(plan, people(k))
        same(sum(amounts(Regimen((dose,)), people(k)) for dose in plan.doses), together, 1e-8)


@law
def test_three_times_the_dose_is_three_times_the_amount(plans: range) -> None:
    for k in plans:
        more = Regimen(tuple(scaled(dose, 3.0) for dose in plan_of(k).doses))
        same(amounts(more, people(k)), 3 * amounts(plan_of(k), people(k)), 1e-8)


@law
def test_more_dose_is_more_at_every_moment(plans: range) -> None:
    """Each state of each patient rises with any one dose, at all times."""
    for k in plans:
        first, *rest = plan_of(k).doses
        before = None
        for factor in (0.0, 0.5, 1.0, 1.01, 4.0):
            now = amounts(Regimen((scaled(first, factor), *rest)), people(k))
            if before is not None:
                assert (now - before >= -1e-9 * now.max(axis=1, keepdims=True)).all()
                assert (now[:, -1].sum(axis=-1) > before[:, -1].sum(axis=-1)).all()
            before = now


@law
def test_later_is_the_same_later(plans: range) -> None:
    """All doses and samples shifted: the same answer, within 1e-8."""
    for k in plans:
        shift = 0.1 + 100 * np.random.default_rng(k).random()
        later = Regimen(tuple(replace(dose, time=dose.time + shift) for dose in plan_of(k).doses))
        got = amounts(later, people(k), times=np.append(0.0, TIMES + shift))
        same(got[:, 1:], amounts(plan_of(k), people(k)), 1e-8)


@law
def test_faster_rates_are_the_same_sooner(plans: range) -> None:
    """All rates times c, all times divided by c: the same answer, within 1e-8."""
    for k in plans:
        c = float(np.exp(np.random.default_rng(k).normal()))
        fast = people(k).copy()
        for rate in ("ka", "ke", "k12", "k21"):
            fast[f"pk.{rate}"] = fast[f"pk.{rate}"] * c
        sooner = tuple(
            replace(d, time=d.time / c, duration=d.duration / c, every=d.every / c) for d in plan_of(k).doses
        )
        same(amounts(Regimen(sooner), fast, times=TIMES / c), amounts(plan_of(k), people(k)), 1e-8)


@law
def test_infusion_cut_in_two_is_the_same_infusion(plans: range) -> None:
    for k in plans:
        rng = np.random.default_rng(k)
        whole = Dose("pk.iv", "30 mg", time=float(rng.uniform(0, 20)), duration=float(rng.uniform(0.1, 20)))
        part = float(rng.uniform(0.05, 0.95))
        first = replace(scaled(whole, part), duration=whole.duration * part)
        second = scaled(replace(whole, time=whole.time + first.duration), 1 - part)
        second = replace(second, duration=whole.duration - first.duration)
        same(amounts(Regimen((first, second)), people(k)), amounts(Regimen((whole,)), people(k)), 1e-8)


@law
def test_short_infusion_tends_to_a_bolus(plans: range) -> None:
    """Afterwards it is a bolus at its middle up to (rate x length)^2: 100 times nearer for a tenth."""
    for k in plans:
        start = float(np.random.default_rng(k).uniform(0, 20.5))
        later = TIMES[start + 0.5 < TIMES]
        times = np.append(0.0, later)
        errors = []
        for length in (0.2, 0.02):
            bolus = Dose("pk.iv", "30 mg", time=start + length / 2)
            short = Dose("pk.iv", "30 mg", time=start, duration=length)
            error = np.abs(
                amounts(Regimen((short,)), people(k), times) - amounts(Regimen((bolus,)), people(k), times)
            )
            errors.append(error.max(axis=(1, 2)) / 30)
        assert (errors[0] < 0.05).all()
        assert (errors[1] <= errors[0] / 90 + 1e-9).all(), worst(errors[1] / errors[0])


@law
def test_long_infusion_ends_at_rate_over_loss(plans: range) -> None:
    """In the end as much goes out as comes in: ke x central = rate, k21 x tissue = k12 x central."""
    for k in plans:
        who = people(k)
        plan = Regimen((Dose("pk.iv", "1e5 mg", duration=1e5),))
        got = amounts(plan, who, times=[0.0, 5e3])[:, 1]
        ke, k12, k21 = (who[f"pk.{name}"].to_numpy() for name in ("ke", "k12", "k21"))
        np.testing.assert_allclose(got[:, CENTRAL], 1 / ke, rtol=1e-8)
        np.testing.assert_allclose(got[:, TISSUE], k12 / k21 / ke, rtol=1e-8)


@law
def test_one_dose_follows_its_closed_form(plans: range) -> None:
    """Without tissue: F D ka / (ka - ke) (exp(-ke t) - exp(-ka t))."""
    for k in plans:
        who = people(k).copy()
        who["pk.k12"] = who["pk.k12"] * 0.0
        ka, ke, share = (who[f"pk.{name}"].to_numpy()[:, None] for name in ("ka", "ke", "share"))
        who["pk.ka"] = who["pk.ka"] + (np.abs(ka - ke)[:, 0] < 1e-2) * 0.1  # the form divides by ka - ke
        ka = who["pk.ka"].to_numpy()[:, None]
        got = amounts(Regimen((Dose("pk.sc", "50 mg"),)), who)[:, 1:]
        t = TIMES[None, 1:]
        same(got[..., DEPOT], 50 * share * np.exp(-ka * t), 1e-7)
        same(got[..., CENTRAL], 50 * share * ka / (ka - ke) * (np.exp(-ke * t) - np.exp(-ka * t)), 1e-7)


@law
def test_dose_per_kg_is_that_dose_times_the_weight(plans: range) -> None:
    """Amounts are those of 1 kg times the weight, of each patient."""
    for k in plans:
        doses = tuple(replace(d, amount=f"{d.amount.split()[0]} mg/kg") for d in plan_of(k).doses)
        light = people(k).assign({"person.weight": ("patient", np.ones(SIZE))})
        weight = people(k)["person.weight"].to_numpy()[:, None, None]
        same(amounts(Regimen(doses), people(k)), weight * amounts(Regimen(doses), light), 1e-8)


# --- ways to write the same thing: the same bits -----------------------------------------------------------


def in_unit(dose: Dose, unit: str, factor: float) -> Dose:
    """Return a dose, rounded to 1/64 mg, written in another unit than milligrams."""
    value, old = dose.amount.split()
    number = (1 + round(float(value) * 64)) / 64 * factor
    return replace(dose, amount=f"{number!r} {old.replace('mg', unit)}")


@law
def test_unit_of_a_dose_does_not_matter(plans: range) -> None:
    """Micrograms: the same bits, for numbers that both units write exactly. Grams: within the tolerance."""
    for k in plans:
        mg, ug, g = (
            Regimen(tuple(in_unit(dose, unit, factor) for dose in plan_of(k).doses))
            for unit, factor in (("mg", 1.0), ("ug", 1e3), ("g", 1e-3))
        )
        want = amounts(mg, people(k))
        same_bits(amounts(ug, people(k)), want)
        same(amounts(g, people(k)), want, 1e-10)


@law
def test_unit_of_a_time_does_not_matter(plans: range) -> None:
    for k in plans:
        words = [
            replace(d, time=f"{d.time * 60!r} min", duration=f"{d.duration / 24!r} d")
            for d in plan_of(k).doses
        ]
        same(amounts(Regimen(tuple(words)), people(k)), amounts(plan_of(k), people(k)), 1e-9)


@law
def test_order_of_the_doses_does_not_matter(plans: range) -> None:
    for k in plans:
        want, doses = amounts(plan_of(k), people(k)), list(plan_of(k).doses)
        np.random.default_rng(k).shuffle(doses)
        same_bits(amounts(Regimen(tuple(doses)), people(k)), want)
        same_bits(amounts(Regimen(tuple(reversed(plan_of(k).doses))), people(k)), want)


@law
def test_row_of_doses_is_each_of_them(plans: range) -> None:
    for k in plans:
        single = [replace(d, time=t, every=0.0, count=1) for d in plan_of(k).doses for t in d.times]
        same_bits(amounts(Regimen(tuple(single)), people(k)), amounts(plan_of(k), people(k)))


@law
def test_dose_of_nothing_is_no_dose(plans: range) -> None:
    for k in plans:
        plan = plan_of(k) + Dose("pk.iv", "0 mg", time=3.3) + Dose("pk.sc", "0 mg/kg", time=7, duration=5)
        same_bits(amounts(plan, people(k)), amounts(plan_of(k), people(k)))


@law
def test_what_is_sampled_does_not_change_what_happens(plans: range) -> None:
    """More or fewer moments, more or fewer quantities: the same bits where they meet."""
    for k in plans:
        want = amounts(plan_of(k), people(k))
        fine = np.unique(np.concatenate([TIMES, np.random.default_rng(k).uniform(0, END, 300)]))
        same_bits(amounts(plan_of(k), people(k), fine)[:, np.isin(fine, TIMES)], want)
        same_bits(amounts(plan_of(k), people(k), [TIMES[7], END]), want[:, [7, -1]])
        one = simulate(linear(), people(k), plan_of(k), TIMES, quantities=["pk.tissue"], solver=TIGHT)
        same_bits(one["pk.tissue"].to_numpy(), np.ascontiguousarray(want[..., TISSUE]))


@law
def test_rule_that_never_fires_is_no_rule(plans: range) -> None:
    """Looks cut steps short, so that bits differ; numbers do by 1e-8 at most."""
    for k in plans:
        rule = Rule.parse("pk.level > 1000000 mg/L", Dose("pk.iv", "1 mg"), check="7 h")
        run = simulated(plan_of(k) + rule, people(k))
        assert int(run["given"].max()) == 0
        same(states(run, linear()), amounts(plan_of(k), people(k)), 1e-8)


@law
def test_rule_that_always_fires_is_a_row_of_doses(plans: range) -> None:
    for k in plans:
        dose = Dose("pk.iv", "5 mg", duration=2)
        rule = Rule.parse("time >= 12 h, then at most 3", dose, check="6 h")
        by_rule = amounts(plan_of(k) + rule, people(k))
        same(by_rule, amounts(plan_of(k) + replace(dose, time=12, every=6, count=3), people(k)), 1e-8)


@law
def test_policy_that_does_as_a_rule_is_that_rule(plans: range) -> None:
    dose = Dose("pk.sc", "9 mg", duration=1.5)

    def ask(ward_round) -> None:
        ward_round.give(dose, ward_round["pk.level"] > 1.0)

    for k in plans:
        rule = Rule.parse("pk.level > 1 mg/L", dose, check="8 h")
        by_rule = simulated(plan_of(k) + rule, people(k))
        assert 0 < float((by_rule["given"] > 0).mean()) <= 1
        by_policy = simulated(plan_of(k), people(k), policy=Policy(ask, every="8 h"))
        same_bits(states(by_policy, linear()), states(by_rule, linear()))
        for what in ("decided_at", "decided_for"):
            assert by_policy[what].to_numpy().tobytes() == by_rule[what].to_numpy().tobytes()


@law
def test_equal_patients_are_equal(plans: range) -> None:
    """The same person in every place of the cohort: the same bits in every place."""
    for k in plans:
        again = people(k).isel(patient=np.zeros(SIZE, int)).assign_coords(patient=np.arange(SIZE))
        got = amounts(plan_of(k), again)
        assert len({row.tobytes() for row in got}) == 1
        same_bits(got[:1], amounts(plan_of(k), people(k))[:1])


# --- drugs and their targets -------------------------------------------------------------------------------


@cache
def target(drug_is: str) -> Model:
    """Return a stiff loop of two mediators, with a drug that is "absent", "unlinked", or "blocking"."""
    m = Module("loop", "mediator", "two mediators")
    drug = pharmacokinetics()
    half = number(m, "half", 2.0, "mg/L")
    fast, slow, at = (
        number(m, "fast", 40.0, "1/h"),
        number(m, "slow", 0.05, "1/h"),
        number(m, "at", 2.0, "pg/mL"),
    )
    base = number(m, "base", 1.0, "pg/mL")
    a, b = m.species("a", "pg/mL", "fast", initial=base), m.species("b", "pg/mL", "slow", initial=base)
    level = drug.quantities["level"]
    free = 1 - rises(level, half) if drug_is == "blocking" else 1
    m.produce(a, "answer", fast * base * free * (1 + rises(b, at, 2)))
    m.remove(a, "loss of a", fast * a)
    m.produce(b, "rise", slow * a)
    m.remove(b, "loss of b", slow * b * (1 + rises(b, at)))
    return compose(m) if drug_is == "absent" else compose(m, drug)


SIGNALS = ["loop.a", "loop.b"]


def signals(model: Model, cohort: xr.Dataset, plan: Regimen | None) -> np.ndarray:
    """Return both mediators (patient, time, mediator)."""
    names = {str(p.name) for p in model.parameters}
    known = cohort[[name for name in cohort.data_vars if name in names]]
    run = simulate(model, known, plan, TIMES, quantities=SIGNALS, solver=TIGHT)
    assert run.attrs["failed"] == 0
    return np.stack([run[name].to_numpy() for name in SIGNALS], axis=-1)


@law
def test_drug_not_given_is_no_drug(plans: range) -> None:
    """A model with a drug that nobody gets, against the model without it.

    To the bit if nothing hears of the drug; within the tolerance if its effect, which is 1, is multiplied in.
    """
    for k in plans:
        cohort = varied(target("blocking"), SIZE, seed=k)
        want = signals(target("absent"), cohort, None)
        same_bits(signals(target("unlinked"), cohort, None), want)
        same(signals(target("blocking"), cohort, None), want, 1e-10)


@law
def test_drug_without_effect_is_no_drug(plans: range) -> None:
    """One whose half-saturation nobody ever comes near; doses cut steps, numbers stay within 1e-8."""
    for k in plans:
        cohort = varied(target("blocking"), SIZE, seed=k)
        cohort["loop.half"] = cohort["loop.half"] * 1e15
        plan = Regimen(tuple(replace(d, amount=f"{d.amount.split()[0]} mg") for d in plan_of(k).doses))
        same(signals(target("blocking"), cohort, plan), signals(target("absent"), cohort, None), 1e-8)


@law
def test_more_blocker_is_less_signal(plans: range) -> None:
    """Of a loop without inhibition: at each moment, in each patient, in both mediators."""
    for k in plans:
        cohort = varied(target("blocking"), SIZE, seed=k)
        before = None
        for factor in (0.0, 0.1, 1.0, 1.01, 10.0):
            doses = tuple(replace(d, amount=f"{d.amount.split()[0]} mg") for d in plan_of(k).doses)
            now = signals(target("blocking"), cohort, Regimen(tuple(scaled(d, factor) for d in doses)))
            if before is not None:
                assert (now - before <= 1e-8 * before).all(), (k, factor)
                assert (now.sum(axis=(1, 2)) < before.sum(axis=(1, 2))).all()
            before = now


@law
def test_more_antibody_is_fewer_free_receptors(plans: range) -> None:
    """The antibody of the storm, whose loss saturates: always more of it, and fewer receptors free."""
    model = compose(drugs.tocilizumab, person.m)
    times, names = np.linspace(0, 672, 57), ["tocilizumab.level", "tocilizumab.free"]
    for k in plans:
        cohort, before = varied(model, SIZE, seed=k, sd=0.3), None
        start = float(np.random.default_rng(k).uniform(0, 300))
        for mg in (0.5, 4.0, 8.0, 8.1, 30.0):
            plan = Regimen() + Dose(
                "tocilizumab.iv", f"{mg} mg/kg", time=start, duration=1, every=100, count=3
            )
            run = simulate(model, cohort, plan, times, quantities=names, rtol=1e-8)
            level, free = (run[name].to_numpy() for name in names)
            assert ((free >= 0) & (free <= 1)).all()
            if before is not None:
                assert (level >= before[0] * (1 - 1e-6)).all()
                assert (free <= before[1] + 1e-6).all()
                assert (level[:, -1] > before[0][:, -1]).all()
            before = level, free


def test_dose_of_nothing_is_no_dose_in_a_storm() -> None:
    """57 states, 250 patients: the same bits."""
    model, cohort = storm(), varied(storm(), SIZE, seed=9, sd=0.2)
    plan = daily_doses() + Dose("tocilizumab.iv", "0 mg/kg", time=100, duration=1, every=168, count=3)
    one, two = (simulate(model, cohort, p, OUTPUT_TIMES) for p in (daily_doses(), plan))
    assert one.attrs["failed"] == 0
    for lab in model.labs:
        same_bits(two[lab.short].to_numpy(), one[lab.short].to_numpy())
