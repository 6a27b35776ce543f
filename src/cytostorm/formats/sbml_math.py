"""SymPy expressions as MathML for SBML: the symbols become ids, the numbers stay exact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element, SubElement

import sympy
from sympy.core.relational import Relational
from sympy.logic.boolalg import And, Not, Or

from cytostorm.model import Parameter, Quantity
from cytostorm.model.quantity import Time

MATHML = "http://www.w3.org/1998/Math/MathML"
_TIME = "http://www.sbml.org/sbml/symbols/time"
TINY = sympy.Float("1e-300")
"""Base below which a power counts as the power of zero, as in a simulation."""
_LARGEST = 2**31
"""Whole numbers below this are written as such; larger ones as real numbers."""
_MOST = 100
"""Terms of a sum or product side by side."""
_FUNCTIONS = {
    sympy.exp: "exp", sympy.log: "ln", sympy.tanh: "tanh", sympy.Abs: "abs",
    sympy.Max: "max", sympy.Min: "min", And: "and", Or: "or", Not: "not",
}  # fmt: skip
_RELATIONS = {"<": "lt", "<=": "leq", ">": "gt", ">=": "geq", "==": "eq", "!=": "neq"}
_NAMED = {
    sympy.true: "true", sympy.false: "false", sympy.pi: "pi", sympy.E: "exponentiale",
    sympy.oo: "infinity", sympy.nan: "notanumber",
}  # fmt: skip


def math(expression: sympy.Basic, ids: Mapping[Quantity, str]) -> Element:
    """Return an expression as a MathML element; `ids` says how each quantity is called."""
    top = Element("math", {"xmlns": MATHML})
    top.append(_term(expression, ids))
    return top


def _apply(name: str, arguments: Iterable[Element]) -> Element:
    element = Element("apply")
    SubElement(element, name)
    element.extend(arguments)
    return element


def _term(e: sympy.Basic, ids: Mapping[Quantity, str]) -> Element:
    if isinstance(e, Time):
        element = Element("csymbol", {"encoding": "text", "definitionURL": _TIME})
        element.text = " time "
        return element
    if isinstance(e, Quantity):
        element = Element("ci")
        element.text = f" {ids[e]} "
        return element
    if e in _NAMED:
        return Element(_NAMED[e])
    if isinstance(e, (sympy.Number, sympy.NumberSymbol)):
        return _number(e)
    if isinstance(e, sympy.Add):
        return _sum(e, ids)
    if isinstance(e, sympy.Mul):
        return _product(e, ids)
    if isinstance(e, sympy.Pow):
        return _power(e, ids)
    if isinstance(e, sympy.Piecewise):
        return _pieces(e, ids)
    if isinstance(e, Relational):
        return _apply(_RELATIONS[e.rel_op], (_term(e.lhs, ids), _term(e.rhs, ids)))
    arguments = [_term(a, ids) for a in e.args]
    return (_apply if len(arguments) == 1 else _joined)(_FUNCTIONS[type(e)], arguments)


def _number(e: sympy.Basic) -> Element:
    element = Element("cn")
    if e is sympy.S.NegativeInfinity:
        return _apply("minus", [Element("infinity")])
    if isinstance(e, sympy.Rational) and max(abs(e.p), e.q) < _LARGEST:
        element.set("type", "integer" if e.q == 1 else "rational")
        element.text = f" {e.p} "
        if e.q != 1:
            SubElement(element, "sep").tail = f" {e.q} "
        return element
    mantissa, _, exponent = repr(float(e)).partition("e")
    element.text = f" {mantissa} "
    if exponent:
        element.set("type", "e-notation")
        SubElement(element, "sep").tail = f" {int(exponent)} "
    return element


def _joined(name: str, parts: list[Element]) -> Element:
    """Return a sum or product; a very long one in groups, since some readers nest it term by term."""
    while len(parts) > _MOST:
        parts = [_joined(name, parts[k : k + _MOST]) for k in range(0, len(parts), _MOST)]
    return parts[0] if len(parts) == 1 else _apply(name, parts)


def _sum(e: sympy.Add, ids: Mapping[Quantity, str]) -> Element:
    plus = [_term(a, ids) for a in e.args if not a.could_extract_minus_sign()]
    minus = [_term(-a, ids) for a in e.args if a.could_extract_minus_sign()]
    if not minus:
        return _joined("plus", plus)
    less = _joined("plus", minus)
    return _apply("minus", [_joined("plus", plus), less] if plus else [less])


def _product(e: sympy.Mul, ids: Mapping[Quantity, str]) -> Element:
    if e.args[0] is sympy.S.NegativeOne:
        return _apply("minus", [_term(-e, ids)])
    top, bottom = [], []
    for a in e.args:
        if isinstance(a, sympy.Pow) and a.exp.could_extract_minus_sign():
            bottom.append(_term(a.base**-a.exp, ids))
        else:
            top.append(_term(a, ids))
    over = _joined("times", top) if top else _number(sympy.Integer(1))
    return _apply("divide", [over, _joined("times", bottom)]) if bottom else over


def _power(e: sympy.Pow, ids: Mapping[Quantity, str]) -> Element:
    if e.exp.could_extract_minus_sign():
        return _apply("divide", [_number(sympy.Integer(1)), _term(e.base**-e.exp, ids)])
    base = _term(e.base, ids)
    whole = e.exp.is_number and float(e.exp).is_integer() and float(e.exp) <= 16
    if not whole and not _never_negative(e.base):
        base = _apply("max", [base, _number(TINY)])
    return _apply("power", [base, _term(sympy.Integer(int(e.exp)) if whole else e.exp, ids)])


def _never_negative(e: sympy.Basic) -> bool:
    """Return whether an expression is a product of parameters and positive numbers."""
    if isinstance(e, sympy.Mul):
        return all(_never_negative(a) for a in e.args)
    if isinstance(e, sympy.Pow):
        return _never_negative(e.base)
    return isinstance(e, Parameter) or bool(e.is_number and e.is_positive)


def _pieces(e: sympy.Piecewise, ids: Mapping[Quantity, str]) -> Element:
    element = Element("piecewise")
    for value, condition in e.args:
        last = condition is sympy.true
        SubElement(element, "otherwise" if last else "piece").append(_term(value, ids))
        if last:
            return element
        element[-1].append(_term(condition, ids))
    SubElement(element, "otherwise").append(Element("notanumber"))
    return element
