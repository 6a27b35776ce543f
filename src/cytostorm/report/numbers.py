"""Numbers as readers see them, always with their unit."""

from __future__ import annotations

import math

from cytostorm.plot.style import unit_text

MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"


def number(value: float | None) -> str:
    """Return about three digits, never more than the number deserves; a dash for none.

    >>> number(0.04567), number(36.62), number(1234.5), number(None)
    ('0.0457', '36.6', '1,234', '–')
    """
    if value is None or not math.isfinite(value):
        return DASH
    size = abs(value)
    if size != 0 and (size < 0.001 or size >= 1e7):
        text = f"{value:.2e}"
    elif size >= 99.95:
        text = f"{value:,.0f}"
    elif size >= 9.995:
        text = f"{value:.1f}"
    else:
        text = f"{value:.3g}"
    return (
        text.replace("-0", "0").replace("-", MINUS)
        if float(text.replace(",", "")) == 0
        else text.replace("-", MINUS)
    )


def no_limit(value: float) -> str:
    """Return an answer of a score, whole points as they are counted; nothing known limits an infinite one.

    >>> no_limit(math.inf), no_limit(7.5), no_limit(19.0)
    ('no limit', '7.5', '19')
    """
    if value == math.inf:
        return "no limit"
    return f"{value:,.0f}" if float(value).is_integer() else number(value)


def decimals(value: float | None) -> str:
    """Return a ratio with two decimals.

    >>> decimals(1.3)
    '1.30'
    """
    return DASH if value is None or not math.isfinite(value) else f"{value:.2f}"


def signed(value: float | None) -> str:
    """Return a change with its sign.

    >>> signed(1.25)
    '+1.25'
    """
    text = number(value)
    return f"+{text}" if value is not None and value > 0 and text != "0" else text


def with_unit(value: float | None, unit: str) -> str:
    """Return a number and its unit.

    >>> with_unit(37.81, "degC")
    '37.8 °C'
    """
    return f"{number(value)} {unit_text(unit)}".strip()


def between(low: float | None, high: float | None) -> str:
    """Return a range, or an empty text if it has no ends.

    >>> between(1.0, 2.5)
    '1 to 2.5'
    """
    return f"{number(low)} to {number(high)}" if low is not None and high is not None else ""


def percent(share: float | None) -> str:
    """Return a share of 1 as whole percent.

    >>> percent(0.702)
    '70 %'
    """
    return DASH if share is None else f"{100 * share:.0f} %"
