"""Values that replace those of the library, in a file that says where they come from."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from cytostorm import units
from cytostorm._version import __version__
from cytostorm.errors import CytostormError, InputError, did_you_mean
from cytostorm.infer.search import OPTIMISER, Fit
from cytostorm.library.catalogue import modules
from cytostorm.model import Model
from cytostorm.model.quantity import Parameter, check_source
from cytostorm.scenario.fields import Table
from cytostorm.scenario.problems import Problem as Fault
from cytostorm.scenario.reading import parsed, text_of
from cytostorm.scenario.source import Source
from cytostorm.scenario.values import FAULT, fault, shown
from cytostorm.scenario.writing import literal
from cytostorm.simulation.store import Store

HEAD = "# Values that replace those of the library. For research and education only."
FILE = "overlay.toml"
MOST = 10_000
Text = Annotated[str, Field(max_length=MOST)]
Short = Annotated[str, Field(max_length=200)]


class Number(Table):
    """A value with its unit, and where it comes from."""

    value: float = Field(ge=0, lt=1e300)
    unit: Short
    source: Short = "calibrated"
    note: Text

    @model_validator(mode="after")
    def _sound(self) -> Number:
        try:
            units.dimension(self.unit)
            check_source("the value", self.source, self.note)
        except CytostormError as error:
            raise fault(error.thing, error.expected, error.remedy) from None
        return self


class Provenance(Table):
    """How the values were found; with the same of all this, anyone finds the same again.

    models : fingerprint of each model before; table : SHA-256 of the published rows; rows : those used.
    people, people_seed : virtual people in each experiment, and who they are.
    date : left out unless it is given.
    """

    problem: Short
    cytostorm: Short
    models: dict[Short, Short] = Field(default_factory=dict, max_length=MOST)
    table: Short = ""
    people: int = Field(0, ge=0)
    people_seed: int = Field(0, ge=0)
    seed: int = Field(ge=0)
    starts: int = Field(ge=1)
    evaluations: int = Field(ge=1)
    optimiser: Short
    ended: Short
    cost_before: float
    cost_after: float
    date: Short | None = None
    rows: Annotated[tuple[Short, ...], Field(strict=False, max_length=MOST)] = ()


def _flat(value: Any) -> Any:
    """Return macrophage.pace = {...} and "macrophage.pace" = {...} as one name."""
    if not isinstance(value, dict):
        return value
    flat: dict[str, Any] = {}
    for key, inner in value.items():
        nested = isinstance(inner, dict) and inner and all(isinstance(v, dict) for v in inner.values())
        for name, entry in {f"{key}.{k}": v for k, v in inner.items()}.items() if nested else [(key, inner)]:
            if name in flat:
                raise fault(f"{shown(name)} is given twice", "each parameter once", "delete one of the two")
            flat[name] = entry
    return flat


class Overlay(Table):
    """Values that replace those of the library, by the name of the parameter."""

    format: Literal[1] = 1
    provenance: Provenance | None = None
    parameters: Annotated[dict[Short, Number], BeforeValidator(_flat)] = Field(min_length=1, max_length=MOST)

    def changes(self, model: Model) -> dict[str, str]:
        """Return the values of what a model holds, as text with units, for its `replace`.

        Parameters of mechanisms that the model leaves out are left aside, so that one overlay serves
        several models. Raises InputError for a name that neither the model nor any mechanism has.
        """
        found = {}
        for name, number in self.parameters.items():
            if name in _left_out(name, model):
                continue
            found[model.parameter(name).name] = f"{number.value!r} {number.unit}"
        return found

    def apply(self, model: Model) -> Model:
        """Return the model with these values; raise InputError for names and units that do not fit."""
        return model.replace(self.changes(model))


def _left_out(name: str, model: Model) -> list[str]:
    """Return the parameters of the mechanism that a name speaks of, if the model leaves that one out."""
    owner = name.partition(".")[0]
    if owner in {module.name for module in model.modules} or owner not in modules():
        return []
    known = [q.name for q in modules()[owner].quantities.values() if isinstance(q, Parameter)]
    if name not in known:
        raise InputError(
            f"mechanism {owner!r} has no parameter {shown(name)}",
            "one that it has",
            did_you_mean(name, known),
        )
    return known


def of(fit: Fit, date: str | None = None) -> Overlay:
    """Return the overlay of a calibration.

    date : what the file says of when it was made; left out, the same calibration makes the same file.
    """
    about = fit.problem.about
    note = f"to {len(fit.evidence.ids)} published rows, {len(fit.evidence.names)} curves ({fit.problem.name})"
    numbers = {
        free.name: Number(value=fit.values[free.name], unit=free.unit, note=note + _prior(free.prior))
        for free in fit.problem.free
    }
    how = Provenance(
        problem=fit.problem.name, cytostorm=__version__, models=about.get("models", {}),
        table=about.get("table", ""), people=about.get("people", 0),
        people_seed=about.get("people_seed", 0), seed=fit.seed, starts=fit.starts,
        evaluations=fit.evaluations, optimiser=OPTIMISER, ended=fit.ended, cost_before=fit.before,
        cost_after=fit.cost, date=date, rows=fit.evidence.ids,
    )  # fmt: skip
    return Overlay(provenance=how, parameters=numbers)


def _prior(prior: Any) -> str:
    return f", held near {prior.value:g} ×/÷ {prior.factor:g} of {prior.source}" if prior else ""


def save(overlay: Overlay, folder: str | Path) -> Path:
    """Write `overlay.toml` into a folder, whole or not at all, over an earlier one; return where it is."""
    return Store(Path(folder), {}).put(FILE, dumps(overlay))


def load(path: str | Path) -> Overlay:
    """Return the overlay of a TOML file.

    Raises InputError if there is none, or ScenarioError with all that is wrong with it.
    """
    return loads(text_of(path, "an overlay (.toml)"), Path(path).name)


def loads(text: str, name: str = "overlay") -> Overlay:
    """Return the overlay of a TOML text; raise ScenarioError with all that is wrong with it.

    >>> loads('il6.half_life = 1', "mine.toml")
    Traceback (most recent call last):
    cytostorm.scenario.problems.ScenarioError: ...
    """
    data, source = parsed(text, name)
    try:
        return Overlay.model_validate(data)
    except ValidationError as error:
        raise source.error([_fault(one, source) for one in error.errors(include_url=False)]) from None


def _fault(error: ErrorDetails, source: Source) -> Fault:
    """Return what the validator found, with its place."""
    path = tuple(part for part in error["loc"] if part != "[key]")
    where = ".".join(str(part) for part in path) or "the file"
    if error["type"] == FAULT:
        parts = error.get("ctx", {})
        return source.problem(path, f"{where}: {parts['thing']}", parts["expected"], parts["remedy"])
    if error["type"] in ("extra_forbidden", "missing"):
        known = list(_table(path).model_fields)
        near = get_close_matches(str(path[-1]), known, n=1, cutoff=0.6)
        what = "is unknown" if error["type"] == "extra_forbidden" else "is missing"
        remedy = f"did you mean {near[0]!r}?" if what == "is unknown" and near else "see the documentation"
        return source.problem(
            path, f"{shown(where)} {what}", "one of " + ", ".join(known), remedy, at_key=True
        )
    return source.problem(path, f"{where} is {shown(error['input'])}", error["msg"], "correct it")


def _table(path: tuple[int | str, ...]) -> type[BaseModel]:
    if path[:1] == ("parameters",) and len(path) > 2:
        return Number
    return Provenance if path[:1] == ("provenance",) and len(path) > 1 else Overlay


def dumps(overlay: Overlay) -> str:
    """Return an overlay as TOML text that `loads` reads back as the same overlay.

    >>> one = {"value": 2.5, "unit": "1/h", "note": "to the curves of a test"}
    >>> print(dumps(Overlay(parameters={"macrophage.pace": Number(**one)})).splitlines()[-1])
    "macrophage.pace" = {value = 2.5, unit = "1/h", source = "calibrated", note = "to the curves of a test"}
    """
    return "\n".join([HEAD, "", *_lines(overlay)]) + "\n"


def _lines(overlay: Overlay) -> Iterator[str]:
    yield "format = 1"
    if overlay.provenance is not None:
        yield from ("", "[provenance]")
        for key, value in overlay.provenance.model_dump(exclude_none=True).items():
            if isinstance(value, dict):
                inner = ", ".join(f"{literal(k)} = {literal(v)}" for k, v in value.items())
                yield f"{key} = {{{inner}}}"
            else:
                yield f"{key} = {literal(value)}"
    yield from ("", "[parameters]")
    for name, number in overlay.parameters.items():
        entry = ", ".join(f"{key} = {literal(value)}" for key, value in number.model_dump().items())
        yield f"{literal(name)} = {{{entry}}}"
