"""CCL2 (MCP-1): calls monocytes."""

from cytostorm.library.mediators._cytokine import follows
from cytostorm.model import LogNormal, Module

m = Module(
    "ccl2",
    "mediator",
    "CCL2 (MCP-1)",
    about="Made by inflamed macrophages and the vessel wall.",
)

baseline = m.parameter(
    "baseline",
    304.0,
    "pg/mL",
    "level at rest",
    source="Lucas2020",
    note="median of healthy health-care workers, Luminex",
    spread=LogNormal(1.3),
)
elimination = m.assumed(
    "elimination", 0.5, "1/h", "elimination rate", "half-life near 1.4 h; no human value was found"
)
secretion, level = follows(m, baseline, elimination)
