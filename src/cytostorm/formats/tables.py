"""Every number with its unit, spread and source; every quantity with its unit: rows for people."""

from __future__ import annotations

from collections.abc import Iterable

from cytostorm.model import Lab, Module, Observable, Parameter, Quantity, Score, Species

Row = dict[str, str | float | None]


def parameter_row(parameter: Parameter) -> Row:
    """Return one parameter as a row: name, value, unit, label, spread, source, note."""
    return {
        "name": parameter.name,
        "value": parameter.value,
        "unit": parameter.unit,
        "label": parameter.label,
        "spread": str(parameter.spread) if parameter.spread is not None else "",
        "source": parameter.source,
        "note": parameter.note,
    }


def parameter_rows(module: Module) -> list[Row]:
    """Return the parameters of a module, in the order of its file."""
    return [parameter_row(q) for q in module.quantities.values() if isinstance(q, Parameter)]


def quantity_rows(module: Module) -> list[Row]:
    """Return what a module has besides parameters: kind, name, unit, label."""
    others = [q for q in module.quantities.values() if not isinstance(q, Parameter) and q.kind != "input"]
    return [{"kind": q.kind, "name": public_name(q), "unit": q.unit, "label": q.label} for q in others]


def public_name(quantity: Quantity) -> str:
    """Return how users call a quantity: labs and scores by their short name."""
    return quantity.short if isinstance(quantity, (Lab, Score)) else str(quantity.name)


def count_sources(parameters: Iterable[Parameter]) -> dict[str, int]:
    """Return how many numbers are cited, calibrated and assumed."""
    counts = {"cited": 0, "calibrated": 0, "assumed": 0}
    for p in parameters:
        counts[p.source if p.source in counts else "cited"] += 1
    return counts


def states_and_readouts(module: Module) -> tuple[list[Species], list[Observable]]:
    """Return a module's species and its read-outs."""
    quantities = module.quantities.values()
    return [q for q in quantities if isinstance(q, Species)], [
        q for q in quantities if isinstance(q, Observable)
    ]
