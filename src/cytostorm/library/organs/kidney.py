"""The kidney: low flow and injured vessels lower its filtration; creatinine tells it a day later."""

from cytostorm.library.kinetics import rises
from cytostorm.library.organs import circulation, endothelium
from cytostorm.library.person import childhood, comorbidity
from cytostorm.model import LogNormal, Module

m = Module("kidney", "organ", "kidney", about="Filtration, relative to the person's own, and creatinine.")

by_flow = m.assumed("by_flow", 0.06, "1/h", "filtration lost without flow", "within half a day")
by_leak = m.assumed(
    "by_leak", 0.012, "1/h", "filtration lost at full vessel injury", "within days", spread=LogNormal(1.3)
)
mending = m.assumed("mending", 0.012, "1/h", "recovery", "half-life of two to three days")
frail = m.assumed("frail", 0.5, "1", "more loss for each unit of chronic disease", "less reserve")
half_injury = m.assumed("half_injury", 0.5, "1", "vessel injury of half that", "the middle of its range")
lost = m.species("lost", "1", "share of filtration that is lost", scale=0.01, within=(0, 1))
m.produce(
    lost,
    "harm",
    (1 + frail * comorbidity)
    * (by_flow * circulation.lack + by_leak * rises(endothelium.injury, half_injury, 3))
    * (1 - lost),
)
m.remove(lost, "recovery", mending * lost)

creatinine_rest = m.assumed(
    "creatinine_rest", 72.0, "umol/L", "creatinine at rest", "middle of 45 to 110", spread=LogNormal(1.22)
)
pace = m.assumed("pace", 0.12, "1/h", "turnover of creatinine", "7 L/h filtered from 42 L of water is 0.17")
chronic = m.assumed(
    "chronic", 0.15, "1", "more creatinine for each unit of chronic disease", "kidneys of the old and ill"
)
lower_in_children = m.assumed(
    "lower_in_children",
    1.0,
    "1",
    "how many times less a young child's muscle makes, beyond one",
    "near 40 umol/L at five years",
)
usual = creatinine_rest / (1 + lower_in_children * childhood) * (1 + chronic * comorbidity)
creatinine = m.species("creatinine", "umol/L", "creatinine", initial=usual, scale=1)
least = m.assumed("least", 0.06, "1", "clearance left when all filtration is lost", "other ways out")
filtration = least + (1 - least) * (1 - lost)  # 1 in health, and never nothing
m.produce(creatinine, "from muscle", pace * usual)
m.remove(creatinine, "clearance", pace * filtration * creatinine)
