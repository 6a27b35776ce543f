"""Stroma and vessel walls answering interferons: chemokines that call cells."""

from cytostorm.library.cells import macrophage
from cytostorm.library.kinetics import rises
from cytostorm.library.mediators import ccl2, cxcl9, cxcl10, ifna, ifng
from cytostorm.model import LogNormal, Module

m = Module(
    "stroma",
    "cell",
    "stroma and vessel walls",
    about="Fibroblasts, epithelium and endothelium: they make CXCL9, CXCL10 and CCL2 where "
    "interferons reach them.",
)

half_ifng = m.assumed(
    "half_ifng", 85, "pg/mL", "interferon-γ of half response", "above infection, below a storm"
)
half_ifna = m.assumed(
    "half_ifna", 80.0, "pg/mL", "type I interferon of half response", "a few times the level at rest"
)
ifng_signal = rises(ifng.signal, half_ifng)
ifna_signal = rises(ifna.signal, half_ifna)
cxcl10_rate = m.calibrated(
    "cxcl10_rate",
    12000,
    "pg/mL/h",
    "CXCL10 at full response",
    "to the published courses of COVID-19 (Yan2020, Lucas2020 and others); for 17,000 pg/mL in "
    "COVID-19 (Lucas2020)",
    spread=LogNormal(1.5),
)
m.stimulate(cxcl10.secretion, cxcl10_rate * (ifng_signal + ifna_signal), "stroma under interferons")
by_macrophages = m.assumed(
    "by_macrophages",
    1000.0,
    "pg/mL/h",
    "CXCL10 at plenty of resident macrophages that have fired",
    "their interferon-β stays local; for a thousand pg/mL after 2 ng/kg of endotoxin",
)
m.stimulate(
    cxcl10.secretion,
    by_macrophages * (macrophage.late + macrophage.quieting),
    "resident macrophages that fired",
)
cxcl9_rate = m.calibrated(
    "cxcl9_rate",
    9000,
    "pg/mL/h",
    "CXCL9 at full response",
    "to the published courses of COVID-19 (Yan2020, Lucas2020 and others); for 8,500 pg/mL in "
    "COVID-19 (Lucas2020)",
    spread=LogNormal(1.3),
)
m.stimulate(cxcl9.secretion, cxcl9_rate * ifng_signal, "stroma under interferon-γ")
ccl2_rate = m.assumed("ccl2_rate", 400.0, "pg/mL/h", "CCL2 at full response", "doubles it")
m.stimulate(ccl2.secretion, ccl2_rate * ifng_signal, "stroma under interferon-γ")
