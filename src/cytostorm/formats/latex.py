"""Equations as LaTeX, from the same symbols that are simulated."""

from __future__ import annotations

import sympy

from cytostorm.formats.tables import public_name, states_and_readouts
from cytostorm.model import Module, Quantity


def symbol(quantity: Quantity) -> str:
    """Return a quantity's symbol: the module upright, the rest as its index."""
    module, dot, rest = str(quantity.name).partition(".")
    words = rest.replace("_", r"\,")
    if not dot:
        return rf"\mathrm{{{module}}}"
    return rf"\mathrm{{{module.replace('_', ' ')}}}_{{\mathrm{{{words}}}}}"


def formula(expression: sympy.Basic) -> str:
    """Return an expression as LaTeX."""
    names = {s: symbol(s) for s in expression.free_symbols if isinstance(s, Quantity)}
    return str(sympy.latex(expression, symbol_names=names))


def equations(module: Module) -> list[tuple[str, str]]:
    """Return (what it is, LaTeX) for each read-out, process and plug of a module."""
    found: list[tuple[str, str]] = []
    species, readouts = states_and_readouts(module)
    found += [
        (f"{s.label}, before the trigger", f"{symbol(s)}(0) = {formula(s.initial)}")
        for s in species
        if not s.initial.is_zero
    ]
    found += [(f"{o.label} ({public_name(o)})", f"{symbol(o)} = {formula(o.expression)}") for o in readouts]
    for process in module.processes:
        changes = ", ".join(
            rf"\frac{{d}}{{dt}}{symbol(s)} \mathrel{{{'-' if c.could_extract_minus_sign() else '+'}}}= "
            + ("" if abs(c) == 1 else formula(abs(c)) + r" \cdot ") + "r"
            for s, c in process.changes
        )  # fmt: skip
        found.append((process.name, rf"{changes} \qquad r = {formula(process.rate)}"))
    for socket, term, why in module.plugs:
        sign = r"\times" if socket.kind == "gain" else "+"
        found.append(
            (why or f"plugs into {socket.name}", rf"{symbol(socket)} \mathrel{{{sign}}}= {formula(term)}")
        )
    return found
