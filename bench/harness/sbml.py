"""A problem's equations as SBML with parameter-only terms worked out: the leanest form for a simulator.

`cytostorm.formats` writes the SBML that a person would exchange. Here every state and input is a parameter,
states have rate rules, and what depends on parameters alone is a parameter too, set once per patient.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from harness.problem import Problem
from harness.source import MATHML, number, statements

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1"><model id="bench">
"""
MATHS = '<math xmlns="http://www.w3.org/1998/Math/MathML">'
LOADS = {
    "t": '<csymbol encoding="text" definitionURL="http://www.sbml.org/sbml/symbols/time">t</csymbol>',
    **{a: f"<ci>{a}{{0}}</ci>" for a in ("y", "p", "u", "h")},
}


def read_by_rates(problem: Problem) -> list[tuple[str, int]]:
    """Return the parameters and parameter-only terms that the rates read: ("p", 3), ("h", 0), ..."""
    tape = problem.system.rates
    loads = {(tape.arrays[int(args[0])][0], int(args[1])) for op, args in tape.code if op == "load"}
    return sorted((array, k) for array, k in loads if array in ("p", "h"))


def _parameters(names: Sequence[str], values: Sequence[float], *, constant: bool) -> str:
    text = "true" if constant else "false"
    return "".join(
        f'<parameter id="{n}" value="{float(v)!r}" constant="{text}"/>\n'
        for n, v in zip(names, values, strict=True)
    )


def _rule(kind: str, name: str, value: str) -> str:
    return f'<{kind} variable="{name}">{MATHS}{value}</math></{kind}>\n'


def _times(value: str, factor: float) -> str:
    return f"<apply><times/>{value}{number(MATHML, factor)}</apply>"


def to_sbml(problem: Problem, *, scaled: bool = False, inputs_constant: bool = False) -> str:
    """Return SBML Level 3: parameters y0.. (states), p0.., u0.., h0..; rate rules for the states.

    scaled : states are in units of their scale, for engines with one absolute tolerance.
    """
    count = len(problem.scales)
    scales = problem.scales.tolist() if scaled else [1.0] * count
    loads = LOADS | ({"y": "<ci>c{0}</ci>"} if scaled else {})
    lines, outputs = statements(problem.system.rates, MATHML, loads, inline=True)
    fixed = read_by_rates(problem)
    inputs = [f"u{k}" for k in range(len(problem.system.inputs))]
    clear = [f"c{k}" for k in range(count)] if scaled else []
    states = (problem.y0[:, 0] / np.array(scales)).tolist()
    parts = [HEAD, "<listOfParameters>"]
    parts.append(_parameters([f"y{k}" for k in range(count)], states, constant=False))
    values = [float(getattr(problem, a)[k, 0]) for a, k in fixed]
    parts.append(_parameters([f"{a}{k}" for a, k in fixed], values, constant=True))
    parts.append(_parameters(inputs, [0.0] * len(inputs), constant=inputs_constant))
    parts.append(
        _parameters([*clear, *(name for name, _ in lines)], [0.0] * len([*clear, *lines]), constant=False)
    )
    parts.append("</listOfParameters><listOfRules>")
    parts += [
        _rule("assignmentRule", f"c{k}", _times(f"<ci>y{k}</ci>", scales[k])) for k in range(len(clear))
    ]
    parts += [_rule("assignmentRule", name, value) for name, value in lines]
    rates = [_times(v, 1 / s) for v, s in zip(outputs, scales, strict=True)] if scaled else outputs
    parts += [_rule("rateRule", f"y{k}", value) for k, value in enumerate(rates)]
    parts.append("</listOfRules></model></sbml>")
    return "".join(parts)
