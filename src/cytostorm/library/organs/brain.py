"""The brain: cytokines, leaking vessels and low flow cloud it, from delirium to coma."""

from cytostorm.library.kinetics import rises
from cytostorm.library.mediators import ifng, il6
from cytostorm.library.organs import circulation, endothelium
from cytostorm.library.person import age
from cytostorm.model import LogNormal, Module

m = Module(
    "brain",
    "organ",
    "brain",
    about="Clouding stands for delirium, coma and the neurotoxicity of cell therapy alike.",
)

pace = m.assumed(
    "pace", 0.04, "1/h", "rate of clouding at full strength", "within a day", spread=LogNormal(1.3)
)
clearing = m.assumed("clearing", 0.02, "1/h", "clearing", "half-life of a day and a half")
half_il6 = m.assumed("half_il6", 6000.0, "pg/mL", "IL-6 above rest of half strength", "a storm's level")
half_ifng = m.assumed("half_ifng", 2500.0, "pg/mL", "interferon-γ of half strength", "a storm's level")
ageing = m.assumed("ageing", 0.01, "1/year", "more clouding by age", "delirium is of the old")
clouded = m.species("clouded", "1", "clouding of the brain", scale=0.01, within=(0, 1))
strength = (
    (il6.signal - il6.baseline) / half_il6
    + ifng.excess / half_ifng
    + endothelium.injury
    + 1.5 * circulation.lack
)
m.produce(clouded, "clouding", pace * (1 + ageing * age) / 1.3 * rises(strength, 1.2, 4) * (1 - clouded))
m.remove(clouded, "clearing", clearing * clouded)
gcs = m.observable("gcs", 15 - 12 * rises(clouded, 0.5, 3), "1", "Glasgow coma scale")
