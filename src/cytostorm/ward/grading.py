"""Scores and criteria of real patients, day by day, from a long table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cytostorm.criteria.catalogue import everything, find
from cytostorm.criteria.definition import Definition
from cytostorm.criteria.evaluate import Graded, evaluate, worse
from cytostorm.criteria.facts import Fact
from cytostorm.errors import InputError
from cytostorm.ward.analyte import TWINS
from cytostorm.ward.derived import with_derived
from cytostorm.ward.kidney import compared
from cytostorm.ward.slots import BY_MASS, Array, Readings, Slots, counted, split

EVERY = {"day": 24.0, "stay": np.inf}
CARRY = {"SOFA": np.inf, "SOFA-2": np.inf, "Sepsis-3": 0.0}
"""Hours for which a score's own rule lets a value stand for later ones; others have no such rule."""
WINDOWS = {"KDIGO-AKI": 24.0}
"""Hours looked back on where a definition's window is that of its comparison."""
LASTING = frozenset({
    "age", "weight", "female", "immunosuppressed", "haemophagocytosis", "comorbidities", "chronic_health",
    "sjia",
    "immune_cells", "molecular_diagnosis", "scale_2", "sofa_baseline", "nk_low", "covid_pcr",
    "covid_symptoms",
    "ground_glass", "alt_upper", "ast_upper", "creatinine_upper", "ferritin_upper", "ldh_upper",
})  # fmt: skip
"""Facts that hold for the whole stay, before they were written down as well."""
FROM_SOFA = {
    "sofa": ("resp", "coag", "liver", "cv", "cns", "renal"),
    "sofa4": ("resp", "cv", "liver", "renal"),
}
"""Facts that are sums of items of SOFA."""
PRESSORS = ("noradrenaline", "adrenaline", "dopamine", "phenylephrine")
MOST_ROWS = 150_000_000
COLUMNS = ("patient", "day", "score", "part", "low", "high", "complete", "known", "of")


def grade(
    table: pd.DataFrame, scores: Sequence[str] | None = None, every: str | float = "day", *,
    carry: float | None = None, parts: str = "all",
) -> pd.DataFrame:  # fmt: skip
    """Return what scores say of each patient on each day.

    table : a long table, as read_table returns.
    scores : names of definitions; None for all of which the table knows something that changes.
    every : "day", "stay" for one grade of each patient, or hours of a stretch. Days count from a patient's
        time 0;
        all from the first to the last entry are graded, those without entries too.
    carry : hours for which the last value stands where there is none; None for what each score's own rule
        says
        (`CARRY`), which is no carrying at all if there is no rule.
    parts : "all", or "answers" without the items.
    The worst value of each definition's window before the end of the day counts. Columns: patient, day,
    score,
    part, low and high (the unknown taken as normal, and as worst), complete, and known of how many facts.
    Raises InputError if a score is unknown, the table is none, or it is too large.
    """
    if parts not in ("all", "answers"):
        raise InputError(f"parts is {parts!r}", "'all' or 'answers'", "choose one")
    stay = Stay.of(table, _hours(every))
    chosen = [find(s) for s in scores] if scores is not None else stay.known()
    rows = stay.slots.size * sum(len(_shown(d, parts)) for d in chosen)
    if rows > MOST_ROWS:
        raise InputError(
            f"the grades would have {rows:,} rows", f"at most {MOST_ROWS:,}",
            'name fewer scores, say parts="answers", or grade parts of the table',
        )  # fmt: skip
    frames = [stay.frame(d, stay.graded(d, carry), _shown(d, parts)) for d in chosen]
    if not frames:
        return pd.DataFrame({c: [] for c in COLUMNS})
    categories = [d.name for d in chosen], list(dict.fromkeys(p for d in chosen for p in _shown(d, parts)))
    for frame in frames:
        frame["score"] = pd.Categorical(frame["score"], categories=categories[0])
        frame["part"] = frame["part"].cat.set_categories(categories[1])
    return pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]


