"""cytostorm calibrate: published results in, an overlay out, and what those results tell of it."""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cytostorm.cli.console import complain, number, out, out_json, progress, table
from cytostorm.cli.main import IN_PART, INTERRUPTED, OK
from cytostorm.cli.target import SEED, Count
from cytostorm.errors import InputError

if TYPE_CHECKING:
    from cytostorm.infer import Fit, Identifiability, Problem, Profile

PROBLEM = "endotoxin"
EDGE = 0.01
"""Share of a range, next to a bound, in which a value counts as held by the bound."""
STRONG = 0.9
"""Correlation from which on two parameters are named."""
EXAMPLE = """\
\b
Examples:
  cytostorm calibrate endotoxin -o calibrated
  cytostorm calibrate endotoxin -o calibrated --resume
  cytostorm calibrate --identifiability calibrated/overlay.toml
  cytostorm run endotoxin --overlay calibrated/overlay.toml

Interrupted, the best values so far are kept; --resume goes on from there.
"""


@click.command("calibrate", epilog=EXAMPLE)
@click.argument("problem", required=False)
@click.option("-o", "--out", "folder", type=click.Path(path_type=Path), help="Folder of the overlay.")
@click.option("--free", multiple=True, metavar="NAME", help="A parameter to fit; repeatable.")
@click.option("--people", type=Count(2, 100_000), help="People in each experiment [default: 30].")
@click.option("--starts", type=Count(1, 1000), default=4, show_default=True, help="Descents made.")
@SEED
@click.option(
    "--evaluations", type=Count(1, 10_000_000), default=400, show_default=True,
    help="Sets of values looked at, at most.",
)  # fmt: skip
@click.option("--resume", is_flag=True, help="Go on in the folder of the same calibration.")
@click.option("--date", metavar="TEXT", help="Date to put into the overlay [default: none].")
@click.option(
    "--identifiability", "overlay", type=click.Path(path_type=Path), metavar="OVERLAY",
    help="Fit nothing; say what the rows tell of the values of an overlay.",
)  # fmt: skip
@click.option(
    "--profile", "profiles", multiple=True, metavar="NAME", help="Also refit around one; repeatable."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def calibrate(
    problem: str | None,
    *,
    folder: Path | None,
    overlay: Path | None,
    profiles: tuple[str, ...],
    as_json: bool,
    **how: Any,
) -> int:
    """Fit numbers of the models to published results.

    PROBLEM is a group of published rows, such as endotoxin [the default] or viral, or all.
    """
    if overlay is not None:
        if folder is not None or how["resume"]:
            raise click.UsageError("--identifiability fits nothing: leave out --out and --resume")
        return _told(problem, overlay, profiles, as_json=as_json)
    if folder is None or profiles:
        raise click.UsageError(
            "--profile needs --identifiability" if profiles else "missing option '-o' / '--out'"
        )
    return _fitted(problem or PROBLEM, folder, how, as_json=as_json)


# --- fitting --------------------------------------------------------------------------------------------


def _fitted(name: str, folder: Path, how: dict[str, Any], *, as_json: bool) -> int:
    from cytostorm import infer
    from cytostorm.infer.published import PEOPLE
    from cytostorm.infer.search import INTERRUPTED as STOPPED

    seed = how["seed"] or 0
    problem = infer.find(name, how["people"] or PEOPLE, seed, how["free"])
    try:
        with progress("sets of values", quiet=as_json and not sys.stderr.isatty(), rate=True) as told:
            fit = infer.calibrate(
                problem, folder, seed=seed, progress=told,
                **{k: how[k] for k in ("starts", "evaluations", "resume")},
            )  # fmt: skip
        place = infer.overlay.save(infer.overlay.of(fit, how["date"]), folder)
    except OSError as error:
        raise InputError(
            f"folder {str(folder)!r} cannot be written: {error.strerror or error}",
            "a folder with room that can be written to",
            "free some; --resume goes on from there",
        ) from error
    if as_json:
        out_json(_fit_as_json(fit, place))
    else:
        _show_fit(fit, place)
    if fit.ended == STOPPED:
        complain(
            f"stopped: {fit.evaluations:,} sets of values are kept in {folder}; --resume goes on from there"
        )
        return INTERRUPTED
    return IN_PART if fit.failed else OK


def _fit_as_json(fit: Fit, place: Path) -> dict[str, Any]:
    from cytostorm._version import __version__
    from cytostorm.cli import summary

    return {
        "problem": fit.problem.name,
        "seed": fit.seed,
        "starts": fit.starts,
        "evaluations": fit.evaluations,
        "failed": fit.failed,
        "ended": fit.ended,
        "cost": {"before": fit.before, "after": fit.cost, "descents": fit.ends},
        "curves": {
            "all": len(fit.evidence.names),
            "inside_before": fit.inside_before,
            "inside_after": fit.inside,
        },
        "parameters": {
            free.name: {"unit": free.unit, "before": free.start, "after": fit.values[free.name]}
            for free in fit.problem.free
        },
        "overlay": str(place),
        "disclaimer": summary.disclaimer(),
        "version": __version__,
    }


def _show_fit(fit: Fit, place: Path) -> None:
    from cytostorm.cli import summary

    rows = []
    for free in fit.problem.free:
        at = free.place(fit.values[free.name])
        remark = "at its lower bound" if at < EDGE else "at its upper bound" if at > 1 - EDGE else ""
        if free.prior is not None:
            remark = ", ".join(
                filter(None, [remark, f"cited: {number(free.prior.value)}, {free.prior.source}"])
            )
        rows.append((free.name, free.unit, number(free.start), number(fit.values[free.name]), remark))
    table(("parameter", "unit", "before", "after", "remark"), rows, right=(2, 3))
    out()
    ends = (
        f"descents ended at {', '.join(map(number, fit.ends))}" if fit.ends else "no descent came to its end"
    )
    out(f"cost: {number(fit.before)} before, {number(fit.cost)} after; {ends}")
    out(f"curves inside: {fit.inside_before} before, {fit.inside} after, of {len(fit.evidence.names)}")
    out(
        f"sets of values: {fit.evaluations:,}, of which {fit.failed:,} with somebody who failed ({fit.ended})"
    )
    out(f"overlay: {place}")
    out(summary.disclaimer())


# --- what the rows tell ---------------------------------------------------------------------------------


def _told(name: str | None, file: Path, profiles: tuple[str, ...], *, as_json: bool) -> int:
    from cytostorm import infer
    from cytostorm.infer.published import PEOPLE

    overlay = infer.overlay.load(file)
    how = overlay.provenance
    problem = infer.find(
        name or (how.problem if how else PROBLEM),
        (how.people if how else 0) or PEOPLE,
        how.people_seed if how else 0,
        overlay.parameters,
    )
    for key, was in (("models", how.models), ("table", how.table)) if how else ():
        if was and problem.about.get(key) != was:
            complain(f"warning: the {key} are not those the overlay was made with")
    values = {free.name: _in_unit(overlay, free.name, free.unit) for free in problem.free}
    found = infer.identifiability(problem, values)
    lines = [infer.profile(problem, values, one) for one in profiles]
    if as_json:
        out_json(_identifiability_as_json(problem, found, lines))
    else:
        _show_identifiability(problem, found, lines)
    return OK


def _in_unit(overlay: Any, name: str, unit: str) -> float:
    from cytostorm import units

    entry = overlay.parameters[name]
    return units.convert(entry.value, entry.unit, unit)


def _pairs(found: Identifiability) -> list[tuple[str, str, float]]:
    """Return the pairs of parameters that move together."""
    names = found.names
    return [
        (one, other, float(found.correlations[k, m]))
        for k, one in enumerate(names)
        for m, other in enumerate(names[:k])
        if abs(found.correlations[k, m]) >= STRONG
    ]


def _identifiability_as_json(
    problem: Problem, found: Identifiability, profiles: list[Profile]
) -> dict[str, Any]:
    from cytostorm._version import __version__
    from cytostorm.cli import summary

    return {
        "problem": problem.name,
        "free": len(found.names),
        "allowed": found.allowed,
        "curves": found.curves,
        "reason": found.reason,
        "parameters": {
            free.name: {
                "unit": free.unit,
                "value": found.values[free.name],
                "standard_error_factor": found.factors[free.name],
            }
            for free in problem.free
        },
        "information": found.information,
        "not_told_apart": [{"factor": d.factor, "shares": dict(d.shares)} for d in found.loose],
        "correlated": [{"names": [a, b], "correlation": c} for a, b, c in _pairs(found)],
        "profiles": {
            p.name: {"values": p.values, "costs": p.costs, "low": p.low, "high": p.high} for p in profiles
        },
        "disclaimer": summary.disclaimer(),
        "version": __version__,
    }


def _show_identifiability(problem: Problem, found: Identifiability, profiles: list[Profile]) -> None:
    from cytostorm.cli import summary

    rows = [
        (free.name, free.unit, number(found.values[free.name]), _times(found.factors[free.name]))
        for free in problem.free
    ]
    table(("parameter", "unit", "value", "known to"), rows, right=(2, 3), keep=4)
    out()
    out(f"free: {len(found.names)} parameters; {found.curves} curves carry {found.allowed} (one for five)"
        + (f"; {found.reason}" if found.reason else ""))  # fmt: skip
    for direction in found.loose:
        shares = ", ".join(f"{name} {share:+.2f}" for name, share in direction.shares)
        out(f"not told apart, up to {_times(direction.factor)}: {shares}")
    if not found.loose:
        out("all are told apart")
    for one, other, correlation in _pairs(found):
        out(f"together: {one} and {other}, correlation {correlation:.2f}")
    for p in profiles:
        low, high = (number(x) if x is not None else "open" for x in (p.low, p.high))
        points = ", ".join(f"{number(v)}: {number(c)}" for v, c in zip(p.values, p.costs, strict=True))
        out(f"profile of {p.name}: from {low} to {high}; cost at {points}")
    out(summary.disclaimer())


def _times(factor: float) -> str:
    return (
        f"×/÷ {factor:.2f}" if factor < 1000 else "×/÷ 1000 and more" if math.isfinite(factor) else "unknown"
    )
