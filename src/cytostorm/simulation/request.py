"""What was asked of a run, checked before anything is computed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import sympy
from numpy.typing import NDArray

from cytostorm.codegen import Kernel, kernel
from cytostorm.errors import InputError
from cytostorm.model import Dose, Model, Observable, Regimen, Rule
from cytostorm.model.quantity import Quantity
from cytostorm.model.rule import limit_of, quantity_of
from cytostorm.simulation.course import Engine, Task
from cytostorm.simulation.engine.oracle import Oracle
from cytostorm.simulation.look import Seen, look_at
from cytostorm.simulation.policy import Policy
from cytostorm.simulation.solvers.rodas5p import Rodas5P
from cytostorm.simulation.summaries import Gathering

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
MAX_VALUES = 2_000_000_000
"""Most numbers a Run may hold (16 GB); more is refused before anything is computed."""
ENGINES = ("native", "numpy")
PRECISIONS = ("float64", "float32")
RTOL = {"float64": 1e-6, "float32": 1e-4}
"""Relative tolerance unless one is asked for."""
FINEST_SINGLE = 1e-5
"""Smallest relative tolerance that single precision can follow."""


@dataclass(frozen=True)
class Request:
    """A run as it was asked for; `of` checks and completes it."""

    model: Model
    plan: Regimen
    policy: Policy | None
    grid: Array
    kept: dict[str, Quantity]
    gathering: Gathering
    settings: Rodas5P
    engine: str
    precision: str
    threads: int
    varying: tuple[int, ...] = ()
    people: str = ""
    unsafe: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, model: Model, regimen: Any, times: Any, quantities: Sequence[str] | None, **how: Any
    ) -> Request:
        """Return what was asked; see `simulate` for the arguments.

        how : policy, solver, rtol, summaries, engine, precision, threads, unsafe.
        """
        if not isinstance(model, Model):
            raise InputError(f"model is {model!r}", "a model", "make one: cytostorm.model_for('endotoxin')")
        engine = _one_of("engine", how["engine"], ENGINES)
        precision = _one_of("precision", how["precision"], PRECISIONS)
        if (engine, precision) == ("numpy", "float32"):
            raise InputError("engine 'numpy' cannot run in float32", "float64", "leave precision out")
        if how["policy"] is not None and precision == "float32":
            raise InputError(
                "a policy cannot be followed in float32: nobody knows its limits", "float64",
                "leave precision out, or write the policy as rules",
            )  # fmt: skip
        request = cls(
            model=model,
            plan=_plan(regimen).allow_unsafe() if how.get("unsafe") else _plan(regimen),
            policy=_policy(how["policy"]),
            grid=_grid(times),
            kept=_kept(model, quantities),
            gathering=Gathering.of(model, how["summaries"]),
            settings=_settings(how["solver"], how["rtol"], precision),
            engine=engine,
            precision=precision,
            threads=_threads(how["threads"]),
        )
        request.check_summaries()
        if precision == "float32":
            request.check_single()
        return request

    def check_single(self) -> None:
        """Raise InputError if a rule looks at what jumps, or at zero: nothing says how near it was."""
        for rule in self.plan.rules:
            for condition in rule.when:
                quantity = quantity_of(self.model, condition)
                jumps = isinstance(quantity, Observable) and bool(quantity.expression.has(sympy.Piecewise))
                if limit_of(condition) == 0.0 or jumps:
                    raise InputError(
                        f"rule {rule.text()[:60]!r} cannot be followed in float32: how near "
                        f"{condition.quantity!r} is to its limit is not seen",
                        "limits above zero of quantities that do not jump",
                        "use precision='float64'",
                    )

    def within_limits(self, cohort: xr.Dataset | None, *, anybody: bool = False) -> Request:
        """Return the request with its plan held to limits, and what it breaks of them.

        anybody : people are not drawn yet. Raises InputError if it breaks a limit and may not.
        """
        if not (self.plan.given or self.plan.gates):
            return self
        from cytostorm.formulary.baseline import typical
        from cytostorm.formulary.caps import capped
        from cytostorm.formulary.limits import refuse, unchecked

        model = typical(self.model, cohort)
        broken, unknown = refuse(model, self.plan), unchecked(model, self.plan)
        plan = capped(self.model, self.plan, cohort, anybody=anybody)
        return replace(self, plan=plan, unsafe=broken, unchecked=unknown)

    def check_summaries(self) -> None:
        """Raise InputError if there is no time to sum up, or a summary would take another quantity's name."""
        if self.gathering.sums and self.grid[-1] == 0.0:
            raise InputError(
                "summaries are asked of a run that ends at 0 h", "a last time above zero", "give times"
            )
        for summary in self.gathering.summaries:
            if summary.name in self.kept:
                raise InputError(
                    f"summary {summary.text()!r} would be called {summary.name!r}, as a quantity is",
                    "another name", "leave one of the two out",
                )  # fmt: skip

    def for_people(self, p: Array) -> Request:
        """Return the request with the rows of the parameters (parameter, patient) that differ between people.

        What the model lets vary counts as varying, whoever the people are: one engine then serves them all.
        """
        declared = {k for k, q in enumerate(self.model.parameters) if q.spread is not None or q.covariate}
        with np.errstate(invalid="ignore"):
            differing = np.flatnonzero(~(p == p[:, :1]).all(axis=1))
        people = hashlib.sha256(np.ascontiguousarray(p).tobytes()).hexdigest()[:16]
        return replace(self, varying=tuple(sorted(declared | set(differing.tolist()))), people=people)

    @cached_property
    def programs(self) -> Kernel:
        """The model's programs."""
        return kernel(self.model, self.engine)

    @cached_property
    def task(self) -> Task:
        """What all blocks of patients share."""
        return self._task(self.precision, self.settings)

    @cached_property
    def exact(self) -> Task:
        """The same in double precision, for patients who come near a limit in single precision."""
        return self._task("float64", Rodas5P(rtol=min(self.settings.rtol, RTOL["float64"])))

    def _task(self, precision: str, settings: Rodas5P) -> Task:
        driver = self._driver(precision)
        rest = (self.plan, self.policy, self.grid, self.kept, settings, self.gathering)
        # who fails in single precision is run again in double from the start
        return Task(self.model, self.programs, driver, *rest, retries=precision == "float64")

    def _driver(self, precision: str) -> Engine:
        system, noted = self.programs.system, self.gathering.noted
        seen = tuple(Seen(str(q.name), q.factor) for q in self.kept.values())
        if self.engine == "numpy":
            return Oracle(self.programs, look_at(system, seen, "numpy"), noted)
        from cytostorm.simulation.engine.native import native

        return native(system, seen, noted, varying=self.varying, precision=precision, threads=self.threads)


