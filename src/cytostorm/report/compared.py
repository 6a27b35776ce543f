"""Rows of the report's tables about the comparison with published data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cytostorm.observe.acceptance import Comparison
from cytostorm.observe.compare import Curve, Row, judged_curves
from cytostorm.observe.readout import BY_CHANGE
from cytostorm.observe.targets import Kind, Target
from cytostorm.plot.style import unit_text
from cytostorm.report.numbers import DASH, between, decimals, number, percent, signed, with_unit

INSIDE, OUTSIDE, OPEN = "inside", "outside", "not counted"
_CHANGES = (Kind.LEVEL, Kind.CHANGE, Kind.PEAK, Kind.RISE)


def verdict(inside: bool | None) -> dict[str, str]:
    """Return word, sign and style of a verdict; the sign serves where colours are not seen."""
    if inside is None:
        return {"word": OPEN, "sign": "○", "style": "open"}
    return (
        {"word": INSIDE, "sign": "✓", "style": "in"}
        if inside
        else {"word": OUTSIDE, "sign": "✗", "style": "out"}
    )


def counts(comparison: Comparison) -> list[dict[str, str]]:
    """Return the count of curves, overall first."""
    return [
        {
            "name": name,
            "inside": str(c.inside),
            "scored": str(c.scored),
            "share": percent(c.share),
            "excused": str(c.excused),
        }
        for name, c in comparison.counts.items()
    ]


def left_out(comparison: Comparison) -> list[dict[str, str]]:
    """Return the curves that are not counted, with the reasons."""
    rows = []
    for curve in judged_curves(comparison.rows):
        if curve.inside is None:
            reasons = "; ".join(dict.fromkeys(r.reason for r in curve.rows))
            first = curve.rows[0].target
            rows.append({"what": first.variable, "study": first.study, "arm": first.arm, "reason": reasons})
    return rows


def experiment(row: Row) -> str:
    """Return the experiment of a row as it was published."""
    return row.scenario.label if row.scenario and "ng/kg" in row.target.trigger else row.target.trigger


def curve_tables(comparison: Comparison) -> list[dict[str, Any]]:
    """Return every published row beside the model, grouped by curve, curves of one variable together."""
    judged = judged_curves(comparison.rows)
    order = list(dict.fromkeys(c.variable for c in judged))
    return [_curve(c) for c in sorted(judged, key=lambda c: order.index(c.variable))]


def _curve(curve: Curve) -> dict[str, Any]:
    first = curve.rows[0]
    target = first.target
    return {
        "variable": curve.variable,
        "study": target.study,
        "source": target.source,
        "link": target.link,
        "experiment": experiment(first),
        "arm": target.arm if target.arm not in ("none", "LPS alone", "vehicle") else "",
        "people": f"{target.population}, n = {target.n}" if target.n else target.population,
        "hits": curve.hits,
        "scored": curve.scored,
        "verdict": verdict(curve.inside),
        "rows": [_row(row) for row in curve.rows],
    }


def _row(row: Row) -> dict[str, Any]:
    target = row.target
    change = target.quantity in BY_CHANGE and target.kind in _CHANGES
    shown = signed if change else number
    unit = unit_text(row.unit)
    accepted = ""
    if row.accepted is not None:
        accepted = f"{shown(row.accepted[0])} to {shown(row.accepted[1])} {unit}".strip()
    return {
        "id": target.id,
        "what": target.variable,
        "time": target.time,
        "published": with_unit(target.value, target.plain_unit) if target.value is not None else target.text,
        "spread": _spread(target),
        "statistic": target.statistic,
        "compared": f"{signed(row.published)} {unit}" if change and target.kind is not Kind.RISE else "",
        "model": "" if row.model is None else f"{shown(row.model)} {unit}".strip(),
        "accepted": accepted,
        "rule": row.tolerance,
        "verdict": verdict(row.inside if target.scored else None),
        "reason": row.reason,
    }


def _spread(target: Target) -> str:
    """Return the published range in brackets; that of a geometric SD is the range of the peaks themselves."""
    spread = between(target.low, target.high)
    if target.kind is Kind.GEOMETRIC_SD and spread:
        return f"(peaks {spread} pg/mL)"
    return f"({spread})" if spread else ""


def peaks(acceptance: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return peak, time of peak and spread of each read-out beside those published."""
    rows = []
    for entry in acceptance["peaks"]:
        unit = entry["unit"]
        late = entry["time_difference"]
        rows.append(
            {
                "label": entry["label"],
                "level": with_unit(entry["model"], unit),
                "level_published": f"{with_unit(entry['published'], unit)} (IQR {between(*entry['iqr'])})",
                "level_verdict": verdict(entry["inside"]),
                "time": f"{with_unit(entry['time_model'], 'h')}",
                "time_published": f"{with_unit(entry['time_published'], 'h')} (difference {signed(late)} h)",
                "time_verdict": verdict(entry["time_inside"]),
                "gsd": decimals(entry["gsd_model"]),
                "gsd_published": f"{decimals(entry['gsd_published'])} (ratio {decimals(entry['gsd_ratio'])})",
                "gsd_verdict": verdict(entry["gsd_inside"]),
            }
        )
    return rows


def ratios(acceptance: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the response to dose beside that of each laboratory."""
    return [
        {
            "label": entry["label"],
            "model": decimals(entry["model"]),
            "published": [
                {
                    "study": study,
                    "ratio": decimals(r) if r is not None else f"{DASH} not measured at both doses",
                }
                for study, r in entry["published"].items()
            ],
            "accepted": " to ".join(decimals(end) for end in entry["accepted"]),
            "verdict": verdict(entry["inside"]),
        }
        for entry in acceptance["dose_ratios"]
    ]