def _hours(every: str | float) -> float:
    hours = EVERY.get(every, np.nan) if isinstance(every, str) else float(every)
    if not hours > 0:
        raise InputError(f"every is {every!r}", "'day', 'stay', or hours", "choose one")
    return hours


def _shown(definition: Definition, parts: str) -> list[str]:
    return [p.name for p in (definition.parts if parts == "all" else definition.answers)]


@dataclass(frozen=True)
class Stay:
    """Readings of patients, ready to be graded.

    found : readings of each analyte, with those that follow from them. names : of patients, by their places.
    """

    found: dict[str, Readings]
    names: NDArray[np.object_]
    slots: Slots

    @classmethod
    def of(cls, table: pd.DataFrame, every: float) -> Stay:
        """Return the readings of a long table."""
        found, names = split(table)
        patient = np.concatenate([r.patient for r in found.values()]) if found else np.empty(0, np.int64)
        time = np.concatenate([r.time for r in found.values()]) if found else np.empty(0)
        slots = Slots.of(patient, time, len(names), every)
        return cls(_flags(with_derived(found)), names, slots)

    def known(self) -> list[Definition]:
        """Return the definitions of which something is known beside what holds for the whole stay."""
        told = set(self.found) - LASTING
        return [d for d in everything().values() if any(f.name in told for f in d.facts)]

    def graded(self, definition: Definition, carry: float | None = None) -> Graded:
        """Return what a definition says of each stretch of each patient."""
        hours = CARRY.get(definition.name, 0.0) if carry is None else carry
        of_sofa = [f.name for f in definition.facts if f.name in FROM_SOFA and f.name not in self.found]
        limited = any(self.found[f.name].limit is not None for f in definition.facts if f.name in self.found)
        if not of_sofa and not limited:
            return _evaluated(definition, *self._columns(definition, hours, bad=True))
        sofa = None if not of_sofa else self.sofa if carry is None else self.graded(find("SOFA"), carry)
        both = []
        for bad in (False, True):
            columns, others = self._columns(definition, hours, bad=bad)
            if sofa is not None:
                of = sofa.high if bad else sofa.low
                columns |= {name: np.sum([of[i] for i in FROM_SOFA[name]], axis=0) for name in of_sofa}
            both.append(_evaluated(definition, columns, others))
        low, high = both
        complete = low.complete if sofa is None else low.complete & sofa.complete
        missing = {**high.missing, **({} if sofa is None else dict.fromkeys(of_sofa, ~sofa.complete))}
        return Graded(definition, low.low, high.high, complete, low.known, missing)

    @cached_property
    def sofa(self) -> Graded:
        """SOFA by its own rule."""
        return self.graded(find("SOFA"))

    def _columns(
        self, definition: Definition, carry: float, *, bad: bool
    ) -> tuple[dict[str, Array], dict[str, Array]]:
        """Return what counts of each fact, and the other side where both may be worse.

        bad : whether what is beyond a kit's limit is as bad as it may be, or as harmless.
        """
        window = WINDOWS.get(definition.name, definition.window)
        columns: dict[str, Array] = {definition.facts[0].name: np.full(self.slots.size, np.nan)}
        others: dict[str, Array] = {}
        asked = {f.name for f in definition.facts}
        for fact in definition.facts:
            held = TWINS.get(fact.name) in asked
            readings = self.found.get(f"{fact.name}{BY_MASS}" if held else fact.name)
            if readings is not None:
                columns[fact.name], other = self._one(fact, readings, window, carry, bad=bad)
                if other is not None:
                    others[fact.name] = other
        if {"pao2", "fio2"} <= asked:
            columns |= self._breath(columns, window, carry)
        if "creatinine_baseline" in asked:
            columns |= compared(self.slots, self.found)
        return columns, others

    def _one(
        self, fact: Fact, readings: Readings, window: float, carry: float, *, bad: bool
    ) -> tuple[Array, Array | None]:
        if fact.name not in LASTING:
            return counted(self.slots, fact, readings, window, carry=carry, bad=bad)
        values = self.slots.carried(self.slots.reduced(readings, window, "last"), np.inf)
        first = np.full(len(self.names), np.nan)
        first[readings.patient[::-1]] = readings.value[::-1]
        return np.where(np.isnan(values), first[self.slots.patient], values), None

    def _breath(self, columns: Mapping[str, Array], window: float, carry: float) -> dict[str, Array]:
        """Return PaO2 and the share of oxygen of the moment at which their ratio was lowest.

        The lowest PaO2 and the highest share of a day need not be of one moment. PaO2 without a share that
        was written down before has none.
        """
        pf, pao2 = self.found.get("pf"), columns.get("pao2")
        if pao2 is None or "pao2" not in self.found:
            return {}
        shares = np.where(np.isnan(pao2), columns.get("fio2", np.nan), np.nan)
        if pf is None or "fio2" not in self.found:
            return {"fio2": shares}
        ratio = self.slots.carried(self.slots.reduced(pf, window, "low"), carry)
        at = _pressures(self.found["pao2"], pf)
        which, place = self.slots.places(pf, window)
        order = np.argsort(-pf.value[which], kind="stable")
        lowest = np.full(self.slots.size, np.nan)
        lowest[place[order]] = at[which[order]]
        lowest = self.slots.carried(lowest, carry)
        both = ~np.isnan(lowest)
        return {
            "pao2": np.where(both, lowest, pao2),
            "fio2": np.where(both, np.clip(lowest / ratio, 0.15, 1.0), shares),
        }

    def frame(self, definition: Definition, graded: Graded, parts: Iterable[str]) -> pd.DataFrame:
        """Return grades as rows, patient by patient and day by day."""
        names, n = list(parts), self.slots.size
        days = (
            self.slots.number if np.isinf(self.slots.every) else self.slots.number * self.slots.every / 24.0
        )
        whole = days.astype(np.int64) if (days == np.floor(days)).all() else days
        across = lambda column: np.repeat(column, len(names))
        return pd.DataFrame({
            "patient": pd.Categorical.from_codes(across(self.slots.patient), categories=list(self.names)),
            "day": across(whole),
            "score": definition.name,
            "part": pd.Categorical.from_codes(np.tile(np.arange(len(names)), n), categories=names),
            "low": np.column_stack([graded.low[p] for p in names]).ravel(),
            "high": np.column_stack([graded.high[p] for p in names]).ravel(),
            "complete": across(graded.complete),
            "known": across(graded.known.astype(np.int16)),
            "of": np.int16(len(definition.facts)),
        })  # fmt: skip


