"""All rows of a group, or of every group, beside the model; and how many curves are inside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from cytostorm.credibility.experiment import Experiment
from cytostorm.credibility.judging import Check, Order, Row, Unscored, order, row_unit
from cytostorm.credibility.people import People
from cytostorm.credibility.work import Work
from cytostorm.errors import InputError
from cytostorm.observe.compare import ROUNDING, SHARE, WITHIN_LABORATORY
from cytostorm.observe.targets import Target, load

FILES = {"HLH/MAS": "hlh_mas"}
"""Group -> file of its checks, where it is not called the same."""
GATED = 5
"""Curves below which a group is shown but not gated."""
Progress = Callable[[int, int], None]
Recruit = Callable[[Experiment], People | str]
"""Experiment -> those who took part, or why there are none."""


@dataclass(frozen=True)
class Table:
    """Every row, in the order of the file, and what was simulated for it.

    experiments : what was simulated, and for how many patients in each.
    unknown : experiment -> settings that the model does not know, and which were therefore not made.
    failed : experiment -> (patients left out because their run failed, patients in all).
    """

    rows: tuple[Row, ...]
    experiments: tuple[tuple[Experiment, int], ...]
    unknown: Mapping[str, tuple[str, ...]]
    failed: Mapping[str, tuple[int, int]]

    def curves(self) -> dict[str, tuple[Row, ...]]:
        """Return the rows by the curve or effect they belong to."""
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            found.setdefault(row.target.curve, []).append(row)
        return {name: tuple(rows) for name, rows in found.items()}

    def groups(self) -> dict[str, dict[str, Any]]:
        """Return per group how many curves are scored and inside, and whether the group is large enough."""
        counts: dict[str, dict[str, Any]] = {}
        for rows in self.curves().values():
            verdict = curve_inside(rows)
            if verdict is not None:
                entry = counts.setdefault(rows[0].target.group, {"scored": 0, "inside": 0})
                entry["scored"] += 1
                entry["inside"] += verdict
        return {name: {**entry, "gated": entry["scored"] >= GATED} for name, entry in counts.items()}

    def as_json(self) -> dict[str, Any]:
        """Return the counts, the rows, and what is not scored with its reason."""
        by_group = self.groups()
        counted = [row for row in self.rows if row.counted]
        return {
            "scored": sum(entry["scored"] for entry in by_group.values()),
            "inside": sum(entry["inside"] for entry in by_group.values()),
            "wrong_direction": sum(row.wrong_direction for row in counted),
            "groups": by_group,
            "rows_scored": len(counted),
            "rows_inside": sum(bool(row.inside) for row in counted),
            "levels_scored": sum(row.tolerance.startswith("×/÷") for row in counted),
            "levels_within_1.5": sum(_near(row) for row in counted),
            "contrasts": {
                kind.name.lower(): sum(
                    row.contrast is not None and order(row.contrast) is kind for row in counted
                )
                for kind in Order
            },
            "unscored": [
                {
                    "id": row.target.id,
                    "curve": row.target.curve,
                    "group": row.target.group,
                    "reason": why(row),
                }
                for row in self.rows
                if not row.counted
            ],
            "rows": [_as_json(row) for row in self.rows],
            "experiments": [e.as_json() | {"patients": n} for e, n in self.experiments],
            "settings_not_in_the_model": {name: list(names) for name, names in self.unknown.items()},
            "patients_left_out": {name: {"failed": k, "of": n} for name, (k, n) in self.failed.items()},
        }


def curve_inside(rows: Iterable[Row]) -> bool | None:
    """Return whether at least 70 % of a curve's counted rows are inside; None if none counts."""
    marks = [bool(row.inside) for row in rows if row.counted]
    return sum(marks) >= SHARE * len(marks) - ROUNDING if marks else None


def _contrasts(rows: Iterable[Row]) -> dict[str, int]:
    """Return how many pairs of groups lie the same way as in their study, or not."""
    kinds = [order(row.contrast) for row in rows if row.contrast is not None]
    return {kind.name.lower(): kinds.count(kind) for kind in Order}


def _near(row: Row) -> bool:
    """Return whether a level is within ×/÷ 1.5, as if all laboratories were the one fitted."""
    if not row.tolerance.startswith("×/÷") or not row.model or not row.published or row.model < 0:
        return False
    return 1 / WITHIN_LABORATORY <= row.model / row.published <= WITHIN_LABORATORY


def why(row: Row) -> str:
    """Return why a row is not counted."""
    if row.inside is not None and not row.target.scored:
        return f"not scored in the table of published rows: {row.target.statistic or row.target.confidence}"
    return row.reason


def _as_json(row: Row) -> dict[str, Any]:
    t = row.target
    return {
        "id": t.id, "group": t.group, "curve": t.curve, "population": t.population, "variable": t.variable,
        "time": t.time, "published": t.text if t.value is None else t.value, "compared_with": row.published,
        "model": row.model, "unit": row.unit, "accepted": row.accepted, "tolerance": row.tolerance,
        "inside": row.inside, "wrong_direction": row.wrong_direction, "counted": row.counted,
        "contrast": row.contrast,
        "experiment": row.experiment, "reason": row.reason, "source": t.source,
    }  # fmt: skip


