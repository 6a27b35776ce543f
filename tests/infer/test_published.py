"""Published rows as a calibration: they are those of the table of credibility, however they are simulated."""

from __future__ import annotations

import dataclasses

import pytest

from cytostorm.credibility import calibration
from cytostorm.errors import InputError
from cytostorm.infer import calibrate, find, published
from cytostorm.infer.search import PER_PARAMETER

PEOPLE = 6
FASTER = {"macrophage.pace": 3.0, "macrophage.half_tnf": 100.0}


def rows(group, sets, seed=1):
    problem = find(group, PEOPLE, seed, FASTER)
    return [[row for row in found if row.counted] for found in problem.simulate_many(sets)]


@pytest.mark.parametrize("group", ["endotoxin", "superagonist"])
def test_rows_are_those_of_the_table_also_side_by_side(group):
    same, changed = rows(group, [{}, FASTER])
    for values, found in (({}, same), (FASTER, changed)):
        table = calibration(values, group=group, patients=PEOPLE, seed=1)
        counted = [row for row in table.rows if row.counted and "symptom" not in row.target.variable]
        assert [(row.id, row.curve) for row in found] == [(r.target.id, r.target.curve) for r in counted]
        assert [(row.model, row.accepted) for row in found] == [(r.model, r.accepted) for r in counted]
    assert same != changed


def test_what_is_free_by_itself_is_no_more_than_the_curves_carry():
    problem = find("endotoxin", PEOPLE)
    curves = {row.curve for row in problem.rows(problem.start[None])[0]}
    assert len(problem.free) * PER_PARAMETER <= len(curves)
    assert [free.name for free in problem.free if free.prior] == ["endotoxin.elimination"]
    assert list(problem.about["models"]) == ["endotoxin"]


def test_with_one_who_fails_no_row_of_the_experiment_can_be_read(monkeypatch):
    def failing(model, cohort, regimen, times, **more):
        run = simulate(model, cohort, regimen, times, **more)
        if len(regimen.doses) == 0:
            run["status"][PEOPLE] = 4
        return run

    simulate = published.simulate
    monkeypatch.setattr(published, "simulate", failing)
    well, ill = rows("endotoxin", [{}, {}])
    assert not any(row.failed for row in well)
    failed = {row.id for row in ill if row.failed}
    others = {row.id for row in ill} - failed
    assert failed
    assert others  # several daily doses
    assert [row for row in well if row.id in others] == [row for row in ill if row.id in others]


def test_sets_are_taken_in_portions_that_memory_holds(monkeypatch):
    sizes = []

    def seen(model, cohort, *args, **more):
        sizes.append(cohort.sizes["patient"])
        return simulate(model, cohort, *args, **more)

    simulate = published.simulate
    monkeypatch.setattr(published, "simulate", seen)
    monkeypatch.setattr(published, "TOGETHER", 2 * PEOPLE)
    three = rows("healthy", [{}, {"il6.baseline": 3.0}, {}])
    assert set(sizes) == {2 * PEOPLE, PEOPLE}
    assert three[0] == three[2] != three[1]


@pytest.mark.parametrize(
    "group, free, words",
    [
        ("endotoxn", (), "did you mean 'endotoxin'"),
        ("viral", (), "frees nothing by itself"),
        ("endotoxin", ("macrophage.pac",), r"did you mean 'macrophage\.pace'"),
    ],
)
def test_names_are_checked(group, free, words):
    with pytest.raises(InputError, match=words):
        find(group, PEOPLE, 0, free)


@pytest.mark.slow
def test_wrong_rates_are_found_again():
    """From other rates of secretion the search comes back to where the published rows are met."""
    problem = find("endotoxin", PEOPLE, 0, ("macrophage.tnf_rate", "macrophage.il8_rate"))
    wrong = tuple(
        dataclasses.replace(free, start=free.start * times)
        for free, times in zip(problem.free, (0.25, 4.0), strict=True)
    )
    fit = calibrate(dataclasses.replace(problem, free=wrong), starts=1)
    assert fit.inside > fit.inside_before + 10
    for free in problem.free:
        assert free.start / 2 < fit.values[free.name] < free.start * 2