def _evaluated(definition: Definition, columns: dict[str, Array], others: dict[str, Array]) -> Graded:
    """Return grades by columns; by those with other sides as well, if there are any, whichever is worse."""
    first = evaluate(definition, columns)
    return worse(first, evaluate(definition, {**columns, **others})) if others else first


def _pressures(pao2: Readings, pf: Readings) -> Array:
    """Return the PaO2 behind each ratio; NaN where a ratio was measured itself."""
    from cytostorm.ward.derived import at

    place = at(pao2, pf.patient, pf.time)
    return np.where(place >= 0, pao2.value[np.maximum(place, 0)], np.nan)


def _flags(found: dict[str, Readings]) -> dict[str, Readings]:
    """Return readings with the yes and no that follow from doses and shares."""
    out = dict(found)
    given = [found[p] for p in PRESSORS if p in found]
    for name, parts, limit in (
        ("vasopressor", given, 0.0),
        ("on_oxygen", [found["fio2"]] if "fio2" in found else [], 0.21),
    ):
        if parts and name not in out:
            columns = [
                np.concatenate(x) for x in zip(*((r.patient, r.time, r.value) for r in parts), strict=True)
            ]
            out[name] = Readings(columns[0], columns[1], (columns[2] > limit).astype(float)).sorted()
    return out