def check_of(target: Target) -> Check | Unscored:
    """Return how a published row is compared, or why it is not."""
    if target.section == "B":
        return Unscored("trial arm: waits for virtual trials", treated=True)
    if not target.scored and target.group != "endotoxin":
        said = target.statistic or target.confidence
        return Unscored(f"not scored in the table of published rows: {said}")
    file = FILES.get(target.group, target.group)
    found = import_module(f"cytostorm.credibility.experiments.{file}").check_of(target)
    assert isinstance(found, (Check, Unscored))
    return found


def calibration(
    values: Mapping[str, str | float] | None = None,
    *,
    group: str | None = None,
    patients: int | None = None,
    seed: int = 0,
    progress: Progress | None = None,
    recruit: Recruit | None = None,
) -> Table:
    """Return published rows of untreated people beside the model; no call keeps anything for the next.

    values : numbers of the model to try, name -> text with unit or number in the declared unit.
    group : name of one group of rows; None is all.
    patients : virtual patients in each experiment; None is what each experiment says.
    seed : the same seed gives the same people, and the same table.
    progress : called with patients done and patients in all.
    recruit : gives the people of an experiment in another way than by simulating the library's models.

    Raises InputError for an unknown group, and for values that no model of the experiments has.
    """
    checks = [pair for pair in _checks(group) if not pair[1].treated]
    return _beside(checks, values, patients=patients, seed=seed, progress=progress, recruit=recruit)[0]


def treatment(
    values: Mapping[str, str | float] | None = None,
    *,
    group: str | None = None,
    patients: int | None = None,
    seed: int = 0,
    progress: Progress | None = None,
    recruit: Recruit | None = None,
) -> Table:
    """Return published rows of treated people beside the model, as `calibration` does the others."""
    checks = [pair for pair in _checks(group) if pair[1].treated]
    return _beside(checks, values, patients=patients, seed=seed, progress=progress, recruit=recruit)[1]


def both(
    values: Mapping[str, str | float] | None = None,
    *,
    group: str | None = None,
    patients: int | None = None,
    seed: int = 0,
    progress: Progress | None = None,
    recruit: Recruit | None = None,
) -> tuple[Table, Table]:
    """Return (untreated, treated) rows beside the model, as `calibration` and `treatment` do."""
    return _beside(_checks(group), values, patients=patients, seed=seed, progress=progress, recruit=recruit)


Pair = tuple[Target, Check | Unscored]


def _checks(group: str | None) -> list[Pair]:
    return [(target, check_of(target)) for target in load(group)]


def _beside(
    checks: Sequence[Pair],
    values: Mapping[str, str | float] | None,
    *,
    patients: int | None,
    seed: int,
    progress: Progress | None,
    recruit: Recruit | None,
) -> tuple[Table, Table]:
    """Return the tables of untreated and of treated rows; what both need is simulated once."""
    needed = _experiments(check for _, check in checks)
    work = Work(values or {}, patients, seed)
    people_of = work.of if recruit is None else recruit
    found: dict[int, Row] = {}
    people: dict[str, People | str] = {}
    total, done = sum(patients or e.patients for e in needed), 0
    for experiment in needed:
        people[experiment.name] = people_of(experiment)
        done += patients or experiment.patients
        if progress is not None:
            progress(done, total)
        for place, (target, check) in enumerate(checks):
            if place not in found and _ready(check, people):
                assert isinstance(check, Check)
                found[place] = _row(target, check, people)
        waiting = [check for place, (_, check) in enumerate(checks) if place not in found]
        names = {e.name for e in _experiments(waiting)}
        people = {name: who for name, who in people.items() if name in names}  # a run can be large
    work.refuse_unused()
    rows = [found[place] if place in found else _without(*pair) for place, pair in enumerate(checks)]
    apart = []
    for treated in (False, True):
        own = [place for place, (_, check) in enumerate(checks) if check.treated is treated]
        took_part = {e.name: e for e in _experiments(checks[place][1] for place in own)}
        apart.append(
            Table(
                tuple(rows[place] for place in own),
                tuple((e, patients or e.patients) for e in took_part.values()),
                {name: lacks for name, lacks in work.unknown.items() if name in took_part},
                {name: left for name, left in work.failed.items() if name in took_part},
            )
        )
    return apart[0], apart[1]


def _experiments(checks: Iterable[Check | Unscored]) -> list[Experiment]:
    """Return what must be simulated, each once, in the order it is asked for."""
    found: dict[str, Experiment] = {}
    for check in checks:
        for experiment in check.experiments if isinstance(check, Check) else ():
            if found.setdefault(experiment.name, experiment) is not experiment:
                raise InputError(
                    f"two experiments are called {experiment.name!r}", "one name for each", "rename one"
                )
    return list(found.values())


def _ready(check: Check | Unscored, people: Mapping[str, People | str]) -> bool:
    return isinstance(check, Check) and all(e.name in people for e in check.experiments)


def _row(target: Target, check: Check, people: Mapping[str, People | str]) -> Row:
    """Return a row; one whose experiment could not be simulated is outside."""
    given = [people[e.name] for e in check.experiments]
    for who in given:
        if isinstance(who, str):
            label = "; ".join(e.label for e in check.experiments)
            return Row(target, label, target.value, None, row_unit(target), inside=False, reason=who)
    return check.judge(target, [who for who in given if isinstance(who, People)])


def _without(target: Target, check: Check | Unscored) -> Row:
    if isinstance(check, Check):
        return check.judge(target, [])
    return Row(target, "", target.value, None, row_unit(target), reason=check.reason)
