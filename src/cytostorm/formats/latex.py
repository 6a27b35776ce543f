"""Equations as LaTeX, from the same symbols that are simulated."""

from __future__ import annotations

import sympy

from cytostorm.formats.tables import public_name, states_and_readouts
from cytostorm.model import Module, Process, Quantity


def symbol(quantity: Quantity, home: Module | None = None) -> str:
    """Return a quantity's symbol; at home without its module's name, elsewhere with it.

    A level is named after its module alone: il6.level is il6.
    """
    module, dot, short = str(quantity.name).partition(".")
    words = short.replace("_", r"\ ")
    place = module.replace("_", r"\ ")
    if not dot:
        return rf"\mathrm{{{place}}}"
    if home is not None and quantity.owner is home:
        return rf"\mathrm{{{words}}}"
    return rf"\mathrm{{{place}}}" if short == "level" else rf"\mathrm{{{place}}}_{{\mathrm{{{words}}}}}"


def formula(expression: sympy.Basic, home: Module | None = None) -> str:
    """Return an expression as LaTeX."""
    names = {s: symbol(s, home) for s in expression.free_symbols if isinstance(s, Quantity)}
    return str(sympy.latex(expression, symbol_names=names, mul_symbol="dot"))


def path(process: Process, home: Module | None = None) -> str:
    """Return what a process takes from and gives to, as "a → b"; nothing stands for outside the model."""

    def side(sign: int) -> str:
        parts = [
            ("" if abs(c) == 1 else formula(abs(c), home) + r"\,") + symbol(s, home)
            for s, c in process.changes
            if (-1 if c.could_extract_minus_sign() else 1) == sign
        ]
        return " + ".join(parts) or r"\varnothing"

    return rf"{side(-1)} \rightarrow {side(1)}"


def equations(module: Module) -> list[tuple[str, str]]:
    """Return (what it is, LaTeX) for each read-out, process and plug of a module."""
    species, readouts = states_and_readouts(module)
    found = [
        (f"{s.label}, before the trigger", f"{symbol(s, module)}(0) = {formula(s.initial, module)}")
        for s in species
        if not s.initial.is_zero
    ]
    found += [
        (f"{o.label} (`{public_name(o)}`)", f"{symbol(o, module)} = {formula(o.expression, module)}")
        for o in readouts
    ]
    found += [
        (f"{p.name}, ${path(p, module)}$, at the rate", formula(p.rate, module)) for p in module.processes
    ]
    for socket, term, why in module.plugs:
        sign = r"\times" if socket.kind == "gain" else "+"
        verb = "multiplies" if socket.kind == "gain" else "adds to"
        what = (f"{why}: " if why else "") + f"{verb} `{socket.name}`"
        found.append((what, rf"{sign}\; {formula(term, module)}"))
    return found
