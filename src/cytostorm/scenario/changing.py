"""Values set beside the file: `--set il6.half_life="25 min"` and its like."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cytostorm.errors import InputError
from cytostorm.scenario.fields import Scenario
from cytostorm.scenario.places import Path
from cytostorm.scenario.reading import from_values
from cytostorm.scenario.values import MAX_NOTE, shown

PERSON = "person"


def changed(scenario: Scenario, changes: Mapping[Path, tuple[Any, str]]) -> Scenario:
    """Return the scenario with other values.

    changes : path of each value -> the value, and how it was written, for messages.
    Raises ScenarioError if a value cannot be used.

    >>> from cytostorm.scenario import loads
    >>> one = loads('trigger = {name = "endotoxin"}')
    >>> changed(one, {("population", "patients"): (5, "--patients 5")}).population.patients
    5
    """
    data = scenario.model_dump(exclude_unset=True)
    source = scenario.source
    for path, (value, written) in changes.items():
        table = data
        for part in path[:-1]:
            table = table.setdefault(str(part), {})
        table[str(path[-1])] = value
        source = source.with_option(path, f"option {written}")
        if path[0] in ("trigger", PERSON):
            data.get("parameters", {}).pop(_full(scenario, path), None)
    return from_values(data, source)


def including(scenario: Scenario, names: Iterable[str]) -> Scenario:
    """Return the scenario with further mechanisms beside those it names itself.

    >>> from cytostorm.scenario import loads
    >>> including(loads('trigger = {name = "endotoxin"}'), ["il6"]).model.include
    ('il6',)
    """
    inside = list(scenario.model.include)
    source = scenario.source
    for name in names:
        if name not in inside:
            source = source.with_option(("model", "include", len(inside)), f"option --include {shown(name)}")
            inside.append(name)
    data = scenario.model_dump(exclude_unset=True)
    data["model"] = {"include": inside}
    return from_values(data, source)


def assignment(text: str, scenario: Scenario) -> tuple[Path, tuple[str, str]]:
    """Return where "name=value" belongs in a scenario, the value, and how it was written.

    Raises InputError if it is no such text.
    """
    name, equals, value = text.partition("=")
    name, value = name.strip(), value.strip().strip("\"'").strip()
    if not equals or not name or not value or len(text) > MAX_NOTE:
        raise InputError(
            f"--set {shown(text)} cannot be read",
            "name=value",
            'write such as --set endotoxin.dose="1 ng/kg"',
        )
    owner, _, short = name.partition(".")
    path: Path = ("parameters", name)
    if short and owner == PERSON:
        path = (PERSON, short)
    elif (
        short
        and short != "name"
        and (owner == scenario.trigger.name or _full(scenario, ("trigger", short)) == name)
    ):
        path = ("trigger", short)
    return path, (value, f"--set {name}")


def _full(scenario: Scenario, path: Path) -> str:
    """Return the full name of a parameter that stands in the table of the trigger or of the person."""
    from cytostorm.library.catalogue import trigger_parameter

    if path[0] == PERSON:
        return f"{PERSON}.{path[1]}"
    return trigger_parameter(scenario.trigger.name, str(path[1]))
