"""Write the report: report.html, which needs nothing else, and summary.json."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xarray as xr

from cytostorm.dataset import DISCLAIMER, check, plain
from cytostorm.errors import InputError, MissingExtraError
from cytostorm.library.recipes import Recipe
from cytostorm.model import Model
from cytostorm.observe import metrics, survival
from cytostorm.observe.acceptance import Comparison
from cytostorm.observe.readout import ScenarioKey
from cytostorm.observe.targets import load
from cytostorm.plot.clock import Clock
from cytostorm.plot.points import published
from cytostorm.report import clinic, compared, dead, figures, tables
from cytostorm.report.course import Published
from cytostorm.report.endotoxin import DOSE, scenario_of
from cytostorm.report.files import MARKER, NUMBERS, PAGE, folder_of, mark, put, render
from cytostorm.report.numbers import percent
from cytostorm.report.overlay import published_points
from cytostorm.report.tables import References

__all__ = ["MARKER", "NUMBERS", "PAGE", "write"]


def write(
    run: xr.Dataset,
    folder: str | Path,
    *,
    model: Model,
    cohort: xr.Dataset | None = None,
    comparison: Comparison | None = None,
    title: str = "",
    limits: Sequence[str] = (),
    references: References | None = None,
    recipe: Recipe | None = None,
    severity: str = "",
    loop: str = "",
    courses: Published = published_points,
) -> Path:
    """Write report.html and summary.json into a folder, and return the path of the page.

    model, cohort : what the run was made from.
    comparison : published endotoxin data against runs of the same model; None leaves that part out.
    title : heading of the page.
    limits : sentences on what the model cannot do, put after those of the trigger itself.
    references : citation key -> fields ("author", "title", "year", "doi"), to link sources.
    recipe, severity : what was run; they give a heading, how sure the model is, and limits before `limits`.
    courses : gives the published courses of a trigger and a read-out, to be drawn over the run's own.
    Raises InputError if the run is not one, is of another model, or the folder holds someone else's report.
    """
    check(run)
    if run.attrs["fingerprint"] != model.fingerprint:
        raise InputError(
            "the run was made with another model than the one given",
            f"a model with fingerprint {str(run.attrs['fingerprint'])[:12]}",
            "pass the model that the run was simulated with",
        )
    place = folder_of(Path(folder))
    key = scenario_of(run, model, cohort)
    key = key if key is not None and published(load("endotoxin"), key, run) else None
    summary = metrics.summary(run)
    words = references or {}
    heading = title or tables.heading(run, recipe, severity)
    clock = Clock.of(run)
    stated = [m.about for m in model.modules if m.kind == "trigger" and m.about]
    points = published(load("endotoxin"), key, run) if key is not None else []
    source = figures.Source(run, model, points, courses)
    warned = model.warnings()
    page = render(
        "report",
        title=heading,
        disclaimer=DISCLAIMER,
        warnings=warned,
        evidence=tables.EVIDENCE[recipe.evidence] if recipe is not None and not warned else "",
        paragraph=clinic.paragraph(run),
        facts=tables.facts(run, model, cohort, severity, loop),
        statuses=list(tables.statuses(run).items()),
        summaries=tables.summaries(summary, clock, [s.short for s in model.scores]),
        clock=clock,
        dead=dead.table(run, cohort),
        calibrated=tables.calibrated(model, words),
        parameters=tables.parameters(model, words),
        count=len(model.parameters),
        limits=[*stated, *(recipe.limits if recipe is not None else ()), *limits],
        overlay=_overlay(key, comparison) if DOSE in model.names else source.said(),
        **_pictures(source, comparison),
        comparison=_compared(comparison),
    )
    mark(place)
    about = {"title": heading, "severity": severity or None, "summary": clinic.paragraph(run)}
    put(place / NUMBERS, _numbers(run, model, summary, comparison, about))
    put(place / PAGE, page)
    return place / PAGE


def _overlay(key: ScenarioKey | None, comparison: Comparison | None) -> str:
    """Return which published data the pictures of the run carry."""
    below = " The comparison below simulates the published experiments themselves." if comparison else ""
    if key is None:
        return "No published time course has these doses, so no published data are drawn here." + below
    return f"Published data, where drawn, are of the same experiment: {key.label} of endotoxin." + below


def _pictures(source: figures.Source, comparison: Comparison | None) -> dict[str, Any]:
    """Return the pictures, or why there are none."""
    from markupsafe import Markup

    def safe(pictures: Sequence[figures.Picture]) -> list[dict[str, Any]]:
        return [{"title": p.title, "svg": Markup(p.svg), "key": p.key} for p in pictures]  # noqa: S704 - ours

    try:
        mine = [(d.key, d.heading, safe(d.pictures)) for d in figures.own(source)]
        others = [(k.label, safe(p)) for k, p in figures.compared(comparison.runs)] if comparison else []
    except MissingExtraError as error:
        return {"own": [], "others": [], "no_pictures": f"{error.thing}. {error.remedy}"}
    return {"own": mine, "others": others, "no_pictures": ""}


def _compared(comparison: Comparison | None) -> dict[str, Any] | None:
    if comparison is None:
        return None
    overall = comparison.counts["overall"]
    whole = overall.scored + overall.excused
    return {
        "patients": [(k.label, sum(tables.statuses(r).values()), tables.statuses(r)["ok"])
                     for k, r in sorted(comparison.runs.items())],
        "overall": {
            "inside": overall.inside, "scored": overall.scored, "share": percent(overall.share),
            "whole": whole,
            "strict": percent(overall.inside / whole if whole else None), "excused": overall.excused,
        },
        "rows": len(comparison.rows),
        "counts": compared.counts(comparison),
        "left_out": compared.left_out(comparison),
        "curves": compared.curve_tables(comparison),
        "peaks": compared.peaks(comparison.acceptance),
        "ratios": compared.ratios(comparison.acceptance),
    }  # fmt: skip


def _numbers(
    run: xr.Dataset, model: Model, summary: Mapping[str, Any], comparison: Comparison | None,
    about: Mapping[str, Any],
) -> str:  # fmt: skip
    """Return summary.json: the numbers of the page, unrounded."""
    content: dict[str, Any] = {
        "disclaimer": DISCLAIMER,
        **about,
        "run": dict(run.attrs),
        "patients": int(run.sizes["patient"]),
        "status": tables.statuses(run),
        "died": int(survival.deaths(run).size) if survival.mortal(run) else None,
        "metrics": summary,
        "calibrated": [p.name for p in model.parameters if p.source == "calibrated"],
        "comparison": None,
    }
    if comparison is not None:
        content["comparison"] = {
            "acceptance": comparison.acceptance,
            "rows": [
                {
                    "id": r.target.id,
                    "curve": r.target.curve,
                    "published": r.published,
                    "model": r.model,
                    "unit": r.unit,
                    "accepted": r.accepted,
                    "tolerance": r.tolerance,
                    "inside": r.inside,
                    "scored": r.target.scored,
                    "reason": r.reason,
                }
                for r in comparison.rows
            ],
        }
    return json.dumps(plain(content), ensure_ascii=False, allow_nan=False, indent=1) + "\n"
