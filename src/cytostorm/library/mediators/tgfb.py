"""Transforming growth factor-β: what regulatory T cells and sated macrophages say."""

from cytostorm.library.mediators._cytokine import follows
from cytostorm.model import LogNormal, Module

m = Module(
    "tgfb",
    "mediator",
    "transforming growth factor-β",
    about="Total in plasma; only a small share is active.",
)

baseline = m.assumed(
    "baseline", 2500.0, "pg/mL", "level at rest", "median of plasma studies, total", spread=LogNormal(1.2)
)
elimination = m.assumed(
    "elimination", 0.3, "1/h", "elimination rate", "minutes in its active form; total follows the cells"
)
secretion, level = follows(m, baseline, elimination)