def _plan(regimen: Regimen | Dose | Rule | None) -> Regimen:
    if regimen is None:
        return Regimen()
    if isinstance(regimen, (Dose, Rule)):
        return Regimen() + regimen
    if not isinstance(regimen, Regimen):
        raise InputError(f"regimen is {regimen!r}", "a Regimen", "write Regimen() + Dose(...)")
    return regimen


def _policy(policy: Policy | None) -> Policy | None:
    if policy is None or isinstance(policy, Policy):
        return policy
    if callable(policy):
        return Policy(policy)
    raise InputError(f"policy is {policy!r}", "a Policy", "write Policy(function, every='24 h')")


def _settings(solver: Rodas5P | None, rtol: float | None, precision: str) -> Rodas5P:
    if solver is not None and rtol is not None:
        raise InputError(
            f"both solver and rtol={rtol} are given", "one of the two", "write solver=Rodas5P(rtol=...)"
        )
    if rtol is not None and (isinstance(rtol, bool) or not isinstance(rtol, (int, float))):
        raise InputError(f"rtol is {rtol!r}", "a number such as 1e-6", "leave out the quotes")
    settings = solver or Rodas5P(rtol=RTOL[precision] if rtol is None else rtol)
    if precision == "float32" and settings.rtol < FINEST_SINGLE:
        raise InputError(
            f"rtol {settings.rtol:g} is beyond single precision", f"{FINEST_SINGLE:g} or more",
            "use precision='float64'",
        )  # fmt: skip
    return settings


def _threads(threads: int | None) -> int:
    if threads is None:
        affinity = getattr(os, "sched_getaffinity", None)
        return len(affinity(0)) if affinity else os.cpu_count() or 1
    if type(threads) is not int or not 1 <= threads <= 1024:
        raise InputError(f"threads is {threads!r}", "1 to 1024", "leave it out for one per core")
    return threads


def _one_of(what: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise InputError(f"{what} is {value!r}", " or ".join(map(repr, known)), "choose one of them")
    return value


def check_size(kept: int, patients: int, moments: int) -> None:
    """Raise InputError if a run would not fit into memory."""
    if kept * patients * moments > MAX_VALUES:
        raise InputError(
            f"{patients} patients x {moments} times x {kept} quantities do not fit into memory",
            f"at most {MAX_VALUES:,} numbers",
            "keep fewer quantities or times, or run the patients in parts",
        )


def _grid(times: Sequence[float] | Array | None) -> Array:
    if times is None:
        return np.linspace(0.0, 48.0, 481)
    wanted = "one or more finite hours from 0 on, each later than the last"
    try:
        grid = np.ascontiguousarray(times, float)
    except (TypeError, ValueError):
        raise InputError(f"times are {str(times)[:60]!r}", wanted, "give numbers of hours") from None
    if grid.ndim != 1 or not grid.size:
        raise InputError(f"times have the shape {grid.shape}", wanted, "give a list of hours")
    if not np.isfinite(grid).all() or (grid < 0).any():
        raise InputError("some of the times are negative or no numbers", wanted, "leave them out")
    if (np.diff(grid) <= 0).any():
        raise InputError("times do not rise", wanted, "sort them and leave out doubles")
    return grid


def _kept(model: Model, names: Sequence[str] | None) -> dict[str, Quantity]:
    if names is None:
        return {o.short: o for o in (*model.labs, *model.scores)} or {s.name: s for s in model.species}
    if isinstance(names, str):
        raise InputError(f"quantities are {names!r}, one text", "a list of names", f"write [{names!r}]")
    return {name: model.quantity(name) for name in names}
