"""Colours, settings, and figures as text that is the same every time."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from cytostorm.errors import missing_extra

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BLACK, ORANGE, SKY, GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
YELLOW, BLUE, VERMILION, PURPLE = "#F0E442", "#0072B2", "#D55E00", "#CC79A7"
DOSES = {0.0: "#7f868d", 1.0: SKY, 2.0: BLUE, 4.0: VERMILION}
"""Colour of each dose of endotoxin, ng/kg."""
OKABE_ITO = (BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY, YELLOW, BLACK)
"""Colours that stay apart for colour-blind eyes (Okabe and Ito 2008)."""
INK = "#1b1f24"
"""Text, axes and published points; follows the page's text colour when the figure stands in a page."""
GRID = "#d5d9de"
"""Grid lines."""
DIM = "#5a626b"
"""Units and remarks."""
NORMAL = "#7f868d"
"""Reference range, drawn faintly."""
CALM = "#e3e6ea"
"""Patients of grade 0."""
GRADES = (CALM, "#fbd58f", "#f29b52", "#d0553f", "#8f2450", "#4c1a57")
"""Grades of a score, from none to the worst; told apart by lightness alone, too."""
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "p")
"""One shape per study, so that colour is never the only sign."""
SETTINGS: dict[str, Any] = {
    "axes.axisbelow": True,
    "axes.edgecolor": INK,
    "axes.grid": True,
    "axes.labelcolor": INK,
    "axes.labelsize": 8,
    "axes.linewidth": 0.8,
    "axes.titlecolor": INK,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlesize": 9.5,
    "figure.facecolor": "white",
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "grid.color": GRID,
    "grid.linewidth": 0.6,
    "legend.fontsize": 8,
    "legend.frameon": False,
    "legend.labelcolor": INK,
    "lines.linewidth": 1.8,
    "lines.markersize": 5,
    "savefig.facecolor": "white",
    "svg.fonttype": "none",
    "svg.hashsalt": "cytostorm",
    "text.color": INK,
    "xtick.color": INK,
    "xtick.labelsize": 8,
    "ytick.color": INK,
    "ytick.labelsize": 8,
}
"""Matplotlib settings, applied to our figures only."""
_SHAPES = {
    "Janum 2016": "o", "Dillingh 2014": "s", "Kiers 2017": "^", "Copeland 2005": "D",
    "Yan 2020, later died": "X", "Yan 2020, discharged": "o",
    "Lucas 2020, intensive care": "^", "Lucas 2020, ward": "v",
}  # fmt: skip
"""Shape of each study, or of a group of its patients."""
SPARED = ("o", "s", "^", "D")
"""Shapes that are kept for studies named above."""
SIGNS = {"o": "●", "s": "■", "^": "▲", "D": "◆", "v": "▼", "P": "✚", "X": "✖", "p": "⬟"}
"""Each shape as a letter, for keys that are text."""
_NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}
_DIGITS = re.compile(r"(\.\d{2})\d+")
_PATH = re.compile(r' d="[^"]*"')
_HASHED = re.compile(r'\bid="([a-zA-Z]+[0-9a-f]{10})"')
_HEAD = re.compile(r"^.*?(?=<svg)", re.DOTALL)
_SIZE = re.compile(r"<svg [^>]*?viewBox=\"([^\"]+)\"[^>]*>", re.DOTALL)
_UNITS = {"degC": "°C", "bpm": "beats/min", "1/min": "per min", "1": "", "percent": "%"}
_POWER = re.compile(r"\b10\^(\d+)\b")
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
"""Digits as they stand in a power."""
_MICRO = re.compile(r"\bu(?=(g|mol|L|m|s)\b)")


def matplotlib() -> Any:
    """Return the plotting library, or raise the error that says which extra brings it."""
    try:
        import matplotlib as mpl
    except ImportError as error:
        raise missing_extra("plots", "plot") from error
    return mpl


def settings() -> Any:
    """Return a context in which our settings hold."""
    return matplotlib().rc_context(SETTINGS)


def unit_text(unit: str) -> str:
    """Return a unit as readers write it.

    >>> unit_text("degC"), unit_text("pg/mL*h"), unit_text("umol/L"), unit_text("10^9/L")
    ('°C', 'pg/mL × h', 'µmol/L', '×10⁹/L')
    """
    body, star, rest = unit.partition("*")
    body = _POWER.sub(lambda found: f"×10{found[1].translate(RAISED)}", body)
    return _UNITS.get(body, _MICRO.sub("µ", body)) + (f" × {rest}" if star else "")


def marker(study: str) -> str:
    """Return the shape of a study: the same in every picture."""
    spare = [m for m in MARKERS if m not in SPARED]
    return _SHAPES.get(study) or spare[sum(map(ord, study)) % len(spare)]


def plain(text: str) -> str:
    """Return text that is drawn letter by letter and never read as a formula."""
    return text.replace("\\", "/").replace("$", r"\$")


def settle(figure: Figure) -> None:
    """Lay a figure out once and for all: laid out again at every drawing, it would creep."""
    engine = figure.get_layout_engine()
    if engine is not None:
        engine.execute(figure)
    figure.set_layout_engine("none")


def svg(figure: Figure) -> str:
    """Return a figure as SVG text: same figure, same text; no date, no random names."""
    with settings():
        buffer = io.StringIO()
        figure.savefig(buffer, format="svg", metadata=_NO_METADATA)
    text = _PATH.sub(lambda path: _DIGITS.sub(r"\1", path.group(0)), buffer.getvalue())
    for number, name in enumerate(dict.fromkeys(_HASHED.findall(text))):
        text = text.replace(name, f"shape_{number}")  # some of these names hold memory addresses, hashed
    return text


_OF_PAGE = {
    INK: "currentColor", GRID: "var(--grid)", BLUE: "var(--blue)", DIM: "var(--dim)", CALM: "var(--calm)",
}  # fmt: skip


def on_page(colour: str) -> str:
    """Return a colour as it stands in a page."""
    return _OF_PAGE.get(colour, colour)


def inline(figure: Figure, prefix: str, label: str) -> str:
    """Return a figure as an element of a web page.

    prefix : put before every name in it, so that several figures share a page.
    label : what it shows, in a sentence, for those who do not see it.
    Ink takes the text colour of the page; grid lines, dim text, calm and blue its variables of these names;
    and the ground is clear, so that the page can turn dark.
    """
    from html import escape

    text = _HEAD.sub("", svg(figure), count=1)
    text = re.sub(r"<(metadata|style)\b.*?</\1>", "", text, flags=re.DOTALL)
    text = re.sub(r'\bid="', f'id="{prefix}-', text)
    text = re.sub(r'(xlink:href="#|url\(#)', rf"\1{prefix}-", text).replace("xlink:href", "href")
    box = _SIZE.search(text)
    assert box is not None, "matplotlib writes a viewBox"
    opening = f'<svg viewBox="{box.group(1)}" role="img" aria-label="{escape(label, quote=True)}">'
    text = opening + text[box.end() :]
    for colour, of_page in _OF_PAGE.items():
        text = text.replace(colour.lower(), of_page)
    return text.replace("fill: #ffffff", "fill: none").strip()
