"""Interferon-γ: what T and NK cells say to macrophages."""

from cytostorm.library.mediators._cytokine import exceeds
from cytostorm.model import LogNormal, Module

m = Module(
    "ifng",
    "mediator",
    "interferon-γ",
    about="Made by engaged T cells and by NK cells; it primes macrophages, and they answer with "
    "IL-12 and IL-18.",
)

baseline = m.parameter(
    "baseline",
    3.2,
    "pg/mL",
    "level at rest",
    source="Lucas2020",
    note="median of healthy health-care workers, Luminex",
    spread=LogNormal(1.3),
)
elimination = m.parameter(
    "elimination",
    1.4,
    "1/h",
    "elimination rate",
    source="Kurzrock1985",
    note="half-life of 25 to 35 min into a vein",
)
excess, level = exceeds(m, baseline, elimination)
