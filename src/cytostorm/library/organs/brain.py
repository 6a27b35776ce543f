"""The brain: cytokines, leaking vessels and low flow cloud it, from delirium to coma."""

from cytostorm.library.kinetics import falls, rises
from cytostorm.library.mediators import ifng, il6
from cytostorm.library.organs import circulation, endothelium, lung
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
young = m.assumed("young", 30.0, "year", "age at which the pace is given", "that of volunteers")
by_flow = m.assumed(
    "by_flow",
    1.5,
    "1",
    "strength of lacking flow, against injured vessels",
    "shock alone clouds within a day",
)
by_hypoxia = m.assumed(
    "by_hypoxia", 1.5, "1", "strength of lacking oxygen, against injured vessels", "as lacking flow"
)
half_strength = m.assumed(
    "half_strength", 1.2, "1", "strength of half clouding", "a little more than one cause at its half level"
)
clouded = m.species("clouded", "1", "clouding of the brain", scale=0.01, within=(0, 1))
strength = (
    (il6.signal - il6.baseline) / half_il6
    + ifng.signal / half_ifng
    + endothelium.injury
    + by_flow * circulation.lack
    + by_hypoxia * lung.hypoxia
)
older = (1 + ageing * age) / (1 + ageing * young)
m.produce(clouded, "clouding", pace * older * rises(strength, half_strength, 4) * (1 - clouded))
m.remove(clouded, "clearing", clearing * clouded)
awake = m.assumed("awake", 15.0, "1", "Glasgow coma scale of a clear mind", "15 by definition")
coma = m.assumed("coma", 3.0, "1", "Glasgow coma scale of deep coma", "3 by definition")
half_clouded = m.assumed(
    "half_clouded", 0.5, "1", "clouding of half of the points", "the middle of the range"
)
gcs = m.observable(
    "gcs",
    awake * falls(clouded, half_clouded, 3) + coma * rises(clouded, half_clouded, 3),
    "1",
    "Glasgow coma scale",
)
