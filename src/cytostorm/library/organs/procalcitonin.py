"""Procalcitonin: every tissue makes it when microbes are sensed in the blood; interferon-γ holds it down."""

from cytostorm.library.cells import inflamed, macrophage
from cytostorm.library.kinetics import falls, rises
from cytostorm.library.mediators import ifng, il6
from cytostorm.model import LogNormal, Module

m = Module("procalcitonin", "organ", "procalcitonin", about="Made by liver, fat and other tissues alike.")

rest = m.assumed(
    "rest", 0.03, "ng/mL", "procalcitonin at rest", "below 0.05 in health", spread=LogNormal(1.25)
)
loss = m.assumed("loss", 0.029, "1/h", "loss from plasma", "half-life of 24 h")
rate = m.assumed(
    "rate",
    2.0,
    "ng/mL/h",
    "release when macrophages of the body sense danger",
    "tens of ng/mL in sepsis",
    spread=LogNormal(1.5),
)
by_microbes = m.assumed(
    "by_microbes",
    1.0,
    "ng/mL/h",
    "release by tissues that meet bacterial products in blood",
    "about 1 ng/mL after 2 ng/kg of endotoxin, tens in sepsis",
)
by_il6 = m.assumed(
    "by_il6", 0.03, "ng/mL/h", "release at full IL-6", "for 0.3 ng/mL in those who die of COVID-19 (Yan2020)"
)
half_il6 = m.assumed("half_il6", 100.0, "pg/mL", "IL-6 above rest of half that", "as for the acute phase")
half_ifng = m.assumed(
    "half_ifng", 250.0, "pg/mL", "interferon-γ that halves it", "low in viral disease and HLH"
)
level = m.species("level", "ng/mL", "procalcitonin", initial=rest, scale=0.01)
m.produce(level, "release at rest", loss * rest)
m.produce(
    level,
    "release",
    (
        by_microbes * macrophage.stimulus
        + rate * inflamed.active_body
        + by_il6 * rises(il6.signal - il6.baseline, half_il6, 2)
    )
    * falls(ifng.signal, half_ifng),
)
m.remove(level, "loss", loss * level)
