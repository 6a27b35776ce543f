"""What a command is aimed at, a trigger's name or a scenario file, and the options that change it."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from cytostorm.scenario import Scenario


class Count(click.IntRange):
    """A whole number between two others, asked for in plain words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number; say what it must be if it is none."""
        try:
            number = int(value)
        except (TypeError, ValueError, OverflowError):
            self.fail(f"{value!r} is not a whole number from {self.min:,} to {self.max:,}", param, ctx)
        return super().convert(number, param, ctx)


def no_nan(_: click.Context, __: click.Parameter, value: float | None) -> float | None:
    """Return the value of an option; refuse what is no number."""
    if value is not None and math.isnan(value):
        raise click.BadParameter("nan is not a finite number")
    return value


SEED = click.option("--seed", type=Count(0, 2**63 - 1), help="Start of the random numbers.")
CHANGES = click.option(
    "--set", "changes", multiple=True, metavar="NAME=VALUE", help="Set a number of the model; repeatable."
)
INCLUDE = click.option(
    "--include", multiple=True, metavar="NAME", help="Add a mechanism, also one of yours; repeatable."
)
SEVERITY = click.option(
    "--severity", metavar="NAME", help="How bad it is, such as storm; cytostorm list says which there are."
)
OVERLAY = click.option(
    "--overlay",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Numbers that replace those of the library, as cytostorm calibrate writes them.",
)
GIVE = click.option(
    "--give",
    multiple=True,
    metavar="ORDER",
    help='Give a drug, "tocilizumab 8 mg/kg at day 3", or a regimen, '
    '"tocilizumab, CAR-T CRS label at day 4". '
    "Repeatable.",
)
UNSAFE = click.option(
    "--allow-unsafe", "unsafe", is_flag=True, help="Give also what breaks the limits of a drug, and say so."
)
HOURS = click.option("--hours", metavar="HOURS", help='Length of the run: hours, or text such as "2 d".')


def is_file(target: str) -> bool:
    """Return whether a target names a file."""
    return target.lower().endswith(".toml") or "/" in target or "\\" in target or Path(target).is_file()


def scenario_of(target: str) -> Scenario:
    """Return the scenario of a file, or of a trigger by its name."""
    from cytostorm.library.catalogue import recipe
    from cytostorm.scenario import from_values, read

    if is_file(target):
        return read(target)
    return from_values({"trigger": {"name": recipe(target).name}})


def changed_by(
    scenario: Scenario,
    *,
    patients: int | None = None,
    seed: int | None = None,
    hours: str | None = None,
    severity: str | None = None,
    changes: tuple[str, ...] = (),
    unsafe: bool = False,
) -> Scenario:
    """Return the scenario with what the options say."""
    from cytostorm.scenario import assignment, changed

    said: dict[tuple[str | int, ...], tuple[Any, str]] = {}
    if patients is not None:
        said["population", "patients"] = (patients, f"--patients {patients}")
    if seed is not None:
        said["population", "seed"] = (seed, f"--seed {seed}")
    if hours is not None:
        said["output", "hours"] = (_hours(hours), "--hours")
    if severity is not None:
        said["trigger", "severity"] = (severity, f"--severity {severity}")
    if unsafe:
        said["unsafe",] = (True, "--allow-unsafe")
    for text in changes:
        path, value = assignment(text, scenario)
        said[path] = value
    return changed(scenario, said) if said else scenario


def overlaid(scenario: Scenario, file: Path) -> Scenario:
    """Return the scenario with the numbers of an overlay, where neither it nor its trigger sets them."""
    from cytostorm.infer import overlay
    from cytostorm.library.catalogue import numbers_for, trigger_parameter
    from cytostorm.scenario import assignment, build, changed

    model = build(changed_by(scenario, patients=1)).model
    trigger = scenario.trigger
    set_here = {
        *numbers_for(trigger.name, trigger.severity or ""),
        *(trigger_parameter(trigger.name, short) for short in trigger.parameters),
        *(f"person.{short}" for short in scenario.person),
        *scenario.parameters,
    }
    said: dict[tuple[str | int, ...], tuple[Any, str]] = {}
    for name, value in overlay.load(file).changes(model).items():
        if name not in set_here:
            path, (text, _) = assignment(f"{name}={value}", scenario)
            said[path] = (text, f"--overlay {file.name}, {name}")
    return changed(scenario, said) if said else scenario


def _hours(text: str) -> str | float:
    """Return a bare number as hours, text with a unit as it is."""
    try:
        return float(text)
    except ValueError:
        return text
