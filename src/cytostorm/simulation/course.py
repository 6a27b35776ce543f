"""The course of a block of patients: from decision to decision, and two more tries for who fails."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from cytostorm.codegen import Kernel
from cytostorm.errors import InputError
from cytostorm.model import Dose, Model, Regimen
from cytostorm.model.dose import NEAR, PER_PERSON
from cytostorm.model.quantity import Quantity
from cytostorm.simulation.block import FATE, Block
from cytostorm.simulation.engine.reference import Reference
from cytostorm.simulation.look import Look, Seen, look_at
from cytostorm.simulation.policy import Policy, Round
from cytostorm.simulation.rules import CLOCK, Log, Term, Watch, moments, terms_of
from cytostorm.simulation.schedule import Marks, Scheduler, is_turn, merged
from cytostorm.simulation.solvers.rodas5p import Rodas5P
from cytostorm.simulation.spacing import Wait
from cytostorm.simulation.status import BAD_INPUT, NO_CONVERGENCE, NONFINITE, OK
from cytostorm.simulation.summaries import Gathering

Array = NDArray[np.float64]
Ids = NDArray[np.int64]
TIGHTER = 0.01
"""Share of the tolerance with which a patient who failed is tried again."""


class Engine(Protocol):
    """What brings patients forward in time."""

    def advance(self, block: Block, settings: Rodas5P, until: float) -> None:
        """Bring the patients in `block.queue` to a time."""


@dataclass(frozen=True)
class Task:
    """What all blocks of patients share."""

    model: Model
    kernel: Kernel
    engine: Engine
    plan: Regimen
    policy: Policy | None
    grid: Array
    kept: dict[str, Quantity]
    settings: Rodas5P
    gathering: Gathering
    retries: bool = True

    @cached_property
    def terms(self) -> list[list[Term]]:
        """The conditions of each rule."""
        return [terms_of(self.model, rule) for rule in self.plan.rules]

    @cached_property
    def waits(self) -> list[Wait]:
        """What each rule waits for."""
        return [Wait.of(self.model, self.plan, rule.dose) for rule in self.plan.rules]

    @cached_property
    def watched(self) -> list[str]:
        """Names that rules look at."""
        return sorted({term.name for terms in self.terms for term in terms} - {CLOCK})

    @cached_property
    def glance(self) -> Look:
        """What rules look at."""
        return look_at(self.kernel.system, tuple(Seen(name) for name in self.watched), self.kernel.engine)

    @cached_property
    def look(self) -> Look:
        """What is sampled."""
        return look_at(self.kernel.system, self.seen, self.kernel.engine)

    @cached_property
    def seen(self) -> tuple[Seen, ...]:
        """What is sampled, in display units."""
        return tuple(Seen(str(q.name), q.factor) for q in self.kept.values())

    @cached_property
    def moments(self) -> Array:
        """Times at which somebody decides."""
        every = self.policy.every if self.policy else None
        asked = moments(self.plan.rules, every, float(self.grid[-1]))
        return merged(Marks(self.grid).snap(merged(asked)))


@dataclass
class Course:
    """A block on its way.

    p : parameters (parameter, patient) in coherent units; out : samples (patient, time, quantity).
    patients : their indices in the cohort; late : a status for all who are not done, as soon as it
    is not zero; tries : by which engine each patient went, at worst.
    """

    task: Task
    p: Array
    out: Array
    patients: Ids
    late: Ids
    log: Log = field(default_factory=Log)
    block: Block = field(init=False)
    tries: Ids = field(init=False)

    def __post_init__(self) -> None:
        """Put everyone at rest at time 0; parameters that are no numbers get the status "bad input"."""
        kernel, p = self.task.kernel, self.p
        bad = ~np.isfinite(p).all(axis=0) | (p < 0).any(axis=0)
        with np.errstate(all="ignore"):
            y, hoisted, thresholds = kernel.initial(p), kernel.hoist(p), kernel.threshold(p)
        inputs = np.zeros((p.shape[1], len(kernel.system.inputs)))
        self.block = block = Block(
            np.ascontiguousarray(y.T), np.ascontiguousarray(p.T), hoisted, inputs,
            self.task.grid if self.task.kept else np.empty(0),
            self.out, self.task.gathering.empty(p.shape[1]), self._fate(y, thresholds), stop=self.late,
        )  # fmt: skip
        self.tries = np.zeros(p.shape[1], np.int64)
        block.fail(np.flatnonzero(bad), BAD_INPUT)
        known = np.isfinite(y).all(axis=0) & np.isfinite(thresholds).all(axis=0)
        block.fail(np.flatnonzero(block.well & ~known), NONFINITE)
        block.start_afresh(np.arange(p.shape[1]), self.task.settings.first)
        self.watch = Watch(self.task.plan.rules, self.task.terms, self.task.waits, p.shape[1])
        marks = Marks(self.task.grid) | self.task.moments
        self.scheduler = Scheduler(self.task.model, kernel, p, self._persons(), marks)

    def _fate(self, y: Array, thresholds: Array) -> Array:
        """Return FATE and thresholds at the start; whose threshold is reached by then dies at once."""
        rows = list(self.task.kernel.system.endings)
        with np.errstate(invalid="ignore"):
            dead = np.asarray((y[rows] >= thresholds).any(axis=0))
        numbers = {"died_at": np.where(dead, 0.0, np.nan), "nearest": np.full(len(dead), np.inf)}
        return np.ascontiguousarray(np.vstack([*(numbers[name] for name in FATE), thresholds]).T)

    def _persons(self) -> dict[str, Array]:
        """Return what doses may be given per of, as the model has it: weight, surface."""
        system = self.task.kernel.system
        rows = {name: k for k, name in enumerate(system.parameters)}
        found = {name: self.p[rows[name]] for name in PER_PERSON.values() if name in rows}
        for name in set(PER_PERSON.values()) & set(system.observables):
            found[name] = look_at(system, (Seen(name),), self.task.kernel.engine)(*self._standing)[0]
        return found

    def run(self) -> None:
        """Go through all moments to the end; failures are NaN throughout, the dead after their death."""
        task, block = self.task, self.block
        everyone = np.flatnonzero(block.well)
        self.scheduler.plan(task.plan, everyone)
        self._expect(everyone, 0.0)
        if task.kept and task.grid[0] == 0.0:
            seen = task.look(*self._standing)
            self.out[everyone, 0] = seen.T[everyone]
            block.count("sample")[:] = 1
        for moment in task.moments.tolist():
            self._advance(moment)
            if block.stop[0]:
                break
            self._decide(moment)
        self._advance(float(task.grid[-1]))
        self._blank_failures()

    def _expect(self, patients: Ids, since: float) -> None:
        events = self.scheduler.orders.events(patients, since)
        self.block.expect(events, patients)

    def _advance(self, until: float) -> None:
        """Bring everyone who is well to a moment; who fails is tried again, ever more carefully."""
        block, task = self.block, self.task
        block.queue = np.flatnonzero(block.alive & (block.number("t") < until))
        task.engine.advance(block, task.settings, until)
        if not task.retries:
            return
        careful = replace(task.settings, rtol=max(task.settings.rtol * TIGHTER, 1e-12))
        reference = Reference(task.kernel, task.look, task.gathering.noted)
        for turn, engine in enumerate((task.engine, reference), start=1):
            status = block.count("status")
            failed = np.isin(status[block.queue], (NONFINITE, NO_CONVERGENCE))
            block.queue = block.queue[failed]
            if not block.queue.size or block.stop[0]:
                break
            status[block.queue] = OK
            block.number("failed_at")[block.queue] = np.nan
            block.start_afresh(block.queue, task.settings.first)
            self.tries[block.queue] = np.maximum(self.tries[block.queue], turn)
            engine.advance(block, careful, until)

    def _decide(self, time: float) -> None:
        """Ask rules and policy; write down what they order."""
        task, block = self.task, self.block
        changed = []
        if task.plan.rules:
            seen = task.glance(*self._standing) if task.watched else ()
            values = dict(zip(task.watched, seen, strict=True))
            values[CLOCK] = block.number("t")
            for rule, who in zip(task.plan.rules, self.watch.look(time, values, block.alive), strict=True):
                self.log.add(time, self.patients[who], f"{rule.text()}: {rule.dose.text()}")
                self.scheduler.add(rule.dose, who, time)
                changed.append(who)
        if task.policy is not None and is_turn(time, task.policy.every):
            for dose, who in self._ask(task.policy, time):
                self.scheduler.check(dose)
                self.log.add(time, self.patients[who], f"policy: {dose.text()}")
                self.scheduler.add(dose, who, time)
                changed.append(who)
        patients = np.unique(np.concatenate(changed)) if changed else np.empty(0, np.int64)
        if patients.size:
            self._expect(patients, time)

    def _ask(self, policy: Policy, time: float) -> list[tuple[Dose, Ids]]:
        """Return what the policy orders."""
        block, task = self.block, self.task

        def read(name: str) -> Array:
            return look_at(task.kernel.system, (Seen(name),), task.kernel.engine)(*self._standing)[0]

        from cytostorm.formulary.caps import capped
        from cytostorm.formulary.limits import refuse

        ward = Round(time, self.patients, block.alive, task.model, read)
        answer = policy.decide(ward)
        if answer is not None:
            raise InputError(
                f"policy returned {type(answer).__name__}",
                "nothing: a policy gives by round.give(dose, who)",
                "write round.give(Dose(...), round['crp'] > 75)",
            )
        held = []
        for dose, who in ward.orders:
            order = Regimen((dose,), unsafe=task.plan.unsafe)
            refuse(task.model, order)
            held += [(d, who) for d in capped(task.model, order, None, anybody=True).doses]
        return held

    @property
    def _standing(self) -> tuple[Array, Array, Array, Array, Array]:
        """Where everyone stands, as a look wants it."""
        block = self.block
        return block.number("t"), block.y, block.p, block.u, block.hoisted

    def _blank_failures(self) -> None:
        """Never pass on a non-finite number as a result: such a patient fails, and is NaN throughout.

        After a death there is nothing, which is no failure.
        """
        block, out = self.block, self.out
        if block.stop[0]:
            undone = block.alive & (block.number("t") < self.task.grid[-1] - NEAR)
            block.fail(np.flatnonzero(undone), int(block.stop[0]))
        after = block.dead[:, None] & (np.arange(out.shape[1]) >= block.count("sample")[:, None])
        out[after] = 0.0
        with np.errstate(all="ignore"):  # a sum is finite only if its terms are
            doubtful = block.well & ~np.isfinite(out.sum(axis=(1, 2)))
        strange = block.alive & (block.count("sample") < len(block.grid))
        never = block.dead & (block.number("t") == 0.0)  # nothing was gathered of them
        strange |= block.well & ~never & ~self.task.gathering.sound(block.sums)
        for patient in np.flatnonzero(doubtful).tolist():
            strange[patient] |= not np.isfinite(out[patient]).all()
        block.fail(np.flatnonzero(strange), NONFINITE)
        out[after | ~block.well[:, None]] = np.nan
        block.sums[~block.well] = np.nan
        block.sums[np.isinf(block.sums)] = np.nan
        block.fate[~block.well, FATE.index("died_at")] = np.nan
