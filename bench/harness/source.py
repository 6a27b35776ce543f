"""A tape as source text of other languages: C, Python (also numba), JAX, DiffSL, MathML."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cytostorm.codegen.tape import Tape

FUSED = {
    "fma": "({0}) * ({1}) + ({2})",
    "fms": "({0}) * ({1}) - ({2})",
    "fnma": "({2}) - ({0}) * ({1})",
}
SUMS = {"add": "({0}) + ({1})", "sub": "({0}) - ({1})", "mul": "({0}) * ({1})", "div": "({0}) / ({1})"}
NAMED = {name: name + "({0})" for name in ("exp", "log", "tanh")}


@dataclass(frozen=True)
class Language:
    """How each operation is spelt; `number` is a format of a constant."""

    operations: Mapping[str, str]
    number: str = "{0!r}"


C = Language({
    **FUSED, **SUMS, **NAMED,
    "abs": "fabs({0})",
    "max": "(({0}) > ({1}) ? ({0}) : ({1}))",
    "min": "(({0}) < ({1}) ? ({0}) : ({1}))",
    "lt": "(double)(({0}) < ({1}))",
    "le": "(double)(({0}) <= ({1}))",
    "eq": "(double)(({0}) == ({1}))",
    "and": "(double)(({0}) != 0.0 && ({1}) != 0.0)",
    "or": "(double)(({0}) != 0.0 || ({1}) != 0.0)",
    "not": "(double)(({0}) == 0.0)",
    "select": "(({0}) != 0.0 ? ({1}) : ({2}))",
})  # fmt: skip

PYTHON = Language({
    **FUSED, **SUMS, **NAMED,
    "abs": "abs({0})",
    "max": "({0} if {0} > {1} else {1})",
    "min": "({0} if {0} < {1} else {1})",
    "lt": "(1.0 if {0} < {1} else 0.0)",
    "le": "(1.0 if {0} <= {1} else 0.0)",
    "eq": "(1.0 if {0} == {1} else 0.0)",
    "and": "(1.0 if {0} != 0.0 and {1} != 0.0 else 0.0)",
    "or": "(1.0 if {0} != 0.0 or {1} != 0.0 else 0.0)",
    "not": "(1.0 if {0} == 0.0 else 0.0)",
    "select": "({1} if {0} != 0.0 else {2})",
})  # fmt: skip

JAX = Language({
    **FUSED, **SUMS,
    **{name: f"jnp.{name}({{0}})" for name in ("exp", "log", "tanh", "abs")},
    "max": "jnp.maximum({0}, {1})",
    "min": "jnp.minimum({0}, {1})",
    "lt": "1.0 * ({0} < {1})",
    "le": "1.0 * ({0} <= {1})",
    "eq": "1.0 * ({0} == {1})",
    "and": "1.0 * (({0} != 0.0) & ({1} != 0.0))",
    "or": "1.0 * (({0} != 0.0) | ({1} != 0.0))",
    "not": "1.0 * ({0} == 0.0)",
    "select": "jnp.where({0} != 0.0, {1}, {2})",
})  # fmt: skip

DIFFSL = Language({
    **FUSED, **SUMS,
    "exp": "exp({0})",
    "log": "log({0})",
    "tanh": "(1.0 - 2.0 / (exp(2.0 * ({0})) + 1.0))",
    "abs": "abs({0})",
    "max": "max({0}, {1})",
    "min": "min({0}, {1})",
    "lt": "(1.0 - heaviside(({0}) - ({1})))",
    "le": "heaviside(({1}) - ({0}))",
    "eq": "(heaviside(({1}) - ({0})) * heaviside(({0}) - ({1})))",
    "and": "(({0}) * ({1}))",
    "or": "max({0}, {1})",
    "not": "(1.0 - ({0}))",
    "select": "(({0}) * ({1}) + (1.0 - ({0})) * ({2}))",
})  # fmt: skip


def _apply(operation: str, *arguments: str) -> str:
    return f"<apply><{operation}/>{''.join(arguments)}</apply>"


def _piece(value: str, condition: str, other: str) -> str:
    return f"<piecewise><piece>{value}{condition}</piece><otherwise>{other}</otherwise></piecewise>"


_ZERO, _ONE = "<cn>0</cn>", "<cn>1</cn>"


def _truth(operation: str, a: str = "{0}", b: str = "{1}") -> str:
    return _piece(_ONE, _apply(operation, a, b), _ZERO)


_FIRST, _SECOND = _apply("neq", "{0}", _ZERO), _apply("neq", "{1}", _ZERO)
_SPELT = {"add": "plus", "sub": "minus", "mul": "times", "div": "divide"}
MATHML = Language({
    **{op: _apply(word, "{0}", "{1}") for op, word in _SPELT.items()},
    **{op: _apply(word, "{0}") for op, word in {"exp": "exp", "log": "ln", "tanh": "tanh"}.items()},
    "fma": _apply("plus", _apply("times", "{0}", "{1}"), "{2}"),
    "fms": _apply("minus", _apply("times", "{0}", "{1}"), "{2}"),
    "fnma": _apply("minus", "{2}", _apply("times", "{0}", "{1}")),
    "abs": _apply("abs", "{0}"),
    "max": _piece("{0}", _apply("gt", "{0}", "{1}"), "{1}"),
    "min": _piece("{0}", _apply("lt", "{0}", "{1}"), "{1}"),
    "lt": _truth("lt"),
    "le": _truth("leq"),
    "eq": _truth("eq"),
    "and": _truth("and", _FIRST, _SECOND),
    "or": _truth("or", _FIRST, _SECOND),
    "not": _truth("eq", "{0}", _ZERO),
    "select": _piece("{1}", _FIRST, "{2}"),
}, number="<cn>{0!r}</cn>")  # fmt: skip


def number(language: Language, value: float) -> str:
    """Return a constant as text."""
    if not math.isfinite(value):
        raise ValueError(f"no spelling for the constant {value}")
    if language is MATHML and "e" in repr(value):
        mantissa, exponent = repr(value).split("e")
        return f'<cn type="e-notation">{mantissa}<sep/>{int(exponent)}</cn>'
    return language.number.format(value)


def statements(
    tape: Tape,
    language: Language,
    loads: Mapping[str, str],
    *,
    wanted: Sequence[int] | None = None,
    inline: bool = False,
    name: str = "v{0}",
) -> tuple[list[tuple[str, str]], list[str]]:
    """Return (name, expression) for each intermediate value, and the text of each output.

    loads : format of an element of each input array, such as {"y": "y[{0}]"}.
    wanted : positions among the outputs; all by default.
    inline : put what is used once where it is used.
    """
    roots = [tape.outputs[k] for k in (range(len(tape.outputs)) if wanted is None else wanted)]
    uses = Counter(roots)
    for position in range(len(tape.code) - 1, -1, -1):
        op, args = tape.code[position]
        if uses[position] and op not in ("load", "const"):
            uses.update(int(a) for a in args)
    text: dict[int, str] = {}
    lines = []
    for position, (op, args) in enumerate(tape.code):
        if not uses[position]:
            continue
        if op == "load":
            text[position] = loads[tape.arrays[int(args[0])][0]].format(int(args[1]))
        elif op == "const":
            text[position] = number(language, float(args[0]))
        else:
            spelt = language.operations[op].format(*(text[int(a)] for a in args))
            if inline and uses[position] == 1:
                text[position] = spelt
            else:
                text[position] = _variable(language, name, position)
                lines.append((text[position] if language is not MATHML else name.format(position), spelt))
    return lines, [text[r] for r in roots]


def _variable(language: Language, name: str, position: int) -> str:
    found = name.format(position)
    return f"<ci>{found}</ci>" if language is MATHML else found
